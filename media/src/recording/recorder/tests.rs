use super::*;
use std::path::Path;
use tokio::sync::mpsc::unbounded_channel;

const LIMITS: Limits = Limits { block: 7_200_000_000, silence: 3_600_000_000 };

/// A recorder whose session is recorded, without a room, and what it hears.
async fn recording(folder: &Path) -> (Recorder, UnboundedReceiver<Fact>) {
    let (facts, heard) = unbounded_channel();
    let mut recorder = Recorder::new("session:a", Shelf::open(folder).unwrap(), LIMITS, facts);
    let steps = recorder.plan.see(clock::now(), (1, true), true);
    recorder.carry_out(steps).await;
    (recorder, heard)
}

/// The number of the capture that goes on.
fn capture(recorder: &Recorder) -> Option<u64> {
    recorder.capture.as_ref().map(|capture| capture.number)
}

/// More than may wait for a disk that stands still for some seconds ends the block; when all is written another one begins.
#[tokio::test]
async fn a_disk_that_stands_still_for_a_while_interrupts_a_recording() {
    let folder = tempfile::tempdir().unwrap();
    let (mut recorder, mut heard) = recording(folder.path()).await;
    assert_eq!(capture(&recorder), Some(1));
    let too_much = vec![0; intake::LIMIT + 1];
    recorder.capture.as_ref().unwrap().intake.rtp(1, &too_much);

    let steps = recorder.hear(heard.recv().await.unwrap());
    assert_eq!(steps, [Step::End(BlockEnd::Restarted)]);
    recorder.carry_out(steps).await;
    assert_eq!((capture(&recorder), recorder.is_over()), (None, false), "what waits is written still");

    let steps = recorder.hear(heard.recv().await.unwrap());
    assert_eq!((recorder.writers, &*steps), (0, &[Step::Begin][..]));
    recorder.carry_out(steps).await;
    assert_eq!(capture(&recorder), Some(2));

    let (done, stopped) = oneshot::channel();
    let steps = recorder.hear(Fact::Stop { done });
    recorder.carry_out(steps).await;
    recorder.hear(heard.recv().await.unwrap());
    recorder.answer();
    stopped.await.unwrap();
}
