"""German that says du: what no sentence may hold where the community addresses people with Sie."""

import re

_PRONOUN = r"du|dir|dich|dein|deine[mnrs]?|deins|euch|euer|eure[mnrs]?"
_VERB = (
    "bekommst|bist|brauchst|darfst|erfährst|findest|folgst|hast|hattest|kannst|könntest|konntest|magst|meinst|möchtest"
    "|musst|siehst|sollst|solltest|warst|weißt|willst|wirst|wolltest|würdest"
)
_IMPERATIVE = (
    "antworte|beantworte|beginne|benenne|bestätige|denk|drück|drücke|entscheide|ergänze|erstell|erstelle|fordere|frag|füg"
    "|füge|führ|führe|füll|fülle|geh|gehe|gib|heb|hebe|klick|klicke|komm|kopier|kopiere|lass|leg|lege|leih|lies|mach"
    "|mache|melde|merk|nenne|nimm|öffne|prüfe|registrier|registriere|ruf|sag|schau|schick|schicke|schlag|schreib"
    "|schreibe|sende|setz|setze|sieh|speicher|speichere|stell|stimm|streiche|tipp|tippe|trag|unterstütze|vergiss"
    "|vergleiche|verschieb|versuch|versuche|wähle|warte|wende|widerruf|zeig"
)
_SAYS_DU = re.compile(
    rf"\b({_PRONOUN}|{_VERB})\b"
    # An imperative begins a sentence or a part of one; with Sie behind it, it is the formal one.
    rf"|(?:^|[.:;!?,„(]\s*|\b(?:bitte|dann|gern|oder|und|zuerst)\s+)({_IMPERATIVE})\b(?!\s+(?:bitte\s+)?Sie\b)",
    re.IGNORECASE,
)


def says_du(text: str) -> str | None:
    """The first word of a German text that says du."""
    found = _SAYS_DU.search(text)
    return found.group().strip() if found else None
