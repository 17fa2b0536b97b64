# Das Programm für Besucher, Meine Agenda, die Liste der Leute, und was das Programm über einen Raum sagt.
venue-schedule = Programm
schedule-close = Programm schließen
schedule-empty = Das Programm erscheint hier, sobald der Veranstalter es veröffentlicht.
now-on = Jetzt: { $name }
now-on-and-more = Jetzt: { $name } und { $count } weitere
next-on = Danach, { $at }: { $name }
soon = Demnächst
in-minutes = in { $count } Min.
today = Heute
tomorrow = Morgen
nothing-to-come = Es kommt nichts mehr.
show-past-segments = Vergangenes zeigen ({ $count })
hide-past-segments = Vergangenes verbergen
past-segments = Vergangenes
segment-break = Pause
segment-draft = Entwurf: Das sehen nur Veranstalter
segment-more = Worum es geht
segment-file = { $name } in den Kalender übernehmen
mark-segment = { $name } in Meiner Agenda
with-speakers = Mit { $names }
clashes-with = Zur selben Zeit wie { $names }
to-session = Zur Session
you-are-here = Sie sind hier
choose-session-of = Session von { $name } wählen
open-elsewhere = Öffnen
open-elsewhere-name = { $name } in einem neuen Tab öffnen
to-schedule = Zum Programm
to-reception = Empfang

my-agenda = Meine Agenda
agenda-empty-title = Ihre Agenda ist leer
agenda-empty-text = Merken Sie Punkte des Programms vor, dann finden Sie sie hier.
agenda-off-title = Meine Agenda ist abgeschaltet
agenda-off-text = Der Veranstalter hat sie für diese Veranstaltung abgeschaltet.
feed-title = In Ihrem Kalender
feed-text = Kalenderprogramme, die diese Adresse abonnieren, zeigen Ihre Agenda und folgen ihren Änderungen. Wer die Adresse hat, liest mit: Behalten Sie sie für sich.
feed-copy = Adresse kopieren
feed-file = Alles in den Kalender
feed-renew = Neue Adresse
feed-renew-title = Eine andere Adresse?
feed-renew-text = Die alte Adresse gilt dann nicht mehr. Kalender, die sie abonnieren, brauchen die neue.
feed-renewed = Sie haben eine neue Adresse. Die alte führt jetzt nirgendwohin.

people-count = { $count ->
    [one] Eine Person
   *[other] { $count } Personen
}
find-people = Nach Namen suchen
people-none-title = Noch ist niemand da
people-none-text = Leute erscheinen hier, wenn sie sich anmelden.
people-off-title = Die Liste der Leute ist abgeschaltet
people-off-text = Der Veranstalter zeigt sie nicht.

opens-at = Öffnet { $at }
opens-by-itself = Sie können hierbleiben: Diese Seite öffnet sich von selbst.
add-to-calendar = In den Kalender
unlisted = Nicht gelistet
unlisted-hint = Nur wer den Link hat, findet diese Session.
test-run = Probelauf
test-run-hint = Sie ist noch nicht offen. Veranstalter und Vortragende kommen früher hinein.
ended-by-schedule = Diese Session ist nach dem Programm zu Ende. Ihr Raum ist noch offen.
ended-by-schedule-inside = { $count ->
    [one] Nach dem Programm zu Ende, eine Person ist noch drin
   *[other] Nach dem Programm zu Ende, { $count } Personen sind noch drin
}
close-for-all = Für alle schließen
close-for-all-title = Diesen Raum für alle schließen?
close-for-all-text = { $count ->
    [one] Eine Person ist drin und erfährt, dass der Raum geschlossen wurde.
   *[other] { $count } Personen sind drin und erfahren, dass der Raum geschlossen wurde.
}
room-was-closed = { $count ->
    [0] Der Raum ist geschlossen.
    [one] Der Raum ist geschlossen. Eine Person war drin.
   *[other] Der Raum ist geschlossen. { $count } Personen waren drin.
}
