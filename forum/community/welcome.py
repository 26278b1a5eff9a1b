"""What greets on the front page, and whom. It stands in the community's row, so that no page asks for it besides."""

from dataclasses import asdict, dataclass, field

from forum.community.marks import mark_of
from forum.community.words import LABEL_LENGTH, Words, checked_address, one_line, some_lines
from forum.core.errors import Invalid

TITLE_LENGTH = 80
WELCOME_LENGTH = 500
GUESTS, MEMBERS, EVERYBODY = "guests", "members", "everybody"
AUDIENCES = (GUESTS, MEMBERS, EVERYBODY)


@dataclass(frozen=True, slots=True)
class Welcome:
    """A greeting on the front page, plain text with blank lines between paragraphs. The button is there when it has
    words and an address."""

    audience: str = GUESTS
    title: Words = field(default_factory=dict)
    text: Words = field(default_factory=dict)
    button: Words = field(default_factory=dict)
    address: str = ""

    @property
    def mark(self) -> str:
        """What tells one state of the welcome from another."""
        return mark_of(asdict(self))

    @property
    def words_mark(self) -> str:
        """What tells its words from others: whoever put a welcome away sees the next one."""
        return mark_of([self.title, self.text, self.button, self.address])


def checked_welcome(welcome: Welcome) -> Welcome | None:
    """The welcome as it is kept; None when it says nothing. Raises Invalid beside the field."""
    if welcome.audience not in AUDIENCES:
        raise Invalid("unknown-choice", "audience")
    title = one_line(welcome.title, "title", TITLE_LENGTH)
    words = some_lines(welcome.text, "text", WELCOME_LENGTH)
    button = one_line(welcome.button, "button", LABEL_LENGTH)
    address = checked_address(welcome.address, "address")
    if button and not address:
        raise Invalid("required", "address")
    if address and not button:
        raise Invalid("required", "button")
    if not title:
        if words or button:
            raise Invalid("required", "title")
        return None
    return Welcome(welcome.audience, title, words, button, address)
