# Der Platz der Besucher, außer dem Raum.
reception = Empfang
something-is-on = Hier ist etwas los
live = Live
nobody-inside = Noch niemand drin
people-inside = { $screen } im Bild · { $watching } schauen zu
happening-now = Was gerade läuft
all-sessions = Alle Sessions
quiet-title = Gerade ist es ruhig
quiet-text = Niemand ist in einem Raum. Wählen Sie eine Session und machen Sie den Anfang.
choose-session = Session wählen
join = Beitreten
join-session = { $title } beitreten
venue-no-sessions-title = Noch gibt es keine Sessions
venue-no-sessions-text = Sie erscheinen hier, sobald der Veranstalter sie anlegt.
filter-by-tag = Nach Schlagwort eingrenzen
begins-soon = Bald geht es los
begins-text = Die Räume öffnen, wenn die Veranstaltung beginnt. Diese Seite ändert sich dann von selbst.
countdown-days = { $count ->
    [one] Tag
   *[other] Tage
}
countdown-hours = { $count ->
    [one] Stunde
   *[other] Stunden
}
countdown-minutes = { $count ->
    [one] Minute
   *[other] Minuten
}
countdown-seconds = { $count ->
    [one] Sekunde
   *[other] Sekunden
}
venue-draft-title = Das sehen nur Veranstalter
venue-draft-text = Die Veranstaltung ist ein Entwurf. Veröffentlichen Sie sie im Dashboard, dann kann man sich anmelden.
venue-ended-title = Diese Veranstaltung ist vorbei
venue-ended-text = Danke, dass Sie da waren. Räume, die noch benutzt werden, bleiben für die Leute darin offen.
register = Teilnehmen
register-text = Melden Sie sich einmal an, dann können Sie jede Session betreten, die für Sie offen ist.
register-first-text = Zur Teilnahme brauchen Sie ein Konto. Das dauert eine Minute und führt Sie gleich wieder hierher.
registration-closed = Die Anmeldung ist geschlossen.
