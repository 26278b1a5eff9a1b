"""Hearing of what happened below and telling those whom it concerns: never of their own acts, never of what they may
not read, and of one new post at most once."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from forum.core import clock, jobs
from forum.core.database import db
from forum.ideas.events import IdeasMerged, PostMadeIdea, StatusChanged
from forum.members import queries as members
from forum.members.events import (
    BanLifted,
    GroupAsked,
    GroupAudienceChanged,
    GroupInviteAnswered,
    GroupInvited,
    GroupRequestAnswered,
    GroupsChanged,
    MemberBanned,
    RolesChanged,
    SecondStepChanged,
)
from forum.moderation import queries as moderation
from forum.moderation.events import CaseDecided, DecisionReversed
from forum.moderation.queries import Statement
from forum.notifications.actions import Telling, notify, settle, settle_member
from forum.notifications.queries import Place, first_post, public_post, readers, told_of
from forum.threads import queries as threads
from forum.threads.events import (
    GrantsChanged,
    PostDeleted,
    PostEdited,
    PostRemoved,
    PostRestored,
    PostsMoved,
    ReactionAdded,
    ReplyPosted,
    SolutionMarked,
    ThreadMoved,
    ThreadStarted,
)
from forum.threads.models import REACTION_ROWS

_FEW = 500
_LATER = timedelta(minutes=1)
"""Longer than telling takes."""


_Audience = tuple[str, Iterable[int], dict[str, Any]]
"""The kind of a notification, who gets it, and what it says besides."""


def _tell_of_post(post_id: int, author_id: int | None, audiences: Sequence[_Audience]) -> None:
    """Tells of a new post; the strongest audience first, each member as one of the first that has them."""
    post = public_post(post_id)
    if post is None:
        return
    kinds: dict[int, tuple[str, dict[str, Any]]] = {}
    for kind, ids, data in audiences:
        for id in ids:
            kinds.setdefault(id, (kind, data))
    hearers = readers(post, kinds, author_id)
    told: set[int] = set()
    ordered = sorted(hearers)
    for start in range(0, len(ordered), _FEW):
        told |= told_of(post_id, ordered[start : start + _FEW])
    notify(
        [
            Telling(id, kinds[id][0], f"post:{post_id}", post_id=post_id, actor_id=author_id, data=kinds[id][1])
            for id in ordered
            if id not in told
        ]
    )


def _called(group_ids: Iterable[int]) -> list[_Audience]:
    """Who belongs to the groups that a post mentions."""
    called = [members.called(id) for id in group_ids]
    return [("mention", ids, {"group": f"@{handle}"}) for handle, ids in called if handle]


def on_rights_changed(event: BanLifted | GroupsChanged | MemberBanned | RolesChanged | SecondStepChanged) -> None:
    """Of an area that is closed to them now, nothing waits for the member; of one that is open again, what waited."""
    member = members.actors_of([event.member_id]).get(event.member_id)
    if member is not None:  # whose account may be gone before it is heard of
        settle_member(member)


def _settle(place: Place, id: int) -> None:
    """There may be any number of members who were told: the first stretch at once, a job does the others."""
    further = settle(place, id)
    if further is not None:
        jobs.enqueue("notifications.settle", place=place, id=id, after=further)


def on_post_hidden_or_shown(event: PostDeleted | PostRemoved | PostRestored) -> None:
    """Of what nobody reads any more nothing waits; what is there again waits as before. The first post takes its whole
    thread along."""
    is_first = threads.any_posts([event.post_id])[event.post_id].number == 1
    _settle(*(("thread", event.thread_id) if is_first else ("post", event.post_id)))


def on_thread_moved(event: ThreadMoved) -> None:
    _settle("thread", event.thread_id)


def on_posts_moved(event: PostsMoved) -> None:
    """What moved is read where it stands now, and what a merged thread begins with is read no more."""
    for thread_id in (event.source_id, event.target_id):
        _settle("thread", thread_id)


def on_grants_changed(event: GrantsChanged) -> None:
    """Notifications of a category are found by looking through all: a job does that, a stretch at a time. It is done
    twice: who was told at the same moment, by the former grants, may have been passed by."""
    for at in (None, clock.now() + _LATER):
        jobs.enqueue("notifications.settle", at=at, place="category", id=event.category_id, after=0)


def on_group_audience_changed(event: GroupAudienceChanged) -> None:
    """Any number of members may have asked to join it: a job settles what they were told, a stretch at a time."""
    jobs.enqueue("notifications.settle", place="group", id=event.group_id, after=0)


def on_reply_posted(event: ReplyPosted) -> None:
    """A mention beats a quote, which beats the mention of a group; following the thread comes last."""
    named: list[_Audience] = [("mention", event.mentions, {}), ("quote", event.quoted, {})]
    following: _Audience = ("reply", threads.followers(event.thread_id), {})
    _tell_of_post(event.post_id, event.author_id, [*named, *_called(event.groups), following])


def on_thread_started(event: ThreadStarted) -> None:
    """There may be any number of members who follow its author: a job tells them, a stretch at a time."""
    _tell_of_post(event.post_id, event.author_id, [("mention", event.mentions, {}), *_called(event.groups)])
    if event.author_id is not None and members.followers(event.author_id, 0, 1):
        jobs.enqueue(
            "notifications.tell_of_thread", unique_key=f"thread-started-{event.post_id}", post_id=event.post_id
        )


def on_post_edited(event: PostEdited) -> None:
    """Who is named only since the edit hears of it."""
    _tell_of_post(event.post_id, event.editor_id, [("mention", event.mentions, {}), *_called(event.groups)])


def on_reaction_added(event: ReactionAdded) -> None:
    """The author hears once of reactions to a post, from the first; the page counts the others. A reaction that was
    taken back before anybody heard of it is not told."""
    post = public_post(event.post_id)
    if post is None or post.author_id is None or post.author_id == event.member_id:
        return
    still = select(REACTION_ROWS.c.kind).where(
        REACTION_ROWS.c.post_id == event.post_id,
        REACTION_ROWS.c.member_id == event.member_id,
        REACTION_ROWS.c.kind == event.kind,
    )
    if db.session.execute(still).first() is None:
        return
    for id in readers(post, [post.author_id], event.member_id):
        data = {"kind": event.kind}
        notify([Telling(id, "reaction", f"post:{post.id}", post.id, event.member_id, data)])


def on_solution_marked(event: SolutionMarked) -> None:
    post = public_post(event.post_id)
    if post is None or post.author_id is None:
        return
    for id in readers(post, [post.author_id], event.actor_id):
        notify([Telling(id, "solution", f"post:{post.id}", post.id, event.actor_id)])


def _frozen(said: Statement) -> dict[str, object]:
    """What the telling of a decision needs later, whatever becomes of post and rulebook."""
    return {
        "decision_id": said.decision_id,
        "number": said.number,
        "act": said.act,
        "title": said.title,
        "is_about_post": said.is_about_post,
        "removed_post": said.removed_post,
        "until": said.until.isoformat() if said.until else None,
        "rule": {"number": said.rule.number, "title": said.rule.title} if said.rule else None,
        "reason": said.reason,
    }


def on_case_decided(event: CaseDecided) -> None:
    """Whom a decision concerns gets the statement of reasons, the reporters the outcome."""
    said = moderation.statement(event.decision_id)
    told: list[Telling] = []
    if said.about_id is not None and said.act != "no_action":
        told.append(Telling(said.about_id, "decision", f"decision:{event.decision_id}", data=_frozen(said)))
    for report_id, member_id in moderation.reporters(said.case_id or 0):
        data = {"report_id": report_id, "number": said.number, "act": said.act}
        told.append(Telling(member_id, "report_outcome", f"report:{report_id}", data=data))
    notify(told)


def on_decision_reversed(event: DecisionReversed) -> None:
    """All who were told of the decision hear that it was undone."""
    said = moderation.statement(event.decision_id)
    subject = f"decision:{event.decision_id}"
    told: list[Telling] = []
    if said.about_id is not None and said.act != "no_action":
        data = _frozen(said) | {"reversal_reason": said.reversal_reason}
        told.append(Telling(said.about_id, "reversal", subject, data=data))
    told += [
        Telling(member_id, "reversal", subject, data={"report_id": report_id, "number": said.number})
        for report_id, member_id in moderation.reporters(said.case_id or 0)
    ]
    notify(told)


def on_status_changed(event: StatusChanged) -> None:
    """There may be any number of voters: a job tells them, a stretch at a time."""
    if not event.is_small_step:
        key = f"idea-status-{event.change_id}"
        jobs.enqueue("notifications.tell_of_status", unique_key=key, change_id=event.change_id)


def on_ideas_merged(event: IdeasMerged) -> None:
    key = f"idea-merge-{event.merge_id}"
    jobs.enqueue("notifications.tell_of_merge", unique_key=key, merge_id=event.merge_id)


def on_post_made_idea(event: PostMadeIdea) -> None:
    """Whose words they are hears what has become of them."""
    post, idea = public_post(event.post_id), first_post(event.idea_id)
    if post is None or idea is None or idea.author_id is None:
        return
    for id in readers(idea, [idea.author_id], event.actor_id):
        data = {"from_title": post.thread.title}
        notify([Telling(id, "idea_made", f"idea:{event.idea_id}", idea.id, event.actor_id, data)])


def on_group_asked(event: GroupAsked) -> None:
    """Who may answer hears of it, while nobody has."""
    asked = members.open_request(event.request_id)
    if asked is None:
        return
    subject, who, group = f"group-request:{asked.id}", asked.member_id, asked.group_id
    notify(
        [
            Telling(id, "group_request", subject, actor_id=who, data={"words": asked.words}, group_id=group)
            for id in members.answerers(asked)
        ]
    )


def on_group_request_answered(event: GroupRequestAnswered) -> None:
    """Who asked hears what became of it, while there is that group and they see it."""
    subject, data = f"group-request:{event.request_id}", {"is_accepted": event.is_accepted}
    for id in members.who_sees(event.group_id, [event.member_id], lock=True):
        notify([Telling(id, "group_answer", subject, group_id=event.group_id, data=data)])


def on_group_invited(event: GroupInvited) -> None:
    """Who is asked in hears of it, while they haven't answered, unless they and who asks have blocked each other."""
    asked = members.open_invite(event.invite_id)
    if asked is None:
        return
    by = asked.by.id if asked.by is not None else None
    if by is not None and members.at_odds(by, [asked.member_id]):
        return
    subject = f"group-invite:{asked.id}"
    notify([Telling(asked.member_id, "group_invited", subject, actor_id=by, group_id=asked.group_id)])


def on_group_invite_answered(event: GroupInviteAnswered) -> None:
    """Who had asked somebody in hears what became of it, while there is that group and they see it."""
    by = event.invited_by_id
    if by is None or not members.actors_of([event.member_id]) or members.at_odds(event.member_id, [by]):
        return
    subject, data = f"group-invite:{event.invite_id}", {"is_accepted": event.is_accepted}
    who, group = event.member_id, event.group_id
    for id in members.who_sees(group, [by], lock=True):
        notify([Telling(id, "group_invite_answer", subject, actor_id=who, group_id=group, data=data)])
