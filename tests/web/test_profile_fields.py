"""Fields of profiles through the pages: defined in the administration, filled in in the settings, seen on the profile."""

from bs4 import BeautifulSoup
from flask import Flask

from forum.core.actor import SYSTEM
from forum.members import queries
from tests.factories.members import a_field, a_member, fill, shows
from tests.factories.visitor import Visitor, read, words


def a_manager(app: Flask) -> Visitor:
    return Visitor(app, a_member("manager", roles=("manager",)))


def names(page: BeautifulSoup) -> list[str]:
    return [link.get_text(strip=True) for link in page.select("main th[scope=row] a")]


def test_a_field_is_made_changed_moved_and_removed(app: Flask) -> None:
    manager = a_manager(app)
    assert "There are no fields yet" in words(manager.get("/admin/profile-fields"))
    made = {"name_en": "Bike", "name_de": "Rad", "kind": "choice", "audience": "members"}
    options = {"options_en": "Cargo\r\nTrekking\r\n", "options_de": "Lastenrad\r\nReiserad"}
    assert manager.post("/admin/profile-fields/new", **made, **options).status_code == 303
    a_field("Place")
    first, second = (row.id for row in queries.profile_fields(SYSTEM))
    form = read(manager.get(f"/admin/profile-fields/{first}")).select_one("#profile-field")
    assert form.select_one("#name_de")["value"] == "Rad"
    assert form.select_one("#options_de").text.split() == ["Lastenrad", "Reiserad"]
    assert form.select_one("[name=audience][checked]")["value"] == "members"
    assert manager.post(f"/admin/profile-fields/{first}", **made | {"name_en": "Kind"}, **options).status_code == 303
    assert manager.post(f"/admin/profile-fields/{second}/up").status_code == 303
    assert names(read(manager.get("/admin/profile-fields"))) == ["Place", "Kind"]
    assert manager.post(f"/admin/profile-fields/{first}/sideways").status_code == 404
    assert manager.post(f"/admin/profile-fields/{first}/delete").status_code == 303
    assert names(read(manager.get("/admin/profile-fields"))) == ["Place"]


def test_a_refused_field_keeps_what_was_typed(app: Flask) -> None:
    manager = a_manager(app)
    typed = {"name_en": "Bike", "kind": "choice", "audience": "staff", "options_en": "One", "options_de": "Eins\nZwei"}
    answer = manager.post("/admin/profile-fields/new", **typed)
    assert answer.status_code == 400
    form = read(answer).select_one("#profile-field")
    assert form.select_one("[id^=options_][aria-invalid=true]") is not None
    assert form.select_one("#options_en").text.strip() == "One"
    assert form.select_one("[name=audience][checked]")["value"] == "staff"
    assert form.select_one("#kind option[selected]")["value"] == "choice"


def test_a_member_fills_fields_in_and_they_stand_on_the_profile(app: Flask) -> None:
    place, site = a_field("Place"), a_field("Site", "link")
    bike = a_field("Bike", "choice", options={"en": "Cargo\nTrekking"})
    anna = Visitor(app, a_member("anna"))
    form = read(anna.get("/settings/profile")).select_one("form#profile")
    assert [field["name"] for field in form.select("[name^=field_]")] == [f"field_{id}" for id in (place, site, bike)]
    sent = {f"field_{place}": "Köln <b>", f"field_{site}": "example.org/me/", f"field_{bike}": "2"}
    answer = anna.post("/settings/profile", display_name="Anna", about="", **sent)
    assert answer.status_code == 303
    page = read(Visitor(app).get("/u/anna"))
    shown = {one.find("dt").text: one.find("dd").text for one in page.select(".profile-fields > div")}
    assert shown == {"Place": "Köln <b>", "Site": "example.org/me", "Bike": "Trekking"}
    link = page.select_one(".profile-fields a")
    assert (link["href"], set(link["rel"])) == ("https://example.org/me/", {"nofollow", "ugc", "noopener"})


def test_a_refused_value_stands_beside_its_field_and_all_is_kept(app: Flask) -> None:
    place, site = a_field("Place"), a_field("Site", "link")
    anna = Visitor(app, a_member("anna"))
    sent = {f"field_{place}": "Köln", f"field_{site}": "javascript:alert(1)"}
    answer = anna.post("/settings/profile", display_name="Other", about="Words", **sent)
    assert answer.status_code == 400
    form = read(answer).select_one("form#profile")
    assert form.select_one(f"#field_{site}[aria-invalid=true]")["value"] == "javascript:alert(1)"
    assert form.select_one(f"#field_{place}")["value"] == "Köln"
    assert form.select_one("#about").text.strip() == "Words"
    assert "Other" not in words(Visitor(app).get("/u/anna"))


def test_a_form_without_the_fields_leaves_them_as_they_are(app: Flask) -> None:
    member, place = a_member("anna"), a_field("Place")
    fill(member, {place: "Köln"})
    anna = Visitor(app, member)
    assert anna.post("/settings/profile", display_name="Anna", about="New").status_code == 303
    assert "Köln" in words(anna.get("/u/anna"))


def test_fields_are_as_hidden_as_the_profile(app: Flask) -> None:
    member = a_member("anna")
    fill(member, {a_field("Place"): "Köln", a_field("Phone", audience="staff"): "0221 1234"})
    guest, ben, mod = (
        Visitor(app),
        *(Visitor(app, a_member(n, roles=r)) for n, r in (("ben", ()), ("mod", ("product",)))),
    )
    assert ["0221" in words(one.get("/u/anna")) for one in (guest, ben, mod, Visitor(app, member))] == [
        False,
        False,
        True,
        True,
    ]
    shows(member, "staff")
    assert ["Köln" in words(one.get("/u/anna")) for one in (guest, ben, mod)] == [False, False, True]
