"""The administration: community, look, mails, legal texts, members, roles, groups, categories, ideas, rules, jobs."""

from forum.web.admin import (
    categories,
    community,
    groups,
    header_foot,
    ideas,
    legal,
    logo,
    look,
    machinery,
    mails,
    members,
    rules,
    welcome,
)
from forum.web.admin.frame import bp

__all__ = [
    "bp",
    "categories",
    "community",
    "groups",
    "header_foot",
    "ideas",
    "legal",
    "logo",
    "look",
    "machinery",
    "mails",
    "members",
    "rules",
    "welcome",
]
