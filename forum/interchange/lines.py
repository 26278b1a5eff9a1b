"""The lines of an archive as a stream: plain or gzip, each a JSON object or the reason why it is none."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

MAX_LINE_BYTES = 64 * 1024 * 1024
_PIECE = 1024 * 1024
_GZIP = b"\x1f\x8b"


class Unreadable(ValueError):
    """The file is no archive at all; the message says why."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """One line: its object, or why it has none. `position` counts bytes of the file, compressed ones if it is so."""

    number: int
    position: int
    value: dict[str, Any] | None
    reason: str = ""
    size: int = 0


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogatepass")  # lone surrogates as some programs write them; removed later


def _parse(number: int, position: int, raw: bytes) -> Parsed:
    try:
        value = json.loads(_decode(raw), strict=False)
    except UnicodeDecodeError:
        return Parsed(number, position, None, "is not UTF-8")
    except RecursionError:
        return Parsed(number, position, None, "is nested too deeply")
    except ValueError as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return Parsed(number, position, None, f"is not JSON ({reason})")
    if not isinstance(value, dict):
        return Parsed(number, position, None, "is not a JSON object")
    return Parsed(number, position, value, size=len(raw))


def _raw_lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Lines without their end; None for one that is longer than allowed."""
    while line := stream.readline(MAX_LINE_BYTES):
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
                pass
            yield None
        else:
            yield line


def read(path: Path) -> Iterator[Parsed]:
    """Every line that isn't blank, in order. A file that breaks off ends with a line that says so."""
    number = 0
    with path.open("rb") as file:
        is_gzip = file.read(2) == _GZIP
        file.seek(0)
        stream: IO[bytes] = gzip.GzipFile(fileobj=file, mode="rb") if is_gzip else file  # type: ignore[assignment]
        try:
            for raw in _raw_lines(stream):
                number += 1
                if raw is None:
                    yield Parsed(number, file.tell(), None, f"is longer than {MAX_LINE_BYTES // 1024**2} MiB")
                    continue
                content = raw.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else raw.strip()
                if content:
                    yield _parse(number, file.tell(), content)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            yield Parsed(number + 1, file.tell(), None, f"can't be read: the compressed file is damaged ({error})")


def numbered(records: Iterable[dict[str, Any]]) -> Iterator[Parsed]:
    """Records from memory, as if they were lines of a file."""
    for number, record in enumerate(records, 1):
        yield Parsed(number, number, record)
