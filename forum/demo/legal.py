"""The demo's legal texts: of a company that doesn't exist, and says so."""

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
/demo/mail, niemand misst oder wirbt. Gesetzt werden nur drei Cookies: `session` für die Anmeldung, `known`
für den Browser, der schon bekannt ist, und `language` für die Sprache von Gästen.
""",
    "en": """This community runs on this machine alone, for you to try. Nothing leaves it: mails lie under /demo/mail, nobody
measures or advertises. Only three cookies are set: `session` for the sign-in, `known` for a browser that is known already,
and `language` for the language of guests.
""",
}
TERMS = {
    "de": """Velomark ist erfunden, und so sind es diese Bedingungen: ein Beispiel dafür, wie kurz sie sein können.

# Worum es geht

Die Community ist ein Ort zum Fragen, Antworten und Vorschlagen rund um Räder von Velomark. Sie kostet nichts. Für das
Miteinander gelten die [Regeln](/rules).

# Rechte an Beiträgen

Was Mitglieder veröffentlichen, bleibt ihres. Sie erlauben uns, es hier zu speichern, zu zeigen und durchsuchbar zu machen.

# Wie wir moderieren

Über Beiträge und Konten entscheiden Menschen. Wen eine Entscheidung betrifft, erfährt sie mit Begründung. Wer nicht
einverstanden ist, schreibt an community@velomark.example; darüber entscheidet jemand, der vorher nicht beteiligt war.
""",
    "en": """Velomark is made up, and so are these terms: an example of how short they can be.

# What this is about

The community is a place to ask, answer and propose, around bicycles by Velomark. It costs nothing. The [rules](/rules) say
how we treat each other.

# Rights in what you publish

What you publish stays yours. You allow us to store it here, to show it and to make it searchable.

# How we moderate

People decide about posts and accounts. Whom a decision concerns is told of it, with the reasons. If you disagree, write to
community@velomark.example; somebody decides who had no part in it before.
""",
}
CONTACT = {
    "de": """Velomark GmbH (fiktiv)\\
Nabenweg 7\\
79098 Musterstadt

E-Mail: community@velomark.example

# Kontaktstellen

Unter dieser Adresse erreichen uns auf Deutsch und Englisch Nutzerinnen und Nutzer (Artikel 12 der Verordnung (EU) 2022/2065)
und Behörden (Artikel 11). Rechtswidrige Inhalte melden Mitglieder am Beitrag selbst, alle anderen per E-Mail.
""",
    "en": """Velomark GmbH (fictitious)\\
Nabenweg 7\\
79098 Musterstadt, Germany

E-mail: community@velomark.example

# Points of contact

At this address users (Article 12 of Regulation (EU) 2022/2065) and authorities (Article 11) can reach us in German and
English. Members report illegal content at the post itself, everybody else by e-mail.
""",
}
TEXTS = {"imprint": IMPRINT, "privacy": PRIVACY, "terms": TERMS, "contact": CONTACT, "accessibility": ACCESSIBILITY}
