"""The members of the demo community: staff with the five log-ins, customers, partners and two who came to sell."""

from forum.demo.shape import Person

STAFF = [
    Person(
        "admin",
        "Thomas Ehlers",
        364,
        "Technik und Betrieb der Community. Bei Störungen bitte an mich.",
        role="admin",
        groups=("staff",),
    ),
    Person(
        "manager",
        "Sara Jansen",
        364,
        "Community-Managerin bei Velomark. Montags bis freitags von 9 bis 18 Uhr für euch da, dazwischen auf dem C2 "
        "quer durch die Stadt.\n\nAsk me anything, in German, English or (slowly) Dutch.",
        role="manager",
        groups=("staff",),
    ),
    Person(
        "moderator",
        "Jakub Nowak",
        362,
        "Moderation. Früher Kundendienst, davor Fahrradkurier. Ich greife selten ein, und wenn, dann erkläre ich es.",
        role="moderator",
        groups=("staff",),
    ),
    Person(
        "product",
        "Katrin Brandt",
        358,
        "Produktteam *Display & App*. Ich lese hier mehr mit, als ihr denkt, und nehme eure Ideen mit in die Runde.",
        role="product",
        groups=("staff",),
    ),
]

GERMAN = [
    Person(
        "customer",
        "Lena Krüger",
        188,
        "Pendlerin aus Kassel, 17 km einfach, M4 seit dem Frühjahr. Im Sommer mit Anhänger und zwei Kindern.",
        groups=("customers", "beta-testers"),
    ),
    Person(
        "hannafeld",
        "Hanna Feld",
        355,
        "Botschafterin der ersten Stunde. M4, vorher M3, davor ein Rennrad und **sehr** gute Waden.\n\n"
        "- über 14.000 km elektrisch\n- schraube selbst, frage aber vorher",
        groups=("customers", "ambassadors", "beta-testers"),
    ),
    Person(
        "mehmet",
        "Mehmet Balcı",
        290,
        "M4, 34 km am Tag bei jedem Wetter. Ich mag Zahlen.",
        groups=("customers", "beta-testers"),
    ),
    Person(
        "jonas_w",
        "Jonas Weller",
        310,
        "M3 mit allem, was man dranschrauben kann. Elektroniker aus Bielefeld.",
        groups=("customers", "beta-testers"),
    ),
    Person(
        "petra.k",
        "Petra Kolbe",
        333,
        "Kette, Ritzel, Öl unter den Fingernägeln. M3 seit drei Jahren.",
        groups=("customers", "ambassadors"),
    ),
    Person("dominik_graz", "Dominik Neuhold", 8, "Servus aus Graz! Frisch auf dem M4."),
    Person("chiara", "Chiara Santini", 143, "C2 in Freiburg, meistens mit Einkauf, manchmal mit Hund."),
    Person(
        "anja-rolf",
        "Anja und Rolf Mertens",
        277,
        "Wir schreiben zu zweit: A = Anja, R = Rolf. Zwei M4, ein Zelt, keine Eile.",
    ),
    Person("kettenblatt77", "kettenblatt77", 121, "Schnell unterwegs. Auch im Kopf."),
    Person("rolf_arnold", "Rolf Arnold", 240, "Ruheständler aus Lüneburg. Fahre täglich, rede gern."),
    Person("tobias", "Tobias Ott", 205, "M4 im Schwarzwald. Alles unter 400 Höhenmetern ist flach."),
    Person("uschi", "Ursula Brenner", 171, "C2, rot, mit Korb. Bin 71 und frage, wenn ich etwas nicht weiß."),
    Person("frank_m", "Frank Möbius", 132, "M4 seit Mai. Ich sage, was ich denke."),
    Person(
        "sabrina", "Sabrina Lenz", 226, "Notfallsanitäterin, Schichtdienst, M4. Um vier Uhr früh ist der Radweg leer."
    ),
    Person("gerd49", "Gerd Schulte", 301, "Jahrgang 49. M3, 11.200 km.", owes=True),
    Person("nele", "Nele Harms", 118, "Studentin in Oldenburg. Gegenwind kann ich.", owes=True),
    Person(
        "basti",
        "Bastian Reuter",
        260,
        "Firmware-Nerd, Betatester, zu viele Kabel.",
        groups=("customers", "beta-testers"),
    ),
    Person("ines", "Ines Falk", 154, "Zwei Kinder, ein Lastenanhänger, ein M4."),
    Person("karim", "Karim Haddad", 199, "Koch in Mannheim, nach der Schicht nach Hause mit dem C2.", owes=True),
    Person("viola", "Viola Stein", 155, "Am liebsten Flussradwege. Ohne Zeitplan.", owes=True),
    Person(
        "wolfgang",
        "Wolfgang Dreher",
        318,
        "Maschinenbauer i. R., messe gern nach. M4 und ein Keller voller Werkzeug.",
        groups=("customers", "ambassadors"),
    ),
    Person("mia", "Mia Lorenz", 64, "Neu auf zwei Rädern mit Motor. C2 aus zweiter Hand."),
    Person("holger", "Holger Timm", 248, "Küste. Wind. M3.", owes=True),
    Person(
        "steffi", "Stefanie Vogt", 183, "M4 in Dresden, elbauf und elbab. Mache gern Fotos, verliere gern Handschuhe."
    ),
    Person(
        "yusuf",
        "Yusuf Demir",
        88,
        "Informatiker, pendle Köln–Leverkusen. App-Tester wider Willen.",
        groups=("customers", "beta-testers"),
    ),
    Person("beat_zh", "Beat Zollinger", 215, "Zürich. M4 mit Schweizer Kennzeichnung. Grüezi mitenand.", owes=True),
    Person("lukas", "Lukas Pfeiffer", 109, "Zweiradmechatroniker im zweiten Lehrjahr, privat M3.", owes=True),
]

