"""Two hundred texts that nobody should do harm with: `tests/data/hostile.json`, and forty mixed from them."""

import json
import random
from itertools import cycle, islice
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "hostile.json"
READ = json.loads(FILE.read_text())
KINDS: dict[str, list[str]] = {**READ, "long": [piece * times for piece, times in READ["long"]]}
"""By what they try: calls, links, markup, direction, invisible, control, formulas, code; and long ones."""


def _mixed(count: int) -> list[str]:
    """Of several kinds a piece, one after the other."""
    dice = random.Random(5)
    kinds = list(KINDS.values())
    return ["".join(dice.choice(kind)[:200] for kind in dice.sample(kinds, 5)) for _ in range(count)]


TEXTS = [text for kind in KINDS.values() for text in kind] + _mixed(40)


def share_of(seed: int, each: int, mixed: int) -> list[str]:
    """Those of one seed, so many a seed: all seeds together have each text. The first `mixed` seeds, which are always
    run, have some of every kind besides."""
    return [*TEXTS[seed * each :][:each], *(some(each, seed) if seed < mixed else ())]


def seeds_of(each: int) -> int:
    """So many seeds have all of them."""
    return -(-len(TEXTS) // each)


def some(count: int, start: int) -> list[str]:
    """So many, from one of them on, with every kind among them sooner or later."""
    return list(islice(cycle(TEXTS[start:] + TEXTS[:start]), 0, count * 37, 37))
