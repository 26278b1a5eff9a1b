"""Whoever may not see something gets the answer of nothing: the same status, the same words, the same way on."""

import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest

from tests.factories.visitor import Visitor
from tests.factories.world import SECRETS
from tests.system.conftest import Stage
from tests.system.routes import VIEWERS
from tests.system.secrets import ASKS, NOTHING, WORDS, Ask
from tests.system.test_routes import WHO_KNOW, on_engines

OUTSIDE = tuple(name for name in VIEWERS if name not in WHO_KNOW)
_MADE_ANEW = re.compile(r'name="(?:csrf_token|submission|intent)"[^>]*|intent=[^"&<\s]*|<time datetime="[^"]*')


def _said(answer: Any, told: list[str]) -> tuple[int, str, str]:
    """Status, way on and body, without what is new each time and what was told in the address and the form."""
    texts = str(answer.headers.get("Location", "")), answer.get_data().decode(errors="replace")
    answer.close()
    found = []
    for text in texts:
        plain = _MADE_ANEW.sub("", unquote(unescape(text)))
        for word in sorted(told, key=len, reverse=True):
            before = '[/=]|group-|thread:|edit:|name="(?:post|target)" value="' if word.isdecimal() else r"\b"
            plain = re.sub(rf"({before}){re.escape(word)}\b", r"\1…", plain)
        found.append(plain)
    return answer.status_code, found[0], found[1]


def _ask(stage: Stage, name: str, ask: Ask, places: dict[str, Any]) -> tuple[int, str, str]:
    """What is said; in the body nothing of the private category, but what was told."""
    visitor = Visitor(stage.app, None if name == "guest" else stage.world.members[name])
    everything = stage.world.places | places
    address = ask.address.format(**everything)
    form = {key: value.format(**everything) for key, value in (ask.form or {}).items()}
    answer = visitor.get(address) if ask.form is None else visitor.post(address, **form)
    told = f"{address} {' '.join(form.values())}".lower()
    said = f"{answer.headers}\n{answer.get_data().decode(errors='replace')}"
    assert {word for word in SECRETS if word in said and word.lower() not in told} == set(), (name, ask.name)
    found = _said(answer, [str(everything[key]) for key in NOTHING if f"{{{key}}}" in f"{ask.address} {ask.form}"])
    if ask.form is not None:
        stage.again()
    return found


@on_engines
@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.name)
def test_what_is_hidden_is_answered_as_what_is_not_there(stage: Stage, ask: Ask) -> None:
    known = {name: value for name, value in (WORDS | stage.world.places).items() if name in NOTHING}
    for name in OUTSIDE:
        hidden, nothing = _ask(stage, name, ask, known), _ask(stage, name, ask, NOTHING)
        assert hidden[:2] == nothing[:2], name
        assert hidden[2].splitlines() == nothing[2].splitlines(), name
