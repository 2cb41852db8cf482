"""Printing for people: a terminal shows what stands in a policy, an account or an error, and obeys none of it."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from handlers.text import UNFIT


class Terminal(Console):
    """A console without markup, on which words are words: escape sequences in them have lost their beginning."""

    def __init__(self, *, stderr: bool = False, soft_wrap: bool = False) -> None:
        super().__init__(stderr=stderr, soft_wrap=soft_wrap, markup=False, highlight=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """As the base, without control characters in what is shown; colours are rich's own and come later."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else UNFIT.sub("", text), style, control)
