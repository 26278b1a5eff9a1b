"""Reports and decisions in every state: open with one and with several reporters, and decided in each way."""

from forum.demo.shape import Case, D, R

OPEN_CASES = [
    Case(
        "radweg-insult",
        (
            R("hannafeld", "Beleidigung gegen Rolf, der nur um Rücksicht gebeten hat.", 2, 0.2),
            R(
                "rolf_arnold",
                "„Vollpfosten“ muss ich mir nicht sagen lassen. Ich hätte auch gern, dass das Gespräch offen bleibt.",
                2,
                0.4,
            ),
            R("jonas_w", "Persönlicher Angriff, nicht zum ersten Mal.", 2, 0.9),
            R("petra.k", "Geht gar nicht.", 2, 1.3),
        ),
        post="radweg-insult",
    ),
    Case(
        "radweg-grass",
        (
            R(
                "kettenblatt77",
                "Der unterstellt mir, ich würde Leute ins Gras fahren. Das ist ja wohl auch eine Beleidigung.",
                2,
                4.0,
            ),
        ),
        post="radweg-grass",
    ),
    Case(
        "referral-code",
        (
            R("jonas_w", "Empfehlungscode, an dem die Verfasserin verdient.", 4, 1.0),
            R("mehmet", "Sicher nett gemeint, aber nach der neuen Regel 4 nicht erlaubt.", 4, 5.0),
        ),
        post="referral-code",
    ),
    Case(
        "seller-profile",
        (
            R(
                "hannafeld",
                "Profiltext ist eine Anzeige. Liest sich wie akku_profi24 unter neuem Namen.",
                4,
                days_ago=0.35,
            ),
            R("uschi", "Dieser Herr hat mir ungefragt Ladegeräte angeboten.", 4, days_ago=0.21),
        ),
        about="radteile_direkt",
    ),
    Case("mudguard", (R("basti", "Hat mit der Beta nichts zu tun, bitte verschieben.", 6, 60.0),), post="mudguard"),
]

