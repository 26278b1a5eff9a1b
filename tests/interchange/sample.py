"""A small community in the interchange format with every kind of record."""

from typing import Any

Record = dict[str, Any]

HEAD: Record = {"kind": "community", "format": 1, "source": "old", "name": "The old forum", "languages": ["en", "de"]}
ANNA: Record = {
    "kind": "member",
    "id": "m1",
    "username": "anna",
    "display_name": "Anna Vogt",
    "email": "anna@example.org",
    "joined_at": "2024-01-02T03:04:05Z",
    "about": "Rides **every day**.",
    "role": "moderator",
    "groups": ["testers"],
    "language": "de",
}
BEN: Record = {"kind": "member", "id": "m2", "username": "ben"}
CARA: Record = {"kind": "member", "id": "m3", "username": "cara"}
HELP: Record = {"kind": "category", "id": "c1", "name": {"de": "Hilfe", "en": "Help"}, "position": 1, "hue": 40}
INNER: Record = {"kind": "category", "id": "c2", "name": "Inner circle", "groups_see": ["testers"], "parent": "c1"}


def member(id: str, username: str, **more: Any) -> Record:
    return {"kind": "member", "id": id, "username": username, **more}


def thread(id: str, title: str = "How far does it go?", **more: Any) -> Record:
    return {"kind": "thread", "id": id, "category": "c1", "title": title, "created_at": "2024-02-01T10:00:00Z", **more}


def post(id: str, thread: str, body: str = "As far as you like.", **more: Any) -> Record:
    return {"kind": "post", "id": id, "thread": thread, "body": body, "created_at": "2024-02-01T10:00:00Z", **more}


def start() -> list[Record]:
    """The first line, three members and two categories."""
    return [dict(record) for record in (HEAD, ANNA, BEN, CARA, HELP, INNER)]


def whole() -> list[Record]:
    """Something of every kind."""
    return [
        *start(),
        thread("t1", author="m2", type="question", tags=["Range", "winter tyres"], solution="p2", pinned=True),
        post("p1", "t1", "How far? @anna knows. [^1]\n\n[^1]: Perhaps.", author="m2"),
        post(
            "p2", "t1", "Forty *kilometres*.", author="m1", reply_to="p1", created_at="2024-02-01T11:30:00.250000Z",
            edited_at="2024-02-02T11:00:00Z", revisions=[{"body": "Fourty.", "author": "m1", "at": "2024-02-01T11:30:00Z"}],
        ),
        post("p3", "t1", "You fools.", author="m3", state="removed"),
        thread("t2", "A lamp that dims", author="m3", type="idea", language="en", closed=True,
               idea={"status": "planned", "area": "Light", "answer": "In spring.", "merged_into": "t3"}),
        post("p4", "t2", "It blinds people.", author="m3"),
        thread("t3", "Dim the lamp", type="idea", idea={"status": "new"}),
        {"kind": "reaction", "post": "p2", "member": "m2", "type": "thanks", "created_at": "2024-02-01T12:00:00Z"},
        {"kind": "reaction", "post": "p2", "member": "m3", "type": "like"},
        {"kind": "vote", "thread": "t2", "member": "m1", "created_at": "2024-03-01T00:00:00Z"},
        {"kind": "vote", "thread": "t2", "member": "m2"},
        {"kind": "rulebook", "id": "r1", "version": 1, "effective_at": "2024-01-01T00:00:00Z", "material": True,
         "rules": [{"number": 1, "title": {"de": "Respekt", "en": "Respect"}, "text": {"de": "Sei nett.", "en": "Be kind."}},
                   {"number": 2, "title": "No spam", "text": "None.", "severity": 3}]},
        {"kind": "acceptance", "member": "m1", "rulebook": "r1", "accepted_at": "2024-01-02T03:05:00Z"},
        {"kind": "report", "id": "q1", "member": "m2", "post": "p3", "text": "Rude.", "created_at": "2024-02-03T00:00:00Z",
         "rulebook": "r1", "rule": 1},
        {"kind": "report", "id": "q2", "member": "m1", "post": "p3", "text": "Insult.", "created_at": "2024-02-03T01:00:00Z"},
        {"kind": "decision", "id": "d1", "by": "m1", "post": "p3", "act": "remove_warn", "reason": "We don't insult.",
         "rulebook": "r1", "rule": 1, "reports": ["q1", "q2"], "at": "2024-02-03T02:00:00Z"},
        {"kind": "report", "id": "q3", "member": "m3", "about": "m2", "text": "Spams.", "created_at": "2024-02-05T00:00:00Z",
         "rulebook": "r1", "rule": 2},
    ]  # fmt: skip
