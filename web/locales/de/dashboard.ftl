# Der Platz der Veranstalter.
dashboard = Dashboard
my-events = Veranstaltungen
events-i-run = Veranstaltungen, die Sie leiten
events-i-visit = Veranstaltungen, die Sie besuchen
create-event = Veranstaltung anlegen
no-events-title = Noch keine Veranstaltung
no-events-text = Eine Veranstaltung enthält Ihre Sessions. Legen Sie eine an: Sie bleibt ein Entwurf, bis Sie sie veröffentlichen.
no-registrations-title = Noch keine Veranstaltung
no-registrations-text = Wenn Sie sich zu einer Veranstaltung anmelden, erscheint sie hier. Öffnen Sie den Link, den Sie vom Veranstalter haben.

event = Veranstaltung
overview = Übersicht
setup = Einrichtung
basics = Grundlagen
people = Personen
venue = Venue
sessions = Sessions
open-venue = Venue öffnen

state-draft = Entwurf
state-upcoming = Demnächst
state-live = Live
state-ended = Beendet

name = Name
address = Adresse
address-hint = Zu öffnen unter /e/{ $slug }
description = Beschreibung
starts = Beginn
ends = Ende
time-zone = Zeitzone
time-zone-hint = Die Zeiten oben gelten in dieser Zone. Besucher sehen sie in ihrer eigenen.

checklist = Auf dem Weg zur Veranstaltung
step-sessions = Sessions anlegen
step-sessions-text = { $count ->
    [0] Eine Session ist ein Raum, in dem man sich trifft.
    [one] Bisher eine Session.
   *[other] Bisher { $count } Sessions.
}
step-publish = Veranstaltung veröffentlichen
step-publish-text = Bis dahin sehen nur Veranstalter sie. Danach kann man sich anmelden.
step-published-text = Wer den Link hat, sieht ihre Seite.
publish = Veröffentlichen
unpublish = Wieder zum Entwurf machen
unpublish-title = Veranstaltung wieder zum Entwurf machen?
unpublish-text = { $count ->
    [0] Nur Veranstalter finden sie dann, bis Sie sie wieder veröffentlichen. Gerade ist niemand in einem Raum.
    [one] Nur Veranstalter finden sie dann, bis Sie sie wieder veröffentlichen. Gerade ist eine Person in einem Raum; sie muss gehen.
   *[other] Nur Veranstalter finden sie dann, bis Sie sie wieder veröffentlichen. Gerade sind { $count } Personen in Räumen; sie müssen gehen.
}
step-invite = Leute einladen
step-invite-text = Wer den Link hat, kann sich anmelden.
step-live = Live gehen
step-live-text = Die Räume öffnen für Besucher, wenn die Veranstaltung beginnt. Sie können sie früher öffnen.
step-live-now = Die Räume sind für Besucher offen.
open-now = Jetzt öffnen
rooms-now = Jetzt in den Räumen
rooms-quiet-title = Niemand ist in einem Raum
rooms-quiet-text = Sobald jemand eine Session betritt, sehen Sie hier, wo.

add-session = Session anlegen
search-sessions = Sessions suchen
no-sessions-title = Noch keine Session
no-sessions-text = Eine Session ist ein Raum Ihrer Veranstaltung: Man schaut zu, spricht und teilt den Bildschirm.
copy-link-of = Link von { $title } kopieren
open-room = Raum öffnen
open-room-of = Raum von { $title } öffnen
delete-of = { $title } löschen
undo = Rückgängig
duplicate-of = { $title } duplizieren
session-duplicated = „{ $title }“ ist hinzugefügt.
move-of = { $title } verschieben: ziehen, oder Pfeil nach oben oder unten drücken; Bild auf und ab, Pos1 und Ende gehen weiter
moved-after = „{ $title }“ steht jetzt nach „{ $other }“.
moved-before = „{ $title }“ steht jetzt vor „{ $other }“.
cannot-move-further = „{ $title }“ kann in dieser Richtung nicht weiter. Ändern Sie die Priorität in den Einstellungen.
session-added = Die Session ist angelegt.

