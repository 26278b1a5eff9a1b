"""The administration: the community itself, members, roles, groups, categories, ideas, rules, jobs, audit log."""

from forum.web.admin import categories, community, groups, ideas, legal, look, machinery, members, rules
from forum.web.admin.frame import bp

__all__ = ["bp", "categories", "community", "groups", "ideas", "legal", "look", "machinery", "members", "rules"]
