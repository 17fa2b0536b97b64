# Wer in einem Raum ist, gehobene Hände und Reaktionen.
people-in-room = Personen
people-close = Personen schließen
people-button = { $count ->
    [one] Personen, eine im Raum
   *[other] Personen, { $count } im Raum
}
people-button-hands = { $hands ->
    [one] Personen, { $count } im Raum, eine gehobene Hand
   *[other] Personen, { $count } im Raum, { $hands } gehobene Hände
}
people-hosts = Gastgeber
people-host = Gastgeber
people-speaker = Vortragend
people-others = Alle anderen
people-found = { $count ->
    [0] Niemand gefunden
    [one] Eine Person gefunden
   *[other] { $count } Personen gefunden
}
hand-raise = Hand heben
hand-lower = Hand senken
hand-raised = Hand gehoben, Sie sind als { $place } dran
hand-raised-short = Als { $place } dran
hand-mark = Hand gehoben, { $place }
hand-aloud = { $name } hat die Hand gehoben.
hand-lower-theirs = Hand senken
hand-lower-name = Hand von { $name } senken
hands-up = Gehobene Hände
hands-lower-all = Alle senken
react = Reagieren
react-muted = Sie können nicht reagieren: Die Veranstalter haben Sie in dieser Veranstaltung stummgeschaltet.
reaction-thumbs-up = Daumen hoch
reaction-heart = Herz
reaction-laugh = Lachen
reaction-party = Feiern
reaction-applause = Applaus
reaction-thinking = Nachdenklich
reaction-aloud = { $count } × { $name }
