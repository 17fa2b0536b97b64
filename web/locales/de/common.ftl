# Wörter, die viele Seiten gemeinsam haben.
product = Roundtable
close = Schließen
dismiss = Ausblenden
go-home = Zur Startseite
too-long-by = { $count ->
    [one] Ein Zeichen zu viel.
   *[other] { $count } Zeichen zu viel.
}
characters-of = { $count } von { $limit } Zeichen
not-found-title = Hier ist nichts
not-found-text = Vielleicht ist die Adresse falsch geschrieben, oder was hier war, ist fort oder nicht für Sie offen.

failure-offline = Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.
failure-garbled = Der Server hat unverständlich geantwortet. Versuchen Sie es gleich noch einmal.
failure-unauthenticated = Bitte melden Sie sich zuerst an.
failure-forbidden = Das dürfen Sie nicht tun.
failure-not-found = Das gibt es nicht, oder es ist nicht für Sie offen.
failure-invalid-input = Etwas davon stimmt noch nicht. Bitte prüfen Sie Ihre Eingaben.
failure-conflict = Jemand anders hat das gleichzeitig geändert. Laden Sie neu, um den neuesten Stand zu sehen.
failure-wrong-credentials = Die E-Mail-Adresse oder das Passwort ist falsch.
failure-rate-limited = Das war zu oft in kurzer Zeit. Warten Sie eine Minute und versuchen Sie es noch einmal.
failure-not-open = Das ist im Moment nicht offen.
failure-unavailable = Ein Teil des Servers ist gerade nicht verfügbar. Versuchen Sie es gleich noch einmal.
failure-internal = Auf dem Server ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.

problem-required = Bitte füllen Sie das aus.
problem-too-long = Höchstens { $limit } Zeichen.
problem-too-short = Mindestens { $limit } Zeichen.
problem-out-of-range = Das liegt außerhalb des Erlaubten.
problem-max-participants = Eine Zahl von 1 bis 50.
problem-invalid = Das stimmt noch nicht.
problem-email = Das sieht nicht wie eine E-Mail-Adresse aus.
problem-slug = Nur Kleinbuchstaben, Ziffern und Bindestriche.
problem-ends-at = Das Ende muss nach dem Beginn liegen.
problem-current-password = Das ist nicht Ihr jetziges Passwort.
problem-event-length = Eine Veranstaltung dauert höchstens ein Jahr.
problem-email-taken = Mit dieser E-Mail-Adresse gibt es schon ein Konto.
problem-slug-taken = Diese Adresse hat schon eine andere Veranstaltung.
problem-taken = Das ist schon vergeben.
problem-email-not-found = Niemand mit dieser E-Mail-Adresse ist für die Veranstaltung angemeldet.
problem-not-found = Das gibt es nicht.

skip = Zum Inhalt springen
cancel = Abbrechen
save = Speichern
saved = Gespeichert.
discard = Änderungen verwerfen
unsaved = Noch nicht gespeichert
leave-unsaved = Was Sie geschrieben haben, ist noch nicht gespeichert. Diese Seite verlassen?
delete = Löschen
done = Erledigt
try-again = Noch einmal versuchen
failed-title = Das konnte nicht geladen werden
show-more = Mehr zeigen
clear-search = Suche leeren
no-match-title = Nichts gefunden
no-match-text = Nichts hier passt zu dem, was Sie suchen.
copy-link = Link kopieren
link-copied = Der Link ist kopiert.
copy-failed = Der Link konnte nicht kopiert werden. Ihr Browser erlaubt es nicht.
connection-lost = Keine Verbindung. Was Sie sehen, kann veraltet sein; sie kommt von selbst zurück.
connection-refused = Der Server nimmt diese Seite nicht mehr an; vielleicht ist sie veraltet. Laden Sie die Seite neu.
problem-skipped-time = Die Uhren überspringen diese Zeit an dem Tag. Bitte wählen Sie eine andere.
problem-rich-many = Höchstens 20 Bilder und 10 Videos.
problem-rich-foreign = Etwas darin kommt von anderswo oder ist zu tief verschachtelt. Laden Sie Bilder hoch, statt auf sie zu verweisen, und nehmen Sie Videos von YouTube oder Vimeo.
problem-rich-picture = Ein Bild darin gehört nicht zu dieser Veranstaltung. Nehmen Sie es heraus und laden Sie es neu hoch.

# Ein Bild in einem Formular (B3).
picture = Bild
picture-hint = PNG, JPEG, GIF oder WebP, bis 2 MiB. Am besten 1500 × 600. Sie können eines hierher ziehen oder einfügen.
picture-choose = Bild auswählen
picture-replace = Anderes auswählen
picture-remove = Bild entfernen
picture-uploading = Wird hochgeladen…
picture-preview = Das Bild, wie es jetzt ist
picture-small = Dieses Bild ist kleiner als 800 × 320 und wirkt vielleicht unscharf.
picture-too-large = Das Bild hat mehr als 2 MiB. Verkleinern Sie es und versuchen Sie es noch einmal.
picture-too-many-pixels = Das Bild hat zu viele Bildpunkte oder bewegt sich zu lange. Verkleinern Sie es und versuchen Sie es noch einmal.
picture-wrong-type = Dieses Bild kann nicht gezeigt werden. Nehmen Sie eine PNG-, JPEG-, GIF- oder WebP-Datei.
picture-alt = Alternativtext
picture-alt-hint = Was das Bild denen sagt, die es nicht sehen. Lassen Sie ihn leer, wenn es nur schmückt.
