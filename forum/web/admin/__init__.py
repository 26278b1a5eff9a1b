"""The administration: community, look, mails, legal texts, members, roles, groups, categories, ideas, rules, jobs."""

from forum.web.admin import (
    around,
    categories,
    community,
    groups,
    ideas,
    legal,
    logo,
    look,
    machinery,
    mails,
    members,
    rules,
)
from forum.web.admin.frame import bp

__all__ = [
    "around",
    "bp",
    "categories",
    "community",
    "groups",
    "ideas",
    "legal",
    "logo",
    "look",
    "machinery",
    "mails",
    "members",
    "rules",
]
