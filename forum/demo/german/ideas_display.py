"""Ideen zu Display und App: was sich Kundinnen und Kunden wünschen, und was daraus wurde."""

from forum.demo.shape import Idea, P, T

IDEAS = [
    Idea(
        T(
            "de-i-navi-steigung",
            "display-app",
            "idea",
            "Navigation: Route mit den wenigsten Höhenmetern wählen",
            "uschi",
            92.0,
            [
                P(
                    "uschi",
                    """
            Die App kennt „schnell“ und „schön“. Für mich wäre „flach“ das Wichtigste. Bei uns macht ein Umweg von zwei Kilometern oft
            achtzig Höhenmeter aus, und die spüre ich in den Knien und im Akku.
            """,
                    0,
                    "rolf_arnold hannafeld customer sabrina",
                ),
                P(
                    "rolf_arnold",
                    "Sehr einverstanden. Und bitte die Höhenmeter schon in der Vorschau zeigen.",
                    5.0,
                    "uschi",
                ),
                P("customer", "Mit Anhänger wäre das meine Standardroute.", 11.0, "uschi"),
                P(
                    "oliver_b",
                    "Yes please. Our town is one single hill with a bakery on top.",
                    26.0,
                    "uschi:celebrate priya",
                    language="en",
                ),
            ],
            ["navigation"],
        ),
        "App",
        "rolf_arnold:essential hannafeld customer:important sabrina oliver_b:important priya petra.k anja-rolf:important ines steffi "
        "wolfgang grace aoife noor hiroko",
        "planned",
        "Kommt mit der neuen Routenberechnung. „Flach“ wird ein dritter Schalter neben „schnell“ und „schön“, die Höhenmeter stehen "
        "schon in der Vorschau.",
        21.0,
        reasons={"rolf_arnold": "Seit der Hüfte entscheidet die Steigung, ob ich fahre."},
    ),
    Idea(
        T(
            "de-i-dunkelmodus",
            "display-app",
            "idea",
            "Display nachts dunkler als die unterste Stufe",
            "sabrina",
            58.0,
            [
                P(
                    "sabrina",
                    "Auf dem unbeleuchteten Radweg blendet mich das Display auch auf Stufe 1. Eine Stufe 0 oder rote Ziffern wie im Cockpit, "
                    "das wäre es.",
                    0,
                    "jonas_w basti:insightful",
                ),
                P("basti", "Rot! Dann bleiben die Augen an die Nacht gewöhnt.", 2.0, "sabrina"),
                P("jonas_w", "Ich klebe seit dem Winter ein Stück Folie drüber.", 30.0, "sabrina"),
            ],
            ["display", "night"],
        ),
        "Display",
        "jonas_w basti:important chiara hannafeld yusuf:nice tomasz ben_c",
        "under review",
        "Wir messen gerade, wie dunkel die Beleuchtung überhaupt werden kann, ohne zu flackern. Bis zum nächsten Werkstatttag wissen "
        "wir mehr.",
        40.0,
    ),
    Idea(
        T(
            "de-i-fehlertexte",
            "display-app",
            "idea",
            "Fehlercodes im Display mit einem Satz erklären",
            "jonas_w",
            69.0,
            [
                P(
                    "jonas_w",
                    """
            E-1042 sagt mir nichts, wenn ich am Straßenrand stehe. Ein Satz würde reichen:

            > E-1042: Der Magnet am Hinterrad fehlt oder ist verrutscht. Du kannst ohne Motor weiterfahren.

            Platz wäre da, heute steht unter der Nummer einfach nichts.
            """,
                    0,
                    "hannafeld:insightful tobias chiara mehmet wolfgang uschi",
                ),
                P("uschi", "Und bitte groß. Ich habe unterwegs keine Lesebrille auf.", 7.0, "jonas_w sabrina"),
                P("zweirad_huber", "Das spart uns im Laden die Hälfte der Anrufe.", 18.0, "jonas_w product"),
                P("priya", "In the rider's own language, please, not only in German.", 40.0, "jonas_w", language="en"),
            ],
            ["display", "errors"],
        ),
        "Display",
        "hannafeld:important tobias chiara:important mehmet wolfgang uschi:essential basti petra.k priya:important oliver_b sam_w "
        "tomasz:nice zweirad_huber:essential radhaus_lindau velowerk_zh anja-rolf frank_m moderator",
        "planned",
        "",
        18.0,
        reasons={
            "zweirad_huber": "Jeder zweite Anruf bei uns ist: Was heißt diese Nummer?",
            "uschi": "Ich möchte wissen, ob ich weiterfahren darf.",
        },
    ),
    Idea(
        T(
            "de-i-app-pin",
            "display-app",
            "idea",
            "Rad per PIN am Display freigeben, wenn das Telefon leer ist",
            "chiara",
            47.0,
            [
                P(
                    "chiara",
                    "Telefon leer, Rad gesperrt, Regen. Eine vierstellige PIN am Display, mehr will ich nicht.",
                    0,
                    "sabrina",
                ),
                P("frank_m", "Dann kann ich das Schloss auch gleich offen lassen.", 3.0, "kettenblatt77"),
                P(
                    "wolfgang",
                    "Mit drei Versuchen und dann Pause ist das sicherer als jeder Schlüssel.",
                    5.0,
                    "chiara:thanks",
                ),
            ],
            ["security", "lock"],
        ),
        "App",
        "sabrina:important mia yusuf ines:important wolfgang ben_c liam",
        "declined",
        "Das lassen wir sein, und zwar aus diesem Grund: Die Sperre sitzt im Motor, eine PIN am Display ließe sich mit einem anderen "
        "Display umgehen. Für den leeren Akku im Telefon gibt es den **Notfallcode** auf der Karte, die beim Rad lag. Er funktioniert "
        "dreimal, danach schickt dir der Kundendienst einen neuen.",
        30.0,
    ),
    Idea(
        T(
            "de-i-fahrten-export",
            "display-app",
            "idea",
            "Fahrten als GPX herunterladen",
            "wolfgang",
            83.0,
            [
                P(
                    "wolfgang",
                    "Meine Fahrten liegen in der App und kommen da nicht heraus. GPX genügt, gern für einen ganzen Zeitraum auf einmal.",
                    0,
                    "basti tobias hannafeld jonas_w",
                ),
                P("tobias", "Fürs Fahrtenbuch beim Finanzamt wäre eine CSV auch schön.", 9.0, "wolfgang"),
                P("hiroko", "GPX please, my tour diary needs it.", 60.0, "wolfgang", language="en"),
            ],
            ["rides", "export"],
        ),
        "App",
        "basti:important tobias:nice hannafeld jonas_w petra.k mehmet hiroko:important dutchrider sam_w liam:nice",
        "shipped",
        "Seit **App 5.9**: *Fahrten › Auswählen › Teilen*. Einzelne Fahrten als GPX, ganze Zeiträume als ZIP mit GPX und CSV.",
        34.0,
    ),
    Idea(
        T(
            "de-i-klingel",
            "display-app",
            "idea",
            "Mehr Klingeltöne",
            "dominik_graz",
            5.0,
            [
                P(
                    "dominik_graz",
                    "Die Klingel im Display ist nett, aber ein zweiter Ton wäre schön. Kuhglocke!",
                    0,
                    "mia",
                ),
                P("kettenblatt77", "Es gibt echte Klingeln.", 2.0, "frank_m"),
            ],
            ["fun"],
        ),
        "Display",
        "mia:nice emma_j",
    ),
]
