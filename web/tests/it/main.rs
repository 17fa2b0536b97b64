//! What holds for the source of the page as a whole: its words, and what no file may contain.

mod source;
mod text;
