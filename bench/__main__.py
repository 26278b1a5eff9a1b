"""`make bench`: the import, the pages of a community of 100,000 posts against the reference page, the export of 100,000
ideas, search with each engine, and whether the time of an answer tells who has an account.

The databases are made once and kept in var/bench. `--only pages` and the like measure one of these. Ends with code 1
when the time tells: by chance alone that happens once in some 300 runs.
"""

import argparse
import http.cookiejar
import re
import secrets
import shutil
import sqlite3
import sys
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bench import community, equal_times, exporting, importing, searching
from bench.servers import ROOT, Figure, free_port, measure, memory_mib, running
from forum.cli import schema
from forum.text import PIPELINE_VERSION

PASSWORD = "a password for the bench"
REFERENCE_PATH = "/page"
CACHED_THREADS = 200
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; a `share` is better the larger it is, other figures the smaller."""

    what: str
    value: float
    target: float
    floor: float
    figure: Figure | None = None
    is_share: bool = True

    def verdict(self) -> str:
        if self.is_share:
            return "target" if self.value >= self.target else "floor" if self.value >= self.floor else "BELOW"
        return "target" if self.value <= self.target else "floor" if self.value <= self.floor else "ABOVE"


def database(*, is_quick: bool) -> Path:
    """The folder of the database to be measured, made when it isn't there yet."""
    name = f"{schema.head()}-{PIPELINE_VERSION}-{community.EDITION}{'-quick' if is_quick else ''}"
    folder = ROOT / "var" / "bench" / name
    sizes = {"threads": 500, "posts": 10_000, "longest": 2_000} if is_quick else {}
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print("Making the community (once) …", flush=True)
        community.write(folder / "archive.jsonl", **sizes)
        importing.forum(folder, "migrate")
        importing.forum(folder, "import", str(folder / "archive.jsonl"))
        (folder / "archive.jsonl").unlink()
        _give_password(folder)
        (folder / "complete").touch()
    return folder


def _give_password(folder: Path) -> None:
    from forum.members import passwords

    with sqlite3.connect(folder / "forum.sqlite3") as connection:
        connection.execute("UPDATE member SET password_hash = ? WHERE id <= 10", (passwords.hashed(PASSWORD),))
        connection.execute("ANALYZE")


def _cookie(port: int) -> str:
    """A session of a member who has signed in through the form."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    login = f"http://127.0.0.1:{port}/login"
    with browser.open(login) as answer:
        found = _TOKEN.search(answer.read().decode())
    if found is None:
        raise RuntimeError("/login has no token")
    form = {"csrf_token": found[1], "username": "member3", "password": PASSWORD}
    with browser.open(login, urllib.parse.urlencode(form).encode()) as answer:
        answer.read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


@dataclass(frozen=True, slots=True)
class Paths:
    """First pages of the ordinary threads, the last page of the longest, short threads, categories, and ideas."""

    threads: list[str]
    last: str
    short: list[str]
    categories: list[str]
    ideas: list[str]


def _paths(folder: Path) -> Paths:
    with sqlite3.connect(folder / "forum.sqlite3") as connection:
        rows = connection.execute(
            "SELECT id, slug, last_number FROM thread WHERE kind <> 'idea' ORDER BY id"
        ).fetchall()
        ideas = connection.execute("SELECT id, slug FROM thread WHERE kind = 'idea' ORDER BY id").fetchall()
        categories = [f"/c/{slug}" for (slug,) in connection.execute("SELECT slug FROM category")]
    longest = max(rows, key=lambda row: row[2])
    full = [f"/t/{id}/{slug}" for id, slug, number in rows if id != longest[0]]
    short = [f"/t/{id}/{slug}" for id, slug, number in rows if 20 <= number <= 25]
    last = f"/t/{longest[0]}/{longest[1]}?page={-(-longest[2] // 20)}"
    return Paths(full, last, short, categories, [f"/ideas/{id}/{slug}" for id, slug in ideas])


def _reference() -> Figure:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--worker-class", "sync"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "bench.reference.app:app"]
    with running(command, port, REFERENCE_PATH) as pid:
        return measure(pid, port, [REFERENCE_PATH])


def pages(*, is_quick: bool) -> list[Row]:
    """The pages' CPU against the reference page's, which is measured before and after."""
    folder = database(is_quick=is_quick)
    paths = _paths(folder)
    found: dict[str, Figure] = {}
    memory = 0.0
    before = _reference()
    for cache in ("off", "on"):
        port = free_port()
        settings = {
            "FORUM_DATA_DIR": str(folder), "PORT": str(port), "FORUM_WEB_WORKERS": "2", "FORUM_GUEST_CACHE": cache,
            "FORUM_RATE_LIMITS": "off", "FORUM_LOG_LEVEL": "error", "FORUM_SECRET_KEY": secrets.token_hex(16),
        }  # fmt: skip
        with running([sys.executable, "-m", "forum", "serve", "--no-worker"], port, "/healthz", **settings) as pid:
            if cache == "on":
                found["cached"] = measure(pid, port, paths.threads[:CACHED_THREADS])
                continue
            found["guest"] = measure(pid, port, paths.threads)
            found["member"] = measure(pid, port, paths.threads, {"Cookie": _cookie(port)})
            found["front"] = measure(pid, port, ["/"])
            found["category"] = measure(pid, port, paths.categories)
            found["board"] = measure(pid, port, ["/ideas", "/ideas?sort=trending", "/ideas?status=planned"])
            found["idea"] = measure(pid, port, paths.ideas)
            found["last"] = measure(pid, port, [paths.last])
            found["short"] = measure(pid, port, paths.short)
            memory = memory_mib(pid)
    after = _reference()
    yardstick = (before.cpu_ms + after.cpu_ms) / 2
    print(f"Reference page: {before.cpu_ms:.2f} ms of CPU before, {after.cpu_ms:.2f} ms after.")

    def share(what: str, name: str, target: float, floor: float) -> Row:
        return Row(what, yardstick / found[name].cpu_ms, target, floor, found[name])

    ends = found["last"].cpu_ms / found["short"].cpu_ms
    return [
        share("thread page, guest: CPU ratio", "guest", 0.8, 0.5),
        share("the same, guest cache on", "cached", 3, 2),
        share("thread page, signed in", "member", 0.4, 0.25),
        share("front page, guest", "front", 0.6, 0.35),
        share("category, guest", "category", 0.6, 0.35),
        share("ideas board, guest", "board", 0.6, 0.35),
        share("idea page, guest", "idea", 0.8, 0.5),
        Row("last page of 20,000 posts ÷ first of a short thread", ends, 1.1, 1.3, found["last"], is_share=False),
        Row("memory of the web processes after load, PSS MiB", memory, 180, 250, is_share=False),
    ]


def imports() -> list[Row]:
    """The import's rate."""
    made = importing.measure()
    print(
        f"Text pipeline: {made.pipeline_rate:,.0f} posts/s on one core. Import: {made.import_rate:,.0f} posts/s "
        f"on {made.cores} cores, every post rendered."
    )
    return [
        Row("import ÷ (text pipeline × cores), by the clock", made.ratio, 0.7, 0.5),
        Row("the same by CPU time (what of it is the pipeline)", made.cpu_ratio, 0.7, 0.5),
    ]


