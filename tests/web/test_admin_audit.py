"""The audit log in the browser: found by who, act, target and time, and each entry in full."""

from collections.abc import Iterable
from datetime import UTC, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.community import queries
from forum.core import audit, clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.members import actions as members
from forum.members.queries import get_group, get_member
from forum.threads import actions
from tests.factories.members import a_group, a_member
from tests.factories.moderation import a_report_about
from tests.factories.rules import a_rule_id, a_rulebook
from tests.factories.threads import category, on_post, thread
from tests.factories.visitor import Visitor, read, words

LONG = "A sentence that goes on well beyond the end of what stands on one line.\nAnd a second one."


@pytest.fixture
def boss(app: Flask) -> Visitor:
    return Visitor(app, a_member("boss", roles=("admin",)))


def record(actor: Actor, act: str, target: tuple[str, int | None], days_ago: int = 0, **said: object) -> int:
    """An entry of some days ago; returns its number."""
    with transaction(actor):
        audit.record(actor, act, target, **said)  # type: ignore[arg-type]
        number = db.session.scalar(select(audit.AuditEntry.id).order_by(audit.AuditEntry.id.desc()).limit(1))
        then = clock.now() - timedelta(days=days_ago)
        db.session.execute(update(audit.AuditEntry).where(audit.AuditEntry.id == number).values(at=then))
    return int(number or 0)


def found(visitor: Visitor, address: str) -> list[int]:
    """The numbers of the entries on this page and on all that follow it."""
    numbers: list[int] = []
    following: str | None = address
    while following:
        page = read(visitor.get(following))
        numbers += [int(str(link["href"]).rpartition("/")[2]) for link in page.select("tbody th a")]
        onwards = page.select_one("main a[rel=next], main .empty a[href*='before=']")
        following = str(onwards["href"]) if onwards else None
    return numbers


def test_each_filter_leaves_the_entries_that_fit(boss: Visitor) -> None:
    anna, place = a_member("anna"), category("Help")
    group = a_group("Partners")
    with transaction(SYSTEM) as system:
        members.rename_by_hand(system, get_member(system, anna.member_id, lock=True), "annika")
    assert boss.actor is not None
    by_hand = record(boss.actor, "member.confirm", ("member", anna.id))
    old = record(boss.actor, "group.change", ("group", group), days_ago=10)
    of_category = record(SYSTEM, "category.update", ("category", place), days_ago=20)
    mine = {by_hand, old, of_category}
    today = clock.now().astimezone(UTC).date()

    def fit(asked: str) -> set[int]:
        return mine & set(found(boss, f"/admin/audit?{asked}"))

    assert fit("") == mine
    assert fit("who=boss") == fit("who=@Boss") == fit("who=boss@example.org") == {by_hand, old}
    assert fit("who=system") == {of_category}
    assert fit("act=group.change") == {old}
    assert fit("kind=group") == {old}
    assert fit("kind=member&of=annika") == fit("kind=member&of=anna") == fit(f"kind=member&of={anna.id}") == {by_hand}
    assert fit("kind=group&of=partners") == {old}
    assert fit("kind=category&of=help") == fit(f"kind=category&of=%23{place}") == {of_category}
    assert fit("who=boss&act=member.confirm&kind=member") == {by_hand}
    assert fit("who=boss&act=category.update") == set()
    assert fit(f"from={today - timedelta(days=12)}") == {by_hand, old}
    assert fit(f"until={today - timedelta(days=12)}") == {of_category}
    assert fit(f"from={today - timedelta(days=12)}&until={today - timedelta(days=5)}") == {old}
    assert fit("who=nobody-of-that-name") == set()


def test_who_is_gone_is_found_by_the_name_that_was_written(boss: Visitor) -> None:
    gone = a_member("gone")
    number = record(gone, "group.add", ("group", 1))
    with transaction():
        db.session.execute(update(audit.AuditEntry).where(audit.AuditEntry.id == number).values(actor_id=987_654))
        db.session.execute(update(audit.AuditEntry).where(audit.AuditEntry.id == number).values(actor_name="left"))
    assert found(boss, "/admin/audit?who=left") == [number]


def test_what_is_gone_is_found_by_the_name_it_had(boss: Visitor) -> None:
    assert boss.actor is not None
    group = record(boss.actor, "group.delete", ("group", 901), before={"name": "Beta testers"})
    former = record(boss.actor, "group.change", ("group", 901), days_ago=1)
    record(boss.actor, "group.delete", ("group", 900), days_ago=2, before={"name": "Beta testers"})
    place = record(boss.actor, "category.delete", ("category", 902), before={"name": "Old things", "slug": "old"})
    member = record(boss.actor, "member.refuse", ("member", 903), before={"name": "Spam"}, reason="Advertising.")
    assert found(boss, "/admin/audit?kind=group&of=beta testers") == [group, former]
    assert found(boss, "/admin/audit?kind=category&of=Old things") == [place]
    assert found(boss, "/admin/audit?kind=category&of=old") == [place]
    assert found(boss, "/admin/audit?kind=member&of=@spam") == [member]
    a_group("Beta testers")
    assert not {group, former} & set(found(boss, "/admin/audit?kind=group&of=Beta testers"))
    assert boss.get("/admin/audit?kind=group&of=Old things").status_code == 400


