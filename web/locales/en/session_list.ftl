# The list of sessions as organizers work on it: filters, many at once, files, and why each can be found or not.
filters = { $count ->
    [0] Filters
   *[other] Filters ({ $count })
}
filter-dates = Dates
filter-tickets = Available to
filter-no-dates = No session has a time in the schedule yet.
filter-no-tickets = There is no ticket type.
filter-no-tags = No session has a tag yet.
clear = Clear
clear-of = Clear { $section }

bulk = Selected sessions
select = Select { $title }
select-all = Select all
selected = { $count ->
    [one] One selected
   *[other] { $count } selected
}
clear-selection = Select none
bulk-tags = Tags
bulk-tags-title = { $count ->
    [one] Tags of one session
   *[other] Tags of { $count } sessions
}
bulk-remove-tags = Take off
bulk-access = Access
bulk-access-title = { $count ->
    [one] Access to one session
   *[other] Access to { $count } sessions
}
bulk-access-text = Those inside who no longer may leave at once. Invite lists and moderators stay with each session.
bulk-people = { $count ->
    [one] One person is
   *[other] { $count } people are
}
bulk-on-screen = { $count ->
    [one] { $people } on screen in one session that becomes invite only. Whoever is neither invited nor a host leaves the screen.
   *[other] { $people } on screen in { $count } sessions that become invite only. Whoever is neither invited nor a host leaves the screen.
}
leave-as-it-is = Leave as it is
sessions-changed = { $count ->
    [one] One session is changed.
   *[other] { $count } sessions are changed.
}

delete-sessions-title = { $count ->
    [one] Delete this session?
   *[other] Delete { $count } sessions?
}
delete-sessions-text = { $count ->
    [one] “{ $title }” goes; for ten seconds you can take that back.
   *[other] { $count } sessions go; for ten seconds you can take that back.
}
delete-sessions-inside = { $count ->
    [one] One person is inside and has to leave then.
   *[other] { $count } people are inside and have to leave then.
}
delete-sessions-segments = { $count ->
    [one] One segment of the schedule leads there and will be unlinked: { $names }.
   *[other] { $count } segments of the schedule lead there and will be unlinked: { $names }.
}
delete-sessions-looking = Looking for the segments that lead there…
delete-sessions-unknown = Segments of the schedule that lead there will be unlinked. Which ones these are cannot be read right now.
names-and-more = { $names } and { $count } more
sessions-deleted = { $count ->
    [one] The session is deleted.
   *[other] { $count } sessions are deleted.
}
sessions-restored = { $count ->
    [one] The session is back.
   *[other] { $count } sessions are back.
}

import = Import
export = Export
import-sessions = Import sessions
import-sessions-text = Choose a CSV file. Only the column Title must be there; what is empty is as in a new session. Before anything happens, you see what the import will do.
import-session-lines = { $count ->
    [one] The file has one line with a session.
   *[other] The file has { $count } lines with sessions.
}
import-sessions-added = { $count ->
    [0] No session will be added.
    [one] One session will be added.
   *[other] { $count } sessions will be added.
}
import-sessions-already = { $count ->
    [one] One title is there already; that session stays as it is.
   *[other] { $count } titles are there already; those sessions stay as they are.
}
import-sessions-now = { $count ->
    [0] Import
    [one] Import one session
   *[other] Import { $count } sessions
}
sessions-imported = { $count ->
    [one] One session is added.
   *[other] { $count } sessions are added.
}
problem-file-title = The first line has to name the column Title.
line-title-twice = A line before has the same title. Change or remove one of them.
line-title = Give a title of 1 to 60 characters.
line-description = Shorten the description to 140 characters.
line-tags = At most 10 tags of up to 30 characters, apart by semicolons.
line-display-size = Write Medium or Large as the display size.
problem-priority = The priority is a whole number from -1,000,000 to 1,000,000.
line-watch-access = Write Anyone, Private, Ticket holders or Unlisted as who can watch.
line-ticket-types = Name at least one ticket type, or another answer to who can watch.
line-youtube = Write On or Off for YouTube sharing.
line-share-access = Write Anyone, Invite only or Moderated as who can share.
line-scheduling = Write Always open or Scheduled.

more-segments = { $count ->
    [one] One more segment
   *[other] { $count } more segments
}

visibility = Who can find this session now
visible-draft = Only organizers find it: the event is a draft.
visible-event-over = The event is over.
visible-opens-with-event = Opens with the event, { $at }.
visible-now = Open now.
visible-not-linked = Scheduled but not linked to a segment: nobody can see it.
visible-segments-drafts = Linked only to segments that are drafts: nobody can see it.
visible-opens = Opens { $at }.
visible-until = Open until { $at }.
visible-over = Its time is over: only by its link.
visible-to-everybody = For everybody who is registered.
visible-to-invited = { $count ->
    [one] Only for one invited person.
   *[other] Only for { $count } invited people.
}
visible-invitations-wait = { $count ->
    [one] One invitation waits for a registration, or for a confirmed address.
   *[other] { $count } invitations wait for registrations, or for confirmed addresses.
}
visible-to-nobody = Private, and nobody who is registered is invited: only organizers find it.
visible-to-tickets = { $count ->
    [0] Only for { $names }.
    [one] Only for { $names }, and one invited person.
   *[other] Only for { $names }, and { $count } invited people.
}
visible-by-link = Unlisted: only with the link.
visible-not-to-moderators = { $more ->
    [0] Moderators who are not among those who can watch: { $names }.
   *[other] Moderators who are not among those who can watch: { $names } and { $more } more.
}
visible-not-to-sharers = { $more ->
    [0] They may share, but are not among those who can watch: { $names }.
   *[other] They may share, but are not among those who can watch: { $names } and { $more } more.
}
