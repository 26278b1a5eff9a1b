"""Where files lie. One machine keeps them in a folder; another place needs no more than these five verbs."""

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from forum.core import settings


class Store(Protocol):
    """A place for files, by names that say their content: a file never changes."""

    def put(self, name: str, content: bytes) -> None:
        """Keeps a file; when it returns, the file survives a power cut."""

    def open(self, name: str) -> BinaryIO:
        """The file, to be closed by the caller. Raises FileNotFoundError."""

    def delete(self, name: str) -> None:
        """Removes a file; it may be gone already."""

    def exists(self, name: str) -> bool:
        """Whether the file is there."""

    def names(self, older_than_seconds: float = 0) -> Iterator[str]:
        """All names, of files that are older than this."""


class LocalFolder:
    """A store in a folder, spread over 256 folders by the first two signs of the name."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, name: str) -> Path:
        if not name or name.startswith(".") or "/" in name or "\\" in name or "\0" in name:
            raise FileNotFoundError(name)
        return self._root / name[:2] / name

    def put(self, name: str, content: bytes) -> None:
        path = self._path(name)
        if path.exists():
            path.touch()  # somebody is about to need it: young again for `names`
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{secrets.token_hex(8)}")
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        for folder in (path.parent, self._root):
            _keep_entries(folder)

    def open(self, name: str) -> BinaryIO:
        return self._path(name).open("rb")

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def exists(self, name: str) -> bool:
        return self._path(name).is_file()

    def names(self, older_than_seconds: float = 0) -> Iterator[str]:
        before = time.time() - older_than_seconds
        for path in sorted(self._root.glob("??/*")):
            if not path.name.startswith(".") and path.stat().st_mtime <= before:
                yield path.name


def _keep_entries(folder: Path) -> None:
    """A new file's entry in its folder needs a sync of its own."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def store() -> Store:
    """The store of this installation: the folder `media` in the data directory."""
    return LocalFolder(settings.installed().data_dir / "media")
