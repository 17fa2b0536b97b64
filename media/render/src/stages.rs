//! Where the time of a render went: the stage that the others wait for is the one to make faster.

use std::time::Duration;

#[derive(Clone, Copy, Debug, Default)]
pub struct Stages {
    /// Reading all tracks once, for what is where.
    pub reading: Duration,
    /// All of the sound.
    pub sound: Duration,
    /// Waiting for decoders.
    pub decoding: Duration,
    /// Putting pictures together.
    pub composing: Duration,
    /// Waiting for the encoder.
    pub encoding: Duration,
    /// Waiting for it after the last picture, and for the file to be put in order.
    pub finishing: Duration,
}
