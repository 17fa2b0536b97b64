# Die Liste der Sessions, wie Veranstalter an ihr arbeiten: Filter, viele auf einmal, Dateien, und warum man jede findet oder nicht.
filters = { $count ->
    [0] Filter
   *[other] Filter ({ $count })
}
filter-dates = Tage
filter-tickets = Zugänglich für
filter-no-dates = Noch hat keine Session eine Zeit im Programm.
filter-no-tickets = Es gibt kein Ticket.
filter-no-tags = Noch hat keine Session ein Schlagwort.
clear = Leeren
clear-of = { $section } leeren

bulk = Ausgewählte Sessions
select = { $title } auswählen
select-all = Alle auswählen
selected = { $count ->
    [one] Eine ausgewählt
   *[other] { $count } ausgewählt
}
clear-selection = Keine auswählen
bulk-tags = Schlagwörter
bulk-tags-title = { $count ->
    [one] Schlagwörter einer Session
   *[other] Schlagwörter von { $count } Sessions
}
bulk-remove-tags = Wegnehmen
bulk-access = Zugang
bulk-access-title = { $count ->
    [one] Zugang zu einer Session
   *[other] Zugang zu { $count } Sessions
}
bulk-access-text = Wer im Raum ist und nicht mehr darf, verlässt ihn sofort. Einladungen und Moderatoren bleiben bei jeder Session.
bulk-people = { $count ->
    [one] Eine Person ist
   *[other] { $count } Personen sind
}
bulk-on-screen = { $count ->
    [one] { $people } auf dem Bildschirm einer Session, in der danach nur Eingeladene teilen. Wer weder eingeladen noch Gastgeber ist, verlässt den Bildschirm.
   *[other] { $people } auf dem Bildschirm von { $count } Sessions, in denen danach nur Eingeladene teilen. Wer weder eingeladen noch Gastgeber ist, verlässt den Bildschirm.
}
leave-as-it-is = Lassen, wie es ist
sessions-changed = { $count ->
    [one] Eine Session ist geändert.
   *[other] { $count } Sessions sind geändert.
}

delete-sessions-title = { $count ->
    [one] Diese Session löschen?
   *[other] { $count } Sessions löschen?
}
delete-sessions-text = { $count ->
    [one] „{ $title }“ verschwindet; zehn Sekunden lang können Sie das zurücknehmen.
   *[other] { $count } Sessions verschwinden; zehn Sekunden lang können Sie das zurücknehmen.
}
delete-sessions-inside = { $count ->
    [one] Eine Person ist darin und muss sie dann verlassen.
   *[other] { $count } Personen sind darin und müssen sie dann verlassen.
}
delete-sessions-segments = { $count ->
    [one] Ein Abschnitt des Programms führt dorthin und führt dann nicht mehr dorthin: { $names }.
   *[other] { $count } Abschnitte des Programms führen dorthin und führen dann nicht mehr dorthin: { $names }.
}
delete-sessions-looking = Abschnitte, die dorthin führen, werden gesucht …
delete-sessions-unknown = Abschnitte des Programms, die dorthin führen, tun das dann nicht mehr. Welche das sind, lässt sich gerade nicht lesen.
names-and-more = { $names } und { $count } weitere
sessions-deleted = { $count ->
    [one] Die Session ist gelöscht.
   *[other] { $count } Sessions sind gelöscht.
}
sessions-restored = { $count ->
    [one] Die Session ist wieder da.
   *[other] { $count } Sessions sind wieder da.
}

