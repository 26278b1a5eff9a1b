"""Vorstellung."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "de-servus",
        "introductions",
        "discussion",
        "Servus aus Graz! Neues M4 und gleich eine Frage zum Sattel",
        "dominik_graz",
        7.6,
        [
            P(
                "dominik_graz",
                """
            Servus miteinander, ich bin der Dominik, 38, zwei Katzen, ein Berg vor der Haustür. Nach zehn Jahren Auto im Stau bin
            ich seit letzter Woche auf dem M4 unterwegs und grinse jeden Morgen.

            Frage: Der Sattel fühlt sich nach 20 km an wie ein Ziegel. Einfahren oder tauschen?
            """,
                0,
                "hannafeld uschi steffi petra.k customer manager:celebrate mia",
            ),
            P(
                "hannafeld",
                "Willkommen! Zwei Wochen Geduld, dann entscheiden. Meistens gewöhnt sich einer von beiden.",
                0.3,
                "dominik_graz:celebrate petra.k uschi",
            ),
            P(
                "petra.k",
                "Vorher die Neigung prüfen: ab Werk steht die Nase oft zwei Grad nach oben. Wasserwaage drauf.",
                0.6,
                "dominik_graz:thanks wolfgang",
            ),
            P(
                "rolf_arnold",
                "Grüße nach Graz! Schönste Uhr der Welt, am falschen Zeiger.",
                1.2,
                "dominik_graz:celebrate uschi",
            ),
            P(
                "dominik_graz",
                "Dass das hier jemand weiß! (Für alle: Am Uhrturm ist der große Zeiger für die Stunden.)",
                0.8,
                "rolf_arnold:celebrate steffi hannafeld",
            ),
            P(
                "emma_j",
                "Hello from another newcomer. Does the saddle get better? Mine has not, after two months.",
                3.0,
                "dominik_graz",
                language="en",
            ),
            P(
                "petra.k",
                "@emma_j Two months is long enough. Measure your sit bones (corrugated cardboard, sit down, measure the dents, add "
                "2 cm) and buy that width.",
                1.1,
                "emma_j:thanks hannafeld:insightful dominik_graz:thanks",
                reply_to=6,
                language="en",
            ),
            P(
                "dominik_graz",
                "Nase stand 3 Grad zu hoch. Seit heute waagrecht, seit heute Frieden.",
                22.0,
                "petra.k:celebrate hannafeld emma_j",
            ),
            P(
                "emma_j",
                "I sat on cardboard in the middle of my kitchen. 13 cm. The things one does.",
                5.0,
                "petra.k:celebrate dominik_graz:celebrate hannafeld:celebrate oliver_b",
                language="en",
            ),
        ],
        ["m4", "sattel"],
    ),
    T(
        "de-mia",
        "introductions",
        "discussion",
        "Hallo, ich bin Mia",
        "mia",
        63.5,
        [
            P(
                "mia",
                "Hallo! Mia, 29, Leipzig, gebrauchtes C2, keine Ahnung von Technik, aber große Lust. Wer aus Leipzig mitfahren will: "
                "ruft mich einfach an, 0171 39200 42!",
                0,
                "hannafeld uschi",
                key="phone-number",
            ),
            P(
                "uschi",
                "Willkommen, Kind! Aber nimm die Nummer wieder raus, das lesen hier doch alle.",
                0.5,
                "hannafeld sabrina",
            ),
            P(
                "moderator",
                "Herzlich willkommen, Mia! Uschi hat recht, ich habe den Beitrag zu deinem Schutz ausgeblendet. Schreib die "
                "Verabredung gern noch einmal ohne Nummer, die Leute finden dich über eine Nachricht.",
                1.0,
                "uschi:thanks hannafeld mia:thanks",
            ),
            P(
                "mia",
                "Uff, danke, ihr passt ja auf mich auf. Also noch mal: Mia, Leipzig, C2, sucht Mitfahrende. Ohne Nummer :)",
                0.8,
                "uschi:celebrate hannafeld:celebrate steffi moderator:celebrate sabrina chiara",
            ),
            P(
                "steffi",
                "Dresden ist ja nicht weit. Elbe oder Mulde? Ich bringe Ersatzhandschuhe mit, falls ich welche finde.",
                4.0,
                "mia:celebrate hannafeld viola",
            ),
        ],
        ["leipzig"],
    ),
    T(
        "de-lukas",
        "introductions",
        "discussion",
        "Lukas, Lehrling mit Ölfingern",
        "lukas",
        107.0,
        [
            P(
                "lukas",
                "Moin, zweites Lehrjahr Zweiradmechatronik, privat ein M3 mit 9.000 km. Ich lese seit Wochen mit und dachte, ich kann auch "
                "mal was zurückgeben. Fragt mich was! Wenn ich es nicht weiß, frage ich meine Meisterin.",
                0,
                "petra.k:celebrate hannafeld wolfgang gerd49 jonas_w manager moderator",
            ),
            P(
                "petra.k",
                "Sehr gut, wir brauchen Nachwuchs. Erste Prüfungsfrage: Woran erkennst du eine verglaste Bremsscheibe?",
                0.7,
                "lukas:celebrate wolfgang",
            ),
            P(
                "lukas",
                "Spiegelt, quietscht, bremst nicht. Wie mein Mitbewohner beim Abwasch.",
                0.4,
                "petra.k:celebrate hannafeld:celebrate wolfgang:celebrate sabrina steffi mehmet",
            ),
            P("wolfgang", "Bestanden.", 0.3, "lukas:celebrate petra.k hannafeld"),
        ],
        [],
    ),
]
