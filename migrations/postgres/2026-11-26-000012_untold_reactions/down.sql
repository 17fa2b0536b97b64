DROP TABLE untold_reactions;
