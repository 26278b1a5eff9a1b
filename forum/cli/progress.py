"""A progress bar on a terminal; a line now and then elsewhere."""

import sys
import time

import click

BAR_WIDTH = 30
REDRAW_SECONDS = 0.1
PLAIN_SECONDS = 10.0


class Progress:
    """How far a long command is; goes to the error output, so that the output stays clean."""

    def __init__(self, label: str, total: int) -> None:
        self._label, self._total = label, max(1, total)
        self._is_terminal = sys.stderr.isatty()
        self._began = self._drawn = time.monotonic()
        self._shown = ""

    def to(self, position: int, note: str = "") -> None:
        """Shows a position; cheap enough to be called for every batch."""
        now = time.monotonic()
        if now - self._drawn < (REDRAW_SECONDS if self._is_terminal else PLAIN_SECONDS):
            return
        self._drawn = now
        share = min(1.0, position / self._total)
        text = f"{self._label} {share:4.0%}{f'  {note}' if note else ''}{self._rest(share, now)}"
        if not self._is_terminal:
            click.echo(text, err=True)
            return
        filled = round(share * BAR_WIDTH)
        self._draw(f"[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {text}")

    def _rest(self, share: float, now: float) -> str:
        if share < 0.02:
            return ""
        seconds = int((now - self._began) / share * (1 - share))
        return f"  {seconds // 60}:{seconds % 60:02d} left"

    def _draw(self, text: str) -> None:
        click.echo(f"\r{text.ljust(len(self._shown))}", err=True, nl=False)
        self._shown = text

    def say(self, sentence: str) -> None:
        """Writes a line of its own, above the bar."""
        self.end()
        click.echo(sentence, err=True)

    def end(self) -> None:
        """Takes the bar away."""
        if self._shown:
            click.echo(f"\r{' ' * len(self._shown)}\r", err=True, nl=False)
            self._shown = ""
