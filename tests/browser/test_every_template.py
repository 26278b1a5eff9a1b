"""Every template of a page, looked at by axe once; test_pages.py looks at many of them in all sizes and for all roles."""

from typing import Any

import pytest

from forum.core.database import db
from forum.http import assets
from tests.browser.test_pages import AXE, RULES
from tests.system import pages
from tests.system.conftest import Stage, stage  # noqa: F401

HERE = "http://community.test"


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_axe_finds_nothing_in_any_template(chromium: Any, stage: Stage, half: int) -> None:  # noqa: F811
    drawn = pages.all_of(stage).first
    db.session.rollback()
    wanted = sorted(pages.templates())
    assert set(wanted) <= drawn.keys()
    assert len(wanted) > 100
    files = dict(assets._by_address)

    def answer(route: Any) -> None:
        place = route.request.url.removeprefix(HERE)
        if place in files:
            route.fulfill(body=files[place].content, content_type=files[place].mimetype)
        elif place.removeprefix("/?") in drawn:
            route.fulfill(body=drawn[place.removeprefix("/?")], content_type="text/html")
        else:
            route.fulfill(status=404)

    context = chromium.new_context(reduced_motion="reduce")
    context.route("**/*", answer)
    page = context.new_page()
    found = []
    for name in wanted[half::2]:
        page.goto(f"{HERE}/?{name}")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.title(), name
        violations = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
        found += [f"{name}: {one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}" for one in violations]
    context.close()
    assert found == []
