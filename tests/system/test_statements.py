"""The cost of a page doesn't grow with the community: a fixed number of statements, with little data and with much."""

import pytest

from forum.core.worker import drain
from forum.http import cache
from forum.ideas.queries import forget as forget_ideas
from forum.threads.queries.categories import forget as forget_categories
from tests.factories import ideas
from tests.factories.bulk import many_replies
from tests.factories.members import a_member
from tests.factories.moderation import a_report
from tests.factories.threads import reply, thread
from tests.factories.visitor import Visitor
from tests.factories.world import deliver
from tests.system.conftest import Stage
from tests.system.statements import counted

GUEST, SIGNED_IN = 4, 7
"""The targets of the project: statements for a page of a thread, caches cold."""

LISTS = {
    "/": ("guest", "author", "moderator", "keeper"),
    "/?view=unanswered": ("guest", "author"),
    "/?view=new": ("author",),
    "/c/help": ("guest", "author"),
    "/tags/range": ("guest", "author"),
    "/u/author": ("guest", "helper"),
    "/u/helper/threads": ("guest", "author"),
    "/u/author/posts": ("guest", "helper"),
    "/u/helper/ideas": ("guest", "author"),
    "/u/author/votes": ("author", "moderator"),
    "/members": ("author", "moderator"),
    "/members?sort=newest": ("author",),
    "/members?q=more": ("author",),
    "/members?show=team": ("author",),
    "/members?show=lately": ("author",),
    "/members?show=regular&sort=newest": ("author",),
    "/members?show=group-{testers}": ("author", "other"),
    "/members?show=field-{bike_field}-2": ("author", "moderator"),
    "/groups/invitations/{circle}": ("author",),
    "/groups": ("author", "admin"),
    "/groups/{testers}/testers": ("author", "other"),
    "/search?q=range": ("guest", "author", "moderator"),
    "/search?q=range&order=newest": ("guest", "author"),
    "/u/helper": ("guest", "author"),
    "/u/helper?part=card": ("guest", "author", "moderator"),
    "/ideas": ("guest", "author", "product"),
    "/ideas?sort=trending&status=new": ("guest", "author"),
    "/ideas?sort=discussed&area=range": ("author",),
    "/ideas?mine=1&voted=1": ("author",),
    "/ideas/roadmap": ("guest", "author"),
    "/ideas/votes": ("author",),
    "/ideas/inbox": ("product",),
    "/settings/profile": ("author",),
    "/admin": ("manager", "admin"),
    "/admin/machine": ("admin",),
    "/admin/profile-fields": ("admin",),
    "/admin/areas": ("admin",),
    "/admin/statuses": ("admin",),
    "/notifications": ("author",),
    "/drafts": ("author",),
    "/reports": ("helper",),
    "/moderation": ("moderator", "keeper"),
    "/ideas/exports": ("product",),
    "/settings/devices": ("author",),
    "/settings/passkeys": ("product",),
    "/settings/people": ("author",),
    "/settings/tokens": ("product",),
    "/admin/members": ("admin",),
    "/admin/members?q=more": ("admin",),
    "/admin/members?state=waiting": ("admin",),
    "/admin/members?group={testers}&seen=not-7&step=without": ("admin",),
    "/admin/members?rules=owed&domain=example.org&way=passkey&seen_until=2030-01-01": ("admin",),
    "/admin/members/act?act=add&to={riders}&all=1": ("admin",),
    "/admin/categories": ("admin",),
    "/admin/groups": ("admin",),
    "/admin/groups/{testers}": ("admin",),
    "/admin/roles": ("admin",),
    "/admin/requests": ("manager",),
    "/admin/invitations": ("manager",),
    "/admin/providers": ("admin",),
    "/settings/providers": ("helper",),
    "/rules/acceptances": ("admin",),
}
MOST_OF_A_LIST = 14
MOST_OF_THE_DESK = 20
"""Its page holds a whole case file beside the list."""


def _said(stage: Stage, address: str, name: str, *, cold: bool = True) -> list[str]:
    """The statements of one page, in a process that knows nothing yet or one that has answered before."""
    address = stage.world.address(address)
    visitor = Visitor(stage.app, None if name == "guest" else stage.world.members[name])
    visitor.get(address).close()  # reading notes how far one has read: once
    if cold:
        forget_categories()
        forget_ideas()
        cache.forget()
    with counted() as said:
        answer = visitor.get(address)
        content = answer.get_data()
        shown = list(said)
        answer.close()
    assert answer.status_code == 200, address
    assert content
    return shown


