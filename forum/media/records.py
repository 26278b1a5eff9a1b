"""Files that travel beside an archive: in a folder of the archive's name, `community.jsonl.gz` and `community-files/`.

What this house once wrote comes back byte for byte under its own name, so that texts which show it still do; anything
else goes through the same treatment as an upload.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from forum.core.database import db, insert, transaction
from forum.core.errors import Invalid
from forum.media import faces, pictures
from forum.media.actions import row_of
from forum.media.models import AVATAR, PICTURE, UPLOADS
from forum.media.pictures import AVATAR_SIDE, MOST_BYTES, Picture
from forum.media.store import store

_BATCH = 200


def folder_of(archive: Path) -> Path:
    """Where the files of an archive lie."""
    return archive.with_name(archive.name.removesuffix(".gz").removesuffix(".jsonl") + "-files")


# ---------------------------------------------------------------- in


def bring_in(folder: Path) -> int:
    """Takes in every picture of this house that lies in the folder, in transactions of its own; returns how many."""
    if not folder.is_dir():
        return 0
    count = 0
    batch: list[Picture] = []
    for path in sorted(folder.iterdir()):
        if not pictures.is_name(path.name):
            continue
        content = _content(path)
        if content is not None and (kept := pictures.as_kept(content, path.name)):
            batch.append(kept)
        if len(batch) == _BATCH:
            count += _keep(batch)
            batch.clear()
    return count + _keep(batch)


def take_in(folder: Path, name: str, make: Callable[[bytes], Picture] = pictures.avatar) -> str | None:
    """The face or banner that an archive names, from the folder or from beside the archive; the upload's name, or None.

    A file that isn't there, isn't a picture or is named by a path is left out.
    """
    if not name or name != Path(name).name or "\\" in name or "\0" in name:
        return None
    for place in (folder, folder.parent):
        if (content := _content(place / name)) is not None:
            try:
                face = pictures.as_kept(content, name) or make(content)
            except Invalid:
                return None
            _keep([face])
            return face.name
    return None


def _content(path: Path) -> bytes | None:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
        return None
    return path.read_bytes()


def _keep(batch: Sequence[Picture]) -> int:
    if not batch:
        return 0
    rows = []
    for one in batch:
        is_face = one.width == one.height == AVATAR_SIDE
        if is_face:
            faces.put(one)
        else:
            store().put(one.name, one.content)
        rows.append(row_of(one, AVATAR if is_face else PICTURE, None))
    with transaction():
        db.session.execute(insert(UPLOADS).on_conflict_do_nothing(index_elements=[UPLOADS.c.name]), rows)
    return len(batch)


# ---------------------------------------------------------------- out


def send_out(names: Iterable[str], folder: Path) -> int:
    """Copies these uploads into the folder, which is made when there is one to copy; returns how many there are."""
    count = 0
    for name in sorted(set(names)):
        target = folder / name
        try:
            with store().open(name) as file:
                content = file.read()
        except FileNotFoundError:
            continue
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not target.exists():
            draft = target.with_name(f".{name}")
            draft.write_bytes(content)
            draft.replace(target)
        count += 1
    return count
