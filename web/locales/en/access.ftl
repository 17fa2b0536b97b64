# Who can watch a session and who can share in it, as organizers choose them.
create-tag = New tag “{ $tag }”
watch-tickets-hint = Only holders of the chosen ticket types, and people you invite, find and enter it.
ticket-types-who-watch = Ticket types that can watch
ticket-types-who-watch-hint = At least one. Whoever holds another one finds the session only when you invite them.
problem-choose-tickets = Choose at least one ticket type, or another answer to who can watch.
share-anyone-hint = Everybody inside may go on screen.
share-invite-only = Invite only
share-invite-only-hint = The people you choose below and organizers go on screen. Everybody else watches.
share-invite-only-hint-new = The people you choose and organizers go on screen. You choose them in the next step.
share-moderated = Moderated
share-moderated-hint = The moderators you choose below and organizers run the room and go on screen. Everybody else asks them first.
share-moderated-hint-new = The moderators you choose and organizers run the room and go on screen. Everybody else asks them first. You choose them in the next step.
moderators = Moderators
moderators-text = They are hosts of this session. Changes here count at once. The list is kept when you choose another answer above, and does nothing then.
add-moderator = Add a moderator
sharers = People who may share
sharers-text = They may go on screen; everybody else watches. Changes here count at once.
add-sharer = Add somebody
person-field-hint = Type a name or an email address. They have to be registered for the event.
remove-chosen = Remove { $name }
invite-too-title = Invite as well?
invite-too-text = { $email } is not among those who can watch this session.
invite-too = Add and invite

invite-list-tickets-text = They find the session and enter it whatever ticket they hold.
invite-hint = Somebody who is registered, or any email address. It counts at once.
invite-many = Paste or upload a list
invite-many-text = Paste addresses, or choose a CSV file; names and other columns do no harm. Look the addresses over before you invite them.
addresses = Email addresses
addresses-found = { $count ->
    [0] No address yet
    [one] One address
   *[other] { $count } addresses
}
addresses-refused = { $count ->
    [one] This is no email address: { $list }
   *[other] These { $count } are no email addresses: { $list }
}
invite-now = { $count ->
    [0] Invite
    [one] Invite one person
   *[other] Invite { $count } people
}
invited-many = { $count ->
    [0] Nobody new is invited.
    [one] One person is invited.
   *[other] { $count } people are invited.
} { $already ->
    [0] { "" }
    [one] One was on the list already.
   *[other] { $already } were on the list already.
}
invitation-waits = Takes effect on registration, once the address is confirmed
add = Add
