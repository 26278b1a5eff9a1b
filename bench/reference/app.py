"""Flask and Jinja rendering a page of 20 posts from memory, about 22 KB, one of 300 conversations at random.

Served by gunicorn: `gunicorn --workers 2 --worker-class sync bench.reference.app:app`.
"""

import random

from flask import Flask, render_template
from markupsafe import Markup

from bench import words

dice = random.Random(4711)
app = Flask(__name__)

TOPICS = [{"id": number, "name": f"Category {number}"} for number in range(30)]


def _post(number: int, thread: int) -> dict[str, object]:
    return {
        "id": thread * 100 + number,
        "number": number,
        "author": f"member{dice.randrange(2000)}",
        "written": dice.randrange(900),
        "at": 1_700_000_000 + number * 977,
        "html": Markup(words.html(dice)),
    }


CONVERSATIONS = [
    {"title": " ".join(words.paragraph(dice, 8)), "posts": [_post(number, thread) for number in range(1, 21)]}
    for thread in range(300)
]


@app.get("/page")
def page() -> str:
    """A page from memory."""
    chosen = random.choice(CONVERSATIONS)
    return render_template("page.html", title=chosen["title"], posts=chosen["posts"], topics=TOPICS)
