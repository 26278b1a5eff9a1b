"""Below an idea one comments, below a conversation one replies: the words on the pages, in both languages."""

import pytest
from flask import Flask
from sqlalchemy import update

from forum.community.models import COMMUNITY
from forum.core.database import db, transaction
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.members import a_member
from tests.factories.visitor import Visitor, read, words
from tests.factories.world import deliver


@pytest.fixture(autouse=True)
def _english(app: Flask) -> None:
    with transaction():
        db.session.execute(update(COMMUNITY).values(default_language="en"))


def test_an_idea_has_comments_in_every_list(app: Flask) -> None:
    anna = a_member("anna")
    category = make.category("Lamps")
    area = ideas.area(category, "Lights")
    ideas.idea(anna, area, "Nobody has said a word")
    wanted = ideas.idea(anna, area, "Talked about")
    make.reply(a_member("karl", language="de"), wanted.thread_id, "Yes.")
    make.thread(anna, category, "A silent talk")

    def said(address: str, language: str) -> dict[str, str]:
        page = read(Visitor(app, language=language).get(address))
        return {
            row.select_one(".row-title").get_text().strip(): row.select_one(".num").get_text()  # type: ignore[union-attr]
            for row in page.select(".talk")
        }

    for address in ("/", "/c/lamps"):
        assert said(address, "en") == {
            "Nobody has said a word": "No comment yet",
            "Talked about": "1 comment",
            "A silent talk": "No reply yet",
        }
        assert said(address, "de") == {
            "Nobody has said a word": "Noch kein Kommentar",
            "Talked about": "1 Kommentar",
            "A silent talk": "Noch keine Antwort",
        }
    assert "Last comment by karl" in words(Visitor(app).get("/c/lamps"))


@pytest.mark.parametrize(
    ("language", "label", "send", "first", "other", "sign_in"),
    [
        ("en", "Your comment", "Send comment", "Comment", "Reply", "Sign in to comment"),
        ("de", "Dein Kommentar", "Kommentar senden", "Kommentieren", "Antworten", "Anmelden und kommentieren"),
    ],
)
def test_one_comments_on_an_idea(
    app: Flask, language: str, label: str, send: str, first: str, other: str, sign_in: str
) -> None:
    anna = a_member("anna", language=language)
    wanted = ideas.idea(a_member("ben"))
    make.reply(a_member("karl"), wanted.thread_id, "Yes.")
    page = read(Visitor(app, anna).get(wanted.address))
    assert page.select_one("#reply .composer label").get_text() == label  # type: ignore[union-attr]
    assert page.select_one("#reply [type=submit]").get_text() == send  # type: ignore[union-attr]
    assert [one.get_text() for one in page.select("[data-quote]")] == [first, other]
    guest = read(Visitor(app, language=language).get(wanted.address))
    assert sign_in in guest.select_one("#reply").get_text()  # type: ignore[union-attr]
    assert [one.get_text() for one in guest.select(".post-foot > a.btn")] == [first, other]
    refused = read(Visitor(app, anna).post(f"/t/{wanted.thread_id}/reply", body=" "))
    assert refused.select_one("#reply .composer label").get_text() == label  # type: ignore[union-attr]
    assert label in refused.select_one("#reply [role=alert]").get_text()  # type: ignore[union-attr]


def test_one_replies_in_a_conversation_as_before(app: Flask) -> None:
    anna = a_member("anna")
    talk = make.thread(anna, make.category())
    page = read(Visitor(app, anna).get(talk.address))
    assert page.select_one("#reply .composer label").get_text() == "Your reply"  # type: ignore[union-attr]
    assert page.select_one("#reply [type=submit]").get_text() == "Send reply"  # type: ignore[union-attr]
    refused = read(Visitor(app, anna).post(f"/t/{talk.thread_id}/reply", body=" "))
    assert "Your reply" in refused.select_one("#reply [role=alert]").get_text()  # type: ignore[union-attr]


def test_comments_are_closed_and_open_again(app: Flask) -> None:
    anna, wanted = a_member("anna"), ideas.idea(a_member("ben"))
    mona = Visitor(app, a_member("mona", roles=("moderator",)))
    mona.post(f"/t/{wanted.thread_id}/close")
    assert "Comments on this idea are closed now." in words(mona.get(wanted.address))
    assert "Comments on this idea are closed." in words(Visitor(app).get(wanted.address))
    late = Visitor(app, anna)
    assert "Comments on this idea are closed." in words(late.get(wanted.address))
    answer = late.post(f"/t/{wanted.thread_id}/reply", body="Too late?")
    assert answer.status_code == 409
    assert "This idea is closed: nobody can comment or change anything." in words(answer)
    assert "Comment on “A lamp that dims”" in read(late.get("/drafts")).get_text()
    mona.post(f"/t/{wanted.thread_id}/reopen")
    assert "Comments on this idea are open again." in words(mona.get(wanted.address))


def test_an_idea_without_comments_is_taken_back_as_a_whole(app: Flask) -> None:
    anna = a_member("anna")
    wanted = ideas.idea(anna)
    assert "Nobody has commented yet, so the whole idea disappears." in words(
        Visitor(app, anna).get(f"/p/{wanted.post_id}/delete")
    )


def test_a_notification_tells_of_a_comment(app: Flask) -> None:
    anna, karl = a_member("anna"), a_member("karl", language="de")
    wanted, german = ideas.idea(anna), ideas.idea(karl, title="Dunkler")
    make.reply(karl, wanted.thread_id, "Yes.")
    make.reply(anna, german.thread_id, "Yes.")
    deliver()
    assert "karl commented on “A lamp that dims”" in words(Visitor(app, anna).get("/notifications"))
    assert "anna hat „Dunkler“ kommentiert" in words(Visitor(app, karl).get("/notifications"))


def test_who_proposed_an_idea_is_known_among_its_comments(app: Flask) -> None:
    anna = a_member("anna")
    wanted, talk = ideas.idea(anna), make.thread(anna, make.category())
    for started, said in ((wanted, "proposed this"), (talk, "started this")):
        make.reply(anna, started.thread_id, "One more thing.")
        assert said in words(Visitor(app).get(started.address))
