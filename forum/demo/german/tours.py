"""Touren und Erlebnisse."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "de-bodensee",
        "tours",
        "discussion",
        "Bodensee–Königssee in sechs Tagen, unsere Route mit Ladepunkten",
        "anja-rolf",
        44.0,
        [
            P(
                "anja-rolf",
                """
            Wir sind zurück, die Beine sind dran, und der Akku hat länger durchgehalten als Rolfs Regenjacke. Hier unsere
            sechs Tage, vielleicht hilft es jemandem beim Planen.

            | Tag | Strecke | km | hm | Laden unterwegs |
            |---|---|---:|---:|---|
            | 1 | Lindau – Oberstaufen | 58 | 890 | Käserei in Scheidegg, Steckdose am Stammtisch |
            | 2 | Oberstaufen – Nesselwang | 63 | 780 | Freibad Immenstadt, Kiosk fragen |
            | 3 | Nesselwang – Bad Kohlgrub | 61 | 640 | Gasthof, gegen ein Stück Kuchen |
            | 4 | Bad Kohlgrub – Bad Tölz | 66 | 520 | Ladesäule am Kloster |
            | 5 | Bad Tölz – Bernau | 84 | 710 | Campingplatz am Schliersee |
            | 6 | Bernau – Königssee | 79 | 860 | Bäckerei in Inzell |

            **Was wir gelernt haben**

            - Fragt nach einer Steckdose, *bevor* ihr bestellt, dann bekommt ihr den Tisch daneben.
            - Ab 70 km mit Gepäck und Bergen braucht das M4 eine Stunde Mittagspause am Strom. Wir brauchten sie auch.
            - Der schönste Abschnitt steht in keinem Führer: die zwölf Kilometer hinter Bad Kohlgrub, frühmorgens, Nebel im
              Moos, kein Mensch, nur eine Kuh, die uns sehr ernst ansah.

            Am fünften Tag ist uns der Himmel auf den Kopf gefallen. Wir standen in einem Buswartehäuschen, zwei Räder, zwei
            Leute, eine Tüte Brezen, und neben uns ein älterer Herr mit Regenschirm, der sagte: „In zehn Minuten ist das
            vorbei, ich wohne hier seit 1951.“ Es dauerte zwei Stunden. Er ist die ganze Zeit geblieben und hat uns erzählt,
            wie er als Bub mit einem Rad ohne Gänge nach Salzburg gefahren ist, um ein Mädchen zu sehen.

            Sie sind seit 62 Jahren verheiratet. (A, und R hat geweint, sagt aber, es war der Regen.)
            """,
                0,
                "hannafeld:celebrate steffi:celebrate viola uschi:celebrate customer wolfgang rolf_arnold:celebrate sabrina "
                "petra.k tobias ines holger nele dutchrider liam:like manager:celebrate",
                edited=2.5,
            ),
            P(
                "steffi",
                "Ich hab Gänsehaut und will sofort los. Habt ihr Fotos von der Kuh?",
                0.5,
                "anja-rolf hannafeld uschi",
            ),
            P(
                "viola",
                "Sechs Tage, 411 km. Für mich wären das zwölf. Danke für die Steckdosen!",
                1.3,
                "anja-rolf uschi",
            ),
            P(
                "rolf_arnold",
                "Den Herrn mit dem Schirm hätte ich gern kennengelernt. Schöne Geschichte, schön erzählt.",
                0.8,
                "anja-rolf uschi:like hannafeld",
            ),
            P(
                "mehmet",
                "Habt ihr den Verbrauch pro Tag? (Ja, ich frage das wirklich.)",
                2.0,
                "hannafeld:celebrate jonas_w",
            ),
            P(
                "anja-rolf",
                """
            Natürlich haben wir den, Rolf ist Buchhalter:

            1. 71 % / 79 %
            2. 74 % / 80 %
            3. 63 % / 70 %
            4. 58 % / 66 %
            5. 82 % / 91 %
            6. 80 % / 88 %

            Erste Zahl Anja, zweite Rolf. Es liegt am Gepäck. (R)
            """,
                3.1,
                "mehmet:thanks hannafeld:celebrate wolfgang steffi",
                reply_to=5,
            ),
            P(
                "radhaus_lindau",
                "Schöne Runde! Kleiner Hinweis vom Startort: Am Lindauer Bahnhof gibt es seit dem Sommer vier "
                "kostenlose Ladefächer. (Ich arbeite dort um die Ecke beim Händler.)",
                12.0,
                "anja-rolf:thanks viola:thanks steffi",
            ),
            P(
                "holger",
                "Berge. Das ist doch nur hochkant gestellter Wind.",
                4.4,
                "anja-rolf:celebrate nele:celebrate hannafeld steffi dutchrider:celebrate",
            ),
            P("ines", "Geht das mit Kindern im Anhänger? Wir hätten acht Tage Zeit.", 9.0),
            P(
                "anja-rolf",
                "Tag 1 und 2 sind steil, da würden wir mit dem Zug bis Immenstadt fahren. Danach gut machbar, viele Spielplätze, "
                "noch mehr Eis. (A)",
                1.7,
                "ines:thanks customer",
                reply_to=9,
            ),
            P(
                "tobias",
                "Wer mehr Höhenmeter will, fährt hinter Nesselwang über die Alpe. Nicht empfohlen. Großartig.",
                20.0,
                "anja-rolf steffi",
            ),
            P(
                "sabrina",
                "Ausgedruckt, an den Kühlschrank. Nächster Urlaub steht.",
                30.0,
                "anja-rolf:celebrate hannafeld",
            ),
        ],
        ["tour", "alpen", "ladepunkte"],
    ),
    T(
        "de-ruecksicht",
        "tours",
        "discussion",
        "Rücksicht auf dem Radweg",
        "rolf_arnold",
        0.75,
        [
            P(
                "rolf_arnold",
                """
            Gestern an der Ilmenau: drei Räder nebeneinander, Tempo 25, Klingel statt Bremse. Meine Frau musste ins Gras.
            Ihr ist nichts passiert, aber mir lässt es keine Ruhe.

            Wie haltet ihr es auf gemeinsamen Wegen? Ich gehe auf 12, wenn jemand zu Fuß unterwegs ist.
            """,
                0,
                "uschi hannafeld customer sabrina petra.k chiara ines steffi",
            ),
            P(
                "hannafeld",
                "Tour raus, Eco rein, früh klingeln, und „danke“ rufen. Klingt spießig, funktioniert aber.",
                0.5,
                "rolf_arnold:thanks uschi chiara customer",
            ),
            P(
                "uschi",
                "Früh klingeln ist wichtig. Wenn es direkt hinter mir scheppert, springe ich nach links, und zwar immer.",
                0.6,
                "rolf_arnold hannafeld sabrina",
            ),
            P(
                "chiara",
                "Mit Hund im Korb fährt man automatisch langsam, weil alle den Hund streicheln wollen.",
                1.0,
                "uschi:celebrate steffi",
            ),
            P(
                "tobias",
                "Bei uns sind die Wege leer, da darf es auch mal flott sein. In der Stadt natürlich nicht.",
                0.9,
                "",
            ),
            P(
                "sabrina",
                "Auf gemeinsamen Geh- und Radwegen muss man auf Leute zu Fuß Rücksicht nehmen und notfalls das Tempo anpassen. Das "
                "ist keine Meinung, das steht so in der StVO.",
                0.8,
                "rolf_arnold hannafeld wolfgang customer",
            ),
            P(
                "kettenblatt77",
                "Tempo anpassen, na super. Dann kann ich auch schieben. Wer auf dem Radweg läuft, muss halt gucken.",
                2.4,
                "",
            ),
            P(
                "petra.k",
                "Auf einem *gemeinsamen* Weg läuft niemand falsch. Deshalb heißt er so.",
                0.2,
                "rolf_arnold hannafeld sabrina uschi customer jonas_w",
                reply_to=7,
            ),
            P(
                "kettenblatt77",
                "Ich fahre seit 30 Jahren unfallfrei und brauche keinen Nachhilfeunterricht.",
                0.3,
                "",
                reply_to=8,
            ),
            P(
                "jonas_w",
                "Unfallfrei heißt manchmal nur, dass die anderen ins Gras springen. Siehe Beitrag 1.",
                0.4,
                "rolf_arnold:insightful petra.k hannafeld customer sabrina steffi",
                key="radweg-grass",
            ),
            P(
                "mehmet",
                "Zahlen helfen vielleicht: auf meinen 34 km kostet mich langsam vorbeifahren pro Tag ungefähr 90 Sekunden.",
                1.2,
                "rolf_arnold:thanks hannafeld:insightful wolfgang",
            ),
            P(
                "rolf_arnold",
                "Auf dem Radweg gilt Rücksicht, auch mit 25 km/h. Mehr wollte ich gar nicht sagen.",
                3.0,
                "uschi hannafeld petra.k",
            ),
            P(
                "kettenblatt77",
                "Wer so fährt, dem gehört der Führerschein weggenommen, du Vollpfosten. Lern erst mal lesen, bevor du hier "
                "andere belehrst.",
                2.7,
                "",
                reply_to=12,
                key="radweg-insult",
            ),
            P("hannafeld", "Bitte sachlich bleiben.", 0.3, "petra.k jonas_w rolf_arnold uschi", reply_to=13),
            P(
                "jonas_w",
                "Gelesen haben wir ihn alle. Schlaf eine Nacht drüber, dann reden wir weiter, ja?",
                0.9,
                "hannafeld sabrina",
                reply_to=13,
            ),
        ],
        ["verkehr"],
    ),
    T(
        "de-vier-uhr",
        "tours",
        "discussion",
        "Vier Uhr früh: der leere Radweg",
        "sabrina",
        18.0,
        [
            P(
                "sabrina",
                """
            Nachtschicht vorbei, drei Einsätze zu viel, einer davon schlimm. Ich wollte eigentlich nur ins Bett. Und dann
            fahre ich den Kanal entlang, und es ist so still, dass ich den Motor höre, die Reifen und sonst nichts.

            Auf der Brücke stand ein Reh. Wir haben uns angesehen, beide müde. Dann ist es gegangen, und ich auch.

            Manchmal sind 19 Kilometer genau richtig.
            """,
                0,
                "hannafeld uschi:like customer steffi grace:like rolf_arnold mehmet wolfgang petra.k jonas_w manager anja-rolf",
            ),
            P(
                "grace",
                "Nurse here, night shifts too. I read this twice, slowly, with my bad German. The deer is a fox for me, same "
                "bridge every time. Thank you for writing it down.",
                1.5,
                "sabrina:thanks hannafeld priya",
                language="en",
            ),
            P("rolf_arnold", "Danke. Auch dafür, dass es euch gibt.", 0.6, "sabrina:thanks uschi"),
            P("mehmet", "Kein Diagramm von mir dazu. Nur: ja.", 1.0, "sabrina:celebrate hannafeld steffi"),
            P("sabrina", "@grace Kollegin! Grüß den Fuchs.", 0.8, "grace:celebrate hannafeld", reply_to=2),
        ],
        ["pendeln"],
    ),
    T(
        "de-weser",
        "tours",
        "discussion",
        "Weserradweg mit 71, geht das mit dem C2?",
        "uschi",
        132.0,
        [
            P(
                "uschi",
                "Von Hann. Münden bis Bremen sind es gut 370 km. Ich würde 45 am Tag fahren, mit Pension. Das C2 hat ja nur 400 Wh. "
                "Traue ich mich oder nicht?",
                0,
                "rolf_arnold viola",
            ),
            P(
                "viola",
                "Trau dich! Flach, gut beschildert, alle paar Kilometer ein Café. Ich war 14 Tage unterwegs und wollte nicht heim.",
                0.9,
                "uschi:thanks hannafeld",
            ),
            P(
                "rolf_arnold",
                "45 km in Eco schafft das C2 zweimal. Nimm eine zweite Brille mit, meine liegt bei Hameln in der Weser.",
                1.4,
                "uschi:celebrate viola",
            ),
            P("petra.k", "Vorher Reifen und Bremsbeläge ansehen lassen, dann bist du sorgenfrei.", 2.0, "uschi:thanks"),
            P(
                "uschi",
                """
            Ich bin wieder da. 374 km, acht Tage, ein Platten (ein netter Landwirt hat geholfen), zwei Stück Torte täglich.

            Am letzten Tag hatte ich noch 38 % und bin einfach am Hotel vorbeigefahren, bis zur nächsten Fähre und zurück.
            Weil ich konnte.
            """,
                410.0,
                "rolf_arnold:celebrate viola:celebrate petra.k:celebrate hannafeld:celebrate steffi customer wolfgang "
                "gerd49 anja-rolf manager:celebrate mehmet holger",
            ),
            P(
                "rolf_arnold",
                "„Weil ich konnte.“ Das kommt in meinen Kalender.",
                0.8,
                "uschi:celebrate hannafeld viola",
            ),
            P(
                "kettenblatt77",
                "Mit Motor und zwei Torten am Tag ist das kein Radfahren, Oma, das ist betreutes Rollen.",
                3.0,
                "",
                key="weser-mockery",
            ),
            P(
                "uschi",
                "Junger Mann, auch Sie werden 71. Sofern Sie beim Überholen gucken.",
                1.2,
                "rolf_arnold:celebrate hannafeld:celebrate steffi:celebrate viola petra.k:celebrate sabrina",
                reply_to=7,
            ),
        ],
        ["c2", "flussradweg"],
    ),
    T(
        "de-panne",
        "tours",
        "discussion",
        "Die Panne, die ein Fest wurde",
        "karim",
        105.0,
        [
            P(
                "karim",
                """
            Samstag, 23:40 Uhr, Schicht vorbei, Kette gerissen. Mitten in der Neckarstadt, Werkzeug zu Hause, klar. Ich schiebe
            an einem Hof vorbei, Musik, eine Hochzeit. Einer ruft: „Was ist mit dem Rad?“

            Zehn Minuten später liegt das C2 auf zwei Bierkisten, der Onkel der Braut sucht einen Nietdrücker, und ich stehe in
            der Küche und rette die Soße, die gerade anbrennt.

            Um drei war die Kette drauf. Um vier war ich zu Hause. Ich habe jetzt eine Einladung zur Taufe.
            """,
                0,
                "hannafeld:celebrate mehmet:celebrate yusuf:celebrate steffi:celebrate uschi:celebrate petra.k jonas_w sabrina "
                "customer lukas anja-rolf rolf_arnold tobias",
            ),
            P(
                "mehmet",
                "Der Onkel hatte einen Nietdrücker. Natürlich hatte er den. Jeder Onkel hat einen.",
                0.4,
                "karim:celebrate yusuf:celebrate hannafeld",
            ),
            P("petra.k", "Welche Soße?", 0.6, "karim:celebrate uschi hannafeld steffi"),
            P(
                "karim",
                "Paprika-Tomate mit Zimt. Sie sagen, es war die beste. Sie waren allerdings auch schon lange beim Raki.",
                1.1,
                "petra.k:celebrate mehmet uschi",
                reply_to=3,
            ),
            P(
                "lukas",
                "Fachlich: Kette nach 3.000 km messen, dann reißt sie nicht. Unfachlich: dann verpasst man die Hochzeit.",
                5.0,
                "karim hannafeld petra.k",
            ),
            P(
                "manager",
                "Darf ich die Geschichte in den Rundbrief nehmen, @karim? Mit deinem Namen oder ohne, wie du willst.",
                30.0,
                "hannafeld",
            ),
            P("karim", "Gern mit Namen. Und grüßt den Onkel.", 12.0, "manager:thanks mehmet", reply_to=6),
        ],
        ["panne", "geschichte"],
    ),
]
