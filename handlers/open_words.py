"""A customer's words as the open form takes them over: the first line a title, the whole the details."""

from cases.opening import TITLE_LENGTH
from handlers import fields


def first_line(typed: str) -> str:
    """The first line that says something, up to a title's length."""
    line = next((line.strip() for line in typed.splitlines() if line.strip()), "")
    return line[:TITLE_LENGTH]


def fitting(value: str) -> str:
    """As much as a text field holds, from the first character."""
    cut = value[: fields.INPUT]
    while not fields.fits(cut):
        cut = cut[:-1]
    return cut
