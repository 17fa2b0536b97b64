# Das Programm, für Veranstalter: Tabelle, Kalender, das Formular eines Programmpunkts, der Import.
schedule = Programm
segment = Programmpunkt
add-segment = Programmpunkt hinzufügen
view = Ansicht
view-table = Tabelle
view-calendar = Kalender
day = Tag
day-before = Tag davor
day-after = Tag danach
all-days = Alle Tage
from-the-first-day = Ab dem ersten Tag
times-in-zone = Alle Zeiten gelten in { $zone }.
quoted = „{ $name }“

no-segments-title = Noch kein Programmpunkt
no-segments-text = Programmpunkte sind, was im Programm steht: Vorträge, Pausen, Links. Geben Sie unten den ersten ein, oder importieren Sie eine Datei.
add-on = Hinzufügen am { $day }
add-at = Hinzufügen am { $day } um { $time }
add-hint = Es beginnt als Entwurf: Bis Sie es veröffentlichen, sehen es nur Veranstalter.
more-fields = Weitere Felder
start = Beginn
minutes = Minuten
type = Art
time = Zeit
state = Stand
speakers = Vortragende
published = Veröffentlicht
draft = Entwurf
kind-sessions = Sessions
kind-break = Pause
kind-link = Externer Link
problem-minutes = Eine ganze Zahl von Minuten.

choose-segment = { $name } auswählen
choose-all-of = Alles am { $day } auswählen
chosen-segments = { $count ->
    [one] Einer ausgewählt
   *[other] { $count } ausgewählt
}
choose-none = Auswahl aufheben
make-drafts = Zu Entwürfen machen
delete-segments-title = { $count ->
    [one] Diesen Programmpunkt löschen?
   *[other] { $count } Programmpunkte löschen?
}
delete-segments-text = { $more ->
    [0] { $names } verschwindet endgültig.
    [one] { $names } und ein weiterer verschwinden endgültig.
   *[other] { $names } und { $more } weitere verschwinden endgültig.
}
delete-segments-sessions = Die Sessions darin bleiben. Eine geplante Session ohne Programmpunkt wird nirgends gezeigt.

calendar-help = Ziehen verschiebt, Ziehen am unteren Rand ändert die Länge. Mit der Tastatur: Pfeiltasten verschieben um 5 Minuten oder einen Tag, mit Umschalttaste ändern auf und ab die Länge, Eingabe öffnet, Escape nimmt zurück.
zoom-in = Vergrößern
zoom-out = Verkleinern
segment-is-at = { $name }: { $day }, { $times }
segment-at-edge = Länger dauert die Veranstaltung nicht.
overlaps = „{ $name }“ wäre gleichzeitig mit { $others }, und während einer Pause gibt es nichts anderes. Verschieben Sie eines davon.

in-zone = In der Zeitzone der Veranstaltung: { $zone }
link-address = Adresse
link-address-hint = Eine vollständige Adresse, die mit https:// beginnt
linked-sessions-hint = Die Räume, in die es führt. Tippen Sie, um sie zu finden.
sessions-chosen = Sessions, in die es führt
link-session = { $title } verknüpfen
unlink-session = { $title } nicht mehr verknüpfen
session-is-always-open = Immer offen. Als geplante wird sie nur gezeigt, solange ihre Programmpunkte laufen.
make-scheduled = Planen und verknüpfen
scheduled-when-saved = Wird beim Speichern zu einer geplanten: { $titles }
no-session-found = Keine weitere Session gefunden.
speakers-hint = Angemeldete Personen und Veranstalter. Tippen Sie einen Namen oder eine E-Mail-Adresse.
speakers-chosen = Vortragende
no-speaker-found = Sonst niemand gefunden.
add-speaker = { $name } hinzufügen
remove-speaker = { $name } entfernen
segment-draft-hint = Nur Veranstalter sehen ihn.
segment-published-hint = Wer in eine der Sessions darf, sieht ihn; ohne Sessions sehen ihn alle.
segment-added = Der Programmpunkt ist hinzugefügt.
segment-not-saved = „{ $name }“ ist nicht gespeichert. { $reason }
add-as-new-segment = Als neuen Programmpunkt hinzufügen
segment-deleted-meanwhile = Jemand hat diesen Programmpunkt inzwischen gelöscht. Was Sie eingegeben haben, ist noch da: Sie können es als neuen hinzufügen.