def _thread_of(stage: Stage, posts: int) -> str:
    author, helper = stage.world.members["author"], stage.world.members["helper"]
    posted = thread(author, stage.world.places["category_id"], f"A thread of {posts}", kind="question")
    many_replies(posted.thread_id, [author, helper], posts - 1)
    return posted.address


@pytest.mark.parametrize("name", ["guest", "author", "helper", "keeper", "moderator", "admin"])
@pytest.mark.parametrize("posts", [1, 20, 2_000, pytest.param(20_000, marks=pytest.mark.full)])
def test_a_page_of_a_thread_costs_a_fixed_number_of_statements(stage: Stage, name: str, posts: int) -> None:
    stage.app.config["GUEST_CACHE"] = False
    address = _thread_of(stage, posts)
    allowed = GUEST if name == "guest" else SIGNED_IN
    last = (posts + 19) // 20
    for page in {1, (last + 1) // 2, last}:
        where = address + (f"?page={page}" if page > 1 else "")
        cold = _said(stage, where, name)
        assert len(cold) <= allowed, "\n\n".join(cold)
        assert len(_said(stage, where, name, cold=False)) <= len(cold)


def test_short_and_long_threads_cost_the_same(stage: Stage) -> None:
    stage.app.config["GUEST_CACHE"] = False
    short, long = _thread_of(stage, 20), _thread_of(stage, 2_000)
    for name in ("guest", "author", "moderator"):
        counts = {len(_said(stage, address, name)) for address in (short, long, f"{long}?page=50", f"{long}?page=100")}
        assert len(counts) == 1, name


def test_the_first_visit_counts_too(stage: Stage) -> None:
    """With the write that notes how far the member has read, after the answer, in its own transaction."""
    address, member = _thread_of(stage, 20), Visitor(stage.app, stage.world.members["partner"])
    forget_categories()
    with counted() as said:
        answer = member.get(address)
        answer.get_data()
        before = len(said)
        answer.close()
    assert before <= SIGNED_IN, "\n\n".join(said)


def test_a_kept_page_costs_two_statements_at_most(stage: Stage) -> None:
    """What the guests' cache holds is answered after reading its version."""
    address = _thread_of(stage, 20)
    assert len(_said(stage, address, "guest", cold=False)) <= 2
    assert len(_said(stage, "/", "guest", cold=False)) <= 2


def _much(stage: Stage) -> None:
    """Ten times what the small community has, of everything that is listed."""
    author, helper, moderator, product = (
        stage.world.members[name] for name in ("author", "helper", "moderator", "product")
    )
    category = stage.world.places["category_id"]
    for number in range(25):
        posted = thread(
            helper, category, f"Another thread {number}", f"Ask @author {number}", tags="range", kind="question"
        )
        answer = reply(author, posted.thread_id, f"@helper this is answer {number}")
        if number < 12:
            a_report(helper, answer.post_id, f"Reported for the {number}th time.")
        a_member(f"more{number}", groups=(stage.world.places["testers"],) if number % 3 else ())
        a_member(f"waiting{number}", is_waiting=True)
        wanted = ideas.idea(helper, stage.world.places["area_id"], f"Another idea {number}", "Why not?", tags="range")
        ideas.vote(author, wanted.thread_id)
        if number % 3 == 0:
            ideas.set_status(product, wanted.thread_id, "planned", "Soon.")
    reply(moderator, posted.thread_id, "Closed soon.")
    deliver()


def test_lists_cost_the_same_with_little_and_with_much_data(stage: Stage) -> None:
    stage.app.config["GUEST_CACHE"] = False
    drain(stage.app.extensions["settings"])  # the search has its index
    asked = [(address, name) for address, names in LISTS.items() for name in names]
    little = {one: _said(stage, *one) for one in asked}
    _much(stage)
    drain(stage.app.extensions["settings"])
    much = {one: _said(stage, *one) for one in asked}
    grown = {one: (len(little[one]), len(much[one])) for one in asked if len(much[one]) > len(little[one])}
    assert grown == {}
    allowed = {one: MOST_OF_THE_DESK if one[0] == "/moderation" else MOST_OF_A_LIST for one in asked}
    costly = {one: len(said) for one, said in much.items() if len(said) > allowed[one]}
    assert costly == {}
