"""What nobody may tell from nothing: each way to ask for something of the private category, or to write into it.

In addresses and forms stand the names of the small community; `NOTHING` says what is asked for in their place where
there is nothing.
"""

from typing import Any, NamedTuple

NOTHING = {
    "private": "no-such-category",
    "private_id": 990_001,
    "partners": 990_002,
    "secret": 990_003,
    "secret_slug": "no-such-thread",
    "secret_post": 990_004,
    "secret_reply": 990_005,
    "secret_own": 990_006,
    "secret_shown": 990_007,
    "secret_idea": 990_008,
    "secret_idea_slug": "no-such-idea",
    "secret_area": "nothing-like-that",
    "secret_case": 990_009,
    "secret_picture": f"{'0' * 64}.webp",
    "secret_notification": 990_010,
    "secret_tag": "no-such-tag",
    "secret_word": "nosuchword",
    "secret_group": "no-such-group",
    "secret_member": "no-such-member",
}
WORDS = {"secret_tag": "zinnober", "secret_word": "zinnober", "secret_group": "kontorgruppe"}
"""What isn't among the places of the small community."""


class Ask(NamedTuple):
    """One request; without a form it is a GET."""

    address: str
    form: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        return f"{'GET' if self.form is None else 'POST'} {self.address}"


def _gets(*addresses: str) -> list[Ask]:
    return [Ask(address) for address in addresses]


def _post(address: str, **form: Any) -> Ask:
    return Ask(address, form)


_THREAD = "/t/{secret}/{secret_slug}"
_IDEA = "/ideas/{secret_idea}/{secret_idea_slug}"
_QUOTE = "> [@partner, #1](/t/{secret}/{secret_slug}/1)\n>\n> A word.\n\nAn answer."
_NEW = {"title": "A new thread", "body": "With a text.", "kind": "question"}
_REPORT = {"rule": "{rule}", "text": "This is rude."}

ASKS = (
    *_gets(
        "/c/{private}",
        "/c/{private}?view=new",
        "/t/{secret}",
        _THREAD,
        f"{_THREAD}?page=1",
        f"{_THREAD}/1",
        f"{_THREAD}/9",
        "/t/{secret}/similar",
        "/t/{secret}/similar?part",
        "/t/{secret}/card.png",
        "/t/{secret}/steer",
        "/p/{secret_post}",
        "/p/{secret_own}",
        "/p/{secret_post}/history",
        "/p/{secret_post}/edit",
        "/p/{secret_own}/edit",
        "/p/{secret_own}/delete",
        "/p/{secret_post}/idea",
        "/ideas/{secret_idea}",
        _IDEA,
        f"{_IDEA}/1",
        "/ideas/{secret_idea}/steer",
        "/ideas/{secret_idea}/merge",
        "/ideas?area={secret_area}",
        "/ideas/new?area={secret_area}",
        "/ideas/roadmap?area={secret_area}",
        "/ideas/inbox?area={secret_area}",
        "/new?category={private}",
        "/report?post={secret_post}",
        "/news?thread={secret}&after=0",
        "/groups/{partners}",
        "/groups/{partners}/members",
        "/members?show=group-{partners}",
        "/u/{secret_group}",
        "/tags/{secret_tag}",
        "/search?q={secret_word}",
        "/new/similar?title={secret_word}",
        "/ideas/similar?title={secret_word}",
        "/media/{secret_picture}",
        "/moderation/cases/{secret_case}",
        "/notifications/{secret_notification}",
    ),
    # writing in it, and writing about it
    _post("/new", category="{private}", **_NEW),
    _post("/new", look="1", category="{private}", **_NEW),
    _post("/new", look="1", category="{category}", **_NEW | {"title": "{secret_word}", "body": _QUOTE}),
    _post("/new", category="{category}", **_NEW | {"body": "Good morning, @{secret_group}."}),
    _post("/t/{secret}/reply", body="A reply."),
    _post("/t/{secret}/reply", body=""),
    _post("/t/{secret_idea}/reply", body="A comment."),
    _post("/p/{secret_post}/edit", body="Another text.", base_revision="1"),
    _post("/p/{secret_own}/edit", body="Another text.", base_revision="1"),
    _post("/p/{secret_own}/delete"),
    _post("/p/{secret_own}/restore"),
    _post("/p/{secret_post}/react", on="thanks"),
    _post("/p/{secret_post}/react", off="like"),
    _post("/p/{secret_reply}/solution"),
    _post("/p/{secret_reply}/no-solution"),
    _post("/p/{secret_post}/idea", title="A longer range", area="{area}"),
    _post("/drafts/keep?place=thread:{secret}", body="A thought"),
    _post("/drafts/keep?place=edit:{secret_own}", body="A thought"),
    # steering it
    _post("/t/{secret}/steer", title="A better title", tags="", category="{category}"),
    _post("/t/{thread}/steer", title="How far does a charge last?", tags="range", category="{private}"),
    *(_post(f"/t/{{secret}}/{act}") for act in ("close", "reopen", "pin", "unpin")),
    *(_post("/t/{secret}/follow", level=level) for level in ("watching", "normal", "muted", "nothing")),
    # reporting and judging it
    _post("/report?post={secret_post}", **_REPORT),
    _post("/report", post="{secret_post}", **_REPORT),
    *(_post(f"/moderation/cases/{{secret_case}}/{act}") for act in ("claim", "release")),
    _post("/moderation/cases/{secret_case}/preview", act="no_action", reason="It breaks no rule.", rule="{rule}"),
    _post("/moderation/cases/{secret_case}/decide", act="no_action", reason="It breaks no rule.", rule="{rule}"),
    # ideas
    _post("/ideas/new", area="{secret_area}", title="A basket for the dog", body="It is small."),
    _post("/ideas/new", look="1", area="{secret_area}", title="Less {secret_word} for all", body="It is small."),
    _post("/ideas/{secret_idea}/vote"),
    _post("/ideas/{secret_idea}/vote", importance="important", reason="I ride all year."),
    _post("/ideas/{secret_idea}/withdraw"),
    _post("/ideas/{secret_idea}/steer", status="planned", answer="In spring.", seen_change_id="1"),
    _post("/ideas/{secret_idea}/merge", target="{idea}"),
    _post("/ideas/{idea}/merge", target="{secret_idea}"),
    _post("/ideas/{secret_idea}/unmerge"),
    _post("/ideas/{secret_idea}/note", note="Ask the drive team."),
    _post("/ideas/exports", area="{secret_area}", top="5"),
    # the group
    *(_post(f"/groups/{{partners}}/{act}") for act in ("join", "leave", "withdraw")),
    _post("/groups/{partners}/ask", words="Please."),
    _post("/groups/{partners}/add", username="newcomer"),
    _post("/groups/{partners}/remove/{member_id}"),
)
