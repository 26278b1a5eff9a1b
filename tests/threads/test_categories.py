"""Changing categories: what is on record, and what happens when two do the same at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.core.actor import EVERYONE, MEMBERS, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Invalid
from forum.threads import actions, queries
from forum.threads.actions import CategoryDraft, categories
from forum.threads.models import CATEGORIES, THREADS
from forum.web.admin import categories as admin_categories
from tests.factories.threads import category, member, sign_in, token


def entry(act: str) -> AuditEntry:
    return db.session.scalars(select(AuditEntry).where(AuditEntry.act == act)).one()


def test_a_change_is_on_record_with_what_was_before(app: Flask) -> None:
    admin = member("ada", "admin")
    one, two = category("One"), category("Two")
    with transaction(admin) as actor:
        actions.update_category(actor, one, CategoryDraft(name={"en": "Uno"}, hue=10))
        actions.set_grants(actor, one, frozenset({("see", EVERYONE)}))
        actions.move_category(actor, two, "up")
    updated = entry("category.update")
    assert updated.before is not None
    assert updated.after is not None
    assert updated.before.keys() == updated.after.keys()
    assert (updated.before["name"], updated.after["name"]) == ({"de": "One de", "en": "One"}, {"en": "Uno"})
    granted = entry("category.grants")
    assert granted.before == {"grants": [["reply", MEMBERS], ["see", EVERYONE], ["start", MEMBERS]]}
    assert granted.after == {"grants": [["see", EVERYONE]]}
    ordered = entry("category.order")
    assert (ordered.before, ordered.after) == ({"order": [one, two]}, {"order": [two, one]})


def test_who_takes_an_address_later_by_a_moment_is_told_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    one, _two = category("One"), category("Two")
    monkeypatch.setattr(categories, "_is_taken", lambda *_: False)
    with transaction() as system:
        with pytest.raises(Invalid) as refused:
            actions.create_category(system, CategoryDraft(name={"en": "Two"}))
        assert refused.value.code == "slug-taken"
        with pytest.raises(Invalid):
            actions.update_category(system, one, CategoryDraft(name={"en": "Two"}))
        assert db.session.scalars(select(CATEGORIES.c.slug).order_by(CATEGORIES.c.id)).all() == ["one", "two"]


def test_a_category_that_is_closed_while_a_thread_is_written_stays_closed(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, one = member("anna"), category("One")
    sign_in(client, anna)
    known = token(client, "/new")
    draft_of_thread = actions.draft_of_thread

    def close_meanwhile(*arguments: object) -> object:
        with transaction() as system:
            actions.set_grants(system, one, frozenset({("see", EVERYONE)}))
        return draft_of_thread(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "draft_of_thread", close_meanwhile)
    slug = queries.get_category(anna, one).slug
    sent = {"csrf_token": known, "category": slug, "title": "A new thread", "body": "Text.", "kind": "discussion"}
    assert client.post("/new", data=sent).status_code in {400, 403}
    assert db.session.scalar(select(THREADS.c.id)) is None


def order() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(CATEGORIES.c.id).order_by(CATEGORIES.c.position)))


def test_what_somebody_else_moves_meanwhile_stays_moved(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third, fourth = (category(name) for name in ("One", "Two", "Three", "Four"))
    sign_in(client, member("ada", "admin"))
    known = token(client, "/admin/groups")

    @contextmanager
    def after_another(actor: Actor) -> Iterator[Actor]:
        with transaction() as system:
            actions.move_category(system, fourth, "up")
        with transaction(actor) as staff:
            yield staff

    monkeypatch.setattr(admin_categories, "transaction", after_another)
    assert client.post(f"/admin/categories/{first}/down", data={"csrf_token": known}).status_code == 303
    assert order() == [second, first, fourth, third]
    assert db.session.scalars(select(CATEGORIES.c.position).order_by(CATEGORIES.c.position)).all() == [1, 2, 3, 4]


def test_of_two_who_move_at_the_same_moment_both_do(app: Flask) -> None:
    ids = [category(name) for name in ("One", "Two", "Three", "Four", "Five", "Six")]
    together = threading.Barrier(2)

    def move(id: int, direction: str) -> None:
        with app.app_context():
            together.wait()
            with transaction() as system:
                actions.move_category(system, id, direction)

    for _round in range(5):
        both = [threading.Thread(target=move, args=one) for one in ((ids[0], "down"), (ids[-1], "up"))]
        for one in both:
            one.start()
        for one in both:
            one.join()
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "category.order").order_by(AuditEntry.id))
    known = ids
    for entry in entries:
        assert entry.before == {"order": known}
        assert entry.after is not None
        known = entry.after["order"]
    assert order() == known
