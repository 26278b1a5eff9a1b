"""Members, categories and conversations for tests, made through the verbs themselves."""

import itertools
import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import insert

from forum.core import clock
from forum.core.actor import EVERYONE, MEMBERS, SYSTEM, Actor
from forum.core.database import db, transaction
from forum.members import actions as member_actions
from forum.members import queries as member_queries
from forum.members.models import MEMBERS as ACCOUNTS
from forum.members.models import ROLES
from forum.threads import actions, queries
from forum.threads.actions import CategoryDraft, Posted, ReplyDraft

_numbers = itertools.count(1)
OPEN = frozenset({("see", EVERYONE), ("start", MEMBERS), ("reply", MEMBERS)})


def member(name: str = "", *roles: str, **columns: Any) -> Actor:
    """A confirmed member; `columns` are set on the row (`confirmed_at=None`, `silenced_until=…`)."""
    name = name or f"member{next(_numbers)}"
    with transaction(SYSTEM):
        account = member_actions.register(
            SYSTEM,
            username=name,
            email=f"{name}@example.org",
            password_hash=None,
            language="en",
            time_zone="Europe/Berlin",
        )
        id = account.id
        db.session.flush()
        if roles:
            db.session.execute(insert(ROLES), [{"member_id": id, "role": role} for role in roles])
        values = {"confirmed_at": clock.now(), **columns}
        db.session.execute(ACCOUNTS.update().where(ACCOUNTS.c.id == id).values(**values))
    return member_queries.actor_of(id)


def again(actor: Actor) -> Actor:
    """The same member as of now."""
    return member_queries.actor_of(actor.member_id)


def category(name: str = "", grants: frozenset[tuple[str, int]] = OPEN) -> int:
    """A category; open to all unless told otherwise."""
    name = name or f"Topic {next(_numbers)}"
    with transaction(SYSTEM) as actor:
        return actions.create_category(actor, CategoryDraft({"en": name, "de": f"{name} de"}, grants=grants))


def thread(
    author: Actor, category_id: int, title: str = "A title", body: str = "The first post.", **fields: Any
) -> Posted:
    """A thread with its first post."""
    kind, tags = fields.pop("kind", "discussion"), fields.pop("tags", "")
    draft = actions.draft_of_thread(author, title, body, kind, tags, fields.pop("submission_id", None))
    with transaction(author) as actor:
        return actions.start_thread(actor, queries.get_category(actor, category_id), draft)


def reply(author: Actor, thread_id: int, body: str = "A reply.", **fields: Any) -> Posted:
    """A reply."""
    draft = ReplyDraft(actions.write(author, body), **fields)
    with transaction(author) as actor:
        return actions.post_reply(actor, queries.get_thread(actor, thread_id, lock=True), draft)


def on_post(verb: Any, author: Actor, post_id: int, *more: Any) -> Any:
    """A verb on a locked post, such as `on_post(actions.delete_post, anna, 3)`."""
    with transaction(author) as actor:
        return verb(actor, queries.get_post(actor, post_id, lock=True), *more)


def on_thread(verb: Any, author: Actor, thread_id: int, *more: Any) -> Any:
    """A verb on a locked thread."""
    with transaction(author) as actor:
        return verb(actor, queries.get_thread(actor, thread_id, lock=True), *more)


def sign_in(client: FlaskClient, actor: Actor) -> FlaskClient:
    """Signs a browser in without the form."""
    with transaction(SYSTEM):
        token = member_actions.sign_in(actor.member_id, "test")
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
        session.permanent = True
    return client


def token(client: FlaskClient, address: str = "/drafts") -> str:
    """A token against forged requests, from a page that has one."""
    page = client.get(address).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
    assert found, f"{address} has no token"
    return found[1]
