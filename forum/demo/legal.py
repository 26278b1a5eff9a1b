"""The demo's imprint and accessibility statement: of a company that doesn't exist, and says so."""

IMPRINT = {
    "de": """Velomark ist erfunden: Diese Community zeigt, was Tafelrunde kann.

# Angaben gemäß § 5 DDG

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
- Überschriften, Bereiche, Beschriftungen und Fehlermeldungen sind für Vorleseprogramme ausgezeichnet.
- Ohne JavaScript geht dasselbe.

Bilder und Texte der Mitglieder haben wir nicht in der Hand: Bildbeschreibungen können fehlen. Hakt etwas? Schreib an
community@velomark.example.
""",
    "en": """Everybody should be able to read and to join in here. The measure is the Web Content Accessibility Guidelines
(WCAG) 2.2, level AA.

- Everything can be reached with the keyboard; the focus is always visible.
- Headings, regions, labels and error messages are marked up for screen readers.
- All of it works without JavaScript.

Pictures and texts of members aren't in our hands: descriptions of pictures may be missing. Is something in your way? Write
to community@velomark.example.
""",
}
TEXTS = {"imprint": IMPRINT, "accessibility": ACCESSIBILITY}
