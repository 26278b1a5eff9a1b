"""Settings of the machine, from the environment and an optional `.env` file; nothing else is ever read from there.

What the operator edits in the running product lives in `community.models`. docs/settings.md is made from this file.
"""

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import getaddresses
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from urllib.parse import urlsplit

DEFAULT_DEMO_PASSWORD = "tafelrunde-demo"  # noqa: S105  it is printed on the console on purpose


class SettingError(ValueError):
    """A setting is unknown or invalid; the message names it in one sentence."""


def _setting(name: str, explanation: str) -> dict[str, str]:
    return {"name": name, "explanation": explanation}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The typed settings. Each field's environment variable and explanation stand in `EXPLAINED`."""

    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = ""
    data_dir: Path = Path("var")
    secret_key: str = ""
    base_url: str = ""
    trusted_proxies: int = 0
    web_workers: int = 2
    web_threads: int = 1
    mail_url: str = ""
    mail_from: str = "community@localhost"
    mail_reply_to: str = ""
    rate_limits: Literal["on", "off"] = "on"
    guest_cache: Literal["on", "off"] = "on"
    sqlite_synchronous: Literal["full", "normal"] = "full"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"
    demo_password: str = DEFAULT_DEMO_PASSWORD
    oidc_secrets: str = ""

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    def oidc_secret(self, key: str) -> str:
        """The client secret at the OpenID provider with this key; empty where none is set."""
        pairs = (pair.partition("=") for pair in self.oidc_secrets.split())
        return next((secret for name, _equals, secret in pairs if name == key), "")


EXPLAINED: Mapping[str, dict[str, str]] = {
    "host": _setting("HOST", "address the web server listens on"),
    "port": _setting("PORT", "port the web server listens on"),
    "database_url": _setting(
        "FORUM_DATABASE_URL", "`sqlite:///…` or `postgresql+psycopg://…`; empty: SQLite in the data directory"
    ),
    "data_dir": _setting("FORUM_DATA_DIR", "folder of uploads, outgoing demo mail and the SQLite database"),
    "secret_key": _setting(
        "FORUM_SECRET_KEY", "signs cookies and links; empty: made once and kept in the data directory"
    ),
    "base_url": _setting("FORUM_BASE_URL", "public address, as it stands in mails; empty: http://HOST:PORT"),
    "trusted_proxies": _setting(
        "FORUM_TRUSTED_PROXIES", "number of proxies in front whose X-Forwarded-* headers are believed"
    ),
    "web_workers": _setting("FORUM_WEB_WORKERS", "web processes"),
    "web_threads": _setting("FORUM_WEB_THREADS", "requests that a web process works on at once (4 with PostgreSQL)"),
    "mail_url": _setting(
        "FORUM_MAIL_URL",
        "`smtp://user:password@host:587`, `smtps://…`; empty: mails are written to files in the data directory",
    ),
    "mail_from": _setting("FORUM_MAIL_FROM", "sender of all mails"),
    "mail_reply_to": _setting("FORUM_MAIL_REPLY_TO", "where answers to mails go; empty: to the sender"),
    "rate_limits": _setting(
        "FORUM_RATE_LIMITS",
        "how often, and how fast, somebody may do something; `off` for measuring, on a loopback address only",
    ),
    "guest_cache": _setting("FORUM_GUEST_CACHE", "`off`: every page of a guest is made anew"),
    "sqlite_synchronous": _setting(
        "FORUM_SQLITE_SYNCHRONOUS", "`normal`: faster, but a power cut may lose the last commits"
    ),
    "log_level": _setting("FORUM_LOG_LEVEL", "least important level that is logged"),
    "log_format": _setting("FORUM_LOG_FORMAT", "`json` for machines, `console` for people"),
    "demo_password": _setting(
        "FORUM_DEMO_PASSWORD", "password of the demo log-ins; with the default the demo listens on loopback only"
    ),
    "oidc_secrets": _setting(
        "FORUM_OIDC_SECRETS",
        "client secrets of OpenID Connect providers, by the keys they have under `/admin/providers`: "
        "`company=secret partner=secret`",
    ),
}

_NOT_OURS = re.compile(r"FORUM_(TEST|BENCH)_")


