"""Fragen und Hilfe."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "de-e1042",
        "help",
        "question",
        "Fehlercode E-1042 nach dem Radwechsel",
        "chiara",
        0.42,
        [
            P(
                "chiara",
                """
            Hallo zusammen, gestern hinten den Schlauch gewechselt, alles wieder eingebaut, und jetzt das:

            ```
            E-1042
            Kein Geschwindigkeitssignal
            ```

            Der Motor unterstützt etwa 100 Meter und geht dann aus. C2, Firmware 3.2. Habe ich etwas kaputt gemacht?
            """,
                0,
                "hannafeld uschi",
            ),
            P(
                "jonas_w",
                """
            Nein, nichts kaputt. Auf der Speiche hinten sitzt ein kleiner Magnet, der beim Einbau gern verrutscht.

            1. Rad drehen, bis der Magnet am Sensor (linke Kettenstrebe) vorbeikommt
            2. Abstand 5 bis 10 mm
            3. Höhe so, dass er genau über die Markierung läuft
            4. Rad aus- und einschalten
            """,
                0.6,
                "chiara:thanks hannafeld mehmet petra.k",
                reply_to=1,
            ),
            P(
                "chiara",
                "Magnet saß auf der falschen Seite. Also wirklich: innen statt außen. Jetzt läuft es!! Danke, du hast mein "
                "Wochenende gerettet.",
                1.1,
                "jonas_w:celebrate hannafeld",
                reply_to=2,
            ),
            P(
                "petra.k",
                "Merkspruch aus der Werkstatt: Vor dem Ausbau ein Foto machen. Danach weiß man, wo das übrige Teil hingehört.",
                1.4,
                "chiara:insightful uschi:thanks jonas_w",
            ),
        ],
        ["c2", "e-1042", "sensor"],
        solution=2,
    ),
    T(
        "de-staender",
        "help",
        "question",
        "Passt der Ständer vom M3 ans M4?",
        "yusuf",
        0.17,
        [
            P(
                "yusuf",
                "Habe vom alten M3 noch den Seitenständer mit der breiten Platte. Lochabstand am M4 sieht gleich aus, aber die "
                "Strebe ist dicker. Hat das jemand schon probiert, bevor ich die Schrauben vermurkse?",
                0,
            ),
        ],
        ["m3", "m4", "zubehör"],
    ),
    T(
        "de-diebstahl",
        "help",
        "question",
        "Diebstahlschutz ohne Abo nutzen?",
        "customer",
        1.1,
        [
            P(
                "customer",
                """
            Die Ortung ist im ersten Jahr dabei, danach kostet sie 39 € im Jahr. Verstehe ich das richtig, dass dann **auch**
            die Wegfahrsperre in der App wegfällt? Oder nur die Karte?

            In den Bedingungen steht „digitale Schutzfunktionen“, das kann alles sein.
            """,
                0,
                "sabrina",
            ),
        ],
        ["app", "diebstahlschutz"],
    ),
    T(
        "de-schluessel",
        "help",
        "question",
        "Zweitschlüssel verloren, wie bekomme ich Ersatz?",
        "uschi",
        75.0,
        [
            P(
                "uschi",
                "Guten Tag, ich habe den zweiten Schlüssel für den Akku verlegt (vermutlich im Garten vergraben, fragen Sie nicht). "
                "Wie komme ich an einen neuen? Im Laden sagte man mir, es müsse das ganze Schloss getauscht werden.",
                0,
                "rolf_arnold",
            ),
            P(
                "rolf_arnold",
                "Hier duzt man sich, Uschi :-) Und im Garten vergraben liegt bei mir ein Ehering, also keine Sorge.",
                0.7,
                "uschi:celebrate hannafeld:celebrate petra.k",
            ),
            P(
                "petra.k",
                "Das ganze Schloss muss nicht sein. Auf dem Schlüssel, den du noch hast, steht eine Nummer, bei mir fünfstellig mit "
                "einem Buchstaben davor. Mit der kann nachgemacht werden.",
                1.3,
                "uschi:thanks",
                reply_to=1,
            ),
            P(
                "uschi",
                "Meine Nummer lautet K48\\*\\*\\*, ich schreibe sie lieber nicht ganz.",
                1.0,
                "petra.k hannafeld moderator",
                reply_to=3,
                edited=0.2,
            ),
            P(
                "manager",
                """
            Genau richtig, liebe Uschi, bitte nie ganz veröffentlichen. So geht es:

            1. Nummer und Foto vom Kaufbeleg an den Kundendienst
            2. Ersatz kommt nach etwa einer Woche, 14,90 € je Schlüssel
            3. Das Schloss bleibt, wo es ist

            Dem Laden schreibe ich, damit es beim nächsten Mal gleich stimmt.
            """,
                6.0,
                "uschi:thanks petra.k hannafeld gerd49:thanks",
                reply_to=1,
            ),
            P(
                "uschi",
                "Ist heute angekommen! Einer kommt ans Brett, einer zur Tochter, keiner in den Garten.",
                190.0,
                "manager:celebrate petra.k:celebrate rolf_arnold:celebrate hannafeld",
            ),
        ],
        ["c2", "schlüssel"],
        solution=5,
    ),
    T(
        "de-kindersitz",
        "help",
        "discussion",
        "Kindersitz am M4: erlaubt oder nicht?",
        "ines",
        47.0,
        [
            P(
                "ines",
                "In der Anleitung steht „Kindersitz nur nach Freigabe“. Im Laden hieß es „machen alle“. Meine Kleine wiegt 14 kg. "
                "Was gilt denn nun?",
                0,
                "customer sabrina",
            ),
            P(
                "customer",
                "Genau daran bin ich letztes Jahr auch verzweifelt und habe dann den Anhänger genommen.",
                0.9,
                "ines",
            ),
            P("tobias", "Machen alle. Fahre seit zwei Jahren mit Sitz, hält.", 0.5),
            P(
                "sabrina",
                "Zwei Jahre Glück sind keine Freigabe. Ich sehe beruflich die anderen Fälle.",
                0.6,
                "ines wolfgang hannafeld customer petra.k",
                reply_to=3,
            ),
            P(
                "tobias",
                "Na ja, ich meinte ja nur, der Gepäckträger trägt 27 kg. Aber ja, hast recht, es ist nicht dasselbe.",
                0.4,
                "sabrina hannafeld",
                reply_to=4,
            ),
            P(
                "wolfgang",
                "27 kg ruhende Last, mittig. Ein Kind sitzt höher und weiter hinten und wippt. Der Hebel ist fast doppelt so lang. "
                "Ohne Freigabe vom Hersteller würde ich es lassen.",
                1.8,
                "ines:insightful sabrina customer",
            ),
            P(
                "product",
                "Offizieller Stand: Für das M4 läuft die Prüfung mit zwei Sitzmodellen bis 22 kg. Bis das Ergebnis da ist, bitte nur "
                "Anhänger. Ich sage hier Bescheid, versprochen.",
                26.0,
                "ines:thanks customer:thanks sabrina wolfgang hannafeld steffi",
            ),
            P(
                "ines",
                "Danke für die klare Ansage. Warten kann ich. (Die Kleine nicht, aber das ist ein anderes Thema.)",
                1.5,
                "product customer:celebrate hannafeld",
            ),
        ],
        ["m4", "kinder", "zubehör"],
    ),
    T(
        "de-versicherung",
        "help",
        "discussion",
        "Welche Versicherung habt ihr fürs Rad?",
        "mia",
        1.4,
        [
            P(
                "mia",
                "Mein C2 ist gebraucht und 1.600 € wert. Lohnt eine eigene Versicherung, oder reicht die Hausratversicherung?",
                0,
                "",
            ),
            P(
                "mehmet",
                "Hausrat zahlt bei mir nur, wenn das Rad zwischen 6 und 22 Uhr geklaut wird. Diebe halten sich da leider nicht dran. "
                "Also: Nachtklausel lesen.",
                0.8,
                "mia:thanks hannafeld sabrina customer:celebrate",
            ),
            P(
                "sabrina",
                "Hausrat mit Fahrradzusatz, 46 € im Jahr, ohne Nachtklausel. Akku und Sturz sind nicht dabei.",
                1.1,
                "mia:thanks",
            ),
            P(
                "steffi",
                "Ich bin bei RadSchirm und sehr zufrieden! Wenn ihr euch über **meinen Link** anmeldet (schreibt mir, oder gebt den "
                "Code STEFFI20 ein), bekommt ihr 20 € und ich auch :)",
                2.3,
                "",
                key="referral-code",
            ),
            P(
                "jonas_w",
                "Erfahrung gern, aber mit Code, der dir Geld bringt, hat es für mich ein Geschmäckle.",
                0.9,
                "mehmet petra.k",
                reply_to=4,
            ),
            P(
                "wolfgang",
                "Bei 1.600 € rechne ich so: Beitrag mal fünf Jahre gegen Zeitwert. Ab etwa 60 € im Jahr wird es für dich unsinnig.",
                4.0,
                "mia:insightful mehmet hannafeld",
            ),
            P(
                "mia",
                "Danke euch, es wird der Hausrat-Zusatz und ein besseres Schloss.",
                9.0,
                "hannafeld sabrina wolfgang",
            ),
        ],
        ["versicherung"],
    ),
    T(
        "de-gebraucht",
        "help",
        "question",
        "Garantie bei gebrauchtem C2",
        "mia",
        61.0,
        [
            P(
                "mia",
                "Hallo, ich bin neu und habe ein C2 von privat gekauft, 14 Monate alt. Geht die Garantie auf mich über?",
                0,
            ),
            P(
                "manager",
                "Willkommen, Mia! Ja: zwei Jahre auf Rahmen und Antrieb ab dem ersten Kauf, egal wem das Rad gehört. Du brauchst den "
                "Kaufbeleg und lässt das Rad in der App vom Vorbesitzer freigeben (*Mein Rad › Weitergeben*).",
                1.6,
                "mia:thanks hannafeld uschi",
                reply_to=1,
            ),
            P("mia", "Freigabe hat geklappt, Beleg habe ich. Danke!", 21.0, "manager"),
            P(
                "hannafeld",
                "Tipp: Lass dir vom Vorbesitzer auch den Akku-Zustand zeigen, unter 85 % würde ich nachverhandeln.",
                2.0,
                "mia:insightful chiara:insightful",
            ),
        ],
        ["c2", "garantie"],
        solution=2,
    ),
]
