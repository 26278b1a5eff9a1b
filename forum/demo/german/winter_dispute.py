"""The long thread about range in winter, second part: tricks, a dispute, and a moderator who calms it."""

from forum.demo.shape import P

POSTS = [
    P(
        "customer",
        "Akku warm lagern heißt: in der Wohnung laden? Bei mir steht das Rad im Fahrradkeller, und der Akku "
        "wiegt gefühlt so viel wie ein Kleinkind.",
        5.0,
        "ines:celebrate",
    ),
    P(
        "ines",
        "3,1 kg. Meine Kleinkinder wiegen mehr und tragen sich schlechter.",
        0.6,
        "customer:celebrate hannafeld sabrina steffi petra.k",
        reply_to=41,
    ),
    P(
        "sabrina",
        "Ich nehme ihn immer mit rauf. Auf der Wache laden wir zu dritt, das Ladegerät steht neben der "
        "Kaffeemaschine. Beides lebenswichtig.",
        1.4,
        "customer hannafeld",
    ),
    P(
        "wolfgang",
        "@customer Laden muss nicht warm geschehen, es muss nur über 5 °C haben. Wichtig ist, wo er **vor der "
        "Fahrt** liegt. Keller mit 12 Grad ist völlig in Ordnung.",
        2.2,
        "customer:thanks hannafeld mia:thanks",
        reply_to=41,
    ),
    P(
        "mia",
        "Und wenn im Display E-2107 steht? Das hatte ich gestern beim Laden auf dem Balkon und hab Panik bekommen.",
        3.8,
    ),
    P(
        "jonas_w",
        "E-2107 = Akku zu kalt zum Laden. Kein Defekt, nur eine Bitte. Reinholen, eine Stunde warten, anstecken.",
        0.2,
        "mia:thanks hannafeld customer",
        reply_to=45,
    ),
    P(
        "mia",
        "Danke!! Eine Stunde gewartet, lädt. Ihr seid schneller als jede Hotline.",
        1.3,
        "jonas_w hannafeld moderator:celebrate manager:celebrate",
        reply_to=46,
    ),
    P(
        "rolf_arnold",
        "Ich habe meinem Akku eine Mütze gestrickt. Nein, ernsthaft: eine alte Isomatte, zugeschnitten, mit "
        "Klettband. Sieht aus wie ein Würstchen im Schlafrock.",
        6.0,
        "uschi:celebrate hannafeld:celebrate steffi:celebrate customer anja-rolf petra.k mia wolfgang",
    ),
    P("steffi", "Foto! Foto! Foto!", 0.1, "uschi hannafeld", reply_to=48),
    P(
        "rolf_arnold",
        "Meine Enkelin sagt, das darf man der Welt nicht antun.",
        0.9,
        "steffi:celebrate hannafeld uschi customer sabrina",
        reply_to=49,
    ),
    P(
        "tobias",
        "Es gibt fertige Neoprenhüllen für den M4. Bei mir bringt das auf der ersten halben Stunde ca. 4 %, danach "
        "nichts mehr. Für 39 Euro … na ja.",
        3.3,
        "wolfgang rolf_arnold",
    ),
    P("rolf_arnold", "Isomatte: 0 Euro.", 0.2, "tobias:celebrate hannafeld uschi wolfgang frank_m", reply_to=51),
    P(
        "yusuf",
        "Meine letzte Woche, automatisch aus der App, Tour, Köln–Leverkusen 19 km:\n\n```\nMo  6 °C  7,6 Wh/km\n"
        "Di  5 °C  7,8 Wh/km\nMi  2 °C  8,3 Wh/km\nDo  1 °C  8,4 Wh/km\nFr  1 °C  9,9 Wh/km   # Gegenwind und Döner\n```",
        9.5,
        "mehmet:celebrate basti hannafeld wolfgang jonas_w customer",
    ),
    P(
        "frank_m",
        "So, ich habe jetzt auch gemessen: 3 °C, Turbo, 23 km, Akku leer. LEER. 625 Wh. Das ist kein Winter, das "
        "ist ein Mangel.",
        8.2,
        "kettenblatt77",
        key="winter-complaint",
    ),
    P(
        "jonas_w",
        "27 Wh pro km? Das ist selbst für Turbo das Doppelte. Schleift die Bremse? Reifen? Wie alt ist der Akku?",
        0.7,
        "wolfgang mehmet",
        reply_to=54,
    ),
    P("frank_m", "Ein halbes Jahr alt, Reifen voll, Bremse frei. Ich bin nicht blöd.", 0.4, "", reply_to=55),
    P(
        "wolfgang",
        "Das hat niemand gesagt. 27 Wh/km passt aber nicht zu einem gesunden Rad. Bitte schau unter *Akku › "
        "Zustand*, was bei „nutzbare Kapazität“ steht. Und war der Akku vorher wirklich bei 100? Seit 3.2 endet das Laden "
        "bei 80, wenn man es nicht umstellt.",
        1.1,
        "hannafeld:insightful mehmet jonas_w sabrina",
        reply_to=56,
    ),
    P(
        "frank_m",
        "Natürlich war er bei 100. Und selbst wenn nicht: Wer ändert so was ungefragt?",
        0.9,
        "kettenblatt77",
        reply_to=57,
    ),
    P(
        "mehmet",
        "Ungefragt fand ich auch nicht schön, siehe mein anderes Gespräch dazu. Aber 80 statt 100 erklärt ein Fünftel "
        "deiner Differenz. Den Rest sollte sich eine Werkstatt ansehen, ehrlich gemeint.",
        0.5,
        "hannafeld wolfgang customer",
    ),
    P(
        "kettenblatt77",
        "Frank hat doch recht. Hier wird sich alles schöngerechnet, mit Tabellen und Isomatte.",
        1.6,
        key="winter-glossed",
    ),
    P(
        "petra.k",
        "Schönrechnen? Wir rechnen hier seit 40 Beiträgen vor, dass es schlechter wird. Lies halt mal.",
        0.3,
        "mehmet jonas_w sabrina",
        reply_to=60,
    ),
    P(
        "wolfgang",
        "Ich habe angeboten zu helfen und tue es weiter gern. Dafür brauche ich aber Zahlen und keine Großbuchstaben.",
        0.8,
        "hannafeld petra.k jonas_w mehmet steffi",
    ),
    P(
        "frank_m",
        "Du mit deinem Millimeterpapier. Rentner mit zu viel Zeit, der anderen erklärt, wie sie Rad zu fahren haben. "
        "Such dir ein Hobby, du Wichtigtuer, und lass Leute in Ruhe, die arbeiten müssen.",
        0.3,
        "",
        reply_to=62,
        key="winter-insult",
    ),
    P("steffi", "Autsch. Das war jetzt unnötig.", 0.1, "hannafeld sabrina petra.k customer", reply_to=63),
    P(
        "hannafeld",
        "Frank, bitte nicht so. Wolfgang hat hier mehr Leuten geholfen als jeder andere.",
        0.2,
        "steffi jonas_w sabrina mehmet customer petra.k ines rolf_arnold tobias",
        reply_to=63,
    ),
    P(
        "rolf_arnold",
        "Als anderer Rentner mit zu viel Zeit: Ich lese das hier gern. Gerade wegen Wolfgang.",
        0.5,
        "hannafeld uschi wolfgang:thanks steffi petra.k anja-rolf customer",
    ),
    P(
        "moderator",
        """
        Ich gehe hier kurz dazwischen. Ich habe einen Beitrag entfernt, weil er sich gegen die Person richtet und nicht
        gegen die Sache. @frank_m bekommt dazu eine eigene Nachricht von mir.

        Was stehen bleibt, und das ist mir wichtig: Franks **Ärger über die Reichweite ist berechtigt**, wenn ein Akku nach
        23 km leer ist. Auch Kritik an uns bleibt stehen, und zwar in jeder Lautstärke. Nur nicht gegeneinander.

        Und jetzt gern zurück zu Isomatten und Kilowattstunden.
        """,
        0.9,
        "hannafeld:thanks steffi:thanks wolfgang sabrina:thanks petra.k mehmet jonas_w customer:thanks "
        "rolf_arnold:thanks anja-rolf uschi:thanks tobias ines",
    ),
    P(
        "wolfgang",
        "Danke, Jakub. Von mir aus ist das erledigt. Franks Akku interessiert mich übrigens immer noch.",
        1.7,
        "moderator:thanks hannafeld mehmet steffi customer sabrina",
    ),
    P(
        "anja-rolf",
        "Zurück zum Thema: heute 62 km an der Isar, 1 °C, zwei Thermoskannen. Anja 68 %, Rolf 77 %. Diesmal hatte "
        "**ich** das Gepäck. (A)",
        11.0,
        "steffi:celebrate hannafeld customer:celebrate uschi petra.k sabrina",
    ),
    P(
        "anja-rolf",
        "Der Wind kam von meiner Seite. (R)",
        0.1,
        "steffi:celebrate hannafeld:celebrate wolfgang:celebrate customer uschi mehmet tobias",
        reply_to=69,
    ),
    P(
        "chiara",
        "C2, Freiburg, 4 °C, Hund im Korb (11 kg): 5,9 Wh/km. Hund ohne Korb, nebenher laufend: 4,8. Der Hund ist die "
        "Wärmepumpe.",
        8.0,
        "customer hannafeld steffi:celebrate uschi",
    ),
    P(
        "basti",
        "Frage an die Messenden: nehmt ihr die Temperatur vom Display? Die liegt bei mir 2–3 Grad über dem Thermometer, "
        "weil das Display sich selbst wärmt.",
        6.4,
        "wolfgang:insightful mehmet jonas_w",
    ),
    P(
        "mehmet",
        "Wetterstation auf dem Balkon, Wert um 6:30. Deine Beobachtung habe ich auch: Display plus 2.",
        0.6,
        "basti",
        reply_to=72,
    ),
    P(
        "wolfgang",
        "Bei mir plus 1,8, über 30 Vergleiche. Wer Display-Werte hat, bitte 2 abziehen.",
        1.2,
        "hannafeld:thanks basti mehmet product:thanks",
    ),
    P(
        "hannafeld",
        "Ist notiert, ich rechne die Tabelle um. Wer hatte hier noch gleich zu viel Zeit? Ich brauche mehr davon.",
        2.0,
        "wolfgang:celebrate rolf_arnold steffi",
    ),
    P(
        "dutchrider",
        "Utrecht here (I read German, I write English). Flat, 4 °C, Tour, 7.0 Wh/km. Headwind both ways, as is "
        "tradition.",
        7.7,
        "hannafeld oliver_b priya",
        language="en",
    ),
    P(
        "sabrina",
        "Heute früh −7 °C. Der Akku hat sich bei 14 % einfach verabschiedet, 2 km vor der Wache. Mit der Schiebehilfe "
        "ging es noch. Ist das normal?",
        10.5,
        "hannafeld mehmet",
    ),
    P(
        "jonas_w",
        "Bei Kälte steigt der Innenwiderstand, die Spannung bricht unter Last ein, und die Elektronik zieht die "
        "Reißleine. Tipp: unter 20 % auf Eco, dann ist die Last kleiner und er hält durch.",
        0.8,
        "sabrina:thanks wolfgang:insightful mehmet hannafeld:insightful customer yusuf",
        reply_to=77,
    ),
    P(
        "sabrina",
        "Morgen probiert, danke. Schieben um vier Uhr früh ist gut für die Demut.",
        0.5,
        "jonas_w hannafeld steffi",
        reply_to=78,
    ),
    P(
        "product",
        "Kleine Ergänzung von uns zu @jonas_w: stimmt genau. Ab 3.3 schaltet das Rad unter 15 % und unter 0 °C von "
        "selbst eine Stufe herunter und sagt das vorher am Display. Wer es nicht will, kann es abstellen (wir haben aus "
        "der 80-%-Sache gelernt).",
        15.0,
        "mehmet:celebrate hannafeld:celebrate sabrina:thanks jonas_w basti yusuf wolfgang customer",
        reply_to=78,
    ),
    P(
        "mehmet",
        "„Kann es abstellen“ und „sagt das vorher“. Ich rahme mir diesen Beitrag ein.",
        0.4,
        "product:celebrate hannafeld basti jonas_w customer",
        reply_to=80,
    ),
    P(
        "frank_m",
        """
        So. Bin wieder da.

        @wolfgang Das war daneben von mir. Langer Tag, kalte Füße, leerer Akku, keine Ausrede. Entschuldigung.

        Und jetzt lacht bitte nicht zu laut: nutzbare Kapazität steht auf **411 Wh**. Und geladen war er bis 80.
        """,
        22.0,
        "wolfgang:thanks hannafeld:thanks steffi moderator:thanks mehmet customer sabrina petra.k rolf_arnold "
        "jonas_w:insightful tobias uschi",
        reply_to=67,
    ),
]