def test_pages_keep_the_filters(boss: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert boss.actor is not None
    numbers = [record(boss.actor, "group.add" if number % 3 else "group.remove", ("group", 7)) for number in range(90)]
    monkeypatch.setattr(queries.audit, "LIST_PAGE", 7)
    wanted = [one for place, one in enumerate(numbers) if place % 3]
    assert found(boss, "/admin/audit?act=group.add&who=boss&kind=group&of=7") == wanted[::-1]
    page = read(boss.get("/admin/audit?act=group.add&who=boss"))
    following = str(page.select_one("main a[rel=next]")["href"])  # type: ignore[index]
    assert "act=group.add&who=boss" in following or "who=boss&act=group.add" in following
    back = read(boss.get(following)).select_one("main a[rel=prev]")
    assert "before" not in str(back["href"])  # type: ignore[index]


def test_what_is_rare_is_looked_for_a_stretch_at_a_time(boss: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert boss.actor is not None
    rare = record(boss.actor, "group.change", ("group", 7))
    for _ in range(9):
        record(boss.actor, "group.add", ("group", 7))
    monkeypatch.setattr(queries.audit, "MOST_LOOKED_AT", 4)
    assert "Nothing fits so far." in words(boss.get("/admin/audit?act=group.change&kind=group&of=7"))
    assert found(boss, "/admin/audit?act=group.change&kind=group&of=7") == [rare]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("from=soon", "Please give a day such as 2026-12-31."),
        ("of=12", "Please choose first what kind of thing it is."),
        ("kind=member&of=nobody-of-that-name", "There is nothing of this name or number."),
        ("kind=post&of=first", "There is nothing of this name or number."),
    ],
)
def test_what_can_not_be_looked_for_is_said_beside_the_field(boss: Visitor, asked: str, said: str) -> None:
    assert boss.actor is not None
    record(boss.actor, "group.change", ("group", 7))
    answer = boss.get(f"/admin/audit?who=boss&{asked}")
    assert answer.status_code == 400
    field = read(answer).select_one("#sought [aria-invalid]")
    assert field is not None
    assert said in str(read(answer).select_one(f"#{field['id']}-error"))
    assert read(answer).select_one("#who")["value"] == "boss"  # type: ignore[index]
    assert not read(answer).select("main tbody tr")
    assert "Nothing fits." in words(answer)


@pytest.mark.parametrize("asked", ["act=nothing.known", "kind=nothing", "before=forged"])
def test_a_choice_that_there_is_not_is_absent(boss: Visitor, asked: str) -> None:
    assert boss.get(f"/admin/audit?{asked}").status_code == 404


def test_an_entry_is_read_in_full_as_a_difference(app: Flask, boss: Visitor) -> None:
    sara = Visitor(app, a_member("sara", roles=("manager",)))
    before = {"body": LONG, "tags": [f"tag-{number}" for number in range(40)], "settings": {"mode": "open", "same": 1}}
    after = {
        "body": LONG.replace("second", "third"),
        "tags": [f"tag-{number}" for number in range(1, 41)],
        "settings": {"mode": "closed", "same": 1},
    }
    first = record(SYSTEM, "setup.finish", ("setup", None))
    number = record(SYSTEM, "post.edit", ("post", 4), before=before, after=after, reason="It was wrong.")
    listed = words(boss.get("/admin/audit"))
    assert "Post of somebody else edited" in listed
    assert "And a second one." not in listed
    answer = sara.get(f"/admin/audit/{number}")
    shown = read(answer)
    gone, come = (
        _texts(shown.select(f".diff-row.{kind} {tag}")) for kind, tag in (("removed", "del"), ("added", "ins"))
    )
    assert gone == ["Removed: And a second one.", "Removed: tag-0", "Removed: open"]
    assert come == ["Added: And a third one.", "Added: tag-40", "Added: closed"]
    assert "settings.same" not in answer.text
    assert "It was wrong." in answer.text
    assert shown.select_one("main a[href='/p/4']")
    entries = {one.id: one for one in db.session.scalars(select(audit.AuditEntry))}
    assert entries[number].hash in answer.text
    assert entries[first].hash in answer.text
    assert boss.get(f"/admin/audit/{number + 99}").status_code == 404


def _texts(found: Iterable[object]) -> list[str]:
    return [" ".join(one.get_text().split()) for one in found]  # type: ignore[attr-defined]


