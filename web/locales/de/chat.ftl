# Der Chat einer Session.
chat = Chat
chat-unread = { $count ->
    [one] Chat, eine neue Nachricht
   *[other] Chat, { $count } neue Nachrichten
}
chat-close = Chat schließen
chat-messages = Nachrichten
chat-empty = Noch hat niemand geschrieben. Sagen Sie Hallo.
chat-older = Ältere Nachrichten
chat-news = Neue Nachrichten
chat-gone = Jemand, der nicht mehr da ist
chat-host = Gastgeber
chat-edited = (bearbeitet)
chat-deleted = Diese Nachricht wurde gelöscht.
chat-deleted-by-host = Ein Gastgeber hat diese Nachricht gelöscht.
chat-pinned = Angeheftete Nachricht
chat-actions = Aktionen für die Nachricht von { $name }
chat-react = Mit { $emoji } reagieren
chat-reaction = { $count ->
    [one] { $emoji }, eine Person
   *[other] { $emoji }, { $count } Personen
}
chat-reply = Antworten
chat-edit = Bearbeiten
chat-delete = Löschen
chat-delete-title = Diese Nachricht löschen?
chat-delete-text = Sie verschwindet für alle und lässt sich nicht zurückholen.
chat-keep = Behalten
chat-pin = Anheften
chat-unpin = Lösen
chat-write = Nachricht schreiben
chat-message = Nachricht
chat-send = Senden
chat-save = Speichern
chat-cancel = Abbrechen
chat-editing = Sie bearbeiten Ihre Nachricht
chat-replying = Sie antworten auf
chat-sending = Wird gesendet …
chat-offline = Keine Verbindung. Die Nachricht wird gesendet, sobald es geht.
chat-not-sent = Nicht gesendet.
chat-again = Noch einmal senden
chat-discard = Verwerfen
chat-settings = Einstellungen des Chats
chat-pause = Chat anhalten
chat-go-on = Chat weiterlaufen lassen
chat-slow = { $seconds ->
    [0] Nicht verlangsamt
   *[other] Verlangsamt: { $time }
}
chat-slow-hint = Verlangsamt: eine Nachricht alle { $time }.
chat-slow-wait = Verlangsamt: Sie können in { $time } wieder schreiben.
chat-time = { $minutes ->
    [0] { $seconds } s
   *[other] { $minutes } min
}
chat-paused = Ein Gastgeber hat den Chat angehalten. Mitlesen geht weiter.
chat-paused-host = Der Chat ist angehalten: Nur Gastgeber schreiben.
chat-not-open = Der Chat ist gerade nicht offen.
chat-unread-mention = { $count ->
    [one] Chat, eine neue Nachricht, sie erwähnt Sie
   *[other] Chat, { $count } neue Nachrichten, Sie werden erwähnt
}
chat-mention = Personen zum Erwähnen
chat-mention-offers = { $count ->
    [one] Eine Person passt. Die Eingabetaste erwähnt sie.
   *[other] { $count } Personen passen. Wählen Sie mit den Pfeiltasten; die Eingabetaste erwähnt jemanden.
}
chat-mention-refused = Jemand, den Sie erwähnen, darf diese Session nicht sehen. Erwähnen Sie Personen, die es dürfen.
chat-mentioned-by = { $name } erwähnt Sie im Chat.
chat-mentions-you = erwähnt Sie
chat-wait = Sie können in { $time } wieder schreiben.
