# The schedule, for organizers: table, calendar, the form of a segment, its import.
schedule = Schedule
segment = Segment
add-segment = Add segment
view = View
view-table = Table
view-calendar = Calendar
day = Day
day-before = Previous day
day-after = Next day
all-days = All days
from-the-first-day = From the first day
times-in-zone = All times are in { $zone }.
quoted = “{ $name }”

no-segments-title = No segment yet
no-segments-text = Segments are the slots of your schedule: talks, breaks, links. Type the first one below, or import a file.
add-on = Add on { $day }
add-at = Add on { $day } at { $time }
add-hint = It starts as a draft: only organizers see it until you publish it.
more-fields = More fields
start = Start
minutes = Minutes
type = Type
time = Time
state = State
speakers = Speakers
published = Published
draft = Draft
kind-sessions = Sessions
kind-break = Break
kind-link = External link
problem-minutes = A whole number of minutes.

choose-segment = Choose { $name }
choose-all-of = Choose all of { $day }
chosen-segments = { $count ->
    [one] One chosen
   *[other] { $count } chosen
}
choose-none = Choose none
make-drafts = Make drafts
delete-segments-title = { $count ->
    [one] Delete this segment?
   *[other] Delete { $count } segments?
}
delete-segments-text = { $more ->
    [0] { $names } will be gone for good.
    [one] { $names } and one more will be gone for good.
   *[other] { $names } and { $more } more will be gone for good.
}
delete-segments-sessions = The sessions in it stay. A scheduled session without a segment is shown nowhere.

calendar-help = Drag to move, drag the lower edge to change the length. By keyboard: arrow keys move by 5 minutes or a day, with Shift up and down change the length, Enter opens, Escape takes back.
zoom-in = Zoom in
zoom-out = Zoom out
segment-is-at = { $name }: { $day }, { $times }
segment-at-edge = The event is not longer than that.
overlaps = “{ $name }” would be at the same time as { $others }, and nothing else is on during a break. Move one of them.

in-zone = In the time zone of the event: { $zone }
link-address = Address
link-address-hint = A full address that begins with https://
linked-sessions-hint = The rooms that this leads to. Type to find them.
sessions-chosen = Sessions that it leads to
link-session = Link { $title }
unlink-session = Unlink { $title }
session-is-always-open = Always open. Made scheduled, it is shown only while its segments are on.
make-scheduled = Make scheduled and link
scheduled-when-saved = Becomes scheduled when you save: { $titles }
no-session-found = No other session is found.
speakers-hint = People who are registered, and organizers. Type a name or an email address.
speakers-chosen = Speakers
no-speaker-found = Nobody else is found.
add-speaker = Add { $name }
remove-speaker = Remove { $name }
segment-draft-hint = Only organizers see it.
segment-published-hint = Everybody who may enter one of its sessions sees it; without sessions, everybody.
segment-added = The segment is added.
segment-not-saved = “{ $name }” is not saved. { $reason }
add-as-new-segment = Add as a new segment
segment-deleted-meanwhile = Somebody else deleted this segment meanwhile. What you typed is still here: you can add it as a new one.

problem-outside-event = This is not within the time of the event. Choose another time, or change the event’s first.
problem-time-taken = This time is taken.
problem-segments-outside = { $count ->
    [one] This segment would not be within the event any more: { $names }. Move or delete it first.
   *[other] These segments would not be within the event any more: { $names }. Move or delete them first.
}
problem-session-segments = { $names } is in as many segments as a session can be. Take it out of another one first.
problem-many-sessions = A segment leads to { $limit } sessions at the most.
problem-many-segments = The event has as many segments as it can have. Delete some first.
problem-https = A full address that begins with https://
problem-display-minutes = A whole number from 0 to 240.
problem-linked-to-segments = Segments of the schedule lead to it.
problem-session-open = One of them is always open. Make it scheduled first.
problem-speaker = A speaker has to be registered for the event. Add the person under People first.

