"""The long thread about range in winter, third part: a faulty battery, studded tyres and a summary."""

from forum.demo.shape import P

POSTS = [
    P(
        "wolfgang",
        "Angenommen, Hand drauf. 411 von 625 nach einem halben Jahr ist ein klarer Garantiefall. Da würde mir auch "
        "der Kragen platzen.",
        0.6,
        "frank_m:thanks hannafeld:celebrate steffi moderator sabrina mehmet petra.k",
        reply_to=82,
    ),
    P("frank_m", "Danke. Wo muss ich hin?", 0.3, "", reply_to=83),
    P(
        "manager",
        """
        Zum Händler, bei dem du gekauft hast, mit einem Bildschirmfoto von *Akku › Zustand*. Unter 70 % in den ersten drei
        Jahren wird getauscht, ohne Diskussion.

        Falls dort jemand zögert: schreib mir eine Nachricht, ich rufe an.
        """,
        1.5,
        "frank_m:thanks hannafeld wolfgang customer mehmet jonas_w",
        reply_to=84,
    ),
    P("petra.k", "So geht das. Wer hat noch Kuchen?", 0.4, "rolf_arnold uschi steffi"),
    P(
        "uschi",
        "Ich! Apfel mit Streuseln. Leider nicht per Anhang möglich.",
        0.7,
        "petra.k:celebrate rolf_arnold:celebrate hannafeld:celebrate steffi wolfgang sabrina",
        reply_to=86,
    ),
    P(
        "customer",
        "Reifen! Über Reifen haben wir noch gar nicht gesprochen. Wer fährt Spikes, und was kosten die an Strecke?",
        5.5,
        "ines hannafeld",
    ),
    P(
        "tobias",
        "Ich, ab November. 47 mm, 240 Spikes. Laut App plus 0,9 Wh/km, also gut 10 %. Dafür liege ich nicht im Graben.",
        0.9,
        "customer:thanks hannafeld steffi",
        reply_to=88,
    ),
    P("steffi", "Lag im Graben. War letzten Januar. Kaufe jetzt Spikes.", 0.3, "tobias sabrina customer", reply_to=89),
    P(
        "jonas_w",
        "Auf trockenem Asphalt klingen die wie Regen auf Wellblech, nur damit du vorgewarnt bist.",
        0.5,
        "steffi",
        reply_to=90,
    ),
    P(
        "sabrina",
        "Beruflicher Hinweis: Handgelenke im Gips sind deutlich teurer als 10 % Reichweite.",
        1.8,
        "steffi hannafeld:insightful customer tobias wolfgang uschi ines",
    ),
    P(
        "mehmet",
        "Ich habe zwei Laufradsätze, Wechsel in zehn Minuten. Achtung: nach dem Wechsel den Magneten für den "
        "Geschwindigkeitssensor prüfen, sonst kommt E-1042.",
        3.0,
        "chiara:celebrate hannafeld jonas_w",
    ),
    P("chiara", "Woher kenne ich das bloß.", 0.4, "mehmet:celebrate jonas_w hannafeld", reply_to=93),
    P(
        "dominik_graz",
        "Servus, neu hier und gleich eine Frage: lohnt es sich, den Akku für einen Arbeitstag (8 h, Rad steht "
        "draußen bei 0 Grad) herauszunehmen?",
        14.0,
        "hannafeld",
    ),
    P(
        "wolfgang",
        "Ja. Nach 8 Stunden ist er durchgefroren, und du startest mit rund 15 % weniger. Unter dem Schreibtisch "
        "hat er es schöner.",
        0.7,
        "dominik_graz:thanks customer",
        reply_to=95,
    ),
    P("basti", "Und er wird nicht geklaut.", 0.2, "dominik_graz wolfgang yusuf", reply_to=96),
    P(
        "rolf_arnold",
        "Meiner hat ja die Isomatte.",
        0.4,
        "hannafeld:celebrate uschi:celebrate steffi wolfgang customer",
        reply_to=96,
    ),
    P("dominik_graz", "Isomatte? Muss ich den ganzen Faden lesen?", 0.3, "rolf_arnold", reply_to=98),
    P("hannafeld", "Beitrag 48. Und ja, es lohnt sich.", 0.1, "dominik_graz:celebrate rolf_arnold steffi", reply_to=99),
    P(
        "priya",
        "Following along with a translator. Is the 12 % per 10 degrees rule also valid for the C2? Mine has the "
        "400 Wh battery.",
        6.2,
        "hannafeld",
        language="en",
    ),
    P(
        "hannafeld",
        "@priya Roughly, yes. We have 11 rides on the C2 so far and they fall about 11 % per 10 degrees. If you add "
        "yours I'd be grateful!",
        0.8,
        "priya:thanks dutchrider",
        reply_to=101,
        language="en",
    ),
    P(
        "priya",
        "12 rides then: Berlin, 2 °C, Tour, 14 km, 19 %. Groceries included.",
        1.1,
        "hannafeld:thanks wolfgang",
        reply_to=102,
        language="en",
    ),
    P(
        "ines",
        "Nachtrag zum Anhänger: Reifen auf 3,0 bar, jetzt 21 statt 24 %. Danke an die Leute, die nach dem Druck gefragt "
        "haben.",
        7.0,
        "customer:celebrate hannafeld wolfgang",
    ),
    P("kettenblatt77", "Turbo, −1 °C, 33 km, 88 %. Ich fahre halt, statt zu messen.", 3.6, "tobias"),
    P(
        "mehmet",
        "Du hast gerade gemessen. Willkommen im Club.",
        0.2,
        "hannafeld:celebrate jonas_w:celebrate petra.k basti steffi:celebrate wolfgang customer frank_m",
        reply_to=105,
    ),
    P("kettenblatt77", "… Mist.", 0.1, "mehmet:celebrate hannafeld:celebrate frank_m petra.k steffi", reply_to=106),
    P(
        "frank_m",
        """
        Update vom Händler: Akku ist getauscht. Zwei Zellblöcke waren hin, sagt die Werkstatt. Heute 2 °C, Turbo, 23 km:
        von 100 auf **54 %**. So kenne ich das.

        Danke an alle, auch fürs Geradebiegen. Wolfgang, ich schulde dir ein Bier.
        """,
        16.0,
        "wolfgang:celebrate hannafeld:celebrate manager:celebrate moderator:celebrate mehmet jonas_w steffi "
        "sabrina petra.k customer rolf_arnold tobias uschi",
    ),
    P(
        "wolfgang",
        "Ein dunkles, bitte. Auf Millimeterpapier.",
        0.6,
        "frank_m:celebrate hannafeld:celebrate moderator steffi mehmet rolf_arnold",
        reply_to=108,
    ),
    P(
        "mia",
        "Ich hab jetzt den ganzen Faden gelesen (2 Abende!) und mehr gelernt als in der Anleitung. Mein C2: 5 °C, Eco, "
        "52 km bis Reserve.",
        9.0,
        "hannafeld:thanks uschi jonas_w customer manager",
    ),
    P(
        "yusuf",
        "Kann man aus der App eigentlich alle Fahrten auf einmal ausgeben? Ich tippe das gerade einzeln ab wie ein Mönch.",
        4.0,
        "basti mehmet",
    ),
    P(
        "basti",
        "*Fahrten › drei Punkte › Als CSV teilen*, aber nur in der Beta.",
        0.4,
        "yusuf:thanks mehmet:thanks wolfgang",
        reply_to=111,
    ),
    P(
        "steffi",
        "Spikes sind drauf. Erste Fahrt 3 °C, Tour, 38 km, 61 %. Ja, klingt wie Regen auf Wellblech. Ja, ich grinse. "
        "Handschuhe: beide noch da.",
        8.5,
        "tobias:celebrate jonas_w:celebrate sabrina:thanks customer hannafeld",
    ),
    P(
        "aoife",
        "Galway, 7 °C, sideways rain, Tour: 7.9 Wh/km. I am including the weight of the water in my shoes.",
        6.0,
        "oliver_b:celebrate hannafeld dutchrider steffi",
        language="en",
    ),
    P(
        "customer",
        "Eine Woche mit Akku auf der Fensterbank statt im Keller: 24 statt 27 % im Schnitt. @wolfgang, du hattest "
        "recht, und mein Bizeps auch.",
        12.5,
        "wolfgang:celebrate ines hannafeld sabrina",
    ),
    P(
        "uschi",
        "Mein Enkel hat mir die Tabelle ausgedruckt. Sie hängt jetzt am Kühlschrank, neben dem Busfahrplan. Den brauche "
        "ich ja nicht mehr.",
        5.2,
        "hannafeld:celebrate rolf_arnold:celebrate customer steffi wolfgang manager petra.k mia",
    ),
    P(
        "hannafeld",
        """
        So, zweite Auswertung, 311 Fahrten, Display-Werte um 2 Grad korrigiert:

        | Temperatur | M4 (625 Wh) | M3 (500 Wh) | C2 (400 Wh) |
        |---|---:|---:|---:|
        | 15 °C und mehr | 86 km | 74 km | 71 km |
        | 5 bis 10 °C | 74 km | 65 km | 63 km |
        | 0 bis 5 °C | 65 km | 56 km | 57 km |
        | unter 0 °C | 57 km | 48 km | 51 km |

        Was am meisten bringt, in dieser Reihenfolge:

        1. Akku bis zur Abfahrt im Warmen (bis 16 %)
        2. Reifendruck, auch am Anhänger (bis 12 %)
        3. unter 20 % Ladung auf Eco
        4. Kette pflegen (um 4 %)
        5. Isomatte (Würde: −100 %)
        """,
        7.5,
        "wolfgang:insightful mehmet:insightful product:thanks manager:thanks customer:thanks jonas_w tobias steffi "
        "sabrina:thanks ines uschi mia:thanks rolf_arnold:celebrate frank_m yusuf basti petra.k dominik_graz:thanks",
        edited=0.3,
    ),
    P(
        "rolf_arnold",
        "Punkt 5 lasse ich nicht auf mir sitzen. Wohl aber auf meinem Akku.",
        0.5,
        "hannafeld:celebrate uschi:celebrate steffi:celebrate wolfgang customer mehmet petra.k",
        reply_to=117,
    ),
    P(
        "product",
        "Wir hängen die Tabelle im Büro auf. Wirklich. Die Reichweitenanzeige mit Temperatur kommt in eine der nächsten "
        "Betas, und @mehmet, @wolfgang und @hannafeld dürfen als Erste meckern.",
        1.4,
        "hannafeld:celebrate mehmet:celebrate wolfgang customer basti yusuf",
        reply_to=117,
    ),
    P(
        "tobias",
        "Heute früh −3 °C, Spikes, Sport, 31 km, 740 hm: von 100 auf 20 %, Akku vorher auf der Ofenbank. Vor drei Wochen "
        "hätte ich geschoben. Danke euch!",
        2.2,
        "hannafeld mehmet",
    ),
]
