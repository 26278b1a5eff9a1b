"""What is wrong with a provider, in words for administrators. Members are told only what they can do."""

from flask_babel import gettext as _

from forum.oidc.protocol import SECONDS
from forum.oidc.queries import ProviderRow


def in_words(provider: ProviderRow, what: str) -> str:
    """What has failed, and what to look at, by the word that stands in the security log."""
    kind, _blank, status = what.partition(" ")
    if kind == "metadata" and status:
        return _(
            "There is no description of a provider below the issuer’s address: the answer is %(status)s. "
            "Please check the issuer.",
            status=status,
        )
    if kind == "code" and status in {"400", "401", "403"}:
        return _(
            "%(name)s doesn’t take this community for the client that is registered there. Please compare the client "
            "ID, the secret of %(key)s in FORUM_OIDC_SECRETS, and whether the authorization code is allowed "
            "(%(status)s).",
            name=provider.name,
            key=provider.key,
            status=status,
        )
    sentence = _sentences(provider.name).get(what)
    return sentence or _("What %(name)s has answered doesn’t hold (%(what)s).", name=provider.name, what=what)


def _sentences(name: str) -> dict[str, str]:
    not_json = _("What answers below the issuer’s address isn’t an OpenID provider. Please check the issuer.")
    silent = _("%(name)s hasn’t answered within %(seconds)s seconds.", name=name, seconds=int(SECONDS))
    return {
        "slow": silent,
        "resting": silent,
        "busy": _("This server is asking too many others at this moment. Please try again."),
        "unreachable": _(
            "The server of %(name)s can’t be reached from here. Please check the issuer, and on this server the "
            "name service, the firewall and the certificates.",
            name=name,
        ),
        "too-large": not_json,
        "unreadable": not_json,
        "redirect": _(
            "The issuer’s address leads to another one. Please enter the issuer as the provider itself names it."
        ),
        "unsafe-address": _("%(name)s names an address that isn’t https.", name=name),
        "metadata": _(
            "What %(name)s says of itself lacks an address for signing in, tokens or keys, or one of them isn’t https.",
            name=name,
        ),
        "metadata-issuer": _(
            "%(name)s names itself otherwise. The issuer must be the same sign by sign; look for a slash at its end.",
            name=name,
        ),
        "keys": _("The keys of %(name)s can’t be read.", name=name),
        "signature": _("%(name)s has signed with a key that isn’t among those it publishes.", name=name),
        "algorithm": _("%(name)s signs in a way that isn’t taken here. RS256, PS256, ES256 and EdDSA are.", name=name),
        "audience": _("%(name)s has answered for another client. Please check the client ID.", name=name),
        "clock": _("The clocks of this server and of %(name)s differ by more than three minutes.", name=name),
    }