problem-outside-event = Das liegt nicht in der Zeit der Veranstaltung. Wählen Sie eine andere Zeit, oder ändern Sie zuerst die der Veranstaltung.
problem-time-taken = Diese Zeit ist belegt.
problem-segments-outside = { $count ->
    [one] Dieser Programmpunkt läge dann außerhalb der Veranstaltung: { $names }. Verschieben oder löschen Sie ihn zuerst.
   *[other] Diese Programmpunkte lägen dann außerhalb der Veranstaltung: { $names }. Verschieben oder löschen Sie sie zuerst.
}
problem-session-segments = { $names } ist schon in so vielen Programmpunkten, wie es für eine Session geht. Nehmen Sie sie zuerst aus einem anderen heraus.
problem-many-sessions = Ein Programmpunkt führt in höchstens { $limit } Sessions.
problem-many-segments = Mehr Programmpunkte kann die Veranstaltung nicht haben. Löschen Sie zuerst einige.
problem-https = Eine vollständige Adresse, die mit https:// beginnt
problem-display-minutes = Eine ganze Zahl von 0 bis 240.
problem-linked-to-segments = Programmpunkte führen hinein.
problem-session-open = Eine davon ist immer offen. Machen Sie sie zuerst zu einer geplanten.
problem-speaker = Vortragende müssen zur Veranstaltung angemeldet sein. Fügen Sie die Person zuerst unter Personen hinzu.

import-segments = Programm importieren
import-segments-text = Wählen Sie eine CSV-Datei mit den Spalten Name, Start und End, und wenn Sie mögen Type, Description, Link, Tags, Speakers, Sessions und Published. Zeiten sehen so aus: 2027-03-28 09:30, in { $zone }. Bevor etwas geschieht, sehen Sie, was der Import tun wird.
import-segment-lines = { $count ->
    [one] Die Datei hat eine Zeile mit einem Programmpunkt.
   *[other] Die Datei hat { $count } Zeilen mit Programmpunkten.
}
import-segments-added = { $count ->
    [0] Kein Programmpunkt wird hinzugefügt.
    [one] Ein Programmpunkt wird hinzugefügt.
   *[other] { $count } Programmpunkte werden hinzugefügt.
}
import-segments-already = { $count ->
    [one] Einer ist schon da und bleibt, wie er ist.
   *[other] { $count } sind schon da und bleiben, wie sie sind.
}
import-new-tags = Neue Schlagwörter: { $tags }
import-segments-now = { $count ->
    [0] Importieren
    [one] Einen Programmpunkt importieren
   *[other] { $count } Programmpunkte importieren
}
segments-imported = { $count ->
    [one] Ein Programmpunkt ist hinzugefügt.
   *[other] { $count } Programmpunkte sind hinzugefügt.
}
line-session-ambiguous = Mehrere Sessions haben diesen Titel. Benennen Sie eine davon um.
line-session-open = Die Session ist immer offen. Machen Sie sie zuerst zu einer geplanten.
line-segments-full = Die Veranstaltung hat so viele Programmpunkte, wie sie haben darf. Löschen Sie zuerst einige.
line-link = Ein externer Link braucht eine vollständige Adresse, die mit https:// beginnt
line-segment-name = Geben Sie einen Namen von 1 bis 100 Zeichen an.
line-outside = Das liegt nicht in der Zeit der Veranstaltung.
line-text = Beschreibung, Schlagwörter, Vortragende oder Sessions sind zu viele oder zu lang.
line-time = Geben Sie Beginn und Ende so an: 2027-03-28 09:30, das Ende nach dem Beginn. Eine Zeit, die die Uhren überspringen oder zweimal zeigen, braucht einen Abstand zu UTC.
line-segment-twice = Eine Zeile davor hat denselben Namen und Beginn. Entfernen Sie eine davon.
line-type = Die Art ist Sessions, Break oder External link.
line-session-unknown = Die Veranstaltung hat keine Session mit diesem Titel. Berichtigen Sie ihn, oder fügen Sie die Session zuerst hinzu.
line-speaker-unknown = Niemand ist mit dieser E-Mail-Adresse angemeldet. Berichtigen Sie sie, oder fügen Sie die Person zuerst unter Personen hinzu.

