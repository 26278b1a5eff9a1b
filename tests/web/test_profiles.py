"""The tabs of a profile: what they list, to whom, and how their pages lead on."""

import pytest
from flask import Flask

from forum.core.actor import Actor
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.members import a_group, a_member, shows
from tests.factories.visitor import Visitor, read, words

TABS = ("threads", "posts", "ideas", "votes")


@pytest.fixture
def anna(app: Flask) -> Actor:
    return a_member("anna", display_name="Anna Abel")


def links(visitor: Visitor, address: str) -> list[str]:
    """Where the rows of a tab lead."""
    main = read(visitor.get(address)).select_one("[data-part=page]")
    found = [str(link["href"]).split("?")[0].split("#")[0] for link in main.select("li a[href]")]
    return list(dict.fromkeys(one for one in found if one.startswith(("/t/", "/ideas/"))))


def test_each_tab_lists_its_kind_the_newest_first(app: Flask, anna: Actor) -> None:
    ben = a_member("ben")
    category = make.category()
    area = ideas.area(category)
    threads = [make.thread(anna, category, f"Thread {number}") for number in range(2)]
    other = make.thread(ben, category, "Not hers")
    answer = make.reply(anna, other.thread_id, "Her answer.")
    idea = ideas.idea(anna, area, "Her idea", "Because.")
    wanted = ideas.idea(ben, area, "What she wants", "Because.")
    ideas.vote(anna, wanted.thread_id)
    shows(anna, votes=True)
    for visitor in (Visitor(app), Visitor(app, ben)):
        assert links(visitor, "/u/anna/threads") == [idea.address, threads[1].address, threads[0].address]
        posts = links(visitor, "/u/anna/posts")
        assert len(posts) == 4
        assert posts[0].startswith(idea.address)
        assert posts[1].endswith(f"/{answer.number}")
        assert links(visitor, "/u/anna/ideas") == [idea.address]
        assert links(visitor, "/u/anna/votes") == [wanted.address, idea.address]
    assert links(Visitor(app), "/u/ben/threads") == [wanted.address, other.address]


def test_what_stands_in_a_private_category_leaves_no_trace(app: Flask, anna: Actor) -> None:
    group = a_group("Partners")
    partner = a_member("partner", groups=(group,))
    only = frozenset((verb, group) for verb in ("see", "start", "reply"))
    private, public = make.category("Vault", grants=only), make.category()
    hidden = [make.thread(partner, private, f"Cinnabar {number}") for number in range(3)]
    hidden.append(ideas.idea(partner, ideas.area(private, "Inner"), "Cinnabar idea", "Because."))
    shown = make.thread(partner, public, "Open")
    shows(partner, votes=True)
    for viewer in (None, anna):
        visitor = Visitor(app, viewer)
        for tab in ("", *(f"/{tab}" for tab in TABS)):
            page = visitor.get(f"/u/partner{tab}").get_data(as_text=True)
            assert "Cinnabar" not in page
            assert "Vault" not in page
        assert links(visitor, "/u/partner/threads") == [shown.address]
    assert len(links(Visitor(app, partner), "/u/partner/threads")) == 5


@pytest.mark.parametrize(("tab", "size"), [("threads", 30), ("posts", 20), ("ideas", 20), ("votes", 20)])
def test_pages_lead_on_and_back_and_miss_nothing(app: Flask, anna: Actor, tab: str, size: int) -> None:
    category = make.category()
    area = ideas.area(category)
    for number in range(size + 1):
        if tab in {"ideas", "votes"}:
            ideas.idea(anna, area, f"Idea {number}", "Because.")
        else:
            make.thread(anna, category, f"Thread {number}")
    visitor = Visitor(app, anna)
    address = f"/u/anna/{tab}"
    first = links(visitor, address)
    assert len(first) == size
    (onwards,) = read(visitor.get(address)).select("[data-part=page] .pages a")
    rest = links(visitor, str(onwards["href"]))
    assert len(rest) == 1
    assert not set(rest) & set(first)
    back = read(visitor.get(str(onwards["href"]))).select_one("[data-part=page] .pages a[rel=prev]")
    assert back["href"] == address


@pytest.mark.parametrize("before", ["x", "WzFd", "W251bGxd", "%00", "WyIxIiwiMiJd"])
def test_a_cursor_that_is_not_ours_is_not_found(app: Flask, anna: Actor, before: str) -> None:
    for tab in ("threads", "posts", "ideas"):
        assert Visitor(app, anna).get(f"/u/anna/{tab}?before={before}").status_code == 404


def test_a_vote_for_a_merged_idea_is_shown_once_at_what_it_counts_for(app: Flask, anna: Actor) -> None:
    product = a_member("product", roles=("product",))
    area = ideas.area(make.category())
    first, second = (ideas.idea(product, area, title, "Because.") for title in ("Bigger", "Larger"))
    for idea in (first, second):
        ideas.vote(anna, idea.thread_id)
    ideas.merge(product, first.thread_id, second.thread_id)
    assert links(Visitor(app, anna), "/u/anna/votes") == [second.address]


def test_votes_are_for_oneself_and_the_team_until_one_shows_them(app: Flask, anna: Actor) -> None:
    ben, mod = Visitor(app, a_member("ben")), Visitor(app, a_member("mod", roles=("moderator",)))
    for visitor, status in ((Visitor(app), 404), (ben, 404), (mod, 200), (Visitor(app, anna), 200)):
        assert visitor.get("/u/anna/votes").status_code == status
        tabs = [link["href"] for link in read(visitor.get("/u/anna")).select(".tabs a")]
        assert ("/u/anna/votes" in tabs) is (status == 200)
    assert "Only you and the team see this." in words(Visitor(app, anna).get("/u/anna/votes"))
    shows(anna, votes=True)
    assert ben.get("/u/anna/votes").status_code == 200
    assert "Only you" not in words(Visitor(app, anna).get("/u/anna/votes"))


def test_former_names_and_other_capitals_lead_to_the_tab(app: Flask, anna: Actor) -> None:
    answer = Visitor(app).get("/u/ANNA/threads")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/u/anna/threads")


def test_every_tab_says_where_one_is_and_invites_when_it_is_empty(app: Flask, anna: Actor) -> None:
    visitor = Visitor(app, anna)
    for tab in TABS:
        page = read(visitor.get(f"/u/anna/{tab}"))
        (current,) = page.select(".tabs [aria-current]")
        assert current["href"] == f"/u/anna/{tab}"
        assert page.select_one("[data-part=page] .empty") is not None


@pytest.mark.parametrize("role", ["moderator", "product", "manager", "admin"])
def test_whoever_speaks_for_the_company_is_marked_on_the_profile_and_on_every_post(
    app: Flask, anna: Actor, role: str
) -> None:
    words_of = {
        "moderator": "Moderator",
        "product": "Product team",
        "manager": "Community manager",
        "admin": "Administrator",
    }
    staff = a_member("staff", roles=(role,))
    posted = make.thread(staff, make.category(), "News")
    make.reply(staff, posted.thread_id, "And more.")
    make.reply(anna, posted.thread_id, "Thanks.")
    for visitor in (Visitor(app), Visitor(app, anna)):
        posts = read(visitor.get(posted.address)).select("article.post")
        assert [post.select_one(".team") is not None for post in posts] == [True, True, False]
        profile = read(visitor.get("/u/staff"))
        assert profile.select_one(".profile-head .team") is not None
        assert (words_of[role] in profile.select_one(".profile-head").get_text()) is (visitor.actor is not None)
    shows(staff, "staff")
    assert read(Visitor(app).get("/u/staff")).select_one(".profile-head .team") is not None
