"""A past case under an edited policy, beside what happened. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cases.accounts import Account
from cases.fared import Fared
from cases.past import Labels, NotReplayable, Past, priorities
from cases.policy import Program
from cases.promise import Promise, promise_for
from cases.replaying import Calendars, happened, replayed


@dataclass(frozen=True, slots=True)
class Compared:
    """What happened, and what would have."""

    past: Past
    before: Fared
    after: Fared

    @property
    def differs(self) -> bool:
        """Something would have been told, answered late or missed otherwise, or at another time."""
        return self.before != self.after

    @property
    def shift_seconds(self) -> int:
        """By how much the first alarm would have come later (negative: earlier); 0 where one of the two has none."""
        before, after = self.before.told[:1], self.after.told[:1]
        return int((after[0].at - before[0].at).total_seconds()) if before and after else 0


def compared(
    past: Past, account: Account, today: Mapping[str, Program], new: Mapping[str, Program], calendars: Calendars
) -> Compared:
    """This case under the new policies. `today`: those in force, for what the case itself doesn't carry.

    Its plan is the one that is stamped on it; hours and zone of its account are today's.

    Raises:
        NotReplayable: what that needs isn't kept of it, or the new policies have its plan, product or priority no more.
    """
    stamped = past.case.promise
    program = new.get(stamped.program)
    if program is None:
        raise NotReplayable(f"there is no programme {stamped.program} in them")
    known = [program, *filter(None, [today.get(stamped.program)])]
    numbers = priorities(past, _labels(past, known))
    under = [_promise(past, account, program, number) for number in numbers]
    before = _stamped(past, account, known, numbers)
    return Compared(past, Fared(happened(past)), Fared(replayed(past, under, before, calendars)))


def _labels(past: Past, programs: Sequence[Program]) -> Labels:
    promise = past.case.promise
    products = [program.products.get(promise.product) for program in programs]
    known = {each.label: each.number for product in products if product for each in product.priorities}
    return {**known, promise.label: promise.priority}


def _promise(past: Past, account: Account, program: Program, priority: int | None) -> Promise:
    """As stamped where that is what this program says; else what it says."""
    stamped = past.case.promise
    if (program.version, priority) == (stamped.version, stamped.priority):
        return stamped
    theirs = replace(account, program=program.id, plan=stamped.plan)
    try:
        return promise_for(program, theirs, stamped.product, priority, past.case.kind)
    except KeyError as missing:
        raise NotReplayable(f"{program.name} has {_named(stamped, priority, missing)} no more") from None


def _named(stamped: Promise, priority: int | None, missing: KeyError) -> str:
    names = {stamped.plan: f"the plan {stamped.plan_name}", stamped.product: f"the product {stamped.product_name}"}
    key = missing.args[0]
    return names.get(key, f"priority {priority}" if priority is not None else f"the kind of request {key}")


def _stamped(
    past: Past, account: Account, known: Sequence[Program], numbers: Sequence[int | None]
) -> list[Promise] | None:
    """All that it was ever promised; None: a part of that was stated by a version that isn't at hand."""
    version = past.case.promise.version
    opened = next((entry.why for entry in past.history if entry.what == "opened"), "")
    if not opened.endswith(f"({version})") or any(entry.what == "adopted" for entry in past.history):
        return None
    same = next((program for program in known if program.version == version), None)
    if same is None:
        return [past.case.promise] if len(numbers) == 1 else None
    return [_promise(past, account, same, number) for number in numbers]