def test_what_was_decided_about_a_member_is_found_under_them(app: Flask, boss: Visitor) -> None:
    a_rulebook()
    vic, other = a_member("vic"), a_member("other")
    for member in (vic, other):
        form = {"rule": str(a_rule_id()), "reason": "Advertising, twice."}
        assert boss.post(f"/admin/members/{member.id}/suspend", **form).status_code == 303
    numbers = {
        (one.after or {}).get("about"): one.id
        for one in db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.act == "case.decide"))
    }
    by_hand = record(SYSTEM, "member.confirm", ("member", vic.id))
    shown = found(boss, "/admin/audit?kind=member&of=vic")
    assert {numbers[vic.id], by_hand} <= set(shown)
    assert numbers[other.id] not in shown
    assert found(boss, "/admin/audit?kind=member&of=vic&act=case.decide&who=boss") == [numbers[vic.id]]
    assert found(boss, "/admin/audit?kind=member&act=case.decide") == []
    listed = read(boss.get(f"/admin/members/{vic.id}"))
    assert listed.select_one(f"[aria-labelledby=log-title] a[href='/admin/audit/{numbers[vic.id]}']")
    assert not listed.select_one(f"[aria-labelledby=log-title] a[href='/admin/audit/{numbers[other.id]}']")


def test_whom_a_case_is_about_finds_it_under_their_own_name_no_more_than_at_the_desk(app: Flask) -> None:
    a_rulebook()
    tom = a_member("tom", roles=("manager",))
    a_report_about(a_member("anna"), tom)
    [number] = db.session.scalars(select(audit.AuditEntry.id).where(audit.AuditEntry.act == "report.make"))
    assert number not in found(Visitor(app, tom), "/admin/audit?kind=member&of=tom")
    sara = Visitor(app, a_member("sara", roles=("manager",)))
    assert number in found(sara, "/admin/audit?kind=member&of=tom")


def test_the_list_shows_what_differs_and_when_it_was(boss: Visitor) -> None:
    before = {"member": 7, "name": "tom", "owner": False, "gone": "once", "grants": {"see": 1, "write": 1}}
    after = {"member": 7, "name": "tom", "owner": True, "come": "now", "grants": {"see": 1, "write": 2}}
    number = record(SYSTEM, "group.owner", ("group", 7), before=before, after=after)
    page = read(boss.get("/admin/audit?act=group.owner"))
    shown = {"owner: false became true", "gone: once became –", "grants.write: 1 became 2", "come: now"}
    assert set(_texts(page.select("tbody td code"))) == shown
    [moment] = page.select("tbody time")
    assert "data-relative" not in moment.attrs
    assert "tom" in words(boss.get(f"/admin/audit/{number}"))
    assert read(boss.get(f"/admin/audit/{number}")).select_one("h1 + .section > .facts")
    assert page.select_one(".table-wrap.section")


def test_the_reason_stands_under_what_changed(boss: Visitor) -> None:
    vic = a_member("vic")
    said = {"before": {"name": "old"}, "after": {"name": "new"}, "reason": "They asked for it."}
    record(SYSTEM, "member.rename", ("member", vic.id), **said)
    for address in ("/admin/audit?act=member.rename", f"/admin/members/{vic.id}"):
        log = read(boss.get(address)).select_one(".log .table")
        assert log is not None
        assert [one.get_text() for one in log.select("thead th")] == ["When", "Who", "Act", "What changed"]
        assert _texts(log.select("tbody td:last-child p")) == ["Reason: They asked for it."], address


def test_acts_are_named_in_the_readers_language(app: Flask) -> None:
    chef = Visitor(app, a_member("chef", roles=("admin",), language="de"))
    group, anna = a_group("Partner"), a_member("anna")
    with transaction(SYSTEM) as system:
        members.add_to_group(system, get_group(system, group), get_member(system, anna.member_id))
    page = read(chef.get("/admin/audit?act=group.add"))
    assert [one.get_text() for one in page.select("tbody th a")] == ["Gruppe: Mitglied aufgenommen"]
    chosen = page.select_one("#act [selected]")
    assert chosen is not None
    assert chosen.get_text() == "Gruppe: Mitglied aufgenommen"
    names = [one.get_text() for one in page.select("#act option")]
    assert names[1:] == sorted(names[1:], key=str.casefold)


def test_whom_a_note_is_about_finds_no_entry_of_it(app: Flask, boss: Visitor) -> None:
    tom = a_member("tom", roles=("manager",))
    assert boss.actor is not None
    number = record(boss.actor, "note.write", ("member", tom.id), after={"note": 1})
    himself = Visitor(app, tom)
    assert boss.get(f"/admin/audit/{number}").status_code == 200
    assert himself.get(f"/admin/audit/{number}").status_code == 404
    for asked in ("", "act=note.write", f"kind=member&of={tom.id}", "who=boss"):
        assert number not in found(himself, f"/admin/audit?{asked}"), asked


def test_an_edited_post_of_somebody_else_is_a_difference_in_the_log(app: Flask, boss: Visitor) -> None:
    started = thread(a_member("anna"), category(), body=LONG)
    assert boss.actor is not None
    text = actions.write(boss.actor, LONG.replace("second", "third"))
    on_post(actions.edit_post, boss.actor, started.post_id, text, 1)
    [number] = found(boss, "/admin/audit?act=post.edit")
    shown = read(boss.get(f"/admin/audit/{number}"))
    assert _texts(shown.select(".diff-row.added mark")) == ["third"]