def _read_env_file(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    if not path.is_file():
        return found
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.removeprefix("export ").partition("=")
        if not equals:
            raise SettingError(f"Line {number} of {path} is not of the form NAME=value.")
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[name.strip()] = value
    return found


def _convert(name: str, kind: Any, raw: str) -> Any:
    if get_origin(kind) is Literal:
        if raw not in get_args(kind):
            raise SettingError(f"{name} must be one of {', '.join(get_args(kind))}, not {raw!r}.")
        return raw
    if kind is int:
        if not raw.isdecimal():
            raise SettingError(f"{name} must be a whole number, not {raw!r}.")
        return int(raw)
    return Path(raw) if kind is Path else raw


def _is_one_address(value: str) -> bool:
    """Whether it is a single address, with or without a name before it, that a header can hold."""
    found = getaddresses([value])
    try:
        return len(found) == 1 and bool(Address(addr_spec=found[0][1]).domain)
    except (MessageError, ValueError, IndexError):
        return False


def _check(given: Settings) -> None:
    if not 1 <= given.port <= 65535:
        raise SettingError(f"PORT must be between 1 and 65535, not {given.port}.")
    if given.web_workers < 1 or given.web_threads < 1:
        raise SettingError("FORUM_WEB_WORKERS and FORUM_WEB_THREADS must be at least 1.")
    if not given.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError("FORUM_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://.")
    if urlsplit(given.base_url).scheme not in {"http", "https"}:
        raise SettingError(f"FORUM_BASE_URL must begin with http:// or https://, not {given.base_url!r}.")
    if given.mail_url and urlsplit(given.mail_url).scheme not in {"smtp", "smtps"}:
        raise SettingError("FORUM_MAIL_URL must begin with smtp:// or smtps://, or be empty.")
    for name, value in (("FORUM_MAIL_FROM", given.mail_from), ("FORUM_MAIL_REPLY_TO", given.mail_reply_to)):
        if value and not _is_one_address(value):
            raise SettingError(f"{name} must be one e-mail address, not {value!r}.")
    if given.secret_key and len(given.secret_key) < 16:
        raise SettingError("FORUM_SECRET_KEY must have at least 16 characters.")
    if given.rate_limits == "off" and not given.is_loopback:
        raise SettingError(f"FORUM_RATE_LIMITS=off is allowed on a loopback address only, but HOST is {given.host}.")


def _check_secrets(pairs: str) -> None:
    """Raises SettingError without naming what it found: it is secret."""
    for pair in pairs.split():
        key, _equals, secret = pair.partition("=")
        if not key or not secret:
            raise SettingError("FORUM_OIDC_SECRETS must hold key=secret, several parted by blanks.")


def _absolute(database_url: str) -> str:
    """The same with the whole path of a SQLite file: each library would take a relative one from another folder."""
    path = database_url.removeprefix("sqlite:///")
    return database_url if path == database_url or not path else f"sqlite:///{Path(path).absolute()}"


def _kept_secret(data_dir: Path) -> str:
    """The secret of an installation that names none: made once, readable by the owner only."""
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret_key.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(draft, path)  # two processes that start at once agree on the first one's
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def load(environment: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Settings:
    """Reads and checks the settings; the environment wins over the file.

    Raises SettingError, with one sentence, for an unknown FORUM_ name or an invalid value.
    """
    given = dict(_read_env_file(env_file)) if env_file else {}
    given.update(os.environ if environment is None else environment)
    known = {entry["name"] for entry in EXPLAINED.values()}
    for name in sorted(given):
        if name.startswith("FORUM_") and name not in known and not _NOT_OURS.match(name):
            raise SettingError(f"There is no setting {name}; docs/settings.md lists the settings.")
    values: dict[str, Any] = {}
    for field in fields(Settings):
        name = EXPLAINED[field.name]["name"]
        raw = given.get(name, "").strip()
        if raw:
            values[field.name] = _convert(name, field.type, raw)
    data_dir = Path(values.get("data_dir", Settings.__dataclass_fields__["data_dir"].default)).absolute()
    values["data_dir"] = data_dir
    values["database_url"] = _absolute(values.get("database_url") or f"sqlite:///{data_dir / 'forum.sqlite3'}")
    host, port = values.get("host", "127.0.0.1"), values.get("port", 8000)
    values["base_url"] = values.get("base_url", f"http://{host}:{port}").rstrip("/")
    settings = Settings(**values)
    _check(settings)
    _check_secrets(settings.oidc_secrets)
    if not settings.secret_key:
        settings = Settings(**values | {"secret_key": _kept_secret(data_dir)})
    return settings


_installed: list[Settings] = []


def install(settings: Settings) -> None:
    """Makes the settings known to rooms that write links and sign tokens; called once at start."""
    _installed[:] = [settings]


def installed() -> Settings:
    """The settings this process runs with."""
    return _installed[0]
