"""Antrieb und Akku: the long winter thread and shorter ones beside it."""

from dataclasses import replace

from forum.demo.german import winter_dispute, winter_end, winter_numbers
from forum.demo.shape import P, T

# The first part is a burst of a few days; the rest of the conversation goes on more slowly until half an hour ago.
_SLOWER = 1.827
_WINTER = [
    *winter_numbers.POSTS,
    *(replace(post, hours=post.hours * _SLOWER) for post in (*winter_dispute.POSTS, *winter_end.POSTS)),
]

THREADS = [
    T(
        "de-winter",
        "drive",
        "discussion",
        "Reichweite im Winter: eure Erfahrungswerte mit dem M4",
        "hannafeld",
        25.0,
        _WINTER,
        ["m4", "reichweite", "winter"],
    ),
    T(
        "de-80-prozent",
        "drive",
        "question",
        "Akku lädt nach dem Update nur noch bis 80 %, ist das so gewollt?",
        "mehmet",
        33.0,
        [
            P(
                "mehmet",
                """
            Seit dem Update auf 3.2 bleibt mein Rad beim Laden bei 80 % stehen. Am Display steht „geladen“, Reichweite
            entsprechend kürzer. Vorher ging es immer auf 100 %.

            Ist das ein Fehler oder Absicht? Ich pendle 34 km und brauche die letzten Prozent wirklich.
            """,
                0,
                "hannafeld sabrina jonas_w tobias customer yusuf wolfgang frank_m petra.k steffi basti ines anja-rolf "
                "rolf_arnold holger gerd49 tomasz oliver_b",
            ),
            P(
                "hannafeld",
                """
            > Am Display steht „geladen“

            Bei mir genauso. Ich habe in der App unter `Akku › Pflege` einen neuen Schalter gefunden, der nach dem Update
            an war. Vielleicht liegt es daran?
            """,
                0.4,
                "mehmet:thanks sabrina",
                reply_to=1,
            ),
            P(
                "frank_m",
                "Unfassbar. Ich habe 625 Wh bezahlt und nicht 500.",
                0.3,
                "tobias kettenblatt77 anja-rolf",
                reply_to=1,
            ),
            P(
                "jonas_w",
                "Technisch ist das sinnvoll, Zellen altern zwischen 80 und 100 % am schnellsten. Aber ohne ein Wort dazu "
                "denkt jeder an einen Defekt.",
                0.6,
                "wolfgang:insightful mehmet hannafeld basti",
            ),
            P(
                "manager",
                """
            Guten Morgen Mehmet, danke für die genaue Beschreibung. Das ist so gewollt, aber wir haben es schlecht erklärt,
            das tut uns leid: Mit 3.2 schont der Akku sich ab Werk und hält so rund ein Drittel länger.

            **So stellst du es um:** *Einstellungen › Akku › Ladegrenze* auf 100 %. Das geht auch nur für den nächsten
            Ladevorgang, dann tippst du auf „einmalig voll“.

            Den Hinweis im Änderungsprotokoll ergänzen wir heute.
            """,
                9.5,
                "mehmet:thanks hannafeld:thanks sabrina:thanks jonas_w customer tobias yusuf wolfgang steffi ines "
                "rolf_arnold:thanks basti",
                reply_to=1,
            ),
            P(
                "mehmet",
                "Gefunden, läuft. „Einmalig voll“ ist genau das, was ich für freitags brauche. Danke!",
                1.2,
                "manager hannafeld",
                reply_to=5,
            ),
            P("sabrina", "Bei mir fehlt der Punkt „Ladegrenze“. M4, App 5.8, iPhone.", 0.7, "mehmet"),
            P(
                "basti",
                "App 5.8 ist zu alt, du brauchst 5.9. Bei mir hat der Store das Update zwei Tage lang nicht angezeigt, "
                "Suche nach „Velomark“ und dann antippen hat geholfen.",
                0.3,
                "sabrina:thanks yusuf:thanks",
                reply_to=7,
            ),
            P(
                "sabrina",
                "Das war es. 5.9 drauf, Schalter da, morgen wieder bis zur Wache und zurück.",
                0.9,
                "basti",
                reply_to=8,
            ),
            P("anja-rolf", "Müssen wir das bei beiden Rädern einzeln einstellen? (A)", 2.4),
            P(
                "manager",
                "Ja, die Grenze gehört zum Akku, nicht zum Konto. Tauscht ihr die Akkus untereinander, wandert sie mit.",
                1.1,
                "anja-rolf:thanks wolfgang",
                reply_to=10,
            ),
            P(
                "wolfgang",
                "Ergänzung für alle, die nicht jeden Tag weit fahren: Lasst es auf 80. Mein erster Akku wurde immer voll "
                "geladen und hatte nach vier Jahren 71 %, der zweite mit Grenze nach vier Jahren 88.",
                5.0,
                "hannafeld:insightful mehmet:insightful jonas_w customer:thanks gerd49 tobias",
            ),
            P("gerd49", "Beim M3 kann ich das nicht einstellen, oder? Firmware 2.9.", 20.0),
            P(
                "jonas_w",
                "Doch, ab 3.0 auch am M3. Update über die App, dauert 20 Minuten, Rad muss am Netz hängen.",
                1.5,
                "gerd49:thanks",
                reply_to=13,
            ),
            P(
                "product",
                "Zur Frage „warum ungefragt“: Das war ein Fehler von uns. Ab 3.3 fragt das Rad beim ersten Start nach dem "
                "Update, statt selbst zu entscheiden.",
                70.0,
                "mehmet:celebrate hannafeld jonas_w frank_m sabrina tobias wolfgang customer basti",
            ),
        ],
        ["m4", "firmware-3.2", "laden"],
        solution=5,
    ),
    T(
        "de-akku-billig",
        "drive",
        "discussion",
        "Zweitakku günstig, wer kennt eine Quelle?",
        "rolf_arnold",
        36.0,
        [
            P(
                "rolf_arnold",
                "Ein zweiter Akku für das M4 kostet beim Händler 749 Euro. Gibt es da etwas Günstigeres, ohne dass ich "
                "mir das Haus anzünde?",
                0,
                "uschi",
            ),
            P(
                "wolfgang",
                "Nachbau-Akkus würde ich nicht anfassen. Die Elektronik spricht mit dem Motor, und wenn etwas passiert, zahlt "
                "keine Versicherung. Frag lieber nach einem geprüften Gebrauchten.",
                1.5,
                "hannafeld jonas_w rolf_arnold:thanks",
            ),
            P(
                "akku_profi24",
                """
            ### 🔋 AKKUS ALLER MARKEN 50 % BILLIGER – NUR HEUTE 🔋

            Original-Zellen, passend für M3 / M4 / C2. Versand gratis ab 2 Stück. Bestellung per Nachricht, Bezahlung nur
            Vorkasse oder Gutschein-Code.
            """,
                3.0,
                "",
                key="battery-ad",
            ),
            P(
                "hannafeld",
                "Ist gemeldet. Bitte nicht anschreiben, Vorkasse mit Gutschein-Code ist der Klassiker.",
                0.4,
                "rolf_arnold:thanks uschi:thanks wolfgang",
                reply_to=3,
            ),
            P(
                "moderator",
                "Danke fürs schnelle Melden. Der Beitrag ist weg und das Konto auch. Wer schon bezahlt hat: bitte gleich bei "
                "der Bank melden und mir schreiben, ich helfe beim Zusammenstellen der Belege.",
                3.1,
                "hannafeld:thanks uschi:thanks rolf_arnold jonas_w wolfgang sabrina",
            ),
            P(
                "radhaus_lindau",
                "Ich arbeite für einen Velomark-Händler, deshalb ohne Angebot, nur als Auskunft: Geprüfte Akkus aus "
                "Vorführrädern gibt es bei den meisten von uns im Spätherbst, mit zwölf Monaten Garantie. Einfach fragen.",
                22.0,
                "rolf_arnold:thanks moderator hannafeld",
            ),
            P("rolf_arnold", "So mache ich es. Danke euch, und besonders für die Warnung.", 5.0, "hannafeld uschi"),
        ],
        ["m4", "akku"],
    ),
    T(
        "de-pfeifen",
        "drive",
        "question",
        "M3 pfeift ab 20 km/h",
        "gerd49",
        96.0,
        [
            P(
                "gerd49",
                "Seit ein paar Tagen pfeift mein M3 ab etwa 20 km/h, je schneller, desto höher. Im Stand nichts, bergab ohne "
                "Unterstützung auch nichts. 11.000 km. Motor hin?",
                0,
                "petra.k",
            ),
            P("petra.k", "Erst das Einfache: Freilauf oder Schutzblech? Heb das Hinterrad an und dreh von Hand.", 0.8),
            P("gerd49", "Von Hand ist Ruhe. Nur unter Motorlast.", 3.5, "", reply_to=2),
            P(
                "lukas",
                "Hatten wir diese Woche in der Werkstatt. Die Abdeckung links am Motor, drei Schrauben, eine war lose. Die "
                "schwingt dann mit.",
                2.2,
                "petra.k wolfgang jonas_w",
                reply_to=3,
            ),
            P("wolfgang", "Mit wie viel zieht ihr die an? Ich habe 3 Nm im Kopf.", 1.0, "", reply_to=4),
            P("lukas", "3 Nm, mittelfest gesichert. Stimmt.", 0.7, "wolfgang:thanks", reply_to=5),
            P(
                "gerd49",
                "Ihr seid gut! Die hintere Schraube war zwei Umdrehungen los. Jetzt surrt er wieder wie eine zufriedene Katze.",
                18.0,
                "lukas:celebrate petra.k:celebrate wolfgang hannafeld jonas_w",
                reply_to=4,
            ),
        ],
        ["m3", "motor", "geräusche"],
        solution=4,
    ),
    T(
        "de-einlagern",
        "drive",
        "question",
        "Akku im Keller überwintern: wie voll, wie kalt?",
        "viola",
        54.0,
        [
            P(
                "viola",
                "Ich fahre von Dezember bis Februar kaum. Wie lagert ihr den Akku? Voll, leer, Kühlschrank?",
                0,
                "uschi",
            ),
            P("rolf_arnold", "Meine Nachbarin legt ihre Batterien in den Kühlschrank, seit 1974.", 0.5, "viola"),
            P(
                "wolfgang",
                """
            Bitte nicht in den Kühlschrank (Feuchtigkeit). Was sich bewährt hat:

            - **50 bis 60 %** Ladung
            - 10 bis 15 °C, trocken
            - alle zwei Monate nachsehen, unter 30 % kurz nachladen
            - nicht am Ladegerät hängen lassen
            """,
                1.2,
                "viola:thanks hannafeld jonas_w:insightful uschi:thanks petra.k holger",
            ),
            P(
                "jonas_w",
                "Und in der App *Akku › Pflege › Lagern* antippen, dann entlädt er sich selbst auf 55 %. Geht seit 3.1.",
                0.6,
                "viola:thanks wolfgang:thanks hannafeld",
                reply_to=3,
            ),
            P(
                "viola",
                "Es gibt einen Knopf dafür. Natürlich gibt es einen Knopf dafür. Danke!",
                2.0,
                "jonas_w hannafeld uschi",
            ),
            P(
                "uschi",
                "Ich schreibe mir den Tag zum Nachsehen in den Kalender, sonst denke ich erst an Ostern wieder dran.",
                6.0,
                "viola",
            ),
        ],
        ["akku", "winter"],
        solution=3,
    ),
    T(
        "de-ladegeraet-reise",
        "drive",
        "question",
        "Kleines Ladegerät für die Packtasche?",
        "steffi",
        2.2,
        [
            P(
                "steffi",
                "Das normale Ladegerät vom M4 ist ein Ziegelstein. Hat jemand das 2-A-Reiseladegerät und kann sagen, wie lange eine "
                "volle Ladung damit wirklich dauert? Für eine Tour mit einer Nacht Pause müsste es reichen, oder?",
                0,
            ),
        ],
        ["m4", "laden"],
    ),
    T(
        "de-turbo-ruckelt",
        "drive",
        "discussion",
        "Turbo ruckelt beim Anfahren am Berg",
        "tobias",
        12.0,
        [
            P(
                "tobias",
                "Seit 3.2 kommt der Turbo bei mir am Berg schubweise, als würde jemand an- und abschalten. Nur unter 8 km/h, nur "
                "über 10 % Steigung. Noch jemand?",
                0,
                "oliver_b jonas_w",
            ),
            P(
                "mehmet",
                "In Köln gibt es keine 10 % Steigung. Ich bin raus.",
                0.4,
                "tobias:celebrate yusuf:celebrate hannafeld",
                reply_to=1,
            ),
            P(
                "oliver_b",
                "Same in Sheffield! Low cadence, steep, Turbo. Shifting down two gears first makes it go away.",
                2.6,
                "tobias:thanks hannafeld",
                language="en",
            ),
            P(
                "tobias",
                "@oliver_b Thanks, works. Aber ein Trick ist keine Lösung. Ich schicke ein Protokoll an den Support.",
                4.0,
                "oliver_b",
                reply_to=3,
            ),
            P(
                "product",
                "Protokoll ist angekommen, danke. Der Drehmomentsensor wird in 3.2 unter 40 Umdrehungen zu stark geglättet. "
                "Ist in der Beta 3.3.1 behoben, mit und ohne Berg vor der Tür.",
                50.0,
                "tobias:thanks oliver_b:celebrate mehmet basti",
            ),
        ],
        ["m4", "firmware-3.2"],
    ),
]
