"""The first run: five screens that a link of the console opens, and a last page that opens the community."""

from forum.web.setup import account, community, legal, link, look, opening, start
from forum.web.setup.frame import bp

__all__ = ["account", "bp", "community", "legal", "link", "look", "opening", "start"]
