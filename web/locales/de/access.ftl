# Wer eine Session sehen und in ihr teilen darf, wie Veranstalter es wählen.
create-tag = Neues Schlagwort „{ $tag }“
watch-tickets-hint = Nur wer eines der gewählten Tickets hat oder eingeladen ist, findet und betritt sie.
ticket-types-who-watch = Tickets, die zusehen dürfen
ticket-types-who-watch-hint = Mindestens eines. Wer ein anderes hat, findet die Session nur auf Einladung.
problem-choose-tickets = Wählen Sie mindestens ein Ticket, oder eine andere Antwort auf die Frage, wer zusehen darf.
share-anyone-hint = Alle im Raum dürfen auf den Bildschirm.
share-invite-only = Nur Eingeladene
share-invite-only-hint = Die unten Gewählten und Veranstalter dürfen auf den Bildschirm. Alle anderen sehen zu.
share-invite-only-hint-new = Die Gewählten und Veranstalter dürfen auf den Bildschirm. Wählen können Sie im nächsten Schritt.
share-moderated = Moderiert
share-moderated-hint = Die unten gewählten Moderatoren und Veranstalter leiten den Raum und dürfen auf den Bildschirm. Alle anderen fragen sie vorher.
share-moderated-hint-new = Die gewählten Moderatoren und Veranstalter leiten den Raum und dürfen auf den Bildschirm. Alle anderen fragen sie vorher. Wählen können Sie im nächsten Schritt.
moderators = Moderatoren
moderators-text = Sie leiten diese Session. Änderungen hier gelten sofort. Bei einer anderen Antwort oben bleibt die Liste erhalten und bewirkt nichts.
add-moderator = Moderator hinzufügen
sharers = Wer teilen darf
sharers-text = Sie dürfen auf den Bildschirm; alle anderen sehen zu. Änderungen hier gelten sofort.
add-sharer = Jemanden hinzufügen
person-field-hint = Name oder E-Mail-Adresse tippen. Die Person muss für die Veranstaltung angemeldet sein.
remove-chosen = { $name } entfernen
invite-too-title = Auch einladen?
invite-too-text = { $email } gehört nicht zu denen, die diese Session sehen können.
invite-too = Hinzufügen und einladen

invite-list-tickets-text = Sie finden und betreten die Session, welches Ticket sie auch haben.
invite-hint = Jemand, der angemeldet ist, oder irgendeine E-Mail-Adresse. Es gilt sofort.
invite-many = Liste einfügen oder hochladen
invite-many-text = Fügen Sie Adressen ein oder wählen Sie eine CSV-Datei; Namen und andere Spalten stören nicht. Sehen Sie die Adressen durch, bevor Sie einladen.
addresses = E-Mail-Adressen
addresses-found = { $count ->
    [0] Noch keine Adresse
    [one] Eine Adresse
   *[other] { $count } Adressen
}
addresses-refused = { $count ->
    [one] Das ist keine E-Mail-Adresse: { $list }
   *[other] Diese { $count } sind keine E-Mail-Adressen: { $list }
}
invite-now = { $count ->
    [0] Einladen
    [one] Eine Person einladen
   *[other] { $count } Personen einladen
}
invited-many = { $count ->
    [0] Niemand Neues ist eingeladen.
    [one] Eine Person ist eingeladen.
   *[other] { $count } Personen sind eingeladen.
} { $already ->
    [0] { "" }
    [one] Eine stand schon auf der Liste.
   *[other] { $already } standen schon auf der Liste.
}
invitation-waits = Gilt mit der Anmeldung, sobald die Adresse bestätigt ist
add = Hinzufügen
