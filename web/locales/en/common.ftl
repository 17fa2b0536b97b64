# Words that many screens share.
product = Roundtable
close = Close
dismiss = Dismiss
go-home = Go to the start page
too-long-by = { $count ->
    [one] One character too many.
   *[other] { $count } characters too many.
}
characters-of = { $count } of { $limit } characters
not-found-title = There is nothing here
not-found-text = The address may be mistyped, or what it led to may be gone or not open to you.

failure-offline = The server cannot be reached. Check your connection, then try again.
failure-garbled = The server gave an answer that makes no sense. Try again in a moment.
failure-unauthenticated = Please sign in first.
failure-forbidden = You are not allowed to do this.
failure-not-found = This does not exist, or it is not open to you.
failure-invalid-input = Some of this is not right yet. Please check what you entered.
failure-conflict = Somebody else changed this at the same time. Reload to see the newest.
failure-wrong-credentials = The email address or the password is wrong.
failure-rate-limited = That was too often in a short time. Wait a minute, then try again.
failure-not-open = This is not open right now.
failure-unavailable = A part of the server is not available right now. Try again in a moment.
failure-internal = Something went wrong on the server. Try again in a moment.

problem-required = Please fill this in.
problem-too-long = At most { $limit } characters.
problem-too-short = At least { $limit } characters.
problem-out-of-range = This is outside of what is allowed.
problem-max-participants = A number from 1 to 50.
problem-invalid = This is not right yet.
problem-email = This does not look like an email address.
problem-slug = Small letters, digits and hyphens only.
problem-ends-at = The end has to be after the start.
problem-current-password = This is not your current password.
problem-event-length = An event lasts a year at the most.
problem-email-taken = There is an account with this email address already.
problem-slug-taken = Another event has this address already.
problem-taken = This is taken already.
problem-email-not-found = Nobody with this email address is registered for the event.
problem-not-found = This does not exist.

skip = Skip to the content
cancel = Cancel
save = Save
saved = Saved.
discard = Discard changes
unsaved = Not saved yet
leave-unsaved = What you typed is not saved yet. Leave this page?
delete = Delete
done = Done
try-again = Try again
failed-title = This could not be loaded
show-more = Show more
clear-search = Clear the search
no-match-title = Nothing found
no-match-text = Nothing here has what you are looking for.
copy-link = Copy link
link-copied = The link is copied.
copy-failed = The link could not be copied. Your browser does not allow it.
connection-lost = No connection. What you see may be out of date; it comes back by itself.
connection-refused = The server does not take this page any more, which may be out of date. Reload the page.
problem-skipped-time = The clocks skip this time on that day. Please choose another one.
problem-rich-many = At most 20 pictures and 10 videos.
problem-rich-foreign = Something in it comes from another place, or is nested too deeply. Upload pictures instead of linking to them, and take videos from YouTube or Vimeo.
problem-rich-picture = A picture in it does not belong to this event. Take it out and upload it again.

# A picture in a form (B3).
picture = Picture
picture-hint = PNG, JPEG, GIF or WebP, up to 2 MiB. Best is 1500 × 600. You can drop or paste one here.
picture-choose = Choose a picture
picture-replace = Choose another
picture-remove = Remove picture
picture-uploading = Uploading…
picture-preview = The picture as it is now
picture-small = This picture is smaller than 800 × 320 and may look blurred.
picture-too-large = The picture has more than 2 MiB. Make it smaller and try again.
picture-too-many-pixels = The picture has too many pixels or moves for too long. Make it smaller and try again.
picture-wrong-type = This is no picture that can be shown. Use a PNG, JPEG, GIF or WebP file.
picture-alt = Alternate text
picture-alt-hint = What the picture says to people who do not see it. Leave it empty if it only decorates.
