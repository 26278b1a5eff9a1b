"""The English half of the demo community's threads, one module per topic."""

from forum.demo.english import (
    app,
    drive,
    hills,
    ideas,
    introductions,
    news_and_partners,
    questions,
    small_joys,
    tours,
    workshop,
)
from forum.demo.shape import Idea, T

IDEAS: list[Idea] = ideas.IDEAS

THREADS: list[T] = [
    *questions.THREADS,
    *drive.THREADS,
    *hills.THREADS,
    *tours.THREADS,
    *small_joys.THREADS,
    *workshop.THREADS,
    *app.THREADS,
    *introductions.THREADS,
    *news_and_partners.THREADS,
]
