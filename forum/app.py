"""The application factory: settings in, a WSGI application out."""

from datetime import timedelta
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from forum import api, web, wiring
from forum.core import database, logging, mail
from forum.core.settings import Settings, load
from forum.core.settings import install as install_settings
from forum.http import (
    addresses,
    assets,
    cache,
    errors,
    forgery,
    headers,
    language,
    limits,
    packing,
    render,
    request_log,
    suspicion,
    viewer,
)
from forum.http.frugal import FrugalFlask

ROOT = Path(__file__).parent.parent
MOST_FORM_BYTES = 2 * 1024 * 1024
SESSION_DAYS = 60


class Id(IntegerConverter):
    """A whole number in an address that fits every column; a larger one is at no address (404)."""

    regex = r"\d{1,18}"


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application, ready to serve. Raises SettingError when the settings are wrong."""
    settings = settings or load()
    logging.set_up(settings)
    app = FrugalFlask("forum", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MOST_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.url_map.converters["int"] = Id
    app.extensions["settings"] = settings
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    install_settings(settings)
    database.init_app(app, settings)
    mail.install(mail.Mailer(settings))
    wiring.install()
    addresses.init_app(app)
    request_log.init_app(app)
    packing.init_app(app)  # runs after the headers are there: what is registered first answers last
    headers.init_app(app, is_https=settings.is_https)
    viewer.init_app(app)
    language.init_app(app)
    forgery.init_app(app)
    limits.init_app(app, on=settings.rate_limits == "on")
    suspicion.init_app(app)
    cache.init_app(app, on=settings.guest_cache == "on")
    assets.init_app(app)
    render.init_app(app)
    errors.init_app(app)
    web.init_app(app)
    api.init_app(app)
    return app
