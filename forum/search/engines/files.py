"""The folder of one Whoosh index: whose it is, and whether its files are as they were written."""

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

_NAME, _SUMS, _BROKEN = "name.json", "sums.json", "broken"
_CHUNK = 1 << 20


def _sum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            total = zlib.crc32(chunk, total)
    return total


def _write(path: Path, content: object) -> None:
    """A file that is there whole or not at all, also after a power cut."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Folder:
    """A folder whose index belongs to one generation of one database, which `stamp` names."""

    def __init__(self, path: Path, stamp: str) -> None:
        self.path, self.stamp = path, stamp

    def give_name(self) -> None:
        """Says whose the index is; the last step of making an empty one."""
        _write(self.path / _NAME, self.stamp)

    @property
    def is_ours(self) -> bool:
        """Whether there is an index of this generation that nobody found broken."""
        try:
            with (self.path / _NAME).open(encoding="utf-8") as file:
                return bool(json.load(file) == self.stamp) and not (self.path / _BROKEN).exists()
        except (OSError, ValueError):
            return False

    def mark_broken(self) -> None:
        """Tells the worker, and all who read, that the index has to be made anew."""
        (self.path / _BROKEN).touch()

    def _written(self) -> Iterator[Path]:
        yield from self.path.glob("*.seg")
        yield from self.path.glob("*.toc")

    def _sums(self) -> dict[str, list[int]]:
        try:
            with (self.path / _SUMS).open(encoding="utf-8") as file:
                return dict(json.load(file))
        except (OSError, ValueError):
            return {}

    def note(self) -> None:
        """Makes what was written last, and notes its size and sum."""
        known, sums = self._sums(), {}
        for path in self._written():
            if path.name not in known:
                _sync(path)
            sums[path.name] = known.get(path.name) or [path.stat().st_size, _sum(path)]
        _sync(self.path)
        _write(self.path / _SUMS, sums)

    def is_whole(self, *, thorough: bool) -> bool:
        """Whether each file that was noted, and is still in use, has its size, and when it is small or all is to be
        read (`thorough`) its sum."""
        sums = self._sums()
        for path in self._written():
            noted = sums.get(path.name)
            try:
                if noted and (
                    path.stat().st_size != noted[0] or ((thorough or path.suffix == ".toc") and _sum(path) != noted[1])
                ):
                    return False
            except FileNotFoundError:  # merged into another one just now
                continue
        return True
