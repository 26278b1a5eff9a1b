"""Display und App."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "de-koppeln",
        "display-app",
        "question",
        "App verliert die Verbindung zum Display",
        "yusuf",
        27.0,
        [
            P(
                "yusuf",
                """
            M4, Display D2, App 5.9 auf Android. Die Verbindung bricht etwa alle zehn Minuten ab und kommt erst wieder, wenn ich
            Bluetooth aus- und einschalte. Protokoll:

            ```
            07:41:12  link up      rssi -61
            07:51:15  link lost    reason=0x08
            07:51:15  scan denied  background
            ```

            Jemand eine Idee?
            """,
                0,
                "basti priya",
            ),
            P(
                "basti",
                "`scan denied background` ist die Batterieoptimierung von Android. App-Info › Akku › *Nicht eingeschränkt*.",
                0.5,
                "yusuf:thanks jonas_w",
                reply_to=1,
            ),
            P("yusuf", "War schon so eingestellt. Leider.", 0.4, "", reply_to=2),
            P(
                "priya",
                "Had the same with an older phone. Is a second device paired? My tablet at home kept stealing the connection.",
                1.8,
                "basti:insightful hannafeld",
                language="en",
            ),
            P(
                "yusuf",
                "@priya Oh. Die Smartwatch. Die hängt seit dem letzten Update auch am Display.",
                0.6,
                "priya",
                reply_to=4,
            ),
            P(
                "basti",
                "Dann ist es das. 3.2 erlaubt nur **zwei** Verbindungen: App und Herzfrequenzgurt. Die Uhr zählt als App.",
                0.3,
                "yusuf:thanks priya:thanks",
            ),
            P(
                "yusuf",
                "Uhr entkoppelt, 40 Minuten am Stück ohne Abbruch. Gelöst, danke euch beiden!",
                14.0,
                "basti:celebrate priya:celebrate",
                reply_to=4,
            ),
            P(
                "product",
                "Notiert: Das Display sollte sagen, *wer* verbunden ist. Nehmen wir mit.",
                20.0,
                "yusuf basti priya:thanks",
            ),
            P(
                "noor",
                "reason=0x08 is a supervision timeout, in case somebody finds this by searching. The display simply stopped hearing "
                "from the phone.",
                9.0,
                "yusuf:insightful basti:insightful",
                language="en",
            ),
        ],
        ["app", "bluetooth", "d2"],
        solution=4,
    ),
    T(
        "de-beta33",
        "display-app",
        "discussion",
        "Beta 3.3: eure Eindrücke",
        "basti",
        10.5,
        [
            P(
                "basti",
                """
            3.3.1 läuft bei mir seit einer Woche. Mein Eindruck:

            - [x] Reichweite springt nicht mehr
            - [x] Ladegrenze fragt nach
            - [x] Startzeit Display 2,1 statt 3,4 s
            - [ ] Helligkeit regelt nachts immer noch zu hell
            - [ ] Akkustand in der Übersicht fehlt im Querformat

            Und bei euch?
            """,
                0,
                "yusuf mehmet hannafeld product:thanks customer tomasz jonas_w",
            ),
            P(
                "yusuf",
                "CSV-Ausgabe ist Gold. Aber der Zeitstempel ist in UTC, ohne dass es dransteht. Ich bin laut Datei um fünf Uhr früh "
                "gependelt.",
                0.8,
                "mehmet:celebrate basti product",
            ),
            P(
                "mehmet",
                "Bestätige UTC. Und Dezimalpunkt statt Komma, Excel macht aus 7.6 Wh den 7. Juni.",
                0.5,
                "yusuf:celebrate basti:celebrate jonas_w hannafeld ben_c",
            ),
            P("customer", "Helligkeit: ja! Im Tunnel blendet es mich richtig.", 3.0, "basti sabrina"),
            P(
                "product",
                "Sehr hilfreich. UTC wird zur Ortszeit mit Angabe, Trennzeichen folgt der Sprache. Helligkeit: schickt mir bitte, wie eure "
                "*automatische Anpassung* steht, an oder aus?",
                19.0,
                "yusuf:thanks mehmet:thanks basti customer",
            ),
            P("basti", "An.", 0.4, "", reply_to=5),
            P("customer", "An. Aus habe ich nicht gefunden, um ehrlich zu sein.", 0.7, "hannafeld", reply_to=5),
            P(
                "tomasz",
                "On. With it off the display stays at 100 % forever, even in the dark, so off is worse.",
                2.2,
                "basti:insightful product:thanks",
                language="en",
            ),
            P(
                "product",
                "Danke, dann ist der Sensor nicht schuld, sondern die Kennlinie. 3.3.2 kommt nächste Woche mit einer dunkleren Stufe.",
                24.0,
                "basti:celebrate customer:celebrate tomasz:celebrate sabrina yusuf hannafeld",
            ),
            P(
                "frank_m",
                "Betas, Betas. Ich warte seit sechs Wochen auf ein Schutzblech. Vielleicht gibt es davon ja auch mal eine "
                "Version.",
                6.0,
                "tobias rolf_arnold",
                key="mudguard",
            ),
            P(
                "hannafeld",
                "Dass hier jemand zuhört und es eine Woche später in der Beta steht: dafür bin ich bei Velomark.",
                8.0,
                "product:celebrate manager:celebrate basti customer mehmet",
            ),
        ],
        ["beta", "firmware-3.3"],
    ),
    T(
        "de-beschlagen",
        "display-app",
        "question",
        "Display beschlägt von innen",
        "steffi",
        66.0,
        [
            P(
                "steffi",
                "Nach Regen und dann Sonne beschlägt mein Display von innen, unten links, und ist nach einer Stunde wieder klar. "
                "Undicht?",
                0,
                "nele",
            ),
            P(
                "nele",
                "Hatte ich auch, bei mir war die Gummikappe am Ladeanschluss nicht richtig zu.",
                0.9,
                "steffi:thanks",
            ),
            P(
                "jonas_w",
                "Etwas Nebel ist normal, innen ist Luft mit Restfeuchte und eine Membran zum Ausgleich. Wassertropfen wären nicht normal.",
                1.4,
                "steffi:insightful hannafeld",
            ),
            P(
                "steffi",
                "Kappe war tatsächlich halb offen. Zwei Tage neben der Heizung, Kappe zu, seitdem klar.",
                60.0,
                "nele:celebrate jonas_w",
                reply_to=2,
            ),
            P(
                "nele",
                "Juhu, mein erster gelöster Fall!",
                1.0,
                "steffi:celebrate hannafeld:celebrate manager:celebrate petra.k",
            ),
        ],
        ["d2", "wasser"],
        solution=2,
    ),
]