session = Session
section-basics = Grundlagen
section-display = Darstellung
section-access = Zugang
title = Titel
tags = Schlagwörter
tags-chosen = Gewählte Schlagwörter
tags-hint = Tippen, dann einen wählen oder Enter drücken. Besucher grenzen die Liste damit ein.
tag-too-long = „{ $tag }“ ist länger als { $limit } Zeichen.
remove-tag = { $tag } entfernen
display-size = Größe in der Liste
size-medium = Mittel
size-medium-hint = Zwei nebeneinander.
size-large = Groß
size-large-hint = Eine je Zeile, für das, was die meisten sehen sollen.
priority = Priorität
priority-hint = Eine ganze Zahl. Sessions mit einer höheren stehen vorn.
watch-access = Wer zuschauen darf
watch-anyone = Alle
watch-anyone-hint = Alle Angemeldeten finden und betreten sie.
watch-private = Privat
watch-private-hint = Nur Veranstalter und die unten Eingeladenen sehen sie. Für alle anderen gibt es sie nicht.
watch-private-hint-new = Nur Veranstalter und Eingeladene sehen sie. Einladen können Sie im nächsten Schritt.
watch-tickets = Mit Ticket
watch-unlisted = Nicht gelistet
watch-unlisted-hint = In keiner Liste und keiner Suche. Wer angemeldet ist und den Link hat, findet sie.
unlisted-link = Link
unlisted-link-text = Wer diesen Link angemeldet öffnet, wird zugelassen und braucht später keinen Link mehr.
rotate-link = Neuer Link
rotate-link-title = Link ersetzen?
rotate-link-text = Der alte Link funktioniert dann nicht mehr. Was ist mit denen, die schon mit ihm gekommen sind?
rotate-link-keep = Neuer Link, sie bleiben
rotate-link-remove = Neuer Link, sie entfernen
link-rotated = Die Session hat einen neuen Link.
max-participants = Plätze auf dem Bildschirm
max-participants-hint = 1 bis 50. Eine Person belegt einen, ein geteilter Bildschirm auch. Alle anderen schauen zu.
share-access = Wer Ton und Bild teilen darf
share-anyone = Alle
scheduling = Zeitplan
always-open = Immer offen
preview = Vorschau
preview-hint = So sehen Besucher sie
live-now = Jetzt live
changed-by-both = Jemand anders hat das inzwischen geändert: { $fields }. Sie sehen Ihre Eingaben; Speichern setzt sie an die Stelle der anderen.
theirs = Andere Fassung: { $text }
theirs-empty = Die andere Fassung ist leer.
theirs-on = an
theirs-off = aus
theirs-picture = ein anderes Bild
theirs-no-picture = kein Bild
theirs-media = nur ein Bild oder ein Video
theirs-tickets = { $count ->
    [one] eine Ticketart
   *[other] { $count } Ticketarten
}
theirs-days = { $count ->
    [one] ein Tag
   *[other] { $count } Tage
}
take-theirs = Andere Fassung übernehmen
deleted-meanwhile = Jemand anders hat diese Session inzwischen gelöscht. Ihre Eingaben stehen noch hier: Sie können sie als neue Session anlegen.
add-as-new = Als neue Session anlegen
last-organizer = Wer als Letztes organisiert, bleibt. Fügen Sie zuerst jemand anderen hinzu.

invite-list = Eingeladene
invite-list-text = Sie finden und betreten die Session, neben den Veranstaltern.
invite = Einladen
invite-by-email = Nach Name oder E-Mail einladen
uninvite = Die Einladung von { $name } zurücknehmen
nobody-invited-title = Noch niemand ist eingeladen
nobody-invited-text = Nur Veranstalter können diese Session sehen.

registered = Angemeldet
registered-on = seit { $day }
search-people = Nach Name oder E-Mail suchen
nobody-registered-title = Noch niemand ist angemeldet
nobody-registered-text = Veröffentlichen Sie die Veranstaltung und verschicken Sie ihren Link.
organizers = Veranstalter
organizers-text = Sie dürfen in jeder Veranstaltung der Organisation alles.
organizer-email = E-Mail
invite-organizer = Veranstalter einladen
organizer-added = Die Person ist ab jetzt Veranstalter.
organizer-invited = Eine Einladung an { $email } ist unterwegs.
invited-organizers = Eingeladen
invitation-open = hat noch nicht angenommen
invitation-over = die Einladung ist zu alt; laden Sie noch einmal ein
withdraw-invitation = Einladung an { $email } zurückziehen
remove-organizer = { $name } als Veranstalter entfernen
remove-organizer-question = { $name } ist dann bei keiner Veranstaltung dieser Organisation mehr Veranstalter.
remove-organizer-now = Entfernen
that-is-you = Das sind Sie

additional-information = Weitere Informationen
additional-information-hint = Teilnehmende lesen sie vor dem Beitreten und neben der Bühne.
additional-information-placeholder = Was sollten die Leute wissen, mitbringen oder lesen?
rich-formatting = Formatierung
rich-bold = Fett
rich-italic = Kursiv
rich-underline = Unterstrichen
rich-strike = Durchgestrichen
rich-heading = Überschrift
rich-subheading = Zwischenüberschrift
rich-bullets = Liste
rich-numbers = Nummerierte Liste
rich-quote = Zitat
rich-link = Link
rich-link-address = Adresse des Links
rich-link-refused = Geben Sie die Adresse einer Seite oder eines Postfachs ein.
rich-insert = Einfügen
rich-unlink = Link entfernen
rich-picture = Bild
rich-alt = Was das Bild zeigt, für alle, die es nicht sehen
rich-video = Video
rich-video-address = Adresse des Videos
rich-video-refused = Geben Sie die Adresse eines Videos auf YouTube oder Vimeo ein.
rich-undo = Rückgängig
rich-redo = Wiederholen
rich-uploading = { $count ->
    [one] Ein Bild wird hochgeladen…
   *[other] { $count } Bilder werden hochgeladen…
}
rich-failed = Der Editor konnte nicht geladen werden. Was Sie anderswo eingegeben haben, bleibt.
rich-picture-linked = Bilder anderer Seiten werden nicht übernommen. Speichern Sie sie und laden Sie sie hier hoch.
rich-picture-type = Bilder sind PNG-, JPEG-, GIF- oder WebP-Dateien.
rich-picture-size = Ein Bild hat höchstens 2 MiB.
rich-picture-refused = Das Bild konnte nicht hochgeladen werden. Bitte versuchen Sie es noch einmal.
event-cover = Titelbild
