# Ticket types and people, for organizers and for those who register.
registration = Registration
ticket-types = Ticket types
ticket-type = Ticket type
ticket-types-text = People choose one when they register. Sessions can be for holders of some of them only.
add-ticket-type = Add ticket type
ticket-description-hint = Who it is for, and what it opens. People read it when they choose.
capacity = Places
capacity-hint = How many people may hold it. Leave it empty for any number.
ticket-open = Open
ticket-closed = Closed
sold-out = Sold out
ticket-holders = { $count ->
    [0] Nobody holds it
    [one] One person holds it
   *[other] { $count } people hold it
}
ticket-holders-of = { $count } of { $capacity } places are taken
ticket-sessions = For these sessions: { $titles }
close-registration = Close
open-registration = Open
move-up = Move { $name } up
move-down = Move { $name } down
edit-ticket = Edit { $name }
delete-ticket-title = Delete this ticket type?
delete-ticket-text = “{ $name }” goes for good. Nobody holds it.
ticket-held = { $count ->
    [one] One person holds it. Give them another one first, on the page People.
   *[other] { $count } people hold it. Give them another one first, on the page People.
}
ticket-needed = These sessions are for it: { $titles }. Change who can watch them first.
last-ticket-type = The last ticket type stays. Add another one first.
problem-capacity = A whole number from 1 to 1,000,000, or nothing.
problem-in-use = It is in use.

filter-by-ticket = Filter by ticket type
all-ticket-types = All ticket types
ticket-of = Ticket type of { $name }
ticket-full = No place is left with this ticket type. Raise its places first.
mute-person = Mute { $name }
unmute-person = Unmute { $name }
person-muted = Muted
remove-person = Remove { $name } from the event
remove-person-title = Remove this person from the event?
remove-person-text = { $name } leaves every room at once, and nobody can register with { $email } again. You can let them back in at any time.
remove-from-event = Remove from the event
person-removed = Removed
let-back-in = Let back in

import-people = Import people
export-people = Export
import-people-text = Choose a CSV file with the columns Name, Email and Ticket type. Before anything happens, you see what the import will do. Everybody who is registered by it gets a mail with a link of their own.
import-template = Download a template
choose-file = Choose a file
import-sending = Sending the file…
import-reading = The server reads the file…
import-busy = Importing…
import-lines = { $count ->
    [one] The file has one line with a person.
   *[other] The file has { $count } lines with people.
}
import-added = { $count ->
    [0] Nobody new will be registered.
    [one] One person will be registered.
   *[other] { $count } people will be registered.
}
import-already = { $count ->
    [one] One is registered already and stays as they are.
   *[other] { $count } are registered already and stay as they are.
}
import-left-out = { $count ->
    [one] One line is left out:
   *[other] { $count } lines are left out:
}
import-columns = These columns mean nothing here: { $columns }
import-problems = Lines that are left out
import-now = { $count ->
    [0] Import
    [one] Import one person
   *[other] Import { $count } people
}
people-imported = { $count ->
    [one] One person is registered now.
   *[other] { $count } people are registered now.
}
line = Line
what-to-do = What to do
line-name = Give a name of 1 to 80 characters.
line-email = Give a full email address, like ada@example.org.
line-ticket = This event has no ticket type with this name. Correct the name.
line-twice = A line before has the same email address. Remove one of them.
line-blocked = This person was removed from the event. Let them back in first.
line-full = No place is left with this ticket type. Raise its places, or name another one.
problem-file-size = The file is over 2 MiB. Split it, and import the parts one by one.
problem-file-columns = The first line has to name the columns Name and Email, and Ticket type where there are several.
problem-file-bounds = A file has 10,000 lines and 100 columns at the most.
problem-file-line = Line { $line } cannot be read. Save the file as “CSV UTF-8” and see that every quotation mark is closed.
problem-file-text = This cannot be read as a table. Save it as “CSV UTF-8”, with every column once.

choose-ticket = Choose a ticket type
problem-choose-ticket = Please choose one of the ticket types.
places-left = { $count ->
    [one] One place left
   *[other] { $count } places left
}
last-place-taken = The last place has just been taken. Choose another ticket type.
everything-sold-out = All places are taken.
muted-title = An organizer has muted you.
muted-text = In this event you cannot write to others, vote or ask questions. You go on watching, and may still ask to go on screen.
removed-title = You were removed from this event
removed-text = Its organizers decided so. If you think that this is a mistake, please write to them.
