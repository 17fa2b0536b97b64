# The organizer's place.
dashboard = Dashboard
my-events = Events
events-i-run = Events you run
events-i-visit = Events you visit
create-event = Create event
no-events-title = No event yet
no-events-text = An event holds your sessions. Create one: it stays a draft until you publish it.
no-registrations-title = No event yet
no-registrations-text = When you register for an event, it appears here. Open the link that its organizer gave you.

event = Event
overview = Overview
setup = Setup
basics = Basics
people = People
venue = Venue
sessions = Sessions
open-venue = Open venue

state-draft = Draft
state-upcoming = Upcoming
state-live = Live
state-ended = Ended

name = Name
address = Address
address-hint = People open it at /e/{ $slug }
description = Description
starts = Starts
ends = Ends
time-zone = Time zone
time-zone-hint = The times above are in this zone. Attendees see them in their own.

checklist = On the way to a live event
step-sessions = Add sessions
step-sessions-text = { $count ->
    [0] A session is a room where people meet.
    [one] One session so far.
   *[other] { $count } sessions so far.
}
step-publish = Publish the event
step-publish-text = Until then only organizers see it. From then on people can register.
step-published-text = Everybody who has the link sees its page.
publish = Publish
unpublish = Make it a draft again
unpublish-title = Make the event a draft again?
unpublish-text = { $count ->
    [0] Only organizers will find it until you publish it again. Nobody is in a room now.
    [one] Only organizers will find it until you publish it again. One person is in a room now and has to leave.
   *[other] Only organizers will find it until you publish it again. { $count } people are in rooms now and have to leave.
}
step-invite = Invite people
step-invite-text = Whoever has the link can register.
step-live = Go live
step-live-text = Rooms open for attendees when the event starts. You can open it earlier.
step-live-now = Rooms are open for attendees.
open-now = Open now
rooms-now = In rooms now
rooms-quiet-title = Nobody is in a room
rooms-quiet-text = As soon as people join a session, you see here where they are.

add-session = Add session
search-sessions = Search sessions
no-sessions-title = No session yet
no-sessions-text = A session is a room of your event: people watch, talk and share their screens in it.
copy-link-of = Copy link of { $title }
open-room = Open room
open-room-of = Open room of { $title }
delete-of = Delete { $title }
undo = Undo
duplicate-of = Duplicate { $title }
session-duplicated = “{ $title }” is added.
move-of = Move { $title }: drag, or press arrow up or down; page up and down, Home and End go further
moved-after = “{ $title }” now stands after “{ $other }”.
moved-before = “{ $title }” now stands before “{ $other }”.
cannot-move-further = “{ $title }” cannot go further this way. Change its priority in its settings.
session-added = The session is added.

session = Session
section-basics = Basics
section-display = Display
section-access = Access
title = Title
tags = Tags
tags-chosen = Chosen tags
tags-hint = Type, then choose one or press Enter. Attendees narrow the list with them.
tag-too-long = “{ $tag }” is longer than { $limit } characters.
remove-tag = Remove { $tag }
display-size = Size in the list
size-medium = Medium
size-medium-hint = Two in a row.
size-large = Large
size-large-hint = One in a row, for what most people should see.
priority = Priority
priority-hint = A whole number. Sessions with a higher one stand first.
watch-access = Who can watch
watch-anyone = Anyone
watch-anyone-hint = Everybody who is registered finds and enters it.
watch-private = Private
watch-private-hint = Only organizers and the people you invite below see it. For everybody else it does not exist.
watch-private-hint-new = Only organizers and the people you invite see it. You invite them in the next step.
watch-tickets = Ticket holders
watch-unlisted = Unlisted
watch-unlisted-hint = In no list and no search. Whoever is registered and has its link finds it.
unlisted-link = Link
unlisted-link-text = Whoever opens this link while registered is admitted, and needs no link later.
rotate-link = New link
rotate-link-title = Replace the link?
rotate-link-text = The old link stops working. What about the people who came with it already?
rotate-link-keep = New link, keep them
rotate-link-remove = New link, remove them
link-rotated = The session has a new link.
max-participants = Places on screen
max-participants-hint = 1 to 50. A person takes one, and so does a shared screen. Everybody else watches.
share-access = Who can share audio and video
share-anyone = Anyone
scheduling = Scheduling
always-open = Always open
preview = Preview
preview-hint = How attendees see it
live-now = Live now
changed-by-both = Somebody else changed this meanwhile: { $fields }. You see what you typed; saving puts it in place of theirs.
theirs = Theirs: { $text }
theirs-empty = Theirs is empty.
theirs-on = on
theirs-off = off
theirs-picture = another picture
theirs-no-picture = no picture
theirs-media = only a picture or a video
theirs-tickets = { $count ->
    [one] one ticket type
   *[other] { $count } ticket types
}
theirs-days = { $count ->
    [one] one day
   *[other] { $count } days
}
take-theirs = Take theirs
deleted-meanwhile = Somebody else deleted this session meanwhile. What you typed is still here: you can add it as a new one.
add-as-new = Add as a new session
last-organizer = The last organizer stays. Add another one first.

invite-list = Invited people
invite-list-text = They find the session and enter it, beside the organizers.
invite = Invite
invite-by-email = Invite by name or email
uninvite = Take the invitation of { $name } back
nobody-invited-title = Nobody is invited yet
nobody-invited-text = Only organizers can see this session.

registered = Registered
registered-on = since { $day }
search-people = Search by name or email
nobody-registered-title = Nobody is registered yet
nobody-registered-text = Publish the event and send its link around.
organizers = Organizers
organizers-text = They may do everything in every event of the organization.
organizer-email = Email
invite-organizer = Invite organizer
organizer-added = They organize from now on.
organizer-invited = An invitation is on its way to { $email }.
invited-organizers = Invited
invitation-open = has not accepted yet
invitation-over = the invitation is too old; invite again
withdraw-invitation = Withdraw the invitation of { $email }
remove-organizer = Remove { $name } as an organizer
remove-organizer-question = { $name } will not be an organizer of any event of this organization any more.
remove-organizer-now = Remove
that-is-you = That is you

additional-information = Additional information
additional-information-hint = Attendees read it before they join, and beside the stage.
additional-information-placeholder = What should people know, bring or read?
rich-formatting = Formatting
rich-bold = Bold
rich-italic = Italic
rich-underline = Underline
rich-strike = Strikethrough
rich-heading = Heading
rich-subheading = Subheading
rich-bullets = Bullet list
rich-numbers = Numbered list
rich-quote = Quote
rich-link = Link
rich-link-address = Address of the link
rich-link-refused = Enter the address of a page, or of somebody’s mail.
rich-insert = Insert
rich-unlink = Remove link
rich-picture = Picture
rich-alt = What the picture shows, for those who cannot see it
rich-video = Video
rich-video-address = Address of the video
rich-video-refused = Enter the address of a video on YouTube or Vimeo.
rich-undo = Undo
rich-redo = Redo
rich-uploading = { $count ->
    [one] Uploading a picture…
   *[other] Uploading { $count } pictures…
}
rich-failed = The editor could not be loaded. What you have typed elsewhere is kept.
rich-picture-linked = Pictures of other pages are not taken over. Save them and upload them here.
rich-picture-type = Pictures are PNG, JPEG, GIF or WebP files.
rich-picture-size = A picture has 2 MiB at the most.
rich-picture-refused = The picture could not be uploaded. Please try again.
event-cover = Cover picture
