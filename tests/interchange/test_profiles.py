"""What a profile holds besides the text: it travels with its privacy, so that nothing hidden comes out by moving."""

import json

from sqlalchemy import select

from forum.core.actor import SYSTEM
from forum.core.database import db
from forum.members import queries
from forum.members.models import MEMBERS
from forum.members.queries import Privacy
from tests.factories.members import a_field
from tests.interchange.conftest import Archive
from tests.interchange.sample import HEAD, member
from tests.media.samples import a_picture

FILLED = {"Place": "Köln", "Site": "https://example.org", "Bike": "Trekking"}


def test_privacy_and_fields_come_in_and_leave_as_they_were(archive: Archive) -> None:
    a_field("Place")
    a_field("Site", "link")
    a_field("Bike", "choice", options={"en": "Cargo\nTrekking"})
    hidden = {"profile_audience": "staff", "is_indexed": False, "shows_presence": True, "shows_votes": True}
    hidden |= {"shows_threads": False, "shows_posts": False, "shows_ideas": False}
    archive.bring_in([HEAD, member("m1", "anna", profile_fields=FILLED, **hidden), member("m2", "ben")])
    anna, ben = (queries.actor_of(id) for id in db.session.scalars(select(MEMBERS.c.id).order_by(MEMBERS.c.id)))
    assert queries.privacy_of(anna) == Privacy("staff", False, True, True, False, False, False)
    assert queries.privacy_of(ben) == Privacy("everybody", True, False, False)
    shown = queries.shown_fields(SYSTEM, queries.profile(SYSTEM, "anna"))
    assert {one.name: one.address or one.text for one in shown} == FILLED
    lines = [json.loads(line) for line in archive.take_out().read_text(encoding="utf-8").splitlines()]
    records = {one["username"]: one for one in lines if one["kind"] == "member"}
    assert records["anna"] | hidden | {"profile_fields": FILLED} == records["anna"]
    assert not hidden.keys() & records["ben"].keys()


def test_what_no_field_can_hold_is_left_out_and_counted(archive: Archive) -> None:
    a_field("Site", "link")
    a_field("Bike", "choice", options={"en": "Cargo\nTrekking"})
    wrong = {"Site": "javascript:alert(1)", "Bike": "Unicycle", "Motto": "None", "site": 7}
    archive.bring_in([HEAD, member("m1", "anna", profile_fields=wrong)])
    assert queries.shown_fields(SYSTEM, queries.profile(SYSTEM, "anna")) == []


def test_a_banner_travels_beside_the_archive(archive: Archive) -> None:
    beside = archive.folder / "archive-files"
    beside.mkdir()
    (beside / "hills.jpg").write_bytes(a_picture("JPEG", (900, 700)))
    archive.bring_in([HEAD, member("m1", "anna", banner="hills.jpg"), member("m2", "ben", banner="../secret.png")])
    first, second = db.session.scalars(select(MEMBERS.c.banner).order_by(MEMBERS.c.id))
    assert first.endswith("-1200x300.webp")
    assert second is None
    archive.take_out("out.jsonl")
    assert [path.name for path in (archive.folder / "out-files").iterdir()] == [first]
