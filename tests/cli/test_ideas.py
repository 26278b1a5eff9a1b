"""The export of ideas on the command line."""

import json
from pathlib import Path

import pytest

from tests.interchange.sample import whole
from tests.processes import Place


@pytest.fixture
def filled(place: Place) -> Place:
    """A place with the ideas of the sample archive."""
    path = place.folder / "archive.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in whole()))
    assert place.call("import", str(path)).returncode == 0
    return place


def test_an_export_is_written_and_had_again(filled: Place) -> None:
    out = filled.folder / "ideas.jsonl"
    done = filled.call("ideas", "export", "--output", str(out))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr.startswith("Snapshot 1, as of ")
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert rows
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    again = filled.call("ideas", "export", "--snapshot", "1", "--format", "jsonl")
    assert again.stdout == out.read_text(encoding="utf-8")
    as_of = rows[0]["as_of"]
    assert filled.call("ideas", "export", "--as-of", as_of, "--format", "jsonl").stdout == again.stdout
    assert filled.call("ideas", "export", "--since", "1", "--format", "jsonl", "--as-of", as_of).stdout == ""
    listed = filled.call("ideas", "snapshots").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["3", "2", "1"]
    table = filled.run("ideas", "export", "--top", "1")
    assert table.stdout.startswith("\ufeffschema_version,as_of,rank,")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--since", "99"], 1, "There is no snapshot 99.\n"),
        (["--snapshot", "99"], 1, "There is no snapshot 99.\n"),
        (["--status", "nope"], 1, "There is no status nope.\n"),
        (["--area", "nope"], 1, "There is no product area nope.\n"),
        (["--as-of", "2999-01-01"], 1, "--as-of lies in the future.\n"),
        (["--as-of", "0001-01-01"], 1, "--as-of lies before all communities.\n"),
        (["--snapshot", "1", "--top", "3"], 2, "--snapshot writes what was exported then"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(
    place: Place, words: list[str], code: int, sentence: str
) -> None:
    done = place.call("ideas", "export", *words)
    assert done.returncode == code
    assert done.stderr.startswith(sentence)
    assert done.stdout == ""


def test_wrong_use_is_told_from_failure(place: Place) -> None:
    for words in (["--as-of", "yesterday"], ["--top", "0"], ["--format", "docx"]):
        assert place.call("ideas", "export", *words).returncode == 2


def test_a_file_that_cannot_be_written_leaves_nothing(filled: Place, tmp_path: Path) -> None:
    done = filled.call("ideas", "export", "--output", str(tmp_path / "nowhere" / "x.csv"))
    assert (done.returncode, "can't be written" in done.stderr) == (1, True)
    folder = filled.folder / "data" / "exports"
    folder.chmod(0o700)
    full = filled.run("ideas", "export", "--output", "/dev/full")
    assert full.returncode == 1
    assert "Traceback" not in full.stderr
