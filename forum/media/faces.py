"""A face in three sizes, so that a page of small ones carries small pictures.

The upload is the largest, and the only one with a row; the others lie in the store beside it, under its name with their
size in it, and are sent wherever it may be seen. Where they are missing, as of a face that is older than they, the
largest takes their place.
"""

from forum.media.pictures import AVATAR_SIDE, Picture, smaller
from forum.media.store import store

SMALLER = (48, 96)
"""Sides in pixels: twice what a list and a post show, for screens with two dots in each pixel."""
_WHOLE, _CUT = f"-{AVATAR_SIDE}x{AVATAR_SIDE}.webp", {f"-{side}x{side}.webp": side for side in SMALLER}


def name_for(name: str, pixels: int) -> str:
    """The name under which a face is found that is shown so many pixels wide; its own where it has no smaller ones."""
    side = next((side for side in SMALLER if side >= 2 * pixels), None)
    return f"{name.removesuffix(_WHOLE)}-{side}x{side}.webp" if side and name.endswith(_WHOLE) else name


def largest_of(name: str) -> str | None:
    """The name of the upload that a smaller face belongs to; None for any other name."""
    for ending in _CUT:
        if name.endswith(ending):
            return name.removesuffix(ending) + _WHOLE
    return None


def put(face: Picture) -> None:
    """Keeps a face in all its sizes. Outside a transaction, as everything that files do."""
    store().put(face.name, face.content)
    if not face.name.endswith(_WHOLE):
        return
    for ending, side in _CUT.items():
        store().put(face.name.removesuffix(_WHOLE) + ending, smaller(face, side).content)


def delete(name: str) -> None:
    """Removes a face in all its sizes."""
    store().delete(name)
    if name.endswith(_WHOLE):
        for ending in _CUT:
            store().delete(name.removesuffix(_WHOLE) + ending)
