"""THE tables: which reaction hears of which event, which function does which job, what runs when, what is checked.

Application, worker, command line and tests install them through `install()`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta

import forum.community.policy
import forum.ideas.policy
import forum.media.policy
import forum.members.policy
import forum.moderation.policy
import forum.notifications.policy
import forum.oidc.policy
import forum.rules.policy
import forum.setup.policy
import forum.threads.policy  # noqa: F401  a policy's rules are entered by its import
from forum.core import database, events, jobs, limits, worker
from forum.core.checks import Difference
from forum.core.events import Reactions
from forum.core.jobs import Job
from forum.ideas import checks as idea_checks
from forum.ideas import events as ideas
from forum.ideas import jobs as idea_jobs
from forum.ideas import subscribers as idea_subscribers
from forum.media import checks as media_checks
from forum.members import checks as member_checks
from forum.members import events as members
from forum.members import jobs as member_jobs
from forum.members import queries as member_queries
from forum.moderation import checks as moderation_checks
from forum.moderation import events as moderation
from forum.moderation import jobs as moderation_jobs
from forum.notifications import checks as notification_checks
from forum.notifications import jobs as notification_jobs
from forum.notifications import subscribers as notifications
from forum.oidc import jobs as oidc_jobs
from forum.rules import events as rules
from forum.rules import jobs as rule_jobs
from forum.search import indexer
from forum.search import jobs as search_jobs
from forum.search import subscribers as search
from forum.threads import checks as thread_checks
from forum.threads import events as threads

REACTIONS: Reactions = {
    members.MemberRegistered: [],
    members.MemberConfirmed: [idea_subscribers.on_member_confirmed, search.on_member_changed],
    members.ProfileChanged: [search.on_member_changed],
    members.MemberSilenced: [idea_subscribers.on_member_silenced],
    members.SilenceLifted: [idea_subscribers.on_silence_lifted],
    members.MemberBanned: [
        idea_subscribers.on_member_banned,
        notifications.on_rights_changed,
        search.on_member_changed,
    ],
    members.BanLifted: [idea_subscribers.on_ban_lifted, notifications.on_rights_changed, search.on_member_changed],
    members.RolesChanged: [idea_subscribers.on_roles_changed, notifications.on_rights_changed],
    members.SecondStepChanged: [notifications.on_rights_changed],
    members.GroupsChanged: [notifications.on_rights_changed],
    members.GroupAudienceChanged: [notifications.on_group_audience_changed],
    members.GroupAsked: [notifications.on_group_asked],
    members.GroupRequestAnswered: [notifications.on_group_request_answered],
    members.GroupInvited: [notifications.on_group_invited],
    members.GroupInviteAnswered: [notifications.on_group_invite_answered],
    members.PasswordChanged: [],
    members.EmailChanged: [],
    members.MembersImported: [search.on_members_imported],
    rules.RulebookPublished: [],
    rules.RulesAccepted: [],
    threads.ThreadStarted: [notifications.on_thread_started, search.on_post_written],
    threads.ReplyPosted: [idea_subscribers.on_reply_posted, notifications.on_reply_posted, search.on_post_written],
    threads.PostEdited: [idea_subscribers.on_post_edited, notifications.on_post_edited, search.on_post_written],
    threads.PostDeleted: [
        idea_subscribers.on_post_deleted,
        notifications.on_post_hidden_or_shown,
        search.on_post_hidden_or_shown,
    ],
    threads.PostRestored: [
        idea_subscribers.on_post_restored,
        notifications.on_post_hidden_or_shown,
        search.on_post_hidden_or_shown,
    ],
    threads.PostRemoved: [
        idea_subscribers.on_post_removed,
        notifications.on_post_hidden_or_shown,
        search.on_post_hidden_or_shown,
    ],
    threads.ReactionAdded: [idea_subscribers.on_reaction_added, notifications.on_reaction_added],
    threads.ReactionWithdrawn: [idea_subscribers.on_reaction_withdrawn],
    threads.SolutionMarked: [notifications.on_solution_marked],
    threads.SolutionUnmarked: [],
    threads.ThreadClosed: [],
    threads.ThreadReopened: [],
    threads.ThreadRenamed: [idea_subscribers.on_thread_renamed, search.on_thread_named],
    threads.ThreadMoved: [idea_subscribers.on_thread_moved, notifications.on_thread_moved, search.on_thread_moved],
    threads.ThreadTagged: [idea_subscribers.on_thread_tagged, search.on_thread_named],
    threads.CategoriesChanged: [],
    threads.GrantsChanged: [notifications.on_grants_changed],
    threads.ThreadsImported: [search.on_threads_imported],
    threads.PostsMoved: [notifications.on_posts_moved, search.on_posts_moved],
    ideas.VoteCast: [],
    ideas.VoteWithdrawn: [],
    ideas.StatusChanged: [notifications.on_status_changed],
    ideas.IdeaSteered: [],
    ideas.IdeasMerged: [
        idea_subscribers.on_ideas_merged,
        notifications.on_ideas_merged,
        search.on_ideas_merged_or_unmerged,
    ],
    ideas.IdeasUnmerged: [idea_subscribers.on_ideas_unmerged, search.on_ideas_merged_or_unmerged],
    ideas.PostMadeIdea: [notifications.on_post_made_idea],
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
    "core.gather_statistics": database.gather_statistics,
    "core.keep_statistics": database.keep_statistics,
    "members.mail_confirmation": member_jobs.mail_confirmation,
    "members.mail_new_device": member_jobs.mail_new_device,
    "members.mail_created": member_jobs.mail_created,
    "members.mail_reset": member_jobs.mail_reset,
    "members.forget_sessions": member_jobs.forget_sessions,
    "members.fit_group": member_jobs.fit_group,
    "members.mail_recovery_used": member_jobs.mail_recovery_used,
    "members.mail_passkey": member_jobs.mail_passkey,
    "members.mail_identity": member_jobs.mail_identity,
    "members.mail_password_changed": member_jobs.mail_password_changed,
    "members.mail_two_factor": member_jobs.mail_two_factor,
    "members.mail_sign_in": member_jobs.mail_sign_in,
    "members.mail_email_change": member_jobs.mail_email_change,
    "members.mail_approval": member_jobs.mail_approval,
    "members.mail_refusal": member_jobs.mail_refusal,
    "members.forget_unclaimed": member_jobs.forget_unclaimed,
    "members.forget_invites": member_jobs.forget_invites,
    "oidc.forget_used": oidc_jobs.forget_used,
    "rules.take_effect": rule_jobs.take_effect,
    "moderation.end_suspension": moderation_jobs.end_suspension,
    "ideas.export": idea_jobs.export,
    "ideas.recount_member": idea_jobs.recount_member,
    "search.find_similar": search_jobs.find_similar,
    "notifications.mail": notification_jobs.mail,
    "notifications.mail_example": notification_jobs.mail_example,
    "notifications.tell_of_status": notification_jobs.tell_of_status,
    "notifications.tell_of_merge": notification_jobs.tell_of_merge,
    "notifications.tell_of_thread": notification_jobs.tell_of_thread,
    "notifications.settle": notification_jobs.settle,
}

TIMETABLE: Mapping[str, timedelta] = {
    "core.forget_old": timedelta(days=1),
    "core.keep_statistics": timedelta(hours=1),
    "members.forget_sessions": timedelta(days=1),
    "members.forget_unclaimed": timedelta(days=1),
    "members.forget_invites": timedelta(days=1),
    "oidc.forget_used": timedelta(days=1),
}

CHECKS: Mapping[str, Callable[[bool], Iterator[Difference]]] = {
    "media": media_checks.compare,
    "members": member_checks.compare,
    "threads": thread_checks.compare,
    "ideas": idea_checks.compare,
    "moderation": moderation_checks.compare,
    "notifications": notification_checks.compare,
}
"""What `forum check` compares in each room; called with True, it mends."""

ROUNDS: Sequence[worker.Round] = (indexer.work,)
"""What a worker does in each of its rounds, besides events and jobs."""


def install() -> None:
    """Installs the tables and the maker of actors; the policies are entered by being imported here."""
    events.install(REACTIONS)
    jobs.install(JOBS, TIMETABLE)
    worker.install(ROUNDS)
    database.install_reloader(member_queries.reload)
