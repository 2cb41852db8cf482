"""Deadline arithmetic: when 4 to 200 support hours are over, how many lie between two instants; who is right."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from statistics import median

from benchmarks.minute_by_minute import MinuteByMinute
from benchmarks.peer import Peer
from benchmarks.peers.loop import Answer, seconds_a_call
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, times
from cases.calendars import Calendar
from cases.hours import CalendarSpec, Window
from policies.holiday_names import holiday_names

OURS = "Caseclock"
PEERS = ("businesstimedelta", "workalendar", "opening-hours-py")
SPANS = (4, 27, 90, 200)
"""Hours of support time."""
DAY_HOURS = 9
ROUNDS = 7
OFFICE = CalendarSpec("office", tuple(Window(day, 540, 1080) for day in range(5)), "America/New_York", "US")
WEEKDAYS = CalendarSpec("weekdays", tuple(Window(day, 0, 1440) for day in range(5)), "Asia/Jerusalem")
NIGHTS = CalendarSpec("nights", (Window(5, 1320, 1800),), "America/New_York")
WHAT = {
    "office": "Mon–Fri 09:00–18:00 New York, US holidays off",
    "weekdays": "Mon–Fri round the clock, Jerusalem",
    "nights": "Sat 22:00 to Sun 06:00, New York",
}
STARTS = {
    "office": ("2026-03-05T15:00", "2026-06-30T19:17", "2026-10-30T21:05", "2026-12-23T14:30", "2027-12-29T22:10"),
    "weekdays": ("2026-03-26T20:00", "2026-10-22T21:00", "2026-05-11T09:30"),
    "nights": ("2026-03-07T22:00", "2026-10-31T22:00", "2026-06-06T20:00"),
}
"""UTC. Among them the days on which clocks change and holidays that are observed on another day."""
Ask = Callable[..., Answer]


def run() -> Result:
    """The row."""
    with ExitStack() as stack:
        asks: dict[str, Ask] = {OURS: _ours}
        asks |= {name: stack.enter_context(Peer("deadlines", name)).ask for name in PEERS}
        lines = [_right(asks, calendar) for calendar in WHAT]
        taken = {(what, hours): _fast(asks, what, hours) for what in ("add", "elapsed") for hours in SPANS}
    lines += [
        [f"{what}, {hours} h", *(f"{of[name] * 1e6:,.1f} µs" if name in of else "—" for name in asks)]
        for (what, hours), of in taken.items()
    ]
    return Result("Deadline arithmetic", ["", *asks], lines, _goals(taken, lines[: len(WHAT)]), NOTES)


def _ours(**asked: str | float) -> Answer:
    calendar, start = CALENDARS[str(asked["calendar"])], datetime.fromtimestamp(float(asked["start"]), UTC)
    if "seconds" in asked:
        amount = int(asked["seconds"])
        found = calendar.add(start, amount).timestamp()
        return {"found": found, "takes": seconds_a_call(lambda: calendar.add(start, amount)) if "timed" in asked else 0}
    end = datetime.fromtimestamp(float(asked["end"]), UTC)
    found = calendar.elapsed(start, end)
    return {"found": found, "takes": seconds_a_call(lambda: calendar.elapsed(start, end)) if "timed" in asked else 0}


def _right(asks: Mapping[str, Ask], calendar: str) -> list[str]:
    """How many of the answers are exact, and the worst error."""
    tell(f"who is right: {WHAT[calendar]}")
    spec = next(spec for spec in (OFFICE, WEEKDAYS, NIGHTS) if spec.name == calendar)
    judge = MinuteByMinute(spec, holiday_names("US") if spec.holidays else _never)
    wrong: dict[str, list[float]] = {name: [] for name in asks}
    for start in (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in STARTS[calendar]):
        for hours in (4, 20, 80):
            due = judge.add(start, hours * 3600)
            later = due + timedelta(hours=7)
            passed = judge.elapsed(start, later)
            for name, ask in asks.items():
                common: dict[str, str | float] = {"calendar": calendar, "start": start.timestamp()}
                added, counted = ask(**common, seconds=hours * 3600), ask(**common, end=later.timestamp())
                wrong[name] += [
                    float("inf") if "no" in answer else abs(answer["found"] - exact)
                    for answer, exact in ((added, due.timestamp()), (counted, passed))
                ]
    return [f"right: {WHAT[calendar]}", *(_judged(errors) for errors in wrong.values())]


def _judged(errors: list[float]) -> str:
    if max(errors) == float("inf"):
        return "can't be said"
    exact = sum(error < 1e-9 for error in errors)
    worst = max(errors)
    off = "" if not worst else f", off by up to {worst / 3600:,.0f} h" if worst >= 3600 else f", off by {worst:.6f} s"
    return f"{exact} of {len(errors)}{off}"


def _fast(asks: Mapping[str, Ask], what: str, hours: int) -> dict[str, float]:
    """Seconds a call, the median of interleaved rounds."""
    tell(f"how fast: {what}, {hours} h")
    start = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)
    end = CALENDARS["office"].add(start, hours * 3600)
    asked: dict[str, str | float] = {"calendar": "office", "start": start.timestamp(), "timed": 1}
    asked |= {"seconds": hours * 3600} if what == "add" else {"end": end.timestamp()}
    # What is no whole number of its days would be rounded, and a question not answered takes no time.
    able = {name: ask for name, ask in asks.items() if name != "workalendar" or hours % DAY_HOURS == 0}
    taken: dict[str, list[float]] = {name: [] for name in able}
    for _ in range(ROUNDS):
        for name, ask in able.items():
            taken[name].append(ask(**asked)["takes"])
    return {name: median(each) for name, each in taken.items()}


def _goals(taken: Mapping[tuple[str, int], Mapping[str, float]], right: list[list[str]]) -> list[Goal]:
    fastest = min(min(seconds for name, seconds in of.items() if name != OURS) / of[OURS] for of in taken.values())
    fifty = min(of["businesstimedelta"] / of[OURS] for of in taken.values())
    flat = max(taken[what, SPANS[-1]][OURS] / taken[what, SPANS[0]][OURS] for what in ("add", "elapsed"))
    exact = all("off" not in line[1] for line in right)
    theirs = ", ".join(name for at, name in enumerate(PEERS, 2) if any(not _is_exact(line[at]) for line in right))
    return [
        Goal("exact where they are not", f"wrong somewhere: {theirs or 'none'}", exact and bool(theirs)),
        Goal("faster than the fastest of them at every span", f"{times(fastest)} at the least", fastest > 1),
        Goal("at least 50 times businesstimedelta", f"{times(fifty)} at the least", fifty >= 50),
        Goal("flat in the span", f"200 h takes {times(flat)} as long as 4 h", flat <= 1.5),
    ]


def _is_exact(said: str) -> bool:
    return "off" not in said and "can't" not in said


def _never(_: date) -> str | None:
    return None


CALENDARS = {
    "office": Calendar(OFFICE, holiday_names("US")),
    "weekdays": Calendar(WEEKDAYS, _never),
    "nights": Calendar(NIGHTS, _never),
}
NOTES = (
    "Right and wrong are judged by a program that asks the wall clock about every minute (`minute_by_minute.py`).",
    "businesstimedelta can't say that a day ends at 24:00. workalendar counts whole days, so hours are rounded. "
    "opening-hours-py tells stretches, so the adding up is Python's (`peers/deadlines.py`).",
    "A compiled calendar is kept; making one (once a programme and zone) is not in these times, for nobody.",
)
