# Um den Bildschirm bitten, was Gastgeber antworten und in einem Raum tun, und das Protokoll davon.
place = { $number }.
room-ask = Anfragen, um Ton und Bild zu teilen
room-ask-no-host = Anfragen, um Ton und Bild zu teilen. Noch ist kein Gastgeber hier; sie werden benachrichtigt.
room-ask-no-host-short = Anfragen (noch ist kein Gastgeber hier)
room-asking = Wird gesendet …
room-asked = Angefragt · Sie sind als { $place } dran
room-asked-hint = Ein Gastgeber entscheidet. Drücken Sie hier, um die Anfrage zurückzunehmen.
room-asked-aloud = Ihre Anfrage ist gesendet. Sie sind als { $place } dran.
room-declined = Ein Gastgeber hat Ihre Anfrage abgelehnt. Sie können erneut anfragen.
room-withdraw-title = Anfrage zurücknehmen?
room-withdraw-text = Sie verlieren Ihren Platz in der Reihe. Sie können jederzeit erneut anfragen.
room-withdraw = Zurücknehmen
room-keep-waiting = Weiter warten
room-barred = Ein Gastgeber hat Sie in dieser Session vom Bildschirm genommen. Zuschauen und zuhören geht; ein Gastgeber kann Sie wieder zulassen.
room-next-seat = Zugelassen · nächster freier Platz, Sie sind als { $place } dran
room-next-seat-hint = Alle Plätze auf dem Bildschirm sind besetzt. Sind Sie an der Reihe, wird der nächste freie eine halbe Minute für Sie gehalten. Drücken Sie hier, um das zurückzugeben.
room-offered = Ein Platz ist für Sie frei · { $seconds } s
room-offered-text = Ein Platz auf dem Bildschirm wird für Sie gehalten. Nach einer halben Minute können andere ihn nehmen.
room-granted = Sie dürfen jetzt auf den Bildschirm. Wählen Sie zuerst Kamera und Mikrofon; vorher sieht und hört Sie niemand.
room-not-now = Jetzt nicht
room-kept = Dieser Platz wird noch { $seconds } Sekunden für Sie gehalten.
room-notice-muted-by-host = Ein Gastgeber hat Ihr Mikrofon für alle stummgeschaltet. Sie können es wieder einschalten.
room-notice-camera-off-by-host = Ein Gastgeber hat Ihre Kamera für alle ausgeschaltet. Sie können sie wieder einschalten.
room-notice-removed = Ein Gastgeber hat Sie vom Bildschirm genommen.
room-notice-screen-removed = Ein Gastgeber hat Ihre Bildschirmfreigabe beendet.
room-notice-next-seat = Ihre Anfrage wurde angenommen. Der nächste freie Platz auf dem Bildschirm gehört Ihnen, sobald Sie an der Reihe sind.
room-notice-offer-lapsed = Der Platz wird nicht mehr für Sie gehalten. Sobald einer frei ist, können Sie weiterhin auf den Bildschirm.