venue-controls = Regeln im Venue
sessions-display = Anzeige der Sessions
sessions-display-text = Eine geplante Session steht im Bereich Sessions, solange ihre Programmpunkte laufen, und etwas länger. Alle Seiten folgen sofort.
before-minutes = Minuten davor
before-minutes-hint = So lange vor dem Beginn eines Programmpunkts erscheinen seine Sessions und lassen sich betreten. Üblich sind 5.
after-minutes = Minuten danach
after-minutes-hint = So lange nach dem Ende eines Programmpunkts bleiben seine Sessions dort. Wer darin ist, muss nicht gehen. Üblich sind 0.
what-attendees-may = Was Teilnehmende dürfen
attendees-create = Sessions anlegen
attendees-create-hint = Während die Veranstaltung läuft, öffnen Teilnehmende eigene Räume, die alle finden. Darin haben sie das Sagen; Sie sehen, ändern und löschen sie wie andere.
people-visible = Sehen, wer da ist
people-visible-hint = Es gibt eine Liste der Angemeldeten. Ausgeschaltet sehen sie nur Veranstalter.
agenda-enabled = Eine Agenda führen
agenda-enabled-hint = Teilnehmende sammeln Programmpunkte in „Meine Agenda“, sehen Überschneidungen und übernehmen sie in ihre Kalender.
keep-chat = Nachrichten im Chat behalten
keep-chat-for-ever = Für immer
keep-chat-for-ever-hint = Bis jemand sie oder die Session löscht.
keep-chat-days = Einige Tage lang
keep-chat-days-hint = Ältere Nachrichten werden in allen Sessions dieser Veranstaltung für alle gelöscht und lassen sich nicht zurückholen. Das beginnt wenige Minuten nach dem Speichern.
chat-days = Tage
chat-days-hint = So viele Tage, nachdem eine Nachricht geschrieben wurde, verschwindet sie. 1 bis 3.650.
problem-chat-days = Eine ganze Zahl von 1 bis 3.650.

create-session = Session anlegen
create-session-text = Ein eigener Raum: Alle auf der Veranstaltung finden ihn, und Sie leiten ihn. Er wird nicht aufgezeichnet.
own-session-created = Ihre Session „{ $title }“ ist da.
own-mode = Wer Audio und Video teilen kann
own-open = Alle
own-open-hint = Wer im Raum ist, darf auf den Bildschirm.
own-moderated = Moderiert
own-moderated-hint = Andere fragen, und Sie entscheiden.
created-by-attendee = Von { $name }

when-open = Wann sie offen ist
always-open-hint = Während der ganzen Veranstaltung. Kein Programmpunkt führt hinein.
scheduled = Geplant
scheduled-hint = Solange Programmpunkte hineinführen. Bis dahin findet sie niemand.
no-segment-leads-here = Kein Programmpunkt führt hinein: Niemand findet sie, ihr Link funktioniert.
open-schedule = Programm öffnen
segments-lead-here = Diese Programmpunkte führen hinein:
off-schedule-title = Aus dem Programm nehmen?
off-schedule-text = Diese Programmpunkte führen hinein: { $names }. Eine immer offene Session gehört zu keinem. Die Programmpunkte bleiben.
off-schedule-text-unnamed = Programmpunkte führen hinein. Eine immer offene Session gehört zu keinem. Die Programmpunkte bleiben.
off-schedule = Herausnehmen und speichern
problem-file-segments = Die erste Zeile muss die Spalten Name, Start und End nennen.
