"""The desk takes banner and picture off a reported profile: explained, recorded, and undone."""

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core.actor import Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Invalid
from forum.core.worker import drain
from forum.media import actions as media
from forum.media import pictures
from forum.media.store import store
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.members.queries import get_member
from forum.moderation import actions, queries
from forum.moderation.actions import DecisionDraft
from tests.factories import threads as make
from tests.factories.members import a_member
from tests.factories.moderation import a_keeper, a_report_about
from tests.factories.rules import a_rule_id, a_rulebook
from tests.factories.visitor import Visitor, read, words
from tests.media.samples import a_picture


def dress(member: Actor, colour: str = "teal") -> tuple[str, str]:
    """Gives the member a face and a banner; returns their names."""
    face, banner = pictures.avatar(a_picture(colour=colour)), pictures.banner(a_picture(colour=colour))
    with transaction(member) as actor:
        account = get_member(actor, actor.member_id, lock=True)
        for picture, kind, act in ((face, "avatar", members.set_avatar), (banner, "banner", members.set_banner)):
            store().put(picture.name, picture.content)
            act(actor, account, media.keep(actor, picture, kind=kind))
    return face.name, banner.name


def worn(member: Actor) -> tuple[str | None, str | None]:
    row = db.session.execute(select(MEMBERS.c.avatar, MEMBERS.c.banner).where(MEMBERS.c.id == member.id)).one()
    return row.avatar, row.banner


@pytest.fixture
def people(app: Flask) -> dict[str, Actor]:
    a_rulebook()
    return {
        "anna": a_member("anna"),
        "karl": a_member("karl", display_name="Karl Kette", language="de"),
        "mia": a_member("mia", roles=("moderator",)),
    }


def decide(moderator: Actor, case_id: int, act: str, *taken: str) -> int:
    with transaction(moderator) as fresh:
        draft = DecisionDraft(act=act, rule_id=a_rule_id(), reason="It shows a rude sign.", days=3, pictures=taken)
        return actions.decide(fresh, queries.get_case(fresh, case_id, lock=True), draft)


def test_a_banner_goes_alone_and_comes_back_when_that_is_undone(app: Flask, people: dict[str, Actor]) -> None:
    face, banner = dress(people["karl"])
    case_id = a_report_about(people["anna"], people["karl"])
    desk = Visitor(app, people["mia"])
    page = read(desk.get(f"/moderation/cases/{case_id}?act=remove"))
    assert page.select_one(".card img.profile-banner[src$='.webp']") is not None
    assert [box["value"] for box in page.select("#decision [name=pictures]")] == ["avatar", "banner"]
    form = {"act": "remove", "rule": a_rule_id(), "reason": "It shows a rude sign."}
    refused = desk.post(f"/moderation/cases/{case_id}/decide", **form)
    assert refused.status_code == 400
    assert "Please choose what is to go." in words(refused)
    assert desk.post(f"/moderation/cases/{case_id}/decide", **form, pictures="banner").status_code == 303
    assert worn(people["karl"]) == (face, None)
    assert read(Visitor(app).get("/u/karl")).select_one("img.profile-banner") is None
    viewers = (Visitor(app), Visitor(app, people["karl"]), Visitor(app, a_keeper("kim", make.category())), desk)
    assert [one.get(f"/media/{banner}").status_code for one in viewers] == [404, 404, 404, 200]
    assert Visitor(app).get(f"/media/{face}").status_code == 200
    decision_id = queries.case_file(people["mia"], case_id).decisions[0].id
    drain(app.extensions["settings"])
    letter = words(Visitor(app, people["karl"]).get(f"/decisions/{decision_id}"))
    assert "Wir haben das Banner deines Profils entfernt." in letter
    assert "It shows a rude sign." in letter
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.act == "case.decide"))
    assert entry is not None
    assert (entry.after or {})["removed_pictures"] == {"banner": banner}
    assert "the banner" in words(desk.get(f"/moderation/cases/{case_id}?view=decided"))
    undone = desk.post(f"/moderation/decisions/{decision_id}/reverse", reason="It was a hand that waves.")
    assert undone.status_code == 303
    assert worn(people["karl"]) == (face, banner)
    assert Visitor(app).get(f"/media/{banner}").status_code == 200


def test_pictures_go_with_a_warning_too(people: dict[str, Actor]) -> None:
    dress(people["karl"])
    case_id = a_report_about(people["anna"], people["karl"])
    decision_id = decide(people["mia"], case_id, "remove_warn", "avatar", "banner")
    assert worn(people["karl"]) == (None, None)
    said = queries.statement(decision_id)
    assert (said.act, said.removed_pictures) == ("remove_warn", ("avatar", "banner"))


def test_what_somebody_has_chosen_since_stays(people: dict[str, Actor]) -> None:
    dress(people["karl"])
    case_id = a_report_about(people["anna"], people["karl"])
    decision_id = decide(people["mia"], case_id, "remove", "banner")
    _face, newer = dress(people["karl"], "navy")
    with transaction(people["mia"]) as fresh:
        actions.reverse(fresh, queries.get_case(fresh, case_id, lock=True), decision_id, "It was harmless.")
    assert worn(people["karl"])[1] == newer


def test_what_another_profile_shows_is_seen_by_everybody(app: Flask, people: dict[str, Actor]) -> None:
    _face, banner = dress(people["karl"])
    dress(people["anna"])
    decide(people["mia"], a_report_about(people["anna"], people["karl"]), "remove", "banner")
    assert Visitor(app).get(f"/media/{banner}").status_code == 200


def test_a_file_that_is_gone_does_not_come_back(people: dict[str, Actor]) -> None:
    _face, banner = dress(people["karl"])
    case_id = a_report_about(people["anna"], people["karl"])
    decision_id = decide(people["mia"], case_id, "remove", "banner")
    with transaction():
        assert media.forget_face(banner, "banner")
    with transaction(people["mia"]) as fresh:
        actions.reverse(fresh, queries.get_case(fresh, case_id, lock=True), decision_id, "It was harmless.")
    assert worn(people["karl"])[1] is None


@pytest.mark.parametrize(
    ("act", "taken", "code"),
    [
        ("remove", (), "pictures-required"),
        ("remove", ("about",), "unknown-choice"),
        ("remove", ("banner",), "pictures-gone"),
    ],
)
def test_what_cannot_be_taken_decides_nothing(
    people: dict[str, Actor], act: str, taken: tuple[str, ...], code: str
) -> None:
    case_id = a_report_about(people["anna"], people["karl"])
    with pytest.raises(Invalid) as refused:
        decide(people["mia"], case_id, act, *taken)
    assert (refused.value.code, refused.value.field) == (code, "pictures")
    assert queries.get_case(people["mia"], case_id).is_open


def test_no_violation_takes_nothing_away(people: dict[str, Actor]) -> None:
    names = dress(people["karl"])
    decide(people["mia"], a_report_about(people["anna"], people["karl"]), "no_action", "banner")
    assert worn(people["karl"]) == names


def test_a_profile_without_pictures_offers_no_removal(app: Flask, people: dict[str, Actor]) -> None:
    case_id = a_report_about(people["anna"], people["karl"])
    page = read(Visitor(app, people["mia"]).get(f"/moderation/cases/{case_id}"))
    assert not page.select(".keys [href*='act=remove&'], .keys [href*='act=remove#']")
    assert page.select(".keys [href*='act=remove_warn']")
