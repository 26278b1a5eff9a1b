"""The demo's imprint, privacy notice and accessibility statement: of a company that doesn't exist, and says so."""

IMPRINT = {
    "de": """Velomark ist erfunden: Diese Community zeigt, was Tafelrunde kann.

# Angaben gemäß § 5 DDG

Velomark GmbH (fiktiv)\\
Nabenweg 7\\
79098 Musterstadt

Vertreten durch: Sara Jansen

# Kontakt

E-Mail: community@velomark.example
""",
    "en": """Velomark is made up: this community shows what Tafelrunde can do.

# Who runs this community

Velomark GmbH (fictitious)\\
Nabenweg 7\\
79098 Musterstadt, Germany

Represented by: Sara Jansen

# Contact

E-mail: community@velomark.example
""",
}
ACCESSIBILITY = {
    "de": """Alle sollen hier mitlesen und mitreden können. Maßstab sind die Web Content Accessibility Guidelines (WCAG) 2.2,
Stufe AA.

- Alles ist mit der Tastatur erreichbar; der Fokus ist immer sichtbar.
- Überschriften, Bereiche, Beschriftungen und Fehlermeldungen sind für Screenreader ausgezeichnet.
- Lesen, Schreiben und Abstimmen gehen auch ohne JavaScript.

Bilder und Texte der Mitglieder haben wir nicht in der Hand: Bildbeschreibungen können fehlen. Hakt etwas? Schreib an
community@velomark.example.
""",
    "en": """Everybody should be able to read and to join in here. The measure is the Web Content Accessibility Guidelines
(WCAG) 2.2, level AA.

- Everything can be reached with the keyboard; the focus is always visible.
- Headings, regions, labels and error messages are marked up for screen readers.
- Reading, writing and voting work without JavaScript too.

Pictures and texts of members aren't in our hands: descriptions of pictures may be missing. Is something in your way? Write
to community@velomark.example.
""",
}
PRIVACY = {
    "de": """Diese Community läuft nur auf diesem Rechner, für dich zum Ausprobieren. Nichts verlässt ihn: E-Mails liegen unter
/demo/mail, niemand misst oder wirbt. Gesetzt werden nur zwei Cookies, `session` für die Anmeldung und `language` für die
Sprache von Gästen.
""",
    "en": """This community runs on this machine alone, for you to try. Nothing leaves it: mails lie under /demo/mail, nobody
measures or advertises. Only two cookies are set, `session` for the sign-in and `language` for the language of guests.
""",
}
TEXTS = {"imprint": IMPRINT, "privacy": PRIVACY, "accessibility": ACCESSIBILITY}
