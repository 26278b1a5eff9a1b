"""Profiles that are made anew while their members write."""

from flask import Flask
from sqlalchemy import select, update

from forum.core.database import db, transaction
from forum.members import records
from forum.members.models import MEMBERS
from tests.factories.accounts import a_member


def test_what_is_written_while_profiles_are_made_anew_stays(app: Flask) -> None:
    anna, bea = a_member("anna"), a_member("bea")
    with transaction():
        db.session.execute(update(MEMBERS).values(about="Old.", about_html="<p>Old.</p>", about_version=1))
    (batch,) = records.outdated_profiles(None)
    with transaction():
        news = {"about": "New.", "about_html": "<p>New.</p>", "about_version": 2}
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == anna.id).values(**news))
    with transaction():
        records.write_html(dict.fromkeys(batch, "<p>Old, anew.</p>"), 3)
    found = dict(db.session.execute(select(MEMBERS.c.id, MEMBERS.c.about_html)).all())
    assert found == {anna.id: "<p>New.</p>", bea.id: "<p>Old, anew.</p>"}