DECIDED_CASES = [
    Case(
        "weser-mockery",
        (
            R("rolf_arnold", "Spott über Uschis Alter.", 2, 1.0),
            R("viola", "Unfreundlich und unnötig, sie hat sich so gefreut.", 2, 2.5),
        ),
        post="weser-mockery",
        decision=D(
            "moderator",
            "remove_warn",
            "Du hast dich über das Alter eines Mitglieds lustig gemacht. Das verletzt und hilft niemandem. Ich habe den Beitrag "
            "entfernt und verwarne dich; die Verwarnung verfällt nach 90 Tagen.",
            4.0,
            2,
        ),
    ),
    Case(
        "speed-limit",
        (R("ruth", "He asks how to remove the speed limit. Rule 5 forbids instructions for that.", 5, 6.0),),
        post="en-speed-limit",
        decision=D(
            "moderator",
            "no_action",
            "Asking is allowed, instructions are not. The answers explain well why it is a bad idea, and that helps others more than "
            "an empty space would.",
            9.0,
            5,
        ),
    ),
    Case(
        "phone-number",
        (
            R(
                "uschi",
                "Sie hat aus Versehen ihre Telefonnummer veröffentlicht. Bitte schützen, nicht schimpfen.",
                3,
                0.4,
            ),
        ),
        post="phone-number",
        decision=D(
            "moderator",
            "remove",
            "Dein Beitrag enthielt deine eigene Telefonnummer. Ich habe ihn zu deinem Schutz ausgeblendet; du hast nichts falsch "
            "gemacht und kannst ihn ohne Nummer neu schreiben.",
            0.8,
            3,
        ),
    ),
    Case(
        "magnet-cure",
        (
            R("sabrina", "Rät dazu, verschriebene Tabletten abzusetzen. Das kann jemandem schaden.", 5, 0.4),
            R("mia", "Bitte prüfen, ich fand es komisch.", 5, 2.0),
        ),
        post="magnet-cure",
        decision=D(
            "moderator",
            "remove",
            "Dass dir etwas gutgetan hat, darfst du erzählen. Dass es Arthrose heilt und man Tabletten absetzen könne, ist eine "
            "medizinische Aussage, die anderen schaden kann. Deshalb habe ich den Beitrag entfernt, ohne Verwarnung.",
            5.0,
            5,
        ),
    ),
    Case(
        "battery-ad",
        (
            R("hannafeld", "Werbung, Vorkasse, Gutschein-Code: Betrug.", 4, 0.3),
            R("wolfgang", "Anzeige für Nachbau-Akkus, angeblich Original.", 4, 0.9),
            R("uschi", "Der Herr hat mir auch eine Nachricht geschickt.", 4, 1.6),
        ),
        post="battery-ad",
        decision=D(
            "manager",
            "ban",
            "Das Konto diente nur dazu, Waren gegen Vorkasse anzubieten, und hat Mitglieder ungefragt angeschrieben. Wir haben den "
            "Beitrag entfernt und das Konto dauerhaft gesperrt.",
            1.5,
            4,
        ),
    ),
    Case(
        "winter-complaint",
        (R("petra.k", "Macht nur Stimmung gegen Velomark.", 2, 1.5),),
        post="winter-complaint",
        decision=D(
            "moderator",
            "no_action",
            "Deutliche Kritik an uns ist ausdrücklich erlaubt, auch in Großbuchstaben. Der Beitrag richtet sich gegen niemanden "
            "persönlich.",
            2.0,
            2,
        ),
    ),
    Case(
        "winter-glossed",
        (R("jonas_w", "Stichelei gegen alle, die hier messen.", 2, 0.7),),
        post="winter-glossed",
        decision=D(
            "moderator",
            "no_action",
            "Spitz, aber gegen die Zahlen und nicht gegen eine Person. Das halten wir aus.",
            2.0,
            2,
        ),
    ),
    Case(
        "winter-insult",
        (
            R("steffi", "Wolfgang wird wegen seines Alters und persönlich angegriffen.", 2, 0.3),
            R("sabrina", "Beleidigung.", 2, 0.5),
            R("petra.k", "„Wichtigtuer“, „such dir ein Hobby“: gegen die Person.", 2, 0.8),
        ),
        post="winter-insult",
        decision=D(
            "moderator",
            "silence",
            "Dein Ärger über den Akku ist verständlich, und deine Kritik bleibt stehen. Dieser Beitrag greift aber Wolfgang als Person "
            "an und macht sich über sein Alter lustig. Du kannst fünf Tage lang lesen, aber nicht schreiben. Danach freuen wir uns, "
            "von dir und deinem Akku zu hören.",
            0.5,
            2,
            days=5,
        ),
    ),
    Case(
        "ai-brake",
        (
            R("wolfgang", "Öl auf die Bremsscheibe ist lebensgefährlich. Text klingt nach Chatbot.", 8, 0.3),
            R("customer", "Ungeprüfter KI-Text, und der Rat ist gefährlich.", 8, 0.7),
            R("petra.k", "Bitte schnell weg, bevor es jemand macht.", 5, 0.8),
        ),
        post="ai-brake",
        decision=D(
            "moderator",
            "remove",
            "Der Text war nicht als KI-Text gekennzeichnet und nicht geprüft, und sein Rat hätte jemanden verletzen können. Du hast es "
            "sofort zugegeben, deshalb bleibt es beim Entfernen.",
            1.0,
            8,
        ),
    ),
    Case(
        "politics",
        (R("customer", "Hat mit meiner Bremse nichts zu tun.", 6, 1.0),),
        post="politics",
        decision=D(
            "moderator",
            "remove",
            "Kommunalpolitik ist hier nicht das Thema, und die Frage nach der Bremse soll lesbar bleiben.",
            14.0,
            6,
        ),
    ),
]

CASES = [*DECIDED_CASES, *OPEN_CASES]
