"""The application for a WSGI server that is started by hand: `granian --interface wsgi wsgi:app`."""

from forum.app import create_app

app = create_app()
