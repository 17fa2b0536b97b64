//! What went wrong with devices and sharing, in words a person can act on.

use crate::live::shim::CaptureProblem;
use crate::state::room::Notice;
use crate::text;
use protocol::recording::BlockEnd;
use protocol::room::{Seat, Source};

/// Why `source` cannot be used; none when the person changed their mind.
pub fn capture(source: Source, problem: CaptureProblem) -> Option<String> {
    let text = match (problem, source) {
        (CaptureProblem::Cancelled, _) => return None,
        (CaptureProblem::Insecure, _) => text!("room-insecure"),
        (CaptureProblem::Unsupported, Source::Screen | Source::ScreenAudio) => text!("room-screen-unsupported"),
        (_, Source::Screen | Source::ScreenAudio) => text!("room-screen-failed"),
        (CaptureProblem::Denied, Source::Camera) => text!("room-camera-denied"),
        (CaptureProblem::Missing, Source::Camera) => text!("room-camera-missing"),
        (CaptureProblem::Busy, Source::Camera) => text!("room-camera-busy"),
        (CaptureProblem::Failed | CaptureProblem::Unsupported, Source::Camera) => text!("room-camera-failed"),
        (CaptureProblem::Denied, Source::Microphone) => text!("room-microphone-denied"),
        (CaptureProblem::Missing, Source::Microphone) => text!("room-microphone-missing"),
        (CaptureProblem::Busy, Source::Microphone) => text!("room-microphone-busy"),
        (CaptureProblem::Failed | CaptureProblem::Unsupported, Source::Microphone) => text!("room-microphone-failed"),
    };
    Some(text)
}

/// Something that happened to the person's own sharing, or to the recording of everybody's.
pub fn notice(notice: Notice) -> String {
    match notice {
        Notice::Full => text!("room-notice-full"),
        Notice::MayNotShare => text!("room-notice-may-not"),
        Notice::ShareFailed(_) => text!("room-notice-share-failed"),
        Notice::CaptureEnded(Source::Camera) => text!("room-notice-camera-ended"),
        Notice::CaptureEnded(Source::Microphone) => text!("room-notice-microphone-ended"),
        Notice::CaptureEnded(Source::Screen | Source::ScreenAudio) => text!("room-notice-share-failed"),
        Notice::MutedByHost(Source::Camera) => text!("room-notice-camera-off-by-host"),
        Notice::MutedByHost(_) => text!("room-notice-muted-by-host"),
        Notice::Removed(Seat::Person) => text!("room-notice-removed"),
        Notice::Removed(Seat::Screen | Seat::Youtube) => text!("room-notice-screen-removed"),
        Notice::NextSeat => text!("room-notice-next-seat"),
        Notice::OfferLapsed => text!("room-notice-offer-lapsed"),
        Notice::VideoTaken => text!("youtube-taken"),
        Notice::VideoFailed => text!("youtube-failed"),
        Notice::VideoMayNot => text!("youtube-may-not"),
        Notice::VideoRemoved => text!("youtube-removed"),
        Notice::RecordingOn => text!("rec-on"),
        Notice::RecordingOff => text!("rec-off"),
        Notice::RecordingStopped(BlockEnd::Disk) => text!("rec-disk"),
        Notice::RecordingStopped(_) => text!("rec-silence"),
    }
}