def exports(*, is_quick: bool) -> list[Row]:
    """The peak of memory of the command's process, and how it grows with the ideas."""
    folder = ROOT / "var" / "bench" / f"ideas-{schema.head()}"
    counts = (exporting.FEW, exporting.MANY // 10 if is_quick else exporting.MANY)
    rows = []
    for form in ("jsonl", "xlsx"):
        few, many = (exporting.measure(folder / str(count), count, form) for count in counts)
        print(
            f"Export of {many.count:,} ideas as {form}: {many.seconds:,.1f} s, {many.per_second:,.0f} ideas/s, "
            f"peak {many.peak_mib:.0f} MiB; {few.peak_mib:.0f} MiB for {few.count:,}."
        )
        rows.append(
            Row(
                f"export as {form}: peak memory ÷ that of 1,000",
                many.peak_mib / few.peak_mib,
                1.15,
                1.15,
                is_share=False,
            )
        )
    return rows


def show(rows: list[Row]) -> None:
    """The table."""
    names = f"{'measured':>9}{'target':>8}{'floor':>7}{'':>8}{'CPU ms':>8}{'req/s':>8}{'p50':>7}{'p99 ms':>8}"
    print(f"\n{'quantity':<52}{names}")
    for row in rows:
        figure = row.figure
        rest = ""
        if figure:
            rest = f"{figure.cpu_ms:>8.2f}{figure.per_second:>8.0f}{figure.p50_ms:>7.1f}{figure.p99_ms:>8.1f}"
        print(f"{row.what:<52}{row.value:>9.2f}{row.target:>8.2f}{row.floor:>7.2f}{row.verdict():>8}{rest}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=("import", "pages", "export", "search", "sign-in"))
    parser.add_argument("--quick", action="store_true", help="a tenth of the community: to see whether it works")
    given = parser.parse_args()
    rows: list[Row] = []
    if given.only in {None, "import"}:
        rows += imports()
    if given.only in {None, "pages"}:
        rows += pages(is_quick=given.quick)
    if given.only in {None, "export"}:
        rows += exports(is_quick=given.quick)
    if rows:
        show(rows)
    if given.only in {None, "search"}:
        searching.measure(is_quick=given.quick)
    if given.only in {None, "sign-in"}:
        telling = equal_times.measure(database(is_quick=True), is_quick=given.quick)
        if telling:
            sys.exit(f"The time of an answer tells who has an account: {', '.join(telling)}.")


if __name__ == "__main__":
    main()