import-segments = Import schedule
import-segments-text = Choose a CSV file with the columns Name, Start and End, and if you like Type, Description, Link, Tags, Speakers, Sessions and Published. Times are like 2027-03-28 09:30, in { $zone }. Before anything happens, you see what the import will do.
import-segment-lines = { $count ->
    [one] The file has one line with a segment.
   *[other] The file has { $count } lines with segments.
}
import-segments-added = { $count ->
    [0] No segment will be added.
    [one] One segment will be added.
   *[other] { $count } segments will be added.
}
import-segments-already = { $count ->
    [one] One is there already and stays as it is.
   *[other] { $count } are there already and stay as they are.
}
import-new-tags = New tags: { $tags }
import-segments-now = { $count ->
    [0] Import
    [one] Import one segment
   *[other] Import { $count } segments
}
segments-imported = { $count ->
    [one] One segment is added.
   *[other] { $count } segments are added.
}
line-session-ambiguous = Several sessions have this title. Rename one of them.
line-session-open = The session is always open. Make it a scheduled one first.
line-segments-full = The event has as many segments as it may. Delete some first.
line-link = An external link needs a full address that begins with https://
line-segment-name = Give a name of 1 to 100 characters.
line-outside = It is not within the time of the event.
line-text = The description, the tags, the speakers or the sessions are too many or too long.
line-time = Give start and end like 2027-03-28 09:30, the end after the start. A time that the clocks skip or show twice needs an offset.
line-segment-twice = A line before has the same name and start. Remove one of them.
line-type = The type is Sessions, Break or External link.
line-session-unknown = The event has no session with this title. Correct it, or add the session first.
line-speaker-unknown = Nobody is registered with this email address. Correct it, or add the person under People first.

venue-controls = Venue controls
sessions-display = Sessions display
sessions-display-text = A scheduled session stands in the Sessions area while its segments are on, and a little longer. Everybody’s pages follow at once.
before-minutes = Minutes before
before-minutes-hint = So long before a segment starts, its sessions appear and can be entered. Usually 5.
after-minutes = Minutes after
after-minutes-hint = So long after a segment has ended, its sessions stay there. Nobody who is inside has to leave. Usually 0.
what-attendees-may = What attendees may do
attendees-create = Create sessions
attendees-create-hint = While the event is live, attendees open rooms of their own that everybody finds. They are hosts of them, and you see, change and delete them like others.
people-visible = See who is there
people-visible-hint = The venue has a list of the people who are registered. Switched off, only organizers see it.
agenda-enabled = Keep an agenda
agenda-enabled-hint = Attendees collect segments in My Agenda, with their clashes, and take them into their calendars.
keep-chat = Keep chat messages
keep-chat-for-ever = For ever
keep-chat-for-ever-hint = Until somebody deletes them, or the session.
keep-chat-days = For some days
keep-chat-days-hint = Older messages are deleted in all sessions of this event, for everybody, and cannot be brought back. That begins within a few minutes of saving.
chat-days = Days
chat-days-hint = So many days after a message was written it goes. 1 to 3,650.
problem-chat-days = A whole number from 1 to 3,650.

create-session = Create session
create-session-text = A room of your own: everybody at the event finds it, and you are its host. It is not recorded.
own-session-created = Your session “{ $title }” is there.
own-mode = Who can share audio and video
own-open = Anyone
own-open-hint = Everybody inside may go on screen.
own-moderated = Moderated
own-moderated-hint = Others ask, and you decide.
created-by-attendee = By { $name }

when-open = When it is open
always-open-hint = All through the live event. It is in no segment of the schedule.
scheduled = Scheduled
scheduled-hint = While segments of the schedule lead to it. Until one does, nobody finds it.
no-segment-leads-here = No segment leads to it: nobody finds it, and its link works.
open-schedule = Open the schedule
segments-lead-here = These segments lead to it:
off-schedule-title = Take it off the schedule?
off-schedule-text = These segments lead to it: { $names }. A session that is always open belongs to none. The segments stay.
off-schedule-text-unnamed = Segments of the schedule lead to it. A session that is always open belongs to none. The segments stay.
off-schedule = Take it off and save
problem-file-segments = The first line has to name the columns Name, Start and End.
