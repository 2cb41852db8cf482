"""Block ids of the open form: which ones stay, and which change with what they depend on."""

from collections.abc import Iterable
from hashlib import sha256

from handlers import ids

NOW, WRITTEN = "now", "written"
"""When the clock starts: now, or when the message was written."""
YES, NO = "yes", "no"
OURS, TOLD = "ours", "told"
"""Who noticed it: our team, or the customer, who told us."""


def field(name: str, *variant: str) -> str:
    """`open:<field>`, with what it depends on; name as in `cases.intake.Form`."""
    return ":".join((ids.OPEN_BLOCK, name, *variant))


def question(product: str, id: str) -> str:
    """A guiding question; another product's question of the same id is another block."""
    return field("answers", product, id)


def priority(recommended: int | None, answers: Iterable[tuple[str, str]]) -> str:
    """The priority's menu. Its id changes with the answers: a choice made under others is not carried over."""
    answered = "\n".join(f"{question}={answer}" for question, answer in sorted(answers))
    return field("priority", str(recommended or ""), sha256(answered.encode()).hexdigest()[:16])
