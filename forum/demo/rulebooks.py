"""Two versions of the demo community's rules: the first from a year ago, the second a material change."""

from forum.demo.shape import Rule, Rulebook

MATERIAL_DAYS_AGO = 21.0

_HELPFUL = Rule(
    1,
    {"de": "Hilfreich bleiben", "en": "Be helpful"},
    {
        "de": "Wir sind hier, um einander weiterzuhelfen. Wer fragt, beschreibt sein Problem, so gut es geht; wer "
        "antwortet, bleibt beim Thema. Es gibt keine dummen Fragen, auch nicht beim dritten Mal.",
        "en": "We are here to help each other. If you ask, describe the problem as well as you can; if you answer, stay on "
        "topic. There are no stupid questions, not even the third time.",
    },
)

_RESPECT_1 = Rule(
    2, {"de": "Respekt", "en": "Respect"}, {"de": "Seid freundlich zueinander.", "en": "Be kind to each other."}
)

_RESPECT_2 = Rule(
    2,
    {"de": "Respekt", "en": "Respect"},
    {
        "de": "Kritisiere die Sache, nicht die Person. Beleidigungen, Spott über Alter, Herkunft, Geschlecht, Körper oder "
        "Können, Drohungen und Nachtreten über mehrere Gespräche hinweg sind nicht erlaubt. Auch wer recht hat, "
        "darf nicht verletzen. Deutliche Kritik, auch an Velomark, ist willkommen.",
        "en": "Argue with the point, not with the person. Insults, mockery of age, origin, gender, body or skill, threats, "
        "and carrying a quarrel from thread to thread are not allowed. Being right is no licence to hurt. "
        "Plain criticism, of Velomark too, is welcome.",
    },
)

_PRIVACY = Rule(
    3,
    {"de": "Private Daten", "en": "Private data"},
    {
        "de": "Veröffentliche keine Adressen, Telefonnummern, Kennzeichen, Rahmennummern oder Bilder anderer ohne deren "
        "Einverständnis. Deine eigenen Daten behältst du am besten auch für dich.",
        "en": "Don't publish addresses, phone numbers, registration or frame numbers, or pictures of other people without "
        "their consent. It is wise to keep your own to yourself, too.",
    },
)

_ADS_1 = Rule(
    4,
    {"de": "Keine Werbung", "en": "No advertising"},
    {
        "de": "Werbung und Verkaufsangebote sind hier nicht erlaubt.",
        "en": "Advertising and offers for sale are not allowed here.",
    },
)

_ADS_2 = Rule(
    4,
    {"de": "Werbung und eigene Interessen", "en": "Advertising and interests"},
    {
        "de": "Keine Werbung, keine Verkaufsangebote, keine Vermittlungslinks. Wer für einen Händler, Hersteller oder "
        "Verlag arbeitet und über dessen Ware schreibt, sagt das im Beitrag dazu. Eine ehrliche Empfehlung aus "
        "eigener Erfahrung ist keine Werbung.",
        "en": "No advertising, no offers for sale, no affiliate links. If you work for a dealer, maker or publisher and "
        "write about their goods, say so in the post. An honest recommendation from your own experience is not "
        "advertising.",
    },
)

_SAFETY = Rule(
    5,
    {"de": "Sicherheit geht vor", "en": "Safety first"},
    {
        "de": "Keine Anleitungen zum Entdrosseln, zum Öffnen von Akkus oder zum Umgehen von Schutzschaltungen. Keine "
        "Heilversprechen und keine medizinischen Ratschläge als Tatsache.",
        "en": "No instructions for removing the speed limit, opening batteries or bypassing protective circuits. No "
        "promises of cure, and no medical advice stated as fact.",
    },
)

_ON_TOPIC = Rule(
    6,
    {"de": "Beim Thema bleiben", "en": "Stay on topic"},
    {
        "de": "Ein Gespräch, ein Thema. Für etwas Neues beginne ein neues Gespräch in der passenden Kategorie. "
        "Politik, die nichts mit dem Fahrrad zu tun hat, gehört nicht hierher.",
        "en": "One thread, one topic. Start a new thread in the right category for something new. Politics that have "
        "nothing to do with cycling do not belong here.",
    },
)

_COPYRIGHT = Rule(
    7,
    {"de": "Eigene Inhalte", "en": "Your own content"},
    {
        "de": "Stell nur Texte und Bilder ein, die du zeigen darfst. Zitate sind kurz und nennen ihre Quelle.",
        "en": "Post only texts and pictures that you may show. Quotations are short and name their source.",
    },
)

_AI = Rule(
    8,
    {"de": "Texte aus der Maschine", "en": "Machine-written text"},
    {
        "de": "Wir lesen hier Erfahrungen von Menschen. Eine Übersetzung oder Rechtschreibhilfe ist in Ordnung. Wer einen "
        "Text im Wesentlichen von einer KI schreiben lässt, kennzeichnet ihn und hat ihn vorher geprüft. "
        "Ungeprüfte Antworten aus einer KI entfernen wir, besonders bei Technik und Sicherheit.",
        "en": "We come here for the experience of people. Help with translation or spelling is fine. If a text was mainly "
        "written by an AI, label it and check it first. We remove unchecked AI answers, above all where "
        "technology and safety are concerned.",
    },
)

RULEBOOKS = [
    Rulebook(1, 365.0, (_HELPFUL, _RESPECT_1, _PRIVACY, _ADS_1, _SAFETY, _ON_TOPIC, _COPYRIGHT)),
    Rulebook(2, MATERIAL_DAYS_AGO, (_HELPFUL, _RESPECT_2, _PRIVACY, _ADS_2, _SAFETY, _ON_TOPIC, _COPYRIGHT, _AI)),
]
