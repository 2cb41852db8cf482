"""How often a fault is tried: a share of its runs always, all of them in `make faults`."""

import pytest
from _pytest.mark import ParameterSet


def runs(share: int, whole: int) -> list[ParameterSet]:
    """Numbers of runs, each the seed of its own: it stands in the test's name, so a failure says how to repeat it.

    Those past the share carry the mark `faults`.
    """
    return [pytest.param(n, id=f"seed{n}", marks=[pytest.mark.faults] if n >= share else []) for n in range(whole)]
