# Aufzeichnungen: ob eine Session aufgezeichnet wird, was der Raum dazu sagt, die Liste der Aufzeichnungen, Replays.
record = Diese Session aufzeichnen
record-hint = Aufgezeichnet wird, wer auf dem Bildschirm ist, mit Ton; YouTube-Videos nicht. Alle erfahren davon.
line-record = Schreiben Sie On oder Off für die Aufzeichnung.

rec = REC
rec-on = Diese Session wird aufgezeichnet
rec-off = Diese Session wird nicht mehr aufgezeichnet.
rec-title = Aufzeichnung
rec-waits = Sie beginnt, wenn jemand auf den Bildschirm kommt.
rec-none = Diese Session wird nicht aufgezeichnet.
rec-told = Diese Session wird aufgezeichnet: Was Sie zeigen und sagen, ist in der Aufzeichnung.
rec-silence = Aufzeichnung beendet: Lange war niemand auf dem Bildschirm.
rec-disk = Aufzeichnung beendet: Der Speicher des Servers ist voll oder lässt sich nicht beschreiben.
rec-again = Wieder aufzeichnen

recordings = Aufzeichnungen
recordings-stored = { $size } gespeichert
recordings-of = Aufzeichnungen von „{ $title }“
recordings-all = Alle zeigen
recordings-empty-title = Noch keine Aufzeichnung
recordings-empty-text = Schalten Sie in einer Session „Diese Session aufzeichnen“ ein. Die Aufzeichnung beginnt, wenn jemand auf den Bildschirm kommt.
recording-name = { $title }, Block { $block }
recording-block = Block { $block }
recording-of-deleted = Session gelöscht
recording-length = Länge
recording-size = Größe
file-size = { $unit ->
    [kb] { $amount } kB
    [mb] { $amount } MB
   *[gb] { $amount } GB
}
recording-now = Wird aufgezeichnet
recording-processing = Wird verarbeitet · { $percent } %
recording-ready = Fertig
recording-failed = Fehlgeschlagen
recording-damaged = Was aufgezeichnet wurde, lässt sich nicht lesen.
recording-no-room = Der Speicher des Servers ist voll oder lässt sich nicht beschreiben. Schaffen Sie Platz und versuchen Sie es noch einmal.
recording-nothing = Es kam nichts an, was zu sehen oder zu hören wäre.
recording-no-encoder = Der Server konnte das Video nicht erstellen: ffmpeg fehlt oder ist gescheitert.
recording-no-storage = Die Datei konnte nicht gespeichert werden.
recording-no-captions = Diese Aufzeichnung hat keine Untertitel.
recording-unplayable = Sie lässt sich nicht abspielen. Vielleicht wurde sie inzwischen gelöscht.
play = Abspielen
play-of = { $title } abspielen
download-of = { $title } herunterladen
show-as-replay = Als Replay zeigen
replays = Replays
delete-recording-title = Diese Aufzeichnung löschen?
delete-recording-text = „{ $name }“ wird endgültig gelöscht und lässt sich nicht zurückholen.
delete-recording-replay = Teilnehmer sehen sie jetzt als Replay.
delete-recording-now = Sie läuft noch: Aufgezeichnet wird dann in einem neuen Block.
recording-deleted = Die Aufzeichnung ist gelöscht.
recordings-counting = Aufzeichnungen werden gezählt …
delete-sessions-recordings = { $count ->
    [one] Eine Aufzeichnung bleibt, unter „Aufzeichnungen“.
   *[other] { $count } Aufzeichnungen bleiben, unter „Aufzeichnungen“.
}
delete-sessions-recordings-unknown = Aufzeichnungen bleiben, unter „Aufzeichnungen“. Wie viele es sind, lässt sich gerade nicht lesen.

keep-recordings = Aufzeichnungen behalten
keep-recordings-for-ever-hint = Bis ein Veranstalter sie löscht.
keep-recordings-days-hint = Ältere Aufzeichnungen werden für alle gelöscht und lassen sich nicht zurückholen. Das beginnt wenige Minuten nach dem Speichern.
recording-days-hint = So viele Tage, nachdem eine Aufzeichnung entstanden ist, verschwindet sie. 1 bis 3.650.
shorten-title = Löschen, was älter ist?
shorten-chat = { $days ->
    [one] Nachrichten, die älter als ein Tag sind, werden wenige Minuten nach dem Speichern gelöscht.
   *[other] Nachrichten, die älter als { $days } Tage sind, werden wenige Minuten nach dem Speichern gelöscht.
}
shorten-recordings = { $count ->
    [0] So alt ist jetzt keine Aufzeichnung.
    [one] Eine Aufzeichnung wird wenige Minuten nach dem Speichern gelöscht.
   *[other] { $count } Aufzeichnungen werden wenige Minuten nach dem Speichern gelöscht.
}
shorten-recordings-unknown = Ältere Aufzeichnungen werden wenige Minuten nach dem Speichern gelöscht. Wie viele es sind, lässt sich gerade nicht lesen.
shorten-for-good = Das gilt für alle und lässt sich nicht zurückholen.
shorten-save = Speichern und löschen

did-switch-recording-on = { $actor } hat die Aufzeichnung eingeschaltet.
did-switch-recording-off = { $actor } hat die Aufzeichnung ausgeschaltet.
did-start-recording = { $actor } hat die Aufzeichnung wieder gestartet.
did-retry-recording = { $actor } hat eine fehlgeschlagene Aufzeichnung noch einmal erstellen lassen.
did-publish-replay = { $actor } hat eine Aufzeichnung als Replay gezeigt.
did-withdraw-replay = { $actor } hat ein Replay zurückgezogen.
did-delete-recording = { $actor } hat eine Aufzeichnung gelöscht.
