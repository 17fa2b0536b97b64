# The attendee's place, apart from the room.
reception = Reception
something-is-on = Something is on
live = Live
nobody-inside = Nobody inside yet
people-inside = { $screen } on screen · { $watching } watching
happening-now = What’s happening now
all-sessions = All sessions
quiet-title = It is quiet right now
quiet-text = Nobody is in a room. Choose a session and be the first.
choose-session = Choose a session
join = Join
join-session = Join { $title }
venue-no-sessions-title = There are no sessions yet
venue-no-sessions-text = They appear here as soon as the organizer adds them.
filter-by-tag = Filter by tag
begins-soon = It begins soon
begins-text = Rooms open when the event starts. This page changes by itself then.
countdown-days = { $count ->
    [one] day
   *[other] days
}
countdown-hours = { $count ->
    [one] hour
   *[other] hours
}
countdown-minutes = { $count ->
    [one] minute
   *[other] minutes
}
countdown-seconds = { $count ->
    [one] second
   *[other] seconds
}
venue-draft-title = Only organizers see this
venue-draft-text = The event is a draft. Publish it in the dashboard, and people can register.
venue-ended-title = This event is over
venue-ended-text = Thank you for being there. Rooms that are still in use stay open for those inside.
register = Register
register-text = Register once, and you can join every session that is open to you.
register-first-text = To take part you need an account. It takes a minute, and leads you straight back here.
registration-closed = Registration is closed.
