"""Ideen zu Antrieb, Akku, Zubehör und Werkstatt: was sich Kundinnen, Kunden und Partner wünschen, und was daraus wurde."""

from forum.demo.shape import Idea, P, T

IDEAS = [
    Idea(
        T(
            "de-i-tempolimit",
            "drive",
            "idea",
            "Unterstützung bei 22 statt erst bei 25 km/h sanft auslaufen lassen",
            "mehmet",
            176.0,
            [
                P(
                    "mehmet",
                    """
            Bei 25 km/h hört der Motor auf, als liefe man gegen eine Wand. Auf langen Geraden pendle ich ständig um diese Grenze und
            merke jedes Mal den Ruck.

            **Wunsch:** ab etwa 22 km/h langsam weniger werden, sodass bei 25 einfach nichts mehr fehlt.

            **Heute:** Ich fahre mit 23 und ärgere mich.
            """,
                    0,
                    "hannafeld jonas_w tobias wolfgang",
                ),
                P("tobias", "Am Berg wäre mir das egal, in der Ebene sofort.", 3.0, "mehmet"),
                P(
                    "wolfgang",
                    "Der Übergang ist in der Norm nur nach oben begrenzt. Technisch ist das eine Kurve in der Software, mehr nicht.",
                    20.0,
                    "mehmet:insightful hannafeld:insightful basti",
                ),
                P(
                    "hannafeld",
                    "Mit Anhänger ist es noch deutlicher. @mehmet danke fürs Aufschreiben.",
                    1.0,
                    "mehmet customer",
                ),
            ],
            ["assistance", "firmware"],
        ),
        "Antrieb",
        "hannafeld:important jonas_w:important tobias wolfgang:nice basti customer:important petra.k anja-rolf sabrina ines "
        "rolf_arnold:nice steffi yusuf oliver_b priya dutchrider:important tomasz grace radhaus_lindau",
        "shipped",
        "Seit **Firmware 3.2** nimmt die Unterstützung in Tour und Eco ab 22 km/h gleichmäßig ab. In Sport und Turbo bleibt es, "
        "wie es war: Dort haben sich fast alle Testfahrer die volle Kraft bis zuletzt gewünscht.",
        35.0,
        reasons={
            "customer": "Mit zwei Kindern im Anhänger reißt es jedes Mal am Gespann.",
            "dutchrider": "On the flat I cross that limit a hundred times a day.",
        },
    ),
    Idea(
        T(
            "de-i-ladegrenze",
            "drive",
            "idea",
            "Ladegrenze nach Wochentag: werktags 80 %, vor der Tour 100 %",
            "petra.k",
            31.0,
            [
                P(
                    "petra.k",
                    """
            Die Ladegrenze von 80 % finde ich für den Alltag richtig. Vor einer Tour vergesse ich aber jedes Mal, sie hochzustellen, und
            stehe dann morgens mit vier Fünfteln da.

            Ein kleiner Plan würde reichen: Montag bis Freitag 80 %, in der Nacht auf Samstag 100 %. Oder ein Knopf „Morgen Tour“.
            """,
                    0,
                    "hannafeld:like jonas_w mehmet chiara:insightful",
                ),
                P("jonas_w", "Der Knopf ist die bessere Hälfte der Idee. Pläne stimmen nie.", 4.0, "petra.k hannafeld"),
                P(
                    "chiara",
                    "Beides! Schichtdienst kennt keine Wochentage, aber der Knopf müsste dann auch wieder von selbst zurückspringen.",
                    9.0,
                    "sabrina petra.k",
                ),
                P(
                    "product",
                    "Lesen wir mit. Frage an alle: Reicht der Knopf in der App, oder wollt ihr ihn am Display haben?",
                    30.0,
                    "petra.k:thanks",
                ),
                P(
                    "sabrina",
                    "Display. Um vier Uhr früh suche ich kein Telefon.",
                    2.0,
                    "chiara:celebrate hannafeld product",
                ),
                P("uschi", "Am Rad bitte. Ich habe die App gar nicht.", 6.0, "sabrina rolf_arnold"),
            ],
            ["charging", "settings"],
        ),
        "Akku und Laden",
        "hannafeld:important jonas_w mehmet chiara:essential sabrina:essential uschi basti customer:important anja-rolf tobias "
        "frank_m wolfgang steffi yusuf ines rolf_arnold priya:important sam_w oliver_b liam noor velowerk_zh product",
        "in progress",
        "Der Knopf **„Morgen Tour“** kommt: am Display lang auf *Akku* drücken, die nächste Ladung geht bis 100 %, danach gilt wieder "
        "eure Grenze. Den Wochenplan stellen wir zurück, bis wir sehen, ob ihn danach noch jemand vermisst.",
        6.0,
        reasons={
            "chiara": "Ich arbeite im Schichtdienst und lade fast nie zur gleichen Zeit.",
            "sabrina": "Einmal vergessen heißt: zehn Kilometer ohne Motor zur Wache.",
        },
    ),
    Idea(
        T(
            "de-i-tour-knopf",
            "drive",
            "idea",
            "Einmalig voll laden, ohne die Einstellung zu ändern",
            "basti",
            24.0,
            [
                P(
                    "basti",
                    "Ein Mal auf 100 % laden, danach wieder 80 %. Heute muss ich dafür zweimal ins Menü, und das zweite Mal vergesse ich.",
                    0,
                    "petra.k hannafeld",
                ),
                P("petra.k", "Das ist fast meine Idee mit dem Wochenplan. Legen wir zusammen?", 8.0, "basti"),
                P("basti", "Gern, deine ist besser beschrieben.", 1.0, "petra.k:thanks"),
            ],
            ["charging"],
        ),
        "Akku und Laden",
        "petra.k hannafeld:important mehmet mia:nice dominik_graz emma_j:important",
        merged_into="de-i-ladegrenze",
        reasons={"emma_j": "I only do long rides on Sundays."},
    ),
    Idea(
        T(
            "de-i-gepaeck",
            "workshop",
            "idea",
            "Gepäckträger mit Schiene für gängige Taschen",
            "anja-rolf",
            130.0,
            [
                P(
                    "anja-rolf",
                    "Unsere Taschen passen nur mit Adapter, und der klappert. Eine Schiene nach dem verbreiteten System würde das lösen.",
                    0,
                    "petra.k steffi",
                ),
                P("steffi", "Klappern ist bei uns der Grund, warum die Taschen zu Hause bleiben.", 12.0, "anja-rolf"),
                P("radhaus_lindau", "Kunden fragen jede Woche danach.", 50.0, "anja-rolf"),
            ],
            ["accessories"],
        ),
        "Zubehör",
        "petra.k:nice steffi:important customer hannafeld rolf_arnold radhaus_lindau:important zweirad_huber aoife dutchrider",
        "under review",
    ),
    Idea(
        T(
            "de-i-akku-verleih",
            "drive",
            "idea",
            "Zweitakku für den Urlaub leihen",
            "tobias",
            12.0,
            [
                P(
                    "tobias",
                    """
            Zwei Wochen im Jahr bräuchte ich 1.250 Wh, den Rest des Jahres nicht. Ein Akku zum Leihen beim Händler wäre günstiger als
            einer, der 50 Wochen im Keller liegt.
            """,
                    0,
                    "jonas_w hannafeld:insightful",
                ),
                P("jonas_w", "Würde ich sofort nehmen, am liebsten am Urlaubsort.", 4.0, "tobias"),
                P(
                    "radhaus_lindau",
                    "Am Bodensee fragt das jeder Dritte. Uns fehlt nur die Versicherung dafür.",
                    21.0,
                    "tobias:thanks",
                ),
            ],
            ["battery", "service"],
        ),
        "Akku und Laden",
        "jonas_w:important hannafeld mehmet:nice radhaus_lindau:essential anja-rolf priya",
        reasons={"radhaus_lindau": "Von Mai bis September täglich gefragt."},
    ),
    Idea(
        T(
            "de-i-urlaubsakku",
            "drive",
            "idea",
            "Einen zweiten Akku für den Urlaub ausleihen können",
            "ines",
            3.0,
            [
                P(
                    "ines",
                    "Mit dem Lastenanhänger reicht ein Akku im Alltag, an der Ostsee nicht. Kaufen will ich keinen, ausleihen sofort.",
                    0,
                    "steffi",
                ),
            ],
            ["battery"],
        ),
        "Akku und Laden",
        "steffi tobias:important",
        reasons={"tobias": "Sage ich doch!"},
    ),
    Idea(
        T(
            "de-i-p-diagnose",
            "partners",
            "idea",
            "Diagnosegerät: Bericht als PDF für den Kunden",
            "zweirad_huber",
            40.0,
            [
                P(
                    "zweirad_huber",
                    "Nach der Inspektion schreiben wir die Werte von Hand ab. Ein PDF mit Logo des Betriebs, fertig.",
                    0,
                    "radhaus_lindau velowerk_zh",
                ),
                P(
                    "velowerk_zh",
                    "Bitte auch mit Datum des letzten Software-Stands, danach fragen die Versicherungen.",
                    20.0,
                    "zweirad_huber",
                ),
            ],
            ["diagnosis"],
        ),
        "Partnerportal",
        "radhaus_lindau:important velowerk_zh:essential",
        "in progress",
        "Ist im Bau und geht zuerst an fünf Betriebe. Wer dabei sein will, meldet sich hier.",
        9.0,
    ),
]
