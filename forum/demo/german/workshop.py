"""Werkstatt."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "de-drehmomente",
        "workshop",
        "discussion",
        "Drehmomente zum Nachschlagen (M3, M4, C2)",
        "wolfgang",
        220.0,
        [
            P(
                "wolfgang",
                """
            Weil die Frage alle zwei Wochen kommt, hier gesammelt. Quelle: Handbücher und Aufdrucke, von zwei Händlern geprüft.
            Alle Werte in Nm.

            | Schraube | M3 | M4 | C2 |
            |---|---:|---:|---:|
            | Vorbau am Schaft | 5–6 | 6 | 5 |
            | Lenkerklemmung | 5 | 5 | 5 |
            | Sattelklemme | 6 | 7 | 6 |
            | Achse hinten | 12 | 12 | 35 (Mutter) |
            | Bremssattel | 6–8 | 6–8 | 6–8 |
            | Kurbel | 40 | 40 | 35 |
            | Motorabdeckung | 3 | 3 | 2,5 |

            **Carbon-Sattelstütze:** höchstens 5 und mit Paste. Wer keinen Drehmomentschlüssel hat: leihen, nicht schätzen.
            """,
                0,
                "hannafeld:thanks petra.k:thanks jonas_w lukas:insightful mehmet gerd49:thanks tobias basti anja-rolf holger "
                "uschi customer chiara:thanks",
                edited=40.0,
            ),
            P(
                "petra.k",
                "Geprüft, stimmt. Beim C2 bitte beide Seiten abwechselnd anziehen.",
                3.0,
                "wolfgang:thanks gerd49",
            ),
            P("gerd49", "Ausgedruckt und laminiert. Danke.", 20.0, "wolfgang"),
            P("lukas", "Vorderachse fehlt noch: M3 und M4 10 Nm.", 2650.0, "wolfgang:thanks petra.k"),
        ],
        ["drehmoment", "nachschlagen"],
    ),
    T(
        "de-licht",
        "workshop",
        "question",
        "Lichtanlage nachrüsten, welches Kabel passt an den Mittelmotor?",
        "jonas_w",
        3.2,
        [
            P(
                "jonas_w",
                "Mein M3 kam ohne Licht. Am Motor ist links ein freier zweipoliger Stecker, 12 V liegen an, wenn ich ihn in den "
                "Einstellungen freischalte. Weiß jemand, wie die Steckerform heißt? Ich will nicht löten.",
                0,
                "basti",
            ),
            P(
                "basti",
                "Das ist der kleine mit der Nase, im Teilekatalog „Lichtkabel 2P-S, 320 mm“. Für vorn brauchst du 900 mm.",
                0.7,
                "jonas_w",
            ),
            P(
                "wolfgang",
                """
            Achtung, es gibt zwei:

            - **2P-S** bis Baujahr Mitte des zweiten Modelljahres, Nase oben
            - **2P-R** danach, Nase seitlich, passt mechanisch *fast*

            Wer mit Gewalt steckt, verpolt. Gemessen habe ich 12,1 V, maximal 1,5 A, also vorn und hinten zusammen unter 18 W.
            """,
                2.4,
                "jonas_w:thanks basti:insightful petra.k",
                reply_to=2,
            ),
            P(
                "jonas_w",
                "Nase seitlich, also 2P-R. Wer weiß, wie viele davon ich schon falsch bestellt hätte. Danke!",
                0.8,
                "wolfgang hannafeld",
                reply_to=3,
            ),
            P(
                "petra.k",
                "Und die Leuchte muss zugelassen sein, sonst nützt das schönste Kabel nichts. Steht mit Wellenlinie und K-Nummer drauf.",
                3.5,
                "wolfgang sabrina jonas_w",
            ),
            P(
                "jonas_w",
                "Läuft, hell wie ein Stadion, aber zugelassen. Kabel liegt hinter dem Kettenschutz, kein einziger Kabelbinder sichtbar. "
                "Ich bin stolz.",
                22.0,
                "basti:celebrate petra.k:celebrate wolfgang hannafeld mehmet",
            ),
        ],
        ["m3", "licht"],
        solution=3,
    ),
    T(
        "de-kette",
        "workshop",
        "question",
        "Wie reinigt ihr die Kette, ohne die Versiegelung anzugreifen?",
        "petra.k",
        4.5,
        [
            P(
                "petra.k",
                "Neue Ketten haben ab Werk dieses zähe Fett, das ewig hält. Mit Entfetter ist es weg. Ich putze seit Jahren nur trocken "
                "mit Lappen und Bürste. Wie macht ihr es, und wie lange halten eure Ketten?",
                0,
                "wolfgang hannafeld jonas_w",
            ),
            P(
                "wolfgang",
                "Lappen, alter Pinsel, etwas Silikonöl auf den Lappen. Nie Hochdruck. 4.100 km bei 0,5 % Längung.",
                0.6,
                "petra.k:insightful hannafeld",
            ),
            P("tobias", "Gartenschlauch, Spüli, fertig.", 0.3, ""),
            P(
                "petra.k",
                "@tobias Ich habe jetzt körperliche Schmerzen.",
                0.1,
                "tobias:celebrate wolfgang:celebrate hannafeld jonas_w steffi",
                reply_to=3,
            ),
            P(
                "tobias",
                "1.900 km, dann neu. Kostet 28 €. Rechnet euch den Stundenlohn fürs Pinseln aus :)",
                0.5,
                "frank_m yusuf",
                reply_to=4,
            ),
            P(
                "mehmet",
                "Habe gerechnet. Pinseln: 6 Minuten je 200 km, über 4.100 km also gut 2 Stunden. Gespart: 1,2 Ketten = 33 €. Macht 16 € "
                "die Stunde, steuerfrei.",
                0.9,
                "wolfgang:celebrate petra.k:celebrate hannafeld tobias jonas_w basti",
                reply_to=5,
            ),
            P("sabrina", "Ihr seid herrlich.", 0.4, "mehmet hannafeld steffi"),
            P("uschi", "Darf ich fragen, was Längung ist?", 1.5, "rolf_arnold"),
            P(
                "petra.k",
                """
            Gern! Eine Kette wird mit der Zeit länger, weil die Gelenke ausschlagen. Man misst das mit einer kleinen Lehre:

            1. Lehre auf die Kette legen
            2. fällt die Nase bei **0,5** hinein: bald wechseln
            3. fällt sie bei **0,75** hinein: sofort, sonst leidet das Ritzel

            Die Lehre kostet keine zehn Euro.
            """,
                0.6,
                "uschi:thanks mia:thanks customer:thanks hannafeld wolfgang",
                reply_to=8,
            ),
            P(
                "uschi",
                "Wie bei mir, nur andersherum, ich werde kürzer.",
                0.4,
                "petra.k:celebrate rolf_arnold:celebrate hannafeld:celebrate steffi:celebrate wolfgang customer",
                reply_to=9,
            ),
            P("dominik_graz", "Wachs statt Öl hat hier keiner? Bei uns im Verein schwören alle drauf.", 14.0, ""),
            P(
                "hannafeld",
                "Ich, seit 3.000 km. Sauber, leise, aber alle 250 km neu auftragen, im Regen öfter. Für den Alltag eher was für Leute, "
                "die gern in der Küche stehen.",
                1.1,
                "dominik_graz:thanks petra.k",
                reply_to=11,
            ),
            P("kettenblatt77", "Kette ist Verschleiß. Drauf, runter, weg.", 6.0, "tobias"),
            P(
                "frank_m",
                "Die Versiegelung ist eh nach 500 km Regen raus. Danach ist es Glaubenssache. Amen.",
                9.0,
                "tobias petra.k jonas_w",
            ),
        ],
        ["kette", "pflege"],
    ),
    T(
        "de-bremse",
        "workshop",
        "question",
        "Scheibenbremse quietscht nach Regen",
        "customer",
        15.0,
        [
            P(
                "customer",
                "Nach jeder Regenfahrt quietscht die Vorderbremse so laut, dass sich in Kassel die Leute umdrehen. Nach ein paar "
                "Bremsungen ist Ruhe. Beläge sind neu. Muss ich etwas tun?",
                0,
                "ines sabrina",
            ),
            P(
                "petra.k",
                "Wenn es nach drei, vier Bremsungen weg ist: nein, das ist nur Wasser. Bleibt es, sind Beläge oder Scheibe verglast.",
                0.5,
                "customer:thanks hannafeld",
                reply_to=1,
            ),
            P(
                "yusuf",
                """
            Hier eine ausführliche Analyse deines Problems:

            Scheibenbremsen können aus verschiedenen Gründen quietschen. Zunächst sollten Sie die Bremsflüssigkeit ablassen und
            die Bremsscheibe mit einem handelsüblichen Schmierspray behandeln, um die Reibung zu verringern. Anschließend
            empfiehlt es sich, die Beläge zu ölen. Ich hoffe, diese Informationen waren hilfreich!
            """,
                0.8,
                "",
                key="ai-brake",
            ),
            P(
                "wolfgang",
                "Um Himmels willen: **niemals** Öl oder Spray an Scheibe oder Beläge! Danach bremst gar nichts mehr.",
                0.2,
                "customer:thanks petra.k sabrina hannafeld jonas_w mehmet",
                reply_to=3,
            ),
            P(
                "yusuf",
                "Sorry!! Das war aus einem Chatbot, ich hab es nicht richtig gelesen, nur eingefügt. Bitte nicht machen.",
                1.0,
                "wolfgang hannafeld",
                reply_to=4,
            ),
            P(
                "tobias",
                "Wo wir bei Bremsen sind: Wer hat eigentlich unseren Bürgermeister gewählt? Parkhäuser bauen und beim Radweg sparen, "
                "die ganze Bande gehört abgewählt.",
                2.0,
                "",
                key="politics",
            ),
            P(
                "customer",
                "Bleiben wir bitte bei der Bremse? Ich habe sie heute mit Spiritus abgewischt und zehnmal kräftig gebremst. Ruhe.",
                19.0,
                "petra.k:celebrate hannafeld wolfgang",
            ),
        ],
        ["bremse", "m4"],
        solution=2,
    ),
    T(
        "de-knie",
        "workshop",
        "discussion",
        "Sattelhöhe und Knieschmerzen",
        "mia",
        39.0,
        [
            P(
                "mia",
                "Seit ich 15 km am Tag fahre, tut mir vorn das Knie weh. Sattel zu niedrig? Wie stellt ihr ihn ein?",
                0,
                "",
            ),
            P(
                "hannafeld",
                "Ferse aufs Pedal, Pedal ganz unten, Bein gerade. Mit dem Ballen ist es dann leicht gebeugt. Vorn am Knie heißt oft: "
                "Sattel zu tief oder Gang zu schwer.",
                0.8,
                "mia:thanks petra.k sabrina",
            ),
            P(
                "viola",
                "Bei mir half ein Magnetarmband unter dem Knie. Das zieht die Entzündung heraus, nach drei Tagen ist jede Arthrose weg, "
                "und man kann die Tabletten vom Arzt absetzen.",
                1.6,
                "",
                key="magnet-cure",
            ),
            P(
                "sabrina",
                "Bitte **keine** Tabletten absetzen, weil jemand im Forum ein Armband trägt. Viola, ich glaube dir, dass es dir gut tut, "
                "aber das ist gefährlich für andere.",
                0.5,
                "hannafeld mia wolfgang petra.k",
                reply_to=3,
            ),
            P(
                "viola",
                "So habe ich das nicht bedacht. Mir ging es danach besser, mehr weiß ich nicht. Entschuldigung.",
                3.0,
                "sabrina:thanks hannafeld mia",
                reply_to=4,
            ),
            P(
                "mia",
                "Sattel zwei Zentimeter höher, leichterer Gang, nach einer Woche fast weg. Danke Hanna!",
                180.0,
                "hannafeld:celebrate sabrina petra.k",
            ),
        ],
        ["ergonomie"],
    ),
]
