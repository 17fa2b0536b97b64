//! What holds for the source of the page as a whole: its words, and what each file may know.

mod source;
mod text;
