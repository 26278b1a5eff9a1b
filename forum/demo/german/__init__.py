"""The German half: all threads whose conversation is mainly German."""

from forum.demo.german import display, drive, help, ideas, ideas_display, introductions, news, tours, workshop
from forum.demo.shape import Idea, T

IDEAS: list[Idea] = [*ideas.IDEAS, *ideas_display.IDEAS]

THREADS: list[T] = [
    *help.THREADS,
    *drive.THREADS,
    *tours.THREADS,
    *workshop.THREADS,
    *display.THREADS,
    *introductions.THREADS,
    *news.THREADS,
]