import = Importieren
export = Exportieren
import-sessions = Sessions importieren
import-sessions-text = Wählen Sie eine CSV-Datei. Nur die Spalte „Title“ muss da sein; was leer ist, ist wie bei einer neuen Session. Bevor etwas geschieht, sehen Sie, was der Import tun wird.
import-session-lines = { $count ->
    [one] Die Datei hat eine Zeile mit einer Session.
   *[other] Die Datei hat { $count } Zeilen mit Sessions.
}
import-sessions-added = { $count ->
    [0] Keine Session kommt dazu.
    [one] Eine Session kommt dazu.
   *[other] { $count } Sessions kommen dazu.
}
import-sessions-already = { $count ->
    [one] Einen Titel gibt es schon; diese Session bleibt, wie sie ist.
   *[other] { $count } Titel gibt es schon; diese Sessions bleiben, wie sie sind.
}
import-sessions-now = { $count ->
    [0] Importieren
    [one] Eine Session importieren
   *[other] { $count } Sessions importieren
}
sessions-imported = { $count ->
    [one] Eine Session ist dazugekommen.
   *[other] { $count } Sessions sind dazugekommen.
}
problem-file-title = Die erste Zeile muss die Spalte „Title“ nennen.
line-title-twice = Eine Zeile davor hat denselben Titel. Ändern oder entfernen Sie eine davon.
line-title = Ein Titel hat 1 bis 60 Zeichen.
line-description = Kürzen Sie die Beschreibung auf 140 Zeichen.
line-tags = Höchstens 10 Schlagwörter mit bis zu 30 Zeichen, mit Strichpunkten getrennt.
line-display-size = Schreiben Sie Medium oder Large als Größe.
problem-priority = Die Priorität ist eine ganze Zahl von -1.000.000 bis 1.000.000.
line-watch-access = Schreiben Sie Anyone, Private, Ticket holders oder Unlisted dazu, wer zusehen darf.
line-ticket-types = Nennen Sie mindestens ein Ticket, oder eine andere Antwort dazu, wer zusehen darf.
line-youtube = Schreiben Sie On oder Off für das Teilen von YouTube-Videos.
line-share-access = Schreiben Sie Anyone, Invite only oder Moderated dazu, wer teilen darf.
line-scheduling = Schreiben Sie Always open oder Scheduled.

more-segments = { $count ->
    [one] Ein weiterer Abschnitt
   *[other] { $count } weitere Abschnitte
}

visibility = Wer diese Session jetzt findet
visible-draft = Nur Veranstalter finden sie: Die Veranstaltung ist ein Entwurf.
visible-event-over = Die Veranstaltung ist vorbei.
visible-opens-with-event = Öffnet mit der Veranstaltung, { $at }.
visible-now = Jetzt offen.
visible-not-linked = Geplant, aber mit keinem Programmabschnitt verbunden: Niemand kann sie sehen.
visible-segments-drafts = Nur mit Entwürfen von Abschnitten verbunden: Niemand kann sie sehen.
visible-opens = Öffnet { $at }.
visible-until = Offen bis { $at }.
visible-over = Ihre Zeit ist vorbei: nur noch über ihren Link.
visible-to-everybody = Für alle Angemeldeten.
visible-to-invited = { $count ->
    [one] Nur für eine eingeladene Person.
   *[other] Nur für { $count } eingeladene Personen.
}
visible-invitations-wait = { $count ->
    [one] Eine Einladung wartet auf eine Anmeldung oder eine bestätigte Adresse.
   *[other] { $count } Einladungen warten auf Anmeldungen oder bestätigte Adressen.
}
visible-to-nobody = Privat, und niemand Angemeldetes ist eingeladen: Nur Veranstalter finden sie.
visible-to-tickets = { $count ->
    [0] Nur für { $names }.
    [one] Nur für { $names }, und eine eingeladene Person.
   *[other] Nur für { $names }, und { $count } eingeladene Personen.
}
visible-by-link = Nicht gelistet: nur mit dem Link.
visible-not-to-moderators = { $more ->
    [0] Moderatoren, die nicht zusehen dürfen: { $names }.
   *[other] Moderatoren, die nicht zusehen dürfen: { $names } und { $more } weitere.
}
visible-not-to-sharers = { $more ->
    [0] Sie dürfen teilen, aber nicht zusehen: { $names }.
   *[other] Sie dürfen teilen, aber nicht zusehen: { $names } und { $more } weitere.
}
