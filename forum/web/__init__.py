"""The pages: thin shells that parse, open the one transaction, and render."""

from flask import Flask

from forum.web import (
    admin,
    cards,
    categories,
    demo_mail,
    drafts,
    health,
    ideas,
    join,
    language,
    legal,
    media,
    members,
    moderation,
    news,
    notifications,
    posts,
    reports,
    rules,
    search,
    settings,
    settings_tokens,
    setup,
    shortcuts,
    sign_in,
    styleguide,
    threads,
    unsubscribe,
)

PAGES = (
    health,
    categories,
    threads,
    posts,
    drafts,
    ideas,
    members,
    sign_in,
    join,
    language,
    legal,
    settings,
    settings_tokens,
    media,
    rules,
    moderation,
    reports,
    notifications,
    news,
    search,
    shortcuts,
    cards,
    unsubscribe,
    admin,
    setup,
    demo_mail,
    styleguide,
)
"""Modules of this package that carry a blueprint `bp`."""


def init_app(app: Flask) -> None:
    """Registers the pages."""
    for module in PAGES:
        app.register_blueprint(module.bp)
