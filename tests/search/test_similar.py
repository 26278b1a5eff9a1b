"""Similar threads: how good they are on the labelled pairs, and whom they are shown to."""

import pytest
from flask import Flask

from forum.core import actor as actors
from forum.core.actor import EVERYONE
from forum.core.database import db, transaction
from forum.core.worker import drain
from forum.search import actions as search_actions
from forum.search import queries, similar
from forum.search.models import SIMILAR
from forum.search.similar import Candidate
from forum.threads import actions
from forum.threads import queries as threads
from tests.factories import ideas as make_ideas
from tests.factories import threads as make
from tests.search.similar_pairs import DISTRACTORS, PAIRS

GUEST = actors.guest()
ENOUGH = 0.85


def settle(app: Flask) -> None:
    drain(app.extensions["settings"])


def test_the_set_is_large_enough() -> None:
    titles = [title for _language, title, _wish in PAIRS] + [title for _language, title in DISTRACTORS]
    assert len(PAIRS) >= 60
    assert len(DISTRACTORS) >= 150
    assert {language for language, _title, _wish in PAIRS} == {"de", "en"}
    assert len(set(titles)) == len(titles)


def test_the_first_five_contain_the_pair(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    anna, topic = make.member(), make.category()
    for _language, title in DISTRACTORS:
        make.thread(anna, topic, title, "…")
    ids = {title: make.thread(anna, topic, title, "…").thread_id for _language, title, _wish in PAIRS}
    settle(app)
    missed = {
        language: [
            (wish, title)
            for of, title, wish in PAIRS
            if of == language and ids[title] not in [row.id for row in queries.similar_to(GUEST, wish)]
        ]
        for language in ("de", "en")
    }
    total = {language: sum(of == language for of, _title, _wish in PAIRS) for language in missed}
    shares = {language: 1 - len(missed[language]) / total[language] for language in missed}
    share = 1 - sum(map(len, missed.values())) / len(PAIRS)
    with capsys.disabled():
        print(  # noqa: T201  the measure is what the test is for
            f"\nsimilar titles, {db.engine.dialect.name}: the first five contain the pair in {share:.3f} of"
            f" {len(PAIRS)} (de {shares['de']:.3f}, en {shares['en']:.3f}); missed: {missed}"
        )
    assert share >= ENOUGH
    assert min(shares.values()) >= ENOUGH


def test_what_has_only_letters_in_common_is_not_similar(app: Flask) -> None:
    anna, topic = make.member(), make.category()
    for _language, title in DISTRACTORS[:60]:
        make.thread(anna, topic, title, "…")
    settle(app)
    assert queries.similar_to(GUEST, "Xylophonunterricht für Quallen") == []
    for empty in ("", "   ", "😀😀😀", "???", "a", "\x00", "*" * 5_000):
        assert queries.similar_to(GUEST, empty) == []


def test_the_text_below_the_title_helps() -> None:
    candidates = [
        Candidate(1, "Problem with my order", "The parcel was sent to my old address."),
        Candidate(2, "Problem with my order", "The invoice shows the wrong tax."),
    ]
    assert similar.rank("Order trouble", "Wrong tax on the invoice", candidates)[0][0] == 2


def test_ideas_say_how_they_stand(app: Flask) -> None:
    anna = make.member()
    idea = make_ideas.idea(anna, title="Dark mode for the mobile app")
    thread = make.thread(anna, make.category(), "Dark mode looks odd in the mobile app", kind="question")
    settle(app)
    rows = {row.id: row for row in queries.similar_to(GUEST, "A dark mode for the mobile app, please")}
    assert rows[idea.thread_id].vote_count == 1
    assert rows[idea.thread_id].status_name == "New"
    assert rows[idea.thread_id].address.startswith(f"/ideas/{idea.thread_id}/")
    assert not rows[idea.thread_id].is_settled
    assert rows[thread.thread_id].status_name == ""
    assert rows[thread.thread_id].address.startswith(f"/t/{thread.thread_id}/")


def test_the_thread_itself_and_hidden_ones_are_not_similar(app: Flask) -> None:
    anna, staff, topic = make.member(), make.member("mo", "moderator"), make.category()
    one, two, gone = (make.thread(anna, topic, f"The valve of the pump leaks {n}") for n in range(3))
    hidden = make.thread(staff, make.category(grants=frozenset()), "The valve of the pump leaks secretly")
    settle(app)
    make.on_post(actions.delete_post, anna, gone.post_id)  # the index doesn't know yet
    found = [row.id for row in queries.similar_to(GUEST, "The valve of the pump leaks", but=one.thread_id)]
    assert found == [two.thread_id]
    assert hidden.thread_id in [row.id for row in queries.similar_to(staff, "The valve of the pump leaks")]


def test_the_worker_finds_what_is_similar_to_a_thread(app: Flask) -> None:
    anna, staff, topic = make.member(), make.member("mo", "manager"), make.category()
    one, two = (make.thread(anna, topic, f"The valve of the pump leaks {n}") for n in range(2))
    secret = make.category(grants=frozenset())
    hidden = make.thread(staff, secret, "The valve of the pump leaks secretly")
    settle(app)
    thread = threads.get_thread(anna, one.thread_id)
    assert queries.similar_threads(anna, thread).is_due
    for _ in range(2):
        with transaction(anna):
            search_actions.ask_for_similar(thread.id)
    settle(app)
    assert db.session.execute(SIMILAR.select()).one().others == [two.thread_id, hidden.thread_id]
    alike = queries.similar_threads(anna, thread)
    assert ([row.id for row in alike.rows], alike.is_due) == ([two.thread_id], False)
    assert len(queries.similar_threads(staff, thread).rows) == 2
    with transaction(staff) as actor:
        actions.set_grants(actor, secret, frozenset({("see", EVERYONE)}))
    assert len(queries.similar_threads(make.again(anna), thread).rows) == 2


def test_nothing_is_worked_out_for_a_thread_that_is_gone(app: Flask) -> None:
    anna = make.member()
    one = make.thread(anna, make.category())
    with transaction(anna):
        search_actions.ask_for_similar(one.thread_id)
    make.on_post(actions.delete_post, anna, one.post_id)
    settle(app)
    assert db.session.execute(SIMILAR.select()).first() is None
