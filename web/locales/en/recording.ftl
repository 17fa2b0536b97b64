# Recordings: whether a session is recorded, what the room says of it, the list of what was recorded, replays.
record = Record this session
record-hint = Who is on screen is recorded, with sound; YouTube videos are not. Everybody is told.
line-record = Write On or Off for recording.

rec = REC
rec-on = This session is being recorded
rec-off = This session is not being recorded any more.
rec-title = Recording
rec-waits = It begins when somebody comes on screen.
rec-none = This session is not recorded.
rec-told = This session is recorded: what you show and say will be in the recording.
rec-silence = Recording stopped: nobody was on screen for a long time.
rec-disk = Recording stopped: the server’s disk is full or cannot be written.
rec-again = Start recording again

recordings = Recordings
recordings-stored = { $size } stored
recordings-of = Recordings of “{ $title }”
recordings-all = Show all
recordings-empty-title = No recording yet
recordings-empty-text = Switch on “Record this session” in a session. Recording starts when somebody comes on screen.
recording-name = { $title }, block { $block }
recording-block = Block { $block }
recording-of-deleted = Session deleted
recording-length = Length
recording-size = Size
file-size = { $unit ->
    [kb] { $amount } kB
    [mb] { $amount } MB
   *[gb] { $amount } GB
}
recording-now = Recording
recording-processing = Processing · { $percent }%
recording-ready = Ready
recording-failed = Failed
recording-damaged = What was recorded cannot be read.
recording-no-room = The server’s disk is full or cannot be written. Make room, then try again.
recording-nothing = Nothing came in that could be shown or heard.
recording-no-encoder = The server could not make the video: ffmpeg is missing or failed.
recording-no-storage = The file could not be stored.
recording-no-captions = This recording has no captions.
recording-unplayable = It cannot be played. Perhaps it was deleted meanwhile.
play = Play
play-of = Play { $title }
download-of = Download { $title }
show-as-replay = Show as replay
replays = Replays
delete-recording-title = Delete this recording?
delete-recording-text = “{ $name }” goes for good and cannot be brought back.
delete-recording-replay = Attendees see it as a replay now.
delete-recording-now = It is still being recorded: recording goes on in another block.
recording-deleted = The recording is deleted.
recordings-counting = Counting the recordings…
delete-sessions-recordings = { $count ->
    [one] One recording stays, under Recordings.
   *[other] { $count } recordings stay, under Recordings.
}
delete-sessions-recordings-unknown = Recordings stay, under Recordings. How many there are cannot be read right now.

keep-recordings = Keep recordings
keep-recordings-for-ever-hint = Until an organizer deletes them.
keep-recordings-days-hint = Older recordings are deleted for everybody and cannot be brought back. That begins within a few minutes of saving.
recording-days-hint = So many days after it was made a recording goes. 1 to 3,650.
shorten-title = Delete what is older?
shorten-chat = { $days ->
    [one] Messages older than a day go within a few minutes of saving.
   *[other] Messages older than { $days } days go within a few minutes of saving.
}
shorten-recordings = { $count ->
    [0] No recording is that old now.
    [one] One recording goes within a few minutes of saving.
   *[other] { $count } recordings go within a few minutes of saving.
}
shorten-recordings-unknown = Older recordings go within a few minutes of saving. How many there are cannot be read right now.
shorten-for-good = That is for everybody, and cannot be undone.
shorten-save = Save and delete

did-switch-recording-on = { $actor } switched recording on.
did-switch-recording-off = { $actor } switched recording off.
did-start-recording = { $actor } started recording again.
did-retry-recording = { $actor } had a failed recording made again.
did-publish-replay = { $actor } made a recording a replay.
did-withdraw-replay = { $actor } took a replay from the attendees.
did-delete-recording = { $actor } deleted a recording.
