"""Who may join, and with which addresses: the operator's choice. It stands in the community's row, so that no page asks
for it besides."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from email_validator import EmailNotValidError, validate_email

from forum.community.disposable import is_disposable
from forum.community.marks import mark_of
from forum.community.words import Words, some_lines
from forum.core.errors import Invalid

OPEN, APPROVAL, DOMAINS, INVITATION, CLOSED = "open", "approval", "domains", "invitation", "closed"
MODES = (OPEN, APPROVAL, DOMAINS, INVITATION, CLOSED)
"""Everybody; whom the team approves; whoever has an e-mail address of certain domains; whoever is invited; nobody. An
invitation lets somebody in whatever is chosen, but for the last."""
QUESTION_LENGTH = 300
MOST_DOMAINS = 100
MOST_DENIED = 1000


@dataclass(frozen=True, slots=True)
class Registration:
    """Who may join. `question` is asked where the team approves, `domains` hold in the mode of that name; both are kept
    in the other modes. Addresses of `denied` domains and of throw-away ones are not taken in any mode, but for those of
    `allowed` ones; all three stand for their subdomains, and the nearest of them decides."""

    mode: str = OPEN
    question: Words = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What tells one choice from another."""
        return mark_of(asdict(self))

    @property
    def takes_newcomers(self) -> bool:
        """Whether somebody who just comes along may find a form at `/register`."""
        return self.mode not in {INVITATION, CLOSED}

    def takes(self, email: str) -> bool:
        """Whether an address that `members.actions.check_email` gave out is of those that may join."""
        return self.mode != DOMAINS or email.rpartition("@")[2].lower() in self.domains

    def refusal(self, email: str) -> str:
        """Why an address that `members.actions.check_email` gave out is of no use here: `email-disposable`,
        `email-denied`, or nothing."""
        domain = email.rpartition("@")[2].lower()
        allowed = {*self.allowed, *(self.domains if self.mode == DOMAINS else ())}
        for name, ascii_name in zip(_and_above(domain), _and_above(_ascii(domain)), strict=True):
            if name in allowed:
                return ""
            if name in self.denied:
                return "email-denied"
            if is_disposable(ascii_name):
                return "email-disposable"
        return ""


def registration_of(kept: Mapping[str, Any]) -> Registration:
    """The choice as it is kept in the community's row; what isn't kept there nobody has chosen yet."""
    lists = {name: tuple(kept.get(name, ())) for name in ("domains", "denied", "allowed")}
    return Registration(**{**kept, **lists})


def checked_registration(mode: str, question: Words, domains: str, denied: str = "", allowed: str = "") -> Registration:
    """The choice as it is kept; each of the lists of domains holds one on each line. Raises Invalid beside the field
    (`question_de` …)."""
    if mode not in MODES:
        raise Invalid("unknown-choice", "mode")
    asked = some_lines(question, "question", QUESTION_LENGTH)
    kept = _domains(domains, "domains", MOST_DOMAINS)
    if mode == DOMAINS and not kept:
        raise Invalid("domains-required", "domains")
    not_taken, taken = _domains(denied, "denied", MOST_DENIED), _domains(allowed, "allowed", MOST_DENIED)
    if both := sorted({*not_taken} & {*taken, *(kept if mode == DOMAINS else ())}):
        raise Invalid("domain-both", "denied", domain=both[0])
    return Registration(mode, asked, kept, not_taken, taken)


def _domains(lines: str, name: str, limit: int) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(_domain(line, name) for line in lines.split() if line.strip(",;")))
    if len(found) > limit:
        raise Invalid("too-many-domains", name, limit=limit)
    return found


def _domain(raw: str, name: str) -> str:
    domain = raw.strip(",;").rpartition("@")[2]
    try:
        return str(
            validate_email(f"team@{domain}", check_deliverability=False).domain
        ).lower()  # not folded: ß and ss are two domains
    except EmailNotValidError as error:
        raise Invalid("domain-unreadable", name, domain=raw[:100]) from error


def _ascii(domain: str) -> str:
    """A domain's name as the domain name system has it, with as many parts."""
    if domain.isascii():
        return domain
    try:
        return str(validate_email(f"team@{domain}", check_deliverability=False).ascii_domain).lower()
    except EmailNotValidError:  # of an account that came by import
        return domain


def _and_above(domain: str) -> list[str]:
    """The domain and those of which it is a subdomain, the nearest first; none of a single part."""
    parts = domain.split(".")
    return [".".join(parts[at:]) for at in range(max(1, len(parts) - 1))]
