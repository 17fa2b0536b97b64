# The schedule in the venue, My Agenda, the list of people, and what the schedule says about a room.
venue-schedule = Schedule
schedule-close = Close the schedule
schedule-empty = The schedule appears here as soon as the organizer publishes it.
now-on = Now: { $name }
now-on-and-more = Now: { $name } and { $count } more
next-on = Next, { $at }: { $name }
soon = Soon
in-minutes = in { $count } min
today = Today
tomorrow = Tomorrow
nothing-to-come = Nothing more is on.
show-past-segments = Show past segments ({ $count })
hide-past-segments = Hide past segments
past-segments = Past segments
segment-break = Break
segment-draft = Draft: only organizers see it
segment-more = About it
segment-file = Add { $name } to your calendar
mark-segment = { $name } in My Agenda
with-speakers = With { $names }
clashes-with = At the same time as { $names }
to-session = To the session
you-are-here = You are here
choose-session-of = Choose a session of { $name }
open-elsewhere = Open
open-elsewhere-name = Open { $name } in a new tab
to-schedule = To the schedule
to-reception = Reception

my-agenda = My Agenda
agenda-empty-title = Your agenda is empty
agenda-empty-text = Mark segments of the schedule, and you find them here.
agenda-off-title = My Agenda is switched off
agenda-off-text = The organizer of this event has switched it off.
feed-title = In your calendar
feed-text = Calendar programs that subscribe to this address show your agenda and follow its changes. Whoever has the address reads it: keep it to yourself.
feed-copy = Copy address
feed-file = Add all to calendar
feed-renew = New address
feed-renew-title = Another address?
feed-renew-text = The old address stops working. Calendars that subscribe to it need the new one.
feed-renewed = You have a new address. The old one leads nowhere now.

people-count = { $count ->
    [one] One person
   *[other] { $count } people
}
find-people = Search by name
people-none-title = Nobody is here yet
people-none-text = People appear here when they register.
people-off-title = The list of people is switched off
people-off-text = The organizer of this event does not show it.

opens-at = Opens { $at }
opens-by-itself = You can stay here: this page opens by itself.
add-to-calendar = Add to calendar
unlisted = Unlisted
unlisted-hint = Only people with the link find this session.
test-run = Test run
test-run-hint = It is not open yet. Organizers and speakers come in earlier.
ended-by-schedule = This session has ended by the schedule. Its room is still open.
ended-by-schedule-inside = { $count ->
    [one] Ended by schedule, one person inside
   *[other] Ended by schedule, { $count } people inside
}
close-for-all = Close for all
close-for-all-title = Close this room for everybody?
close-for-all-text = { $count ->
    [one] One person is inside and is told that the room was closed.
   *[other] { $count } people are inside and are told that the room was closed.
}
room-was-closed = { $count ->
    [0] The room is closed.
    [one] The room is closed. One person was inside.
   *[other] The room is closed. { $count } people were inside.
}
