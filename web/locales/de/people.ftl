# Ticketarten und Personen, für Veranstalter und für alle, die sich anmelden.
registration = Anmeldung
ticket-types = Ticketarten
ticket-type = Ticketart
ticket-types-text = Wer sich anmeldet, wählt eine davon. Räume können nur für Inhaber bestimmter Ticketarten sein.
add-ticket-type = Ticketart hinzufügen
ticket-description-hint = Für wen sie ist und was sie öffnet. Das liest, wer sich anmeldet.
capacity = Plätze
capacity-hint = Wie viele Personen sie haben können. Leer heißt: beliebig viele.
ticket-open = Offen
ticket-closed = Geschlossen
sold-out = Ausgebucht
ticket-holders = { $count ->
    [0] Niemand hat sie
    [one] Eine Person hat sie
   *[other] { $count } Personen haben sie
}
ticket-holders-of = { $count } von { $capacity } Plätzen sind vergeben
ticket-sessions = Für diese Räume: { $titles }
close-registration = Schließen
open-registration = Öffnen
move-up = { $name } nach oben
move-down = { $name } nach unten
edit-ticket = { $name } bearbeiten
delete-ticket-title = Diese Ticketart löschen?
delete-ticket-text = „{ $name }“ ist dann endgültig weg. Niemand hat sie.
ticket-held = { $count ->
    [one] Eine Person hat sie. Geben Sie ihr zuerst eine andere, auf der Seite Personen.
   *[other] { $count } Personen haben sie. Geben Sie ihnen zuerst eine andere, auf der Seite Personen.
}
ticket-needed = Diese Räume sind für sie bestimmt: { $titles }. Ändere zuerst, wer dort zusehen kann.
last-ticket-type = Die letzte Ticketart bleibt. Füge zuerst eine andere hinzu.
problem-capacity = Eine ganze Zahl von 1 bis 1.000.000, oder nichts.
problem-in-use = Sie wird noch gebraucht.

filter-by-ticket = Nach Ticketart filtern
all-ticket-types = Alle Ticketarten
ticket-of = Ticketart von { $name }
ticket-full = Mit dieser Ticketart ist kein Platz mehr frei. Erhöhe zuerst ihre Plätze.
mute-person = { $name } stummschalten
unmute-person = Stummschaltung von { $name } aufheben
person-muted = Stummgeschaltet
remove-person = { $name } von der Veranstaltung ausschließen
remove-person-title = Diese Person ausschließen?
remove-person-text = { $name } verlässt sofort jeden Raum, und niemand kann sich mit { $email } wieder anmelden. Sie können das jederzeit zurücknehmen.
remove-from-event = Ausschließen
person-removed = Ausgeschlossen
let-back-in = Wieder hereinlassen

import-people = Personen importieren
export-people = Exportieren
import-people-text = Wählen Sie eine CSV-Datei mit den Spalten Name, Email und Ticket type. Bevor etwas geschieht, sehen Sie, was der Import tun wird. Wer dadurch angemeldet wird, bekommt eine E-Mail mit einem eigenen Link.
import-template = Vorlage herunterladen
choose-file = Datei wählen
import-sending = Die Datei wird gesendet …
import-reading = Der Server liest die Datei …
import-busy = Import läuft …
import-lines = { $count ->
    [one] Die Datei hat eine Zeile mit einer Person.
   *[other] Die Datei hat { $count } Zeilen mit Personen.
}
import-added = { $count ->
    [0] Niemand wird neu angemeldet.
    [one] Eine Person wird angemeldet.
   *[other] { $count } Personen werden angemeldet.
}
import-already = { $count ->
    [one] Eine ist schon angemeldet und bleibt, wie sie ist.
   *[other] { $count } sind schon angemeldet und bleiben, wie sie sind.
}
import-left-out = { $count ->
    [one] Eine Zeile wird ausgelassen:
   *[other] { $count } Zeilen werden ausgelassen:
}
import-columns = Diese Spalten bedeuten hier nichts: { $columns }
import-problems = Zeilen, die ausgelassen werden
import-now = { $count ->
    [0] Importieren
    [one] Eine Person importieren
   *[other] { $count } Personen importieren
}
people-imported = { $count ->
    [one] Eine Person ist jetzt angemeldet.
   *[other] { $count } Personen sind jetzt angemeldet.
}
line = Zeile
what-to-do = Was zu tun ist
line-name = Geben Sie einen Namen mit 1 bis 80 Zeichen an.
line-email = Geben Sie eine vollständige E-Mail-Adresse an, wie ada@example.org.
line-ticket = Die Veranstaltung hat keine Ticketart mit diesem Namen. Berichtige ihn.
line-twice = Eine Zeile davor hat dieselbe E-Mail-Adresse. Entfernen Sie eine davon.
line-blocked = Diese Person wurde ausgeschlossen. Lass sie zuerst wieder herein.
line-full = Mit dieser Ticketart ist kein Platz mehr frei. Erhöhe ihre Plätze oder nenne eine andere.
problem-file-size = Die Datei hat mehr als 2 MiB. Teile sie und importiere die Teile einzeln.
problem-file-columns = Die erste Zeile muss die Spalten Name und Email nennen, und Ticket type, wenn es mehrere gibt.
problem-file-bounds = Eine Datei hat höchstens 10.000 Zeilen und 100 Spalten.
problem-file-line = Zeile { $line } ist nicht lesbar. Speichere die Datei als „CSV UTF-8“ und achte darauf, dass jedes Anführungszeichen geschlossen ist.
problem-file-text = Das ist nicht als Tabelle lesbar. Speichere es als „CSV UTF-8“, jede Spalte einmal.

choose-ticket = Wählen Sie eine Ticketart
problem-choose-ticket = Bitte wählen Sie eine der Ticketarten.
places-left = { $count ->
    [one] Noch ein Platz
   *[other] Noch { $count } Plätze
}
last-place-taken = Der letzte Platz wurde gerade vergeben. Wählen Sie eine andere Ticketart.
everything-sold-out = Alle Plätze sind vergeben.
muted-title = Die Veranstalter haben Sie stummgeschaltet.
muted-text = In dieser Veranstaltung können Sie anderen nicht schreiben, nicht abstimmen und keine Fragen stellen. Zuschauen können Sie weiterhin, und auch darum bitten, auf die Bühne zu kommen.
removed-title = Sie wurden von dieser Veranstaltung ausgeschlossen
removed-text = So haben es ihre Veranstalter entschieden. Wenn Sie das für einen Irrtum halten, schreiben Sie ihnen bitte.
