"""THE tables: which reaction hears of which event, which function does which job, what runs when, what is checked.

Application, worker, command line and tests install them through `install()`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

import forum.community.policy
import forum.media.policy
import forum.members.policy
import forum.moderation.policy
import forum.notifications.policy
import forum.rules.policy
import forum.threads.policy  # noqa: F401  a policy's rules are entered by its import
from forum.core import database, events, jobs, limits
from forum.core.checks import Difference
from forum.core.events import Reactions
from forum.core.jobs import Job
from forum.media import checks as media_checks
from forum.members import events as members
from forum.members import jobs as member_jobs
from forum.members import queries as member_queries
from forum.moderation import checks as moderation_checks
from forum.moderation import events as moderation
from forum.notifications import checks as notification_checks
from forum.notifications import jobs as notification_jobs
from forum.notifications import subscribers as notifications
from forum.rules import events as rules
from forum.rules import jobs as rule_jobs
from forum.threads import checks as thread_checks
from forum.threads import events as threads

REACTIONS: Reactions = {
    members.MemberRegistered: [],
    members.MemberConfirmed: [],
    members.ProfileChanged: [],
    members.MemberSilenced: [],
    members.SilenceLifted: [],
    members.MemberBanned: [],
    members.BanLifted: [],
    members.RolesChanged: [],
    members.GroupsChanged: [],
    members.PasswordChanged: [],
    rules.RulebookPublished: [],
    rules.RulesAccepted: [],
    threads.ThreadStarted: [notifications.on_thread_started],
    threads.ReplyPosted: [notifications.on_reply_posted],
    threads.PostEdited: [notifications.on_post_edited],
    threads.PostDeleted: [],
    threads.PostRestored: [],
    threads.PostRemoved: [],
    threads.ReactionAdded: [notifications.on_reaction_added],
    threads.ReactionWithdrawn: [],
    threads.SolutionMarked: [notifications.on_solution_marked],
    threads.SolutionUnmarked: [],
    threads.ThreadClosed: [],
    threads.ThreadReopened: [],
    threads.ThreadRenamed: [],
    threads.ThreadMoved: [],
    threads.ThreadTagged: [],
    threads.CategoriesChanged: [],
    threads.ThreadsImported: [],
    moderation.ReportMade: [],
    moderation.CaseDecided: [notifications.on_case_decided],
    moderation.DecisionReversed: [notifications.on_decision_reversed],
}


def _forget_old() -> None:
    """Removes events and jobs that were done long ago, and counts of past windows."""
    events.forget_old()
    jobs.forget_old()
    limits.forget_old()


JOBS: Mapping[str, Job] = {
    "core.forget_old": _forget_old,
    "members.mail_confirmation": member_jobs.mail_confirmation,
    "members.mail_reset": member_jobs.mail_reset,
    "members.forget_unclaimed": member_jobs.forget_unclaimed,
    "rules.take_effect": rule_jobs.take_effect,
    "notifications.mail": notification_jobs.mail,
}

TIMETABLE: Mapping[str, timedelta] = {
    "core.forget_old": timedelta(days=1),
    "members.forget_unclaimed": timedelta(days=1),
}

CHECKS: Mapping[str, Callable[[bool], Iterator[Difference]]] = {
    "media": media_checks.compare,
    "threads": thread_checks.compare,
    "moderation": moderation_checks.compare,
    "notifications": notification_checks.compare,
}
"""What `forum check` compares in each room; called with True, it mends."""


def install() -> None:
    """Installs the tables and the maker of actors; the policies are entered by being imported here."""
    events.install(REACTIONS)
    jobs.install(JOBS, TIMETABLE)
    database.install_reloader(member_queries.reload)
