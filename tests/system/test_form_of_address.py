"""Where the community says Sie, no page of any kind of viewer says du."""

import pytest
from sqlalchemy import update

from forum.community.actions import set_up
from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from forum.members.models import MEMBERS
from forum.members.queries import actor_of
from tests.du import says_du
from tests.factories.visitor import Visitor, read
from tests.system.conftest import Stage
from tests.system.routes import ROWS


@pytest.mark.parametrize("who", ["guest", "unconfirmed", "waiting", "author", "silenced", "banned", "owing", "admin"])
def test_no_page_says_du(stage: Stage, who: str) -> None:
    member = stage.world.members.get(who)
    with transaction(SYSTEM):
        set_up(is_formal=True)
        db.session.execute(update(MEMBERS).values(language="de"))
    visitor = Visitor(stage.app, actor_of(member.member_id) if member else None, language="de")
    wrong = {}
    for row in ROWS:
        if row.form is not None:
            continue
        answer = visitor.get(stage.world.address(row.address))
        if answer.mimetype != "text/html" or answer.status_code in {301, 302, 303}:
            continue
        page = read(answer)
        for foreign in page.select("main [lang], textarea"):  # what people wrote
            foreign.decompose()
        said = [*page.stripped_strings, *(str(value) for tag in page.find_all(True) for value in tag.attrs.values())]
        if found := [text for text in said if " " in text and says_du(text)]:
            wrong[row.address] = found
    assert wrong == {}
