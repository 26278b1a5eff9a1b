"""Domains of e-mail addresses that are given out for a moment and to everybody: nobody is reached there later, and one
person has as many as they like. The list is that of disposable-email-domains, with the release that is installed.
"""

from disposable_email_domains import blocklist


def is_disposable(domain: str) -> bool:
    """Whether the list names this very domain, in lower case and as it stands in the domain name system (ASCII)."""
    return domain in blocklist
