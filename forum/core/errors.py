"""What a room raises when it can't do what it was asked; `http.errors` turns each into a page or a problem document."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """Base of every refusal: a code, translated for the reader at the edge, and the values its sentence needs."""

    status = 400

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters: Mapping[str, Any] = parameters


class Invalid(Refused):
    """The input breaks a rule of the room; `field` names the form field that the sentence belongs beside."""

    status = 400

    def __init__(self, code: str, field: str | None = None, **parameters: Any) -> None:
        super().__init__(code, **parameters)
        self.field = field


class Moved(Refused):
    """The thing stands at another address now, in the thread `thread_id`: reading goes on there."""

    status = 302

    def __init__(self, address: str, thread_id: int) -> None:
        super().__init__("moved")
        self.address = address
        self.thread_id = thread_id


class Denied(Refused):
    """The actor may not do this, and may know why."""

    status = 403


class NotFound(Refused):
    """There is no such thing, or none that this actor may know of: both look the same."""

    status = 404

    def __init__(self, code: str = "not-found", **parameters: Any) -> None:
        super().__init__(code, **parameters)


class Conflict(Refused):
    """The thing has changed meanwhile, or is in a state that doesn't allow this."""

    status = 409


class Gone(Refused):
    """There was such a thing, and it will not come back."""

    status = 410


class TooMany(Refused):
    """The actor has done this too often; `parameters["seconds"]` says when it is possible again."""

    status = 429
