"""The German half: all threads whose conversation is mainly German."""

from forum.demo.german import display, drive, help, introductions, news, tours, workshop
from forum.demo.shape import T

THREADS: list[T] = [
    *help.THREADS,
    *drive.THREADS,
    *tours.THREADS,
    *workshop.THREADS,
    *display.THREADS,
    *introductions.THREADS,
    *news.THREADS,
]