ENGLISH = [
    Person(
        "oliver_b",
        "Oliver Bates",
        270,
        "Sheffield, seven hills, one M4. Mostly uphill, apparently.",
        language="en",
        groups=("customers", "ambassadors"),
    ),
    Person(
        "priya",
        "Priya Raman",
        232,
        "Berlin by way of Bangalore. C2 for the city, M4 for the weekends.",
        language="en",
        groups=("customers", "beta-testers"),
    ),
    Person("sam_w", "Sam Whitlock", 196, "Bought an M3 for the commute, stayed for the silence.", language="en"),
    Person("grace", "Grace Okafor", 161, "Nurse, night shifts, C2 with very bright lights.", language="en"),
    Person(
        "tomasz",
        "Tomasz Zieliński",
        284,
        "Wrocław. I fix things, sometimes twice.",
        language="en",
        groups=("customers", "beta-testers"),
    ),
    Person("aoife", "Aoife Brennan", 139, "Galway. Rain is not weather, rain is the default.", language="en"),
    Person(
        "ben_c",
        "Ben Carver",
        112,
        "M4 owner, data hoarder, spreadsheet person.",
        language="en",
        groups=("customers", "beta-testers"),
    ),
    Person(
        "dutchrider",
        "Marieke de Wit",
        300,
        "Utrecht. No hills, plenty of opinions about bike parking.",
        language="en",
        groups=("customers", "ambassadors"),
    ),
    Person("hiroko", "Hiroko Tanaka", 83, "Düsseldorf. Learning German one error code at a time.", language="en"),
    Person("emma_j", "Emma Jarvis", 58, "New to e-bikes, old to cycling.", language="en"),
    Person("liam", "Liam Doyle", 176, "M3, Cork to wherever the ferry goes.", language="en"),
    Person(
        "noor", "Noor Siddiqui", 91, "Firmware by day, C2 by evening. No, I don't work for Velomark.", language="en"
    ),
    Person("carlos", "Carlos Méndez", 207, "Valencia. Heat is my winter.", language="en", owes=True),
    Person("ruth", "Ruth Abernathy", 258, "Retired teacher in Edinburgh. I read the manual.", language="en", owes=True),
    Person("kevin99", "Kevin Marsh", 104, "here for the speed", language="en", owes=True),
    Person("sven_en", "Sven Lindqvist", 148, "Malmö. Studded tyres from November to April.", language="en", owes=True),
]

PARTNERS = [
    Person(
        "radhaus_lindau",
        "Markus Thoma (Radhaus Lindau)",
        345,
        "Velomark-Fachhändler am Bodensee, Werkstatt mit drei Hebebühnen.",
        groups=("partners",),
    ),
    Person(
        "zweirad_huber",
        "Elisabeth Huber (Zweirad Huber)",
        338,
        "Rosenheim, dritte Generation. Velomark-Stützpunkt.",
        groups=("partners",),
    ),
    Person(
        "velowerk_zh",
        "Reto Aebi (Velowerk Zürich)",
        295,
        "Verkauf und Service in Zürich-Wiedikon.",
        groups=("partners",),
    ),
]

STRANGERS = [
    Person("akku_profi24", "Akku Profi 24", 41, "Akkus aller Marken. Preise auf Anfrage.", groups=(), owes=True),
    Person(
        "radteile_direkt",
        "Radteile Direkt",
        0.9,
        "Akkus und Ladegeräte zum halben Preis, schreibt mir einfach!",
        groups=(),
    ),
]

PEOPLE = STAFF + GERMAN + ENGLISH + PARTNERS + STRANGERS
