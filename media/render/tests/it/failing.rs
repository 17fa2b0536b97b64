//! A render that fails says why, and leaves what was there (K5).

use crate::harness::block::{BOTH, Block, speaker};
use crate::harness::source::{Camera, GREEN, opus, tone};
use crate::harness::wire::Track;
use protocol::recording::Failure;
use protocol::room::Source;
use protocol::timeline::TIMELINE;
use render::{Error, Options};
use std::fs;
use std::os::unix::fs::PermissionsExt;

fn block() -> Block {
    let mut block = Block::begin(0.0);
    block.on_screen(0.0, &[speaker("ada", &BOTH)]);
    block.track("ada", Source::Camera, &Track::vp8(1, 0.0, 30, &Camera::of(GREEN).vp8(30)));
    block.end(1.0);
    block
}

/// With another program instead of ffmpeg.
fn with(script: &str) -> Error {
    let block = block();
    let program = block.path("program");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a script is written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("it may be run");
    let error = block.render_with(&Options { ffmpeg: program, threads: 1 }).expect_err("it fails");
    assert!(!block.path("recording.mp4").exists());
    error
}

#[test]
fn k5_nothing_to_see_or_hear_is_empty() {
    assert_eq!(Block::begin(0.0).failure(), Failure::Empty, "nobody at all");
    let mut silent = Block::begin(0.0);
    silent.on_screen(0.0, &[speaker("ada", &BOTH)]);
    silent.end(5.0);
    assert_eq!(silent.failure(), Failure::Empty, "somebody of whom no packet came");
    let mut early = Block::begin(10.0);
    early.on_screen(10.0, &[speaker("ada", &BOTH)]);
    early.track("ada", Source::Microphone, &Track::opus(1, 0.0, &opus(1.0, tone(440.0))));
    early.end(12.0);
    assert_eq!(early.failure(), Failure::Empty, "somebody who was heard before");
}

#[test]
fn k4_somebody_who_is_only_heard_is_not_empty() {
    let mut block = Block::begin(0.0);
    block.on_screen(0.0, &[speaker("ada", &[Source::Microphone])]);
    block.track("ada", Source::Microphone, &Track::opus(1, 0.0, &opus(0.5, tone(440.0))));
    block.end(0.5);
    assert_eq!(block.render().length(), 15);
}

#[test]
fn k5_a_timeline_that_cannot_be_read_is_damaged() {
    let block = block();
    block.write();
    fs::write(block.path(TIMELINE), "{\"at\":").expect("it is overwritten");
    let options = Options { ffmpeg: "ffmpeg".into(), threads: 1 };
    let error =
        render::render(block.folder(), &block.path("a.mp4"), &options, &mut |_percent| {}).expect_err("it fails");
    assert_eq!(error.failure, Failure::Damaged);
}

#[test]
fn k5_an_encoder_that_is_missing_or_fails_is_named_with_its_last_words() {
    let options = Options { ffmpeg: "/nowhere/ffmpeg".into(), threads: 1 };
    let missing = block().render_with(&options).expect_err("it fails");
    assert_eq!(missing.failure, Failure::Encoder);
    assert!(missing.message.contains("/nowhere/ffmpeg"), "{missing}");
    let failed = with("echo first >&2; echo 'Unknown encoder' >&2; exit 1");
    assert_eq!((failed.failure, failed.message.as_str()), (Failure::Encoder, "ffmpeg: Unknown encoder"));
}

#[test]
fn k5_an_encoder_that_dies_in_the_middle_fails_with_what_it_said() {
    // The sound is made, the pictures are not.
    let script = r#"case "$*" in *libx264*) head -c 10000000 >/dev/null; echo 'out of luck' >&2; exit 1;; *) exec ffmpeg "$@";; esac"#;
    let error = with(script);
    assert_eq!((error.failure, error.message.as_str()), (Failure::Encoder, "ffmpeg: out of luck"));
}

#[test]
fn k5_a_full_disk_is_told_apart() {
    let error = with("echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1");
    assert_eq!(error.failure, Failure::Disk);
}

#[test]
fn k4_a_decoder_that_dies_costs_its_own_pictures_alone() {
    let block = block();
    let program = block.path("program");
    let script = r#"case "$*" in *ivf*) head -c 1000 >/dev/null; exit 1;; *) exec ffmpeg "$@";; esac"#;
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a script is written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("it may be run");
    let rendered = block.render_with(&Options { ffmpeg: program, threads: 1 }).expect("it renders");
    assert_eq!(rendered.length, 1_000);
}
