# Asking to go on screen, what hosts answer and do in a room, and the log of it.
place = { $number ->
    [one] { $number }st
    [two] { $number }nd
    [few] { $number }rd
   *[other] { $number }th
}
room-ask = Request to share audio and video
room-ask-no-host = Request to share audio and video. No host is here yet; they are notified.
room-ask-no-host-short = Request to share (no host is here yet)
room-asking = Sending…
room-asked = Requested · you are { $place }
room-asked-hint = A host decides. Press to take your request back.
room-asked-aloud = Your request was sent. You are { $place }.
room-declined = A host declined your request. You may ask again.
room-withdraw-title = Take your request back?
room-withdraw-text = You lose your place in the queue. You may ask again at any time.
room-withdraw = Take it back
room-keep-waiting = Keep waiting
room-barred = A host took you off the screen of this session. You can watch and listen; a host can let you back.
room-next-seat = Approved · next free seat, you are { $place }
room-next-seat-hint = Every place on screen is taken. The next free one is kept for you for half a minute when it is your turn. Press to give your turn back.
room-offered = A seat is free for you · { $seconds } s
room-offered-text = A place on screen is kept for you. After half a minute others may take it.
room-granted = You may go on screen now. Choose camera and microphone first; nobody sees or hears you before.
room-not-now = Not now
room-kept = This place is kept for you for { $seconds } more seconds.
room-notice-muted-by-host = A host muted your microphone for everyone. You can turn it on again.
room-notice-camera-off-by-host = A host turned your camera off for everyone. You can turn it on again.
room-notice-removed = A host removed you from the screen.
room-notice-screen-removed = A host ended your screen share.
room-notice-next-seat = Your request was approved. The next free place on screen is yours, in turn.
room-notice-offer-lapsed = The place is not kept for you any more. You may still go on screen whenever one is free.

host-controls = Host controls
host-controls-waiting = { $count ->
    [one] Host controls, one request
   *[other] Host controls, { $count } requests
}
host-controls-close = Close host controls
request-sound-off = Turn the sound of new requests off
request-sound-on = Turn the sound of new requests on
requests = Requests
requests-next = Next for a free seat: { $names }
requests-empty = Nobody asks to go on screen. Requests appear here.
asks-aloud = { $name } asks to go on screen.
asks-to-share = { $others ->
    [0] { $name } asks to share in “{ $session }”.
    [one] { $name } and one more person ask to share in “{ $session }”.
   *[other] { $name } and { $others } more people ask to share in “{ $session }”.
}
requests-waiting = { $count ->
    [one] One request
   *[other] { $count } requests
}
requests-wait-in = { $count ->
    [one] One person asks to share in “{ $session }”.
   *[other] { $count } people ask to share in “{ $session }”.
}
requests-wait = { $count } people ask to share in { $sessions } sessions.
to-room = Go to the room
waits-since = { $count ->
    [0] Asked just now
   *[other] Waiting for { $count } min
}
waits-outside = Not in the room
approve-person = Approve { $name }
decline-person = Decline { $name }
decline-all = Decline all
decline-all-title = Decline everybody who asks?
decline-all-text = { $count ->
    [one] One person waits and is told. They may ask again.
   *[other] { $count } people wait and are told. They may ask again.
}
all-were-declined = All requests were declined.
request-decided = The request of { $name } was decided already.
request-approved-by = { $host } has approved the request of { $name } already.
request-declined-by = { $host } has declined the request of { $name } already.
request-withdrawn = { $name } took the request back.
on-screen-now = On screen
shares-screen = Shares a screen
mute-for-everyone = Mute for everyone
remove-from-screen = Remove from screen
remove-screen-share = Remove the screen share
mute-for-everyone-name = Mute { $name } for everyone
remove-from-screen-name = Remove { $name } from the screen
remove-screen-share-name = Remove the screen share of { $name }
person-actions = Actions for { $name }
screen-actions = Actions for the screen of { $name }
was-muted = { $name } is muted for everyone.
was-removed-from-screen = { $name } was removed from the screen.
screen-share-was-removed = The screen share of { $name } was removed.
barred = Kept off the screen
let-back = Let back
was-let-back = { $name } is not kept off the screen any more.
room-capacity = Capacity
room-capacity-viewers = { $count } of { $most } viewers
room-capacity-seats = { $count } of { $most } seats in use
room-capacity-near = With so many on screen, hardly more people can watch well.
room-capacity-over = More people watch than goes well with so many on screen: pictures may falter. With fewer on screen, more can watch.
invite-on-screen-title = Invite those on screen?
invite-on-screen-text = On screen: { $names }. Whoever is neither invited nor a host leaves the screen.
invite-on-screen = Invite them
invite-nobody = Let them leave

integrations = Integrations
audit-log = Audit log
audit-log-text = What hosts decided in the sessions of this event.
audit-log-empty-title = Nothing to see yet
audit-log-empty-text = Approvals, removals and other decisions of hosts appear here.
somebody-gone = Somebody who is gone
did-approve = { $actor } approved the request of { $person }.
did-decline = { $actor } declined the request of { $person }.
did-decline-all = { $actor } declined all requests.
did-remove = { $actor } removed { $person } from the screen.
did-bar = { $actor } removed { $person } from the screen, until a host lets them back.
did-let-back = { $actor } let { $person } back.
did-mute = { $actor } muted { $person } for everyone.
did-end-screen = { $actor } removed the screen share of { $person }.
did-end-video = { $actor } ended the YouTube video of { $person }.
did-end-a-video = { $actor } ended a YouTube video.
did-close-room = { $actor } closed the room for everybody.
did-lower-hand = { $actor } lowered the hand of { $person }.
did-lower-all-hands = { $actor } lowered all hands.
did-delete-message = { $actor } deleted a message of { $person }.
did-pin-message = { $actor } pinned a message of { $person }.
did-unpin-message = { $actor } unpinned a message.
did-slow-chat = { $actor } slowed the chat down.
did-end-slow-mode = { $actor } ended slow mode in the chat.
did-pause-chat = { $actor } paused the chat.
did-resume-chat = { $actor } let the chat go on.
did-change-sharing = { $actor } changed who can share.
did-change-capacity = { $actor } changed the maximum of people on screen.
