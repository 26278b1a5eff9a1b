"""Reports, decisions, and who may decide."""

from typing import Any

from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.moderation import actions, queries
from forum.moderation.actions import DecisionDraft
from forum.threads import actions as thread_actions
from forum.threads import queries as threads
from tests.factories.members import a_group, a_member
from tests.factories.rules import a_rule_id


def a_report(reporter: Actor, post_id: int, text: str = "This attacks somebody.") -> int:
    """A report of a post under the first rule; returns the id of the case."""
    target = queries.post_target(reporter, post_id)
    rule_id = a_rule_id()
    with transaction(reporter) as fresh:
        return actions.report(fresh, target, rule_id, text).case_id


def a_report_about(reporter: Actor, member: Actor, text: str = "This is nobody.") -> int:
    """A report of a member under the first rule; returns the id of the case."""
    target = queries.member_target(reporter, member.member_id)
    rule_id = a_rule_id()
    with transaction(reporter) as fresh:
        return actions.report(fresh, target, rule_id, text).case_id


def a_decision(moderator: Actor, case_id: int, act: str = "remove_warn", reason: str = "It attacks a person.") -> int:
    """A decided case; returns the id of the decision."""
    rule_id = a_rule_id()
    with transaction(moderator) as fresh:
        case = queries.get_case(fresh, case_id, lock=True)
        return actions.decide(fresh, case, DecisionDraft(act=act, rule_id=rule_id, reason=reason))


def a_keeper(username: str, *category_ids: int, **more: Any) -> Actor:
    """A member of a group of their own that may moderate these categories; `more` is said as to `a_member`."""
    group_id = a_group(f"Keepers {username}")
    with transaction(SYSTEM) as system:
        for category in threads.category_settings(system):
            if category.id in category_ids:
                thread_actions.set_grants(system, category.id, category.grants | {("moderate", group_id)})
    return a_member(username, groups=(group_id,), **more)
