"""The interface for programs: thin, like the pages, but JSON for whoever holds a personal token."""

from flask import Flask

from forum.api import access, ideas, openapi
from forum.api.frame import bp

__all__ = ["access", "ideas", "init_app", "openapi"]


def init_app(app: Flask) -> None:
    """Registers the addresses under /api/v1."""
    app.register_blueprint(bp)
