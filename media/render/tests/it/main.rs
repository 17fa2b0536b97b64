//! Whole renders: blocks are made as media writes them, out of pictures and sound that were really encoded, and the file that comes
//! out is decoded and looked at. Nothing is believed but what is seen and heard in it.

mod blocks;
mod failing;
mod file;
mod harness;
mod many;
mod names;
mod network;
mod story;
mod sync;
