# Wie man auf die Bühne schaut: Ansichten, was auf einer Kachel steht, Tasten, und dass das Ende nahe ist.
layout = Ansicht
layout-automatic = Automatisch
layout-grid = Raster
layout-speaker = Wer spricht
layout-now = Ansicht: { $layout }
tile-pin = { $name } groß zeigen
tile-unpin = { $name } nicht mehr groß zeigen
tile-fill = Den ganzen Schirm mit { $name } füllen
tile-good = Gute Verbindung
tile-fair = Wacklige Verbindung
tile-poor = Schlechte Verbindung

shortcuts = Tasten
shortcuts-when = Sie gelten im Raum, solange Sie nicht schreiben. Neben der Bühne tun M, V und H nichts.
shortcut-microphone = Mikrofon aus- oder einschalten
shortcut-camera = Kamera aus- oder einschalten
shortcut-hand = Hand heben oder senken
shortcut-layout = Nächste Ansicht
shortcut-full-screen = Vollbild und zurück
shortcut-chat = Chat öffnen oder schließen
shortcut-close = Schließen, was neben der Bühne offen ist
shortcut-help = Diese Liste zeigen

ending-soon = Laut Programm endet diese Session um { $time }: { $minutes ->
    [one] Es bleibt weniger als eine Minute.
   *[other] Es bleiben weniger als { $minutes } Minuten.
} Danach geht es für alle weiter, die bleiben.
