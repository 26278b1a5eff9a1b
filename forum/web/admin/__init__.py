"""The administration: community, look and legal texts, members, roles, groups, categories, ideas, rules, jobs."""

from forum.web.admin import categories, community, groups, ideas, legal, look, machinery, members, rules
from forum.web.admin.frame import bp

__all__ = ["bp", "categories", "community", "groups", "ideas", "legal", "look", "machinery", "members", "rules"]
