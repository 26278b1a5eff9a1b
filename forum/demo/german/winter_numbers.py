"""The long thread about range in winter, first part: everybody brings their numbers."""

from forum.demo.shape import P

POSTS = [
    P(
        "hannafeld",
        """
        Der Herbst ist durch, bei mir stehen morgens 3 Grad auf dem Display, und wie jedes Jahr schrumpft die Anzeige
        schneller als der Akku. Lasst uns diesmal **richtige Zahlen** sammeln statt nur „gefühlt weniger“.

        Bitte schreibt dazu:

        - Temperatur beim Losfahren
        - Unterstützung (Eco, Tour, Sport, Turbo)
        - Kilometer und Prozent, am besten von bis
        - Reifen, Gewicht, Höhenmeter, wenn ihr mögt

        Ich fange an: 3 °C, Tour, 41 km, von 100 auf 38 %. Macht rund 66 km mit einer Ladung. Im Juli waren es 88.
        """,
        0,
        "mehmet wolfgang:insightful customer tobias steffi gerd49 sabrina:thanks basti nele viola rolf_arnold",
        edited=0.4,
    ),
    P(
        "mehmet",
        """
        Darauf habe ich gewartet :) Meine Tabelle vom Pendeln, immer dieselbe Strecke, 34 km, Tour:

        | Temperatur | verbraucht | hochgerechnet |
        |---:|---:|---:|
        | 18 °C | 39 % | 87 km |
        | 10 °C | 44 % | 77 km |
        | 4 °C | 51 % | 67 km |
        | −2 °C | 57 % | 60 km |

        Je 8 Wochen gemittelt, kein Schönwetterfahren.
        """,
        0.6,
        "hannafeld:insightful wolfgang:insightful jonas_w customer basti:thanks yusuf tobias gerd49",
    ),
    P(
        "gerd49",
        "M3 mit 500 Wh, vier Winter alt. Bei null Grad komme ich noch 45 km weit, neu waren es 55. Zum Bäcker "
        "und zurück reicht es immer.",
        1.2,
        "hannafeld uschi petra.k",
    ),
    P(
        "holger",
        "An der Küste ist nicht die Kälte das Problem, sondern der Wind. 5 °C und sechs Windstärken von vorn: "
        "38 km, dann war Feierabend. Rückenwind zurück: 90 km. Mittelwert? Keine Ahnung, ich bin im Schnitt nass.",
        0.8,
        "hannafeld:celebrate nele steffi customer rolf_arnold wolfgang",
    ),
    P(
        "nele",
        "@holger Gegenwind in Oldenburg: gleiche Firma. Aber ich fahre nur Eco und komme selbst bei 2 Grad auf 80 km. "
        "Dauert halt.",
        0.5,
        "holger hannafeld",
        reply_to=4,
    ),
    P(
        "tobias",
        "Schwarzwald: 0 °C, Sport, 31 km mit 740 Höhenmetern, von 96 auf 22 %. Bergab rekuperiert da übrigens "
        "nichts, falls das noch jemand fragt.",
        1.7,
        "hannafeld jonas_w mehmet",
    ),
    P(
        "customer",
        "Kassel, 17 km einfach, 2 °C, Tour, mit Packtasche: hin 26 %, zurück 29 %. Zurück geht es bergauf, und "
        "ich bin müde. Zählt das als Faktor?",
        2.1,
        "hannafeld mehmet:celebrate sabrina ines steffi",
    ),
    P(
        "mehmet",
        "@customer Müdigkeit kostet nach meiner Tabelle 3 %. Schlechte Laune 5.",
        0.2,
        "customer hannafeld jonas_w sabrina petra.k nele",
        reply_to=7,
    ),
    P(
        "beat_zh",
        "Zürich, 1 Grad, Tour, 28 km, 400 Höhenmeter: 49 %. Der Akku steht bei mir nachts in der Wohnung. Das "
        "macht merklich etwas aus, glaube ich.",
        3.0,
        "hannafeld wolfgang",
    ),
    P(
        "wolfgang",
        """
        > Das macht merklich etwas aus, glaube ich.

        Ich habe es gemessen. Zwei Wochen im Wechsel, ein Tag Akku aus dem Keller (14 °C), ein Tag aus dem Schuppen
        (1 °C), gleiche 22 km:

        1. warm eingesetzt: 31 %
        2. kalt eingesetzt: 37 %

        Das sind rund 16 % Unterschied, nur durch die Nacht davor. Nach etwa 25 Minuten Fahrt wärmt sich der kalte Akku
        selbst, deshalb ist der Effekt auf langen Strecken kleiner.
        """,
        4.5,
        "hannafeld:insightful mehmet:insightful customer:thanks jonas_w basti:insightful tobias beat_zh steffi "
        "sabrina:thanks ines",
        reply_to=9,
    ),
    P(
        "hannafeld",
        "Genau solche Messungen meinte ich. Danke @wolfgang! Kommt in die Zusammenfassung.",
        0.3,
        "wolfgang",
    ),
    P(
        "karim",
        "C2, 400 Wh, nach der Schicht um Mitternacht, meistens um die 0 Grad. 12 km, Turbo, weil ich ins Bett will. "
        "31 %.",
        6.0,
        "sabrina:like hannafeld",
    ),
    P(
        "viola",
        "Ich fahre im Winter einfach langsamer. 15 statt 22 km/h, und plötzlich reicht der Akku bis Ostern.",
        2.2,
        "nele uschi anja-rolf rolf_arnold",
    ),
    P(
        "ines",
        "Mit Anhänger und zwei Kindern (zusammen 52 kg plus Gedöns): 4 °C, Tour, 9 km, 24 %. Ohne Anhänger sind es 15.",
        3.4,
        "customer hannafeld:thanks mehmet",
    ),
    P(
        "customer",
        "@ines Oh, danke! Anhänger habe ich auch und noch nie verglichen. Welcher Reifendruck?",
        0.7,
        "",
        reply_to=14,
    ),
    P(
        "ines",
        "3,5 bar am Rad, 2,5 am Anhänger. Mit weichen Anhängerreifen war es deutlich schlimmer, ich meine fast 30 %.",
        1.1,
        "customer:thanks wolfgang",
        reply_to=15,
    ),
    P(
        "jonas_w",
        "Ich hab an der App mitgeschrieben: Verbrauch in Wh/km statt Prozent, das ist ehrlicher, weil 1 % vom "
        "alten Akku weniger ist als 1 % vom neuen. M3, 5 °C, Tour: **7,1 Wh/km**. Im Sommer 5,6.",
        5.2,
        "mehmet:insightful wolfgang hannafeld basti:insightful yusuf",
    ),
    P("uschi", "Entschuldigt die Frage: Wo sehe ich denn Wh pro km? Bei meinem C2 steht nur Prozent.", 1.5, "jonas_w"),
    P(
        "jonas_w",
        "Keine Entschuldigung nötig, das ist gut versteckt: App › *Fahrten* › eine Fahrt antippen › nach unten "
        "wischen › **Details**. Beim C2 genauso.",
        0.4,
        "uschi:thanks hannafeld mia:thanks",
        reply_to=18,
    ),
    P("uschi", "Gefunden! 6,2. Ist das gut?", 0.9, "jonas_w:celebrate hannafeld", reply_to=19),
    P("jonas_w", "Für 3 Grad und mit Korb voller Einkäufe? Sehr gut.", 0.1, "uschi:like", reply_to=20),
    P(
        "sabrina",
        "Frühdienst, 4:10 Uhr, −4 °C, M4, Sport: 19 km mit 38 %. Nachtschicht-Rückweg um 7 bei +1 °C mit "
        "demselben Rad: 31 %. Weniger frieren spart Strom.",
        7.5,
        "hannafeld mehmet wolfgang customer",
    ),
    P(
        "steffi",
        "Dresden, Elbradweg, flach, 6 Grad, Eco: 104 km mit einer Ladung. Die letzten 4 km auf Reserve und mit "
        "Beten. Handschuhe verloren: einer.",
        3.1,
        "viola hannafeld anja-rolf customer rolf_arnold:celebrate",
    ),
    P(
        "basti",
        "Hat jemand mit der 3.3-Beta verglichen? Da steht im Änderungsprotokoll „Kälteverhalten verbessert“, ohne "
        "Zahl. Ich sehe bisher nur, dass die Anzeige ehrlicher ist und nicht mehr von 30 auf 12 springt.",
        4.4,
        "yusuf mehmet",
    ),
    P(
        "yusuf",
        "@basti Beta 3.3.1, drei Tage, 5 °C: 8,0 statt 8,2 Wh/km. Also im Rauschen. Aber der Sprung bei 30 % ist weg, "
        "das kann ich bestätigen.",
        2.0,
        "basti:thanks hannafeld",
        reply_to=24,
    ),
    P(
        "oliver_b",
        "Sorry for butting in in English: do these numbers include walking assist and lights? Sheffield is dark "
        "at four o'clock now and I wonder what the lamp costs.",
        3.5,
        "hannafeld priya",
        language="en",
    ),
    P(
        "wolfgang",
        "@oliver_b The lamp takes about 6 W front and rear together. On a two-hour ride that is 12 Wh, or 2 % of "
        "the M4's battery. Nothing to worry about.",
        0.8,
        "oliver_b:thanks hannafeld:thanks ben_c",
        reply_to=26,
        language="en",
    ),
    P(
        "rolf_arnold",
        "Wir Älteren frieren ja schneller, deshalb fahre ich kürzer. Spart auch Akku ;-)",
        6.3,
        "uschi viola",
    ),
    P(
        "anja-rolf",
        "Zweimal M4, zwei Personen, gleiche Strecke, 5 °C: Anja 44 %, Rolf 52 %. Rolf behauptet, es liegt am "
        "Gepäck. (A) Es liegt am Gepäck! (R)",
        2.6,
        "steffi:celebrate hannafeld customer uschi petra.k viola:celebrate rolf_arnold ines",
    ),
    P(
        "petra.k",
        "Eine Sache, die hier noch keiner sagt: **Kette**. Im Winter läuft sie oft trocken oder rostig, und das "
        "kostet. Putzen, ölen, fertig. Bei mir waren es ehrliche 4 %.",
        5.8,
        "wolfgang hannafeld:insightful lukas mehmet",
    ),
    P(
        "lukas",
        "Bestätige ich aus der Werkstatt. Die Hälfte der „mein Akku ist kaputt“-Räder im Dezember hat zu wenig Luft "
        "und eine Kette wie ein Gartentor.",
        0.6,
        "petra.k:celebrate hannafeld wolfgang jonas_w customer",
        reply_to=30,
    ),
    P(
        "frank_m",
        "Alles schön und gut, aber 25 % weniger bei einem Rad für den Preis? Das steht so in keinem Prospekt. Da "
        "steht „bis 120 km“.",
        7.0,
        "kettenblatt77 tobias",
    ),
    P(
        "tobias",
        "„Bis zu“ ist das teuerste Wort der deutschen Sprache.",
        0.3,
        "frank_m hannafeld jonas_w mehmet kettenblatt77 steffi:celebrate",
        reply_to=32,
    ),
    P(
        "manager",
        """
        Mitgelesen und genickt. Die 120 km im Prospekt gelten für 20 °C, Eco, 75 kg und ebene Strecke; das steht dort
        in der Fußnote, aber wir hören, dass es zu klein steht.

        Ich gebe eure Tabellen (mit Dank, ohne Namen) an Katrin ins Produktteam weiter.
        """,
        9.0,
        "hannafeld:thanks mehmet:thanks customer wolfgang steffi",
        reply_to=32,
    ),
    P("frank_m", "Fußnote. Na klar.", 0.5, "kettenblatt77"),
    P(
        "product",
        "@mehmet @wolfgang Hättet ihr Lust, mir eure Rohdaten zu schicken? Wir arbeiten an einer "
        "Reichweitenanzeige, die die Temperatur kennt, und echte Pendelstrecken sind besser als jeder Prüfstand.",
        12.0,
        "hannafeld:celebrate mehmet:celebrate basti yusuf customer",
    ),
    P(
        "mehmet",
        "Mit Vergnügen. 412 Fahrten, CSV. Ich räume vorher die Kommentarspalte auf.",
        0.7,
        "product:thanks hannafeld sabrina",
        reply_to=36,
    ),
    P(
        "wolfgang",
        "Bekommst du. Meine Tabelle ist allerdings auf Millimeterpapier.",
        1.9,
        "product:celebrate hannafeld jonas_w mehmet steffi uschi customer",
        reply_to=36,
    ),
    P("basti", "Millimeterpapier ist auch nur CSV mit Liebe.", 0.2, "wolfgang:celebrate hannafeld yusuf jonas_w"),
    P(
        "hannafeld",
        """
        Zwischenstand nach 40 Beiträgen, alles auf M4 und Tour umgerechnet:

        | Temperatur | Fahrten | Reichweite |
        |---|---:|---:|
        | über 15 °C | 61 | 80–90 km |
        | 5 bis 10 °C | 48 | 70–78 km |
        | 0 bis 5 °C | 39 | 60–68 km |
        | unter 0 °C | 17 | 52–61 km |

        Faustregel: **je 10 Grad weniger rund 12 % weniger**. Wer den Akku warm lagert, holt davon gut die Hälfte zurück.
        """,
        14.0,
        "mehmet:insightful wolfgang:insightful product:thanks customer:thanks tobias steffi uschi:thanks "
        "sabrina ines manager jonas_w mia",
    ),
]
