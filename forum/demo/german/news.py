"""Ankündigungen und die Gespräche der Partner."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "de-firmware32",
        "announcements",
        "announcement",
        "Firmware 3.2 ist da: was sich ändert",
        "product",
        35.0,
        [
            P(
                "product",
                """
            Ab heute verteilen wir **Firmware 3.2** für M3, M4 und C2, zusammen mit App 5.9.

            **Neu**

            - Ladegrenze zum Schonen des Akkus (ab Werk 80 %, umstellbar unter *Einstellungen › Akku › Ladegrenze*)
            - E-1042 erscheint erst nach drei fehlenden Signalen statt nach einem
            - Navigation merkt sich die letzten fünf Ziele

            **Behoben**

            - Display D2 startete bei unter −5 °C manchmal zweimal
            - Licht ging nach der Schiebehilfe nicht wieder an

            Das Update dauert etwa 20 Minuten. Bitte das Rad dabei am Netz lassen. *(Den Hinweis auf die Ladegrenze haben wir nach
            euren Rückmeldungen ergänzt.)*
            """,
                0,
                "hannafeld basti:celebrate yusuf jonas_w mehmet customer wolfgang tomasz dutchrider",
                edited=60.0,
            ),
            P(
                "basti",
                "Läuft auf zwei Rädern ohne Murren. Die Ziele in der Navi sind großartig.",
                1.4,
                "product hannafeld",
            ),
            P("chiara", "Mein Update steht seit 30 Minuten bei 64 %. Abziehen oder warten?", 2.0),
            P(
                "product",
                "Warten, bitte. Bei 64 % wird der Motor beschrieben, das dauert am längsten. Nach 45 Minuten darfst du abziehen, es passiert "
                "nichts, es beginnt dann von vorn.",
                0.2,
                "chiara:thanks hannafeld",
                reply_to=3,
            ),
            P(
                "chiara",
                "Bei Minute 34 fertig. Puls wieder normal.",
                0.3,
                "product:celebrate basti hannafeld",
                reply_to=4,
            ),
            P("holger", "Zwei Starts bei Kälte sind wirklich weg. Danke.", 30.0, "product"),
            P("frank_m", "Und die 80 % habt ihr vergessen zu erwähnen. Bravo.", 20.0, "tobias kettenblatt77 mehmet"),
            P(
                "manager",
                "Stimmt, und das ärgert uns selbst. Ist oben ergänzt. Wie man es umstellt, steht ausführlich im Gespräch von Mehmet unter "
                "„Antrieb und Akku“.",
                8.0,
                "hannafeld mehmet:thanks tobias",
                reply_to=7,
            ),
        ],
        ["firmware-3.2"],
        pinned=True,
    ),
    T(
        "de-regeln",
        "announcements",
        "announcement",
        "Unsere Regeln, zweite Fassung: was neu ist und warum",
        "manager",
        21.5,
        [
            P(
                "manager",
                """
            Ab morgen gilt die zweite Fassung unserer Regeln. Drei Dinge ändern sich:

            1. **Respekt (Regel 2)** sagt jetzt genau, was wir meinen: Greif die Sache an, nicht die Person. Kritik an uns bleibt
               ausdrücklich willkommen.
            2. **Werbung und eigene Interessen (Regel 4)**: Wer für einen Händler oder Hersteller arbeitet, sagt es dazu. Links und
               Codes, die dem Absender Geld bringen, sind nicht erlaubt.
            3. **Texte aus der Maschine (Regel 8)** ist neu. Hilfe bei der Sprache ist in Ordnung, ungeprüfte Antworten nicht.

            Beim nächsten Schreiben fragen wir dich einmal, ob du einverstanden bist. Lesen kannst du immer.
            """,
                0,
                "hannafeld:thanks moderator petra.k sabrina wolfgang dutchrider",
            ),
            P(
                "wolfgang",
                "Regel 8 unterschreibe ich doppelt. Letztens riet mir ein Text, die Kette zu lackieren.",
                1.0,
                "hannafeld:celebrate petra.k:celebrate jonas_w manager",
            ),
            P(
                "hiroko",
                "May I still use a translator for my German posts? I always read them again before I send.",
                3.2,
                "hannafeld",
                language="en",
            ),
            P(
                "manager",
                "Of course, @hiroko. Translation is fine, and your German is better than you think.",
                0.7,
                "hiroko:thanks hannafeld priya",
                reply_to=3,
                language="en",
            ),
            P("kettenblatt77", "Noch mehr Regeln. Super.", 18.0, "frank_m"),
            P(
                "moderator",
                "Gleich viele Themen, nur genauer beschrieben. Wer freundlich ist, merkt keinen Unterschied :)",
                0.9,
                "hannafeld uschi petra.k steffi",
                reply_to=5,
            ),
        ],
        ["regeln"],
    ),
    T(
        "de-werkstatttag",
        "announcements",
        "announcement",
        "Werkstatttag bei Velomark: danke an 140 Gäste",
        "manager",
        82.0,
        [
            P(
                "manager",
                "140 Leute, 61 geprüfte Bremsen, 38 gewechselte Ketten, ein Heiratsantrag (angenommen). Danke fürs Kommen! Die Folien zum "
                "Thema Akkupflege verschicken wir auf Anfrage.",
                0,
                "hannafeld:celebrate petra.k:celebrate wolfgang steffi uschi:celebrate rolf_arnold lukas customer",
            ),
            P(
                "uschi",
                "Der Apfelkuchen war von mir.",
                2.0,
                "manager:celebrate petra.k:celebrate rolf_arnold:celebrate hannafeld:celebrate wolfgang",
            ),
            P(
                "lukas",
                "Ich habe 14 von den 38 Ketten gewechselt und kann jetzt kein Öl mehr sehen. Bis zum nächsten Mal!",
                5.0,
                "manager:thanks petra.k:celebrate hannafeld uschi",
            ),
        ],
        ["termin"],
        closed=True,
    ),
    T(
        "de-p-lieferung",
        "partners",
        "discussion",
        "Liefertermine M4 Größe L",
        "radhaus_lindau",
        16.0,
        [
            P(
                "radhaus_lindau",
                "Wir haben neun Vorbestellungen in L und seit drei Wochen kein Datum. Was darf ich den Kunden sagen?",
                0,
                "zweirad_huber velowerk_zh",
            ),
            P(
                "zweirad_huber",
                "Bei uns vier Stück, gleiche Lage. Eine Dame wartet seit August und ist freundlicher, als ich es wäre.",
                1.5,
                "radhaus_lindau",
            ),
            P(
                "manager",
                "Ich habe nachgefragt: Die Rahmen sind da, es fehlen Steuersätze. Zusage des Werks sind zwei Wochen. Sagt den Kunden bitte "
                "drei, dann freuen sich alle.",
                5.0,
                "radhaus_lindau:thanks zweirad_huber:thanks velowerk_zh",
            ),
            P("velowerk_zh", "Gilt das auch für die Schweizer Ausführung?", 20.0),
            P(
                "manager",
                "Ja, gleiche Charge, anderer Aufkleber. Tourenplan schicke ich am Freitag per Mail.",
                2.5,
                "velowerk_zh:thanks",
                reply_to=4,
            ),
        ],
        ["m4", "lieferung"],
    ),
    T(
        "de-p-akkutausch",
        "partners",
        "question",
        "Akkutausch unter 70 %: welche Unterlagen reichen?",
        "zweirad_huber",
        8.3,
        [
            P(
                "zweirad_huber",
                "Ein Kunde kam mit 411 Wh Restkapazität nach sechs Monaten. Reicht ein Bildschirmfoto aus der App, oder braucht ihr das "
                "Prüfprotokoll vom Diagnosegerät?",
                0,
                "radhaus_lindau",
            ),
            P(
                "product",
                "Bildschirmfoto von *Akku › Zustand* und die Seriennummer genügen. Das Protokoll zieht unser System selbst. Alten Akku bitte in "
                "der Transportbox zurück, nicht im Karton.",
                3.0,
                "zweirad_huber:thanks radhaus_lindau:thanks velowerk_zh:thanks",
                reply_to=1,
            ),
            P(
                "zweirad_huber",
                "Heute getauscht, Kunde fährt wieder. Ging so schnell, dass er misstrauisch wurde.",
                30.0,
                "manager:celebrate radhaus_lindau:celebrate product",
            ),
            P("radhaus_lindau", "Danke fürs Fragen, das hätte ich nächste Woche auch gebraucht.", 5.0, "zweirad_huber"),
        ],
        ["garantie", "akku"],
        solution=2,
    ),
    T(
        "de-p-schulung",
        "partners",
        "discussion",
        "Schulung Diagnosegerät: Wünsche?",
        "manager",
        3.4,
        [
            P(
                "manager",
                "Im Frühjahr planen wir eine Schulung zum neuen Diagnosegerät, einen Tag, in Kassel oder online. Was soll vorkommen?",
                0,
                "",
            ),
            P(
                "velowerk_zh",
                "Online bitte, und das Kapitel Fehlercodes auf Französisch, die Hälfte meines Teams ist aus der Romandie.",
                6.0,
                "manager:thanks",
            ),
            P(
                "radhaus_lindau",
                "Kassel. Löten und Messen lernt man nicht am Bildschirm. Und Verpflegung wie letztes Mal!",
                18.0,
                "zweirad_huber:celebrate manager",
            ),
        ],
        ["schulung"],
    ),
]
