"""The web app manifest (W3C): under which name, sign and colours the community stands on a home screen.

Opened from there it has a window of its own (`standalone`, not `browser`): header, the bar at the foot and breadcrumbs
lead everywhere without a browser's buttons, and a sign that only opened another tab would be a bookmark. The colours
are those of the header and of the ground, not the brand's: what the system paints around a page goes on as the page
does. Nothing is kept for reading without a network.
"""

import hashlib
import json
from typing import Any

from forum.community.queries import CommunityRow
from forum.community.tokens import colours
from forum.core.locale import direction
from forum.http import assets, cards

PATH = "/manifest.webmanifest"
MOST_SHORT = 12
"""Signs that home screens show of a name."""
LEAST_SHORT = 4


def bars(community: CommunityRow) -> tuple[str, str]:
    """The header's colour in the light theme and in the dark one, as `#rrggbb`: for what a browser paints around it."""
    return colours(community.brand_colour)["surface"]


def manifest(community: CommunityRow, language: str) -> bytes:
    """The manifest for readers of a language, as JSON."""
    mode = community.theme == "dark"
    name = community.name(language)
    values: dict[str, Any] = {
        "id": "/",
        "name": name,
        "short_name": short(name),
        "lang": language,
        "dir": direction(language),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": bars(community)[mode],
        "background_color": colours(community.brand_colour)["ground"][mode],
        "icons": _icons(community),
    }
    if description := community.description(language):
        values["description"] = description
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def address(community: CommunityRow, language: str) -> str:
    """Where the manifest stands; named by its content, as style sheets are."""
    return f"{PATH}?language={language}&v={hashlib.sha256(manifest(community, language)).hexdigest()[:12]}"


def short(name: str) -> str:
    """A name as it stands below a sign: the words from its beginning that have room; the whole, which systems cut,
    where they would say too little."""
    words = name.split()
    while len(words) > 1 and len(" ".join(words)) > MOST_SHORT:
        words.pop()
    found = " ".join(words)
    return found if len(found) >= LEAST_SHORT else name


def _icons(community: CommunityRow) -> list[dict[str, str]]:
    icons = [
        {"src": cards.sign_address(community, kind), "type": "image/png", "sizes": f"{side}x{side}", "purpose": purpose}
        for kind, (side, purpose) in cards.SIGNS.items()
        if purpose
    ]
    if not (community.logo and community.logo.in_tabs):
        drawing = assets.of_look(community.look)["favicon.svg"]
        icons.insert(0, {"src": drawing, "type": "image/svg+xml", "sizes": "any", "purpose": "any"})
    return icons
