"""What an open page hears of: new posts, notifications, cases; only what its reader may know, and without a trace."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from forum.core import clock
from forum.core.database import db
from forum.members.models import SIGN_INS
from forum.threads.models import READ_POSITIONS
from tests.factories import threads as make
from tests.factories.moderation import a_report
from tests.factories.rules import a_rulebook
from tests.factories.visitor import Visitor
from tests.factories.world import deliver
from tests.system.statements import counted

pytestmark = pytest.mark.usefixtures("app")


def test_who_reads_hears_of_new_posts_in_their_language(app: Flask) -> None:
    anna, ben = make.member("anna"), make.member("ben")
    posted = make.thread(anna, make.category())
    asked = f"/news?thread={posted.thread_id}&after=1"
    guest, german = Visitor(app), Visitor(app, language="de")
    assert guest.get(asked).json == {}
    make.reply(ben, posted.thread_id, "First.")
    told = guest.get(asked).json
    assert told == {"posts": 1, "words": "Show 1 new reply", "place": f"{posted.address.split('#')[0]}/2"}
    make.reply(ben, posted.thread_id, "Second.")
    assert german.get(asked).json["words"] == "2 neue Antworten zeigen"
    assert guest.get(told["place"]).headers["Location"].endswith("#p2")


def test_every_guest_gets_the_same_and_no_cookie(app: Flask) -> None:
    anna = make.member("anna")
    posted = make.thread(anna, make.category())
    make.reply(anna, posted.thread_id, "More.")
    first, second = (Visitor(app).get(f"/news?thread={posted.thread_id}&after=1") for _ in range(2))
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert Visitor(app).get("/news").json == {}


def test_what_has_not_changed_is_not_sent_again(app: Flask) -> None:
    anna = make.member("anna")
    posted = make.thread(anna, make.category())
    reader, asked = Visitor(app, make.member("ben")), f"/news?thread={posted.thread_id}&after=1"
    etag = reader.get(asked).headers["ETag"]
    again = reader.get(asked, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    make.reply(anna, posted.thread_id, "More.")
    assert reader.get(asked, headers={"If-None-Match": etag}).status_code == 200


def test_a_member_hears_of_notifications_and_the_desk_of_cases(app: Flask) -> None:
    anna, ben, mona = make.member("anna"), make.member("ben"), make.member("mona", "moderator")
    posted = make.thread(anna, make.category())
    assert Visitor(app, anna).get("/news").json == {"unread": "", "told": ""}
    answer = make.reply(ben, posted.thread_id, "An answer.")
    deliver()
    assert Visitor(app, anna).get("/news").json == {"unread": "1", "told": "1 unread notification"}
    assert Visitor(app, mona).get("/news").json["cases"] == ""
    a_rulebook(is_material=False)
    a_report(anna, answer.post_id)
    assert Visitor(app, mona).get("/news").json["cases"] == "1"
    assert "cases" not in Visitor(app, anna).get("/news").json


def test_asking_leaves_no_trace(app: Flask) -> None:
    anna, ben = make.member("anna"), make.member("ben")
    posted = make.thread(anna, make.category())
    reader = Visitor(app, ben)
    long_ago = clock.now() - timedelta(days=2)
    db.session.execute(sa.update(SIGN_INS).values(used_at=long_ago))
    db.session.commit()
    reader.get(f"/news?thread={posted.thread_id}&after=0")
    assert db.session.scalars(sa.select(SIGN_INS.c.used_at)).all() == [long_ago]
    seen = sa.select(sa.func.count()).select_from(READ_POSITIONS).where(READ_POSITIONS.c.member_id == ben.member_id)
    assert db.session.scalar(seen) == 0
    reader.get("/")
    db.session.expire_all()
    assert db.session.scalars(sa.select(SIGN_INS.c.used_at)).all() != [long_ago]


@pytest.mark.parametrize("role", ["guest", "member", "moderator"])
def test_it_costs_two_statements_at_the_desk_three_and_one_more_for_words(app: Flask, role: str) -> None:
    """Who asks, and the thread; the cases; how the community addresses people."""
    posted = make.thread(make.member("anna"), make.category())
    readers = {"guest": None, "member": make.member("ben"), "moderator": make.member("mona", "moderator")}
    reader = Visitor(app, readers[role])
    most = 3 if role == "moderator" else 2
    for after, more in ((1, 0), (0, 1)):
        asked = f"/news?thread={posted.thread_id}&after={after}"
        reader.get(asked)
        with counted() as said:
            reader.get(asked)
        assert len(said) <= most + more, "\n\n".join(said)


@pytest.mark.parametrize("query", ["thread=x&after=1", "thread=1", "after=1", "thread=&after=", "thread=-1&after=1"])
def test_what_makes_no_sense_tells_nothing(app: Flask, query: str) -> None:
    assert Visitor(app).get(f"/news?{query}").json == {}


def test_who_asks_all_the_time_is_stopped_for_the_rest_of_the_minute(app: Flask) -> None:
    app.config["RATE_LIMITS"] = True
    asker, other = Visitor(app, make.member("anna")), Visitor(app, make.member("ben"))
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False) as moment:
        answers = [asker.get("/news").status_code for _ in range(301)]
        assert (set(answers[:300]), answers[300]) == ({200}, 429)
        assert other.get("/news").status_code == 200
        moment.shift(60)
        assert asker.get("/news").status_code == 200
