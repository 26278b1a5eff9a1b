"""Follows every link of a site, as a reader could, within a bound."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from lxml import html
from werkzeug.test import TestResponse

from tests.factories.visitor import Visitor

MOST_PAGES = 400
MOST_OF_A_KIND = 3
"""So many addresses are followed that differ in the values of their parameters only."""
_KINDS = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("use", "href"))


def links(address: str, answer: TestResponse) -> Iterator[str]:
    """The addresses inside the site that a page leads to or loads."""
    page = html.fromstring(answer.data)
    for tag, attribute in _KINDS:
        for element in page.iter(tag):
            target = urldefrag(urljoin(address, str(element.get(attribute) or "")))[0]
            if target and not urlsplit(target).netloc:
                yield target


def crawl(visitor: Visitor, *starts: str) -> dict[str, TestResponse]:
    """Every answer that links lead to, by address; redirects are answers too, and are followed."""
    found: dict[str, TestResponse] = {}
    waiting, kinds = list(starts), Counter[object]()
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        parts = urlsplit(address)
        kind = (parts.path, *(name for name, _value in parse_qsl(parts.query)))
        if address in found or kinds[kind] >= MOST_OF_A_KIND:
            continue
        kinds[kind] += 1
        answer = found[address] = visitor.get(address)
        if answer.mimetype == "text/html":
            waiting += sorted(set(links(address, answer)) - found.keys())
        if "Location" in answer.headers:
            waiting.append(urldefrag(answer.headers["Location"])[0])
    return found
