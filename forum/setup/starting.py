"""What the first run offers to begin with: a set of categories and a rulebook, in German that says neither du nor Sie,
and in English."""

from dataclasses import dataclass
from pathlib import Path

RULEBOOK = Path(__file__).with_name("rulebook.toml")
"""The file, in the format that `forum rules publish` reads."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A category to begin with. `is_usual`: chosen until the reader says otherwise; `is_for_team`: only the team starts
    threads; `has_area`: the ideas board gets an area in it."""

    slug: str
    name: dict[str, str]
    description: dict[str, str]
    hue: int
    is_usual: bool = True
    is_for_team: bool = False
    has_area: bool = False


CATEGORIES = (
    Offer(
        "announcements",
        {"de": "Ankündigungen", "en": "Announcements"},
        {
            "de": "Neues von uns: Versionen, Termine, Änderungen. Antworten können alle.",
            "en": "News from us: releases, dates, changes. Everybody can reply.",
        },
        225,
        is_for_team=True,
    ),
    Offer(
        "help",
        {"de": "Fragen und Hilfe", "en": "Questions and help"},
        {
            "de": "Etwas klappt nicht oder ist unklar? Hier wissen andere weiter.",
            "en": "Something doesn't work or isn't clear? Ask here.",
        },
        195,
    ),
    Offer(
        "ideas",
        {"de": "Ideen und Wünsche", "en": "Ideas and wishes"},
        {
            "de": "Was fehlt, was ginge besser? Platz für Vorschläge und für Stimmen zu denen der anderen.",
            "en": "What is missing, what could be better? Propose it, and support what others propose.",
        },
        75,
        has_area=True,
    ),
    Offer(
        "show-and-tell",
        {"de": "Aus der Praxis", "en": "Show and tell"},
        {
            "de": "Gebautes, Gelerntes, Erlebtes: zum Herzeigen und Staunen.",
            "en": "What have you built, learnt or lived through? Show the others.",
        },
        15,
    ),
    Offer(
        "feedback",
        {"de": "Lob und Kritik", "en": "Feedback"},
        {
            "de": "Was gefällt und was nicht, an unseren Produkten und an dieser Community.",
            "en": "What do you like, what don't you? About our products and about this community.",
        },
        285,
        is_usual=False,
    ),
    Offer(
        "introductions",
        {"de": "Vorstellung", "en": "Introductions"},
        {
            "de": "Neu hier? Ein paar Worte zur eigenen Person sind ein guter Anfang.",
            "en": "New here? Tell us who you are.",
        },
        135,
        is_usual=False,
    ),
)

AREA = {"de": "Allgemein", "en": "General"}
"""The first area of the ideas board."""
