# The chat of a session.
chat = Chat
chat-unread = { $count ->
    [one] Chat, one new message
   *[other] Chat, { $count } new messages
}
chat-close = Close chat
chat-messages = Messages
chat-empty = Nobody has written yet. Say hello.
chat-older = Older messages
chat-news = New messages
chat-gone = Somebody who has left
chat-host = Host
chat-edited = (edited)
chat-deleted = This message was deleted.
chat-deleted-by-host = A host deleted this message.
chat-pinned = Pinned message
chat-actions = Actions for the message of { $name }
chat-react = React with { $emoji }
chat-reaction = { $count ->
    [one] { $emoji }, one person
   *[other] { $emoji }, { $count } people
}
chat-reply = Reply
chat-edit = Edit
chat-delete = Delete
chat-delete-title = Delete this message?
chat-delete-text = It goes for everybody, and cannot be brought back.
chat-keep = Keep it
chat-pin = Pin
chat-unpin = Unpin
chat-write = Write a message
chat-message = Message
chat-send = Send
chat-save = Save
chat-cancel = Cancel
chat-editing = You edit your message
chat-replying = You reply to
chat-sending = Sending…
chat-offline = No connection. It is sent as soon as there is one.
chat-not-sent = Not sent.
chat-again = Send again
chat-discard = Discard
chat-settings = Chat settings
chat-pause = Pause the chat
chat-go-on = Let the chat go on
chat-slow = { $seconds ->
    [0] No slow mode
   *[other] Slow mode: { $time }
}
chat-slow-hint = Slow mode: one message every { $time }.
chat-slow-wait = Slow mode: you can write again in { $time }.
chat-time = { $minutes ->
    [0] { $seconds } s
   *[other] { $minutes } min
}
chat-paused = A host has paused the chat. You can read on.
chat-paused-host = The chat is paused: only hosts write.
chat-not-open = The chat is not open now.
chat-unread-mention = { $count ->
    [one] Chat, one new message, it mentions you
   *[other] Chat, { $count } new messages, you are mentioned
}
chat-mention = People to mention
chat-mention-offers = { $count ->
    [one] One person fits. Enter mentions them.
   *[other] { $count } people fit. Choose with the arrow keys; Enter mentions somebody.
}
chat-mention-refused = Somebody whom you mention cannot watch this session. Mention people who can.
chat-mentioned-by = { $name } mentions you in the chat.
chat-mentions-you = mentions you
chat-wait = You can write again in { $time }.