host-controls = Gastgeber-Steuerung
host-controls-waiting = { $count ->
    [one] Gastgeber-Steuerung, eine Anfrage
   *[other] Gastgeber-Steuerung, { $count } Anfragen
}
host-controls-close = Gastgeber-Steuerung schließen
request-sound-off = Ton bei neuen Anfragen ausschalten
request-sound-on = Ton bei neuen Anfragen einschalten
requests = Anfragen
requests-next = Als Nächstes auf einen freien Platz: { $names }
requests-empty = Niemand bittet um den Bildschirm. Anfragen erscheinen hier.
asks-aloud = { $name } möchte auf den Bildschirm.
asks-to-share = { $others ->
    [0] { $name } möchte in „{ $session }“ teilen.
    [one] { $name } und eine weitere Person möchten in „{ $session }“ teilen.
   *[other] { $name } und { $others } weitere Personen möchten in „{ $session }“ teilen.
}
requests-waiting = { $count ->
    [one] Eine Anfrage
   *[other] { $count } Anfragen
}
requests-wait-in = { $count ->
    [one] Eine Person möchte in „{ $session }“ teilen.
   *[other] { $count } Personen möchten in „{ $session }“ teilen.
}
requests-wait = { $count } Personen möchten in { $sessions } Sessions teilen.
to-room = Zum Raum
waits-since = { $count ->
    [0] Gerade angefragt
   *[other] Wartet seit { $count } min
}
waits-outside = Nicht im Raum
approve-person = { $name } zulassen
decline-person = { $name } ablehnen
decline-all = Alle ablehnen
decline-all-title = Alle Anfragen ablehnen?
decline-all-text = { $count ->
    [one] Eine Person wartet und erfährt davon. Sie kann erneut anfragen.
   *[other] { $count } Personen warten und erfahren davon. Sie können erneut anfragen.
}
all-were-declined = Alle Anfragen wurden abgelehnt.
request-decided = Über die Anfrage von { $name } ist schon entschieden.
request-approved-by = { $host } hat die Anfrage von { $name } schon angenommen.
request-declined-by = { $host } hat die Anfrage von { $name } schon abgelehnt.
request-withdrawn = { $name } hat die Anfrage zurückgenommen.
on-screen-now = Auf dem Bildschirm
shares-screen = Teilt einen Bildschirm
mute-for-everyone = Für alle stummschalten
remove-from-screen = Vom Bildschirm nehmen
remove-screen-share = Bildschirmfreigabe beenden
mute-for-everyone-name = { $name } für alle stummschalten
remove-from-screen-name = { $name } vom Bildschirm nehmen
remove-screen-share-name = Bildschirmfreigabe von { $name } beenden
person-actions = Aktionen für { $name }
screen-actions = Aktionen für den Bildschirm von { $name }
was-muted = { $name } ist für alle stumm.
was-removed-from-screen = { $name } wurde vom Bildschirm genommen.
screen-share-was-removed = Die Bildschirmfreigabe von { $name } wurde beendet.
barred = Vom Bildschirm ferngehalten
let-back = Wieder zulassen
was-let-back = { $name } wird nicht mehr vom Bildschirm ferngehalten.
room-capacity = Auslastung
room-capacity-viewers = { $count } von { $most } Zuschauern
room-capacity-seats = { $count } von { $most } Plätzen besetzt
room-capacity-near = Mit so vielen auf dem Bildschirm können kaum noch mehr gut zuschauen.
room-capacity-over = Es schauen mehr zu, als mit so vielen auf dem Bildschirm gut geht: Bilder können stocken. Mit weniger auf dem Bildschirm können mehr zuschauen.
invite-on-screen-title = Alle auf dem Bildschirm einladen?
invite-on-screen-text = Auf dem Bildschirm: { $names }. Wer weder eingeladen noch Gastgeber ist, verlässt den Bildschirm.
invite-on-screen = Einladen
invite-nobody = Gehen lassen

integrations = Integrationen
audit-log = Protokoll
audit-log-text = Was Gastgeber in den Sessions dieser Veranstaltung entschieden haben.
audit-log-empty-title = Noch nichts zu sehen
audit-log-empty-text = Zulassungen, Entfernungen und andere Entscheidungen von Gastgebern erscheinen hier.
somebody-gone = Jemand, den es nicht mehr gibt
did-approve = { $actor } hat die Anfrage von { $person } angenommen.
did-decline = { $actor } hat die Anfrage von { $person } abgelehnt.
did-decline-all = { $actor } hat alle Anfragen abgelehnt.
did-remove = { $actor } hat { $person } vom Bildschirm genommen.
did-bar = { $actor } hat { $person } vom Bildschirm genommen, bis ein Gastgeber sie wieder zulässt.
did-let-back = { $actor } hat { $person } wieder zugelassen.
did-mute = { $actor } hat { $person } für alle stummgeschaltet.
did-end-screen = { $actor } hat die Bildschirmfreigabe von { $person } beendet.
did-end-video = { $actor } hat das YouTube-Video von { $person } beendet.
did-end-a-video = { $actor } hat ein YouTube-Video beendet.
did-close-room = { $actor } hat den Raum für alle geschlossen.
did-lower-hand = { $actor } hat die Hand von { $person } gesenkt.
did-lower-all-hands = { $actor } hat alle Hände gesenkt.
did-delete-message = { $actor } hat eine Nachricht von { $person } gelöscht.
did-pin-message = { $actor } hat eine Nachricht von { $person } angeheftet.
did-unpin-message = { $actor } hat eine Nachricht gelöst.
did-slow-chat = { $actor } hat den Chat verlangsamt.
did-end-slow-mode = { $actor } hat die Verlangsamung des Chats beendet.
did-pause-chat = { $actor } hat den Chat angehalten.
did-resume-chat = { $actor } hat den Chat weiterlaufen lassen.
did-change-sharing = { $actor } hat geändert, wer auf den Bildschirm darf.
did-change-capacity = { $actor } hat geändert, wie viele höchstens auf dem Bildschirm sind.
