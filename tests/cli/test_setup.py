"""The first run on the console: the link that `forum serve` prints, new ones, and what makes it needless."""

import re
import sqlite3
import subprocess
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import forum.setup
from tests.cli.test_commands import archive
from tests.interchange.sample import whole
from tests.processes import Place, children, command_of, until

RULEBOOK = Path(forum.setup.__file__).with_name("rulebook.toml")
CHIEF = ("--username", "chief", "--email", "chief@example.com", "--password-stdin")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LINK = re.compile(r"http://\S+/setup/link/(\S+)")


def rest_of(process: subprocess.Popen[str]) -> str:
    """What `forum serve` says on the console from here until it is ended."""
    process.terminate()
    said, _errors = process.communicate(timeout=20)
    return said


def printed_link(process: subprocess.Popen[str]) -> str:
    """The secret of the link, as soon as it is printed."""
    for line in process.stdout:  # type: ignore[union-attr]
        if found := LINK.search(line):
            return found[1]
    raise AssertionError("no link was printed")


def visit(address: str) -> tuple[int, str]:
    """What a new browser gets, after the button of a link, and where it ends up."""
    follow = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    try:
        with follow.open(address, timeout=10) as answer:
            token = TOKEN.search(answer.read().decode())
            if token is None:
                return answer.status, answer.url
        with follow.open(address, f"csrf_token={token[1]}".encode(), timeout=10) as answer:
            return answer.status, answer.url
    except urllib.error.HTTPError as refused:
        return refused.code, refused.url


def the_rest(place: Place) -> list[tuple[object, ...]]:
    with sqlite3.connect(place.database) as connection:
        return connection.execute("SELECT passed, link_hash FROM setup").fetchall()


def test_serve_prints_a_link_on_an_empty_database_which_opens_once(place: Place) -> None:
    process = place.start("serve", FORUM_WEB_WORKERS="2")
    secret = printed_link(process)
    shown = "".join(command_of(pid) for pid in [process.pid, *children(process.pid)])
    assert secret not in shown
    assert secret not in str(the_rest(place))
    address = f"http://127.0.0.1:{place.port}"
    assert visit(f"{address}/")[0] == 503
    assert visit(f"{address}/setup/link/{secret}") == (200, f"{address}/setup/community")
    assert visit(f"{address}/setup/link/{secret}")[0] == 410
    assert secret not in rest_of(process)


def test_each_start_prints_another_link(place: Place) -> None:
    secrets = set()
    for _ in range(2):
        process = place.start("serve", "--no-worker")
        secrets.add(printed_link(process))
        rest_of(process)
    again = LINK.findall(place.call("setup-link").stdout)
    assert len(secrets | set(again)) == 3


def test_an_administrator_made_on_the_console_ends_the_first_run(place: Place) -> None:
    assert LINK.search(place.call("setup-link").stdout)
    assert place.call("create-admin", *CHIEF, given="a long enough one\n").returncode == 0
    said = place.call("setup-link").stdout
    assert (said, the_rest(place)) == ("This community is set up: there is no link any more.\n", [])


def test_an_archive_with_members_ends_it_too(place: Place) -> None:
    place.call("import", archive(place, *whole()))
    process = place.start("serve")
    until(lambda: place.answers("/"), 40, "the front page")
    assert "setup" not in rest_of(process)
    assert the_rest(place) == []


def test_the_template_of_the_rulebook_is_one_that_can_be_published(place: Place) -> None:
    done = place.call("rules", "publish", str(RULEBOOK))
    assert (done.returncode, "Version 1 of the rules is published" in done.stdout) == (0, True)
    with sqlite3.connect(place.database) as connection:
        for title, text in connection.execute("SELECT title, text FROM rule"):
            assert '"de"' in title
            assert '"en"' in title
            assert "\\n" not in text
