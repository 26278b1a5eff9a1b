"""German or English."""

import pytest

from forum.text import language

GERMAN = [
    "Ich finde das neue Menü sehr gut, aber die Suche ist zu langsam.",
    "Wie kann ich mein Passwort ändern?",
    "Seit dem Update stürzt die App beim Start ab. Hat das noch jemand?",
    "Danke, das hat geholfen!",
    "Bei mir geht es auch nicht.",
    "Gibt es schon einen Termin für die nächste Version?",
    "Weil wir viele Kunden haben, brauchen wir den Export als CSV.",
    "Leider nicht. Der Button ist weg.",
    "Kann man die Benachrichtigungen irgendwo ausschalten?",
    "Unser Drucker druckt nur noch leere Seiten, was sollen wir tun?",
    "Das Problem ist mit der Version 4.2 behoben.",
    "Ja, genau das meinte ich.",
    "Wir würden uns einen dunklen Modus wünschen.",
    "Warum wird meine Rechnung nicht angezeigt?",
    "Der Link in der Mail führt ins Leere.",
    "Hallo zusammen, ich bin neu hier und freue mich auf den Austausch.",
]
ENGLISH = [
    "I like the new menu, but the search is too slow.",
    "How can I change my password?",
    "Since the update the app crashes on start. Does anyone else have this?",
    "Thanks, that helped!",
    "It does not work for me either.",
    "Is there a date for the next version yet?",
    "Because we have many customers, we need the export as CSV.",
    "Unfortunately not. The button is gone.",
    "Can I turn off notifications somewhere?",
    "Our printer only prints empty pages, what should we do?",
    "The problem is fixed in version 4.2.",
    "Yes, this is what I meant.",
    "We would love a dark mode.",
    "Why is my invoice not shown?",
    "The link in the mail leads nowhere.",
    "Hello all, I am new here and look forward to talking to you.",
]


@pytest.mark.parametrize("text", GERMAN)
def test_german_is_recognised(text: str) -> None:
    assert language(text, "en") == "de"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_recognised(text: str) -> None:
    assert language(text, "de") == "en"


@pytest.mark.parametrize(
    "text", ["", "ok", "+1", "🎉", "print(x)", "LibreOffice 24.2", "https://the.and.example/of/the"]
)
def test_what_says_nothing_gets_the_default(text: str) -> None:
    assert language(text, "de") == "de"
    assert language(text, "en") == "en"


def test_code_and_quotations_do_not_count() -> None:
    body = "> The author of this was not one of us and wrote it in the other language\n\nIch finde das nicht richtig.\n\n```\nif not the and or this\n```"

    assert language(body, "en") == "de"
