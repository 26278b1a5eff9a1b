"""The administration: the community itself, members, roles, groups, categories, rules, jobs, audit log."""

from forum.web.admin import categories, community, groups, machinery, members, rules
from forum.web.admin.frame import bp

__all__ = ["bp", "categories", "community", "groups", "machinery", "members", "rules"]
