"""What the demo community is called, its categories, its two rulebooks and where the moderation cases are found."""

from forum.demo.cases import CASES
from forum.demo.rulebooks import MATERIAL_DAYS_AGO, RULEBOOKS
from forum.demo.shape import Area, Category

__all__ = ["AREAS", "CASES", "CATEGORIES", "LANGUAGES", "MATERIAL_DAYS_AGO", "NAME", "RULEBOOKS", "SOURCE"]

SOURCE = "demo"
NAME = "Velomark Community"
LANGUAGES = ("de", "en")

CATEGORIES = [
    Category(
        "help",
        {"de": "Fragen und Hilfe", "en": "Questions and help"},
        {
            "de": "Etwas klappt nicht oder ist unklar? Frag hier, meistens antwortet jemand am selben Tag.",
            "en": "Something doesn't work or isn't clear? Ask here; most questions get an answer the same day.",
        },
        190,
    ),
    Category(
        "drive",
        {"de": "Antrieb und Akku", "en": "Drive and battery"},
        {
            "de": "Motor, Akku, Laden, Reichweite: Erfahrungen und Messwerte.",
            "en": "Motor, battery, charging, range: experience and measurements.",
        },
        125,
    ),
    Category(
        "tours",
        {"de": "Touren und Erlebnisse", "en": "Tours and stories"},
        {
            "de": "Wo wart ihr unterwegs? Routen, Ladepunkte, Geschichten und was schiefging.",
            "en": "Where have you been? Routes, charging stops, stories, and what went wrong.",
        },
        38,
        groups_moderate=("ambassadors",),
    ),
    Category(
        "workshop",
        {"de": "Werkstatt", "en": "Workshop"},
        {
            "de": "Schrauben, pflegen, umbauen. Was du selbst tun kannst und was in die Fachwerkstatt gehört.",
            "en": "Repairs, care and conversions. What you can do yourself, and what belongs in a dealer's workshop.",
        },
        8,
    ),
    Category(
        "display-app",
        {"de": "Display und App", "en": "Display and app"},
        {"de": "Anzeige, App, Firmware und Verbindung.", "en": "Display, app, firmware and connectivity."},
        260,
    ),
    Category(
        "introductions",
        {"de": "Vorstellung", "en": "Introductions"},
        {
            "de": "Neu hier? Sag kurz, wer du bist und was du fährst.",
            "en": "New here? Tell us who you are and what you ride.",
        },
        295,
    ),
    Category(
        "announcements",
        {"de": "Ankündigungen", "en": "Announcements"},
        {
            "de": "Neues von Velomark: Versionen, Rückrufe, Termine. Antworten dürfen alle.",
            "en": "News from Velomark: releases, recalls, dates. Everybody may reply.",
        },
        215,
        groups_start=("staff",),
    ),
    Category(
        "partners",
        {"de": "Partner", "en": "Partners"},
        {
            "de": "Für Fachhändler und Werkstätten. Nur für Partner und das Team sichtbar.",
            "en": "For dealers and workshops. Seen by partners and the team only.",
        },
        70,
        groups_see=("partners", "staff"),
        groups_start=("partners", "staff"),
        groups_reply=("partners", "staff"),
    ),
]

AREAS = [
    Area({"de": "App", "en": "App"}, "display-app"),
    Area({"de": "Display", "en": "Display"}, "display-app"),
    Area({"de": "Antrieb", "en": "Drive unit"}, "drive"),
    Area({"de": "Akku und Laden", "en": "Battery and charging"}, "drive"),
    Area({"de": "Zubehör", "en": "Accessories"}, "workshop"),
    Area({"de": "Partnerportal", "en": "Partner portal"}, "partners"),
]
