"""Prometheus' view of the bot: what it counts as it works, and how things stand when it is asked.

Imported only where METRICS_ADDRESS is set.
"""

from collections.abc import Callable, Collection, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.web import AddressTaken
from cases.figures import Figures
from cases.ports import StorageUnavailable
from cases.troubles import TroubleKind
from scheduling.auditor import Counts
from scheduling.ledger import RESULTS

ACK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; Slack's patience is three."""
LATE = (0.1, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 3600.0)


REQUESTS = ("events_api", "interactive", "slash_commands")
METHODS = ("chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.history", "conversations.open")


class Metrics:
    """A `cases.meters.Meter`, served from `start` to `stop`."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._requests = Counter("caseclock_requests", "Requests of Slack's", ["request", "result"], registry=registry)
        self._acks = Histogram(
            "caseclock_ack_seconds", "From a request to its answer", ["request"], buckets=ACK, registry=registry
        )
        self._events = Counter("caseclock_events", "Events worked off", ["result"], registry=registry)
        self._late = Histogram(
            "caseclock_timer_lateness_seconds", "From a timer's time to its firing", buckets=LATE, registry=registry
        )
        self._says = Counter("caseclock_says", "Tries to say something", ["result"], registry=registry)
        self._limits = Counter("caseclock_rate_limits", "Pauses that Slack asked for", ["method"], registry=registry)

        self._begin_at_zero()

    def answered(self, request: str, seconds: float, *, ok: bool) -> None:
        """See `Meter`."""
        self._requests.labels(request, "ok" if ok else "failed").inc()
        self._acks.labels(request).observe(seconds)

    def handled(self, *, ok: bool) -> None:
        """See `Meter`."""
        self._events.labels("handled" if ok else "failed").inc()

    def fired(self, late_seconds: float) -> None:
        """See `Meter`."""
        self._late.observe(max(late_seconds, 0.0))

    def sent(self, result: str) -> None:
        """See `Meter`."""
        self._says.labels(result).inc()

    def limited(self, line: str) -> None:
        """See `Meter`. A channel's line is held for posts; its id would make a series of each channel."""
        self._limits.labels(line if "." in line else "chat.postMessage").inc()

    def _begin_at_zero(self) -> None:
        """Prometheus takes a series that begins with its first event for one in which nothing happened."""
        for request in REQUESTS:
            self._acks.labels(request)
            for result in ("ok", "failed"):
                self._requests.labels(request, result)
        for result in ("handled", "failed"):
            self._events.labels(result)
        for result in RESULTS.values():
            self._says.labels(result)
        for method in METHODS:
            self._limits.labels(method)

    def watch(self, standing: "Standing") -> None:
        """What is read when somebody asks."""
        self.registry.register(standing)


class Standing(Collector):
    """How things stand now."""

    def __init__(
        self,
        figures: Callable[[], Figures],
        audited: Callable[[], Counts],
        is_open: Callable[[], bool],
        tick_age: Callable[[], float | None],
        programs: Collection[str],
    ) -> None:
        """`figures` of the database, and what this process knows: its audits, its way in, seconds since its last look
        at what is due, and the programmes that it has loaded."""
        self._programs = programs
        self._figures = figures
        self._audited = audited
        self._is_open = is_open
        self._tick_age = tick_age

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing in advance: registering would ask the database otherwise."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """Where the database can't be read, what is known without it."""
        yield _gauge("connected", "Slack can come in here", float(self._is_open()))
        age = self._tick_age()
        if age is not None:
            yield _gauge("tick_age_seconds", "Since it was looked last what is due", age)
        yield from _audits(self._audited())
        try:
            found = self._figures()
        except StorageUnavailable:
            yield _gauge("database_up", "The database could be read just now", 0.0)
            return
        yield _gauge("database_up", "The database could be read just now", 1.0)
        yield from _of_database(found, tuple(self._programs))


class MetricsServer:
    """/metrics at an address of its own."""

    def __init__(self, address: tuple[str, int], metrics: Metrics) -> None:
        self._address = address
        self._metrics = metrics
        self._stop: Callable[[], None] = lambda: None
        self.port = address[1]

    def start(self) -> None:
        """Raises bot.web.AddressTaken."""
        host, port = self._address
        try:
            server, thread = start_http_server(port, host or "0.0.0.0", self._metrics.registry)  # noqa: S104
        except OSError as error:
            raise AddressTaken(f"can't listen at {host}:{port}: {error.strerror}") from None
        self.port = int(server.server_port)

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        self._stop = stop

    def stop(self) -> None:
        """Safe where it was never started."""
        self._stop()


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"caseclock_{name}", what, value=value)


def _audits(counts: Counts) -> Iterator[CounterMetricFamily]:
    yield CounterMetricFamily("caseclock_audits", "Audits that this process made", value=counts.audits)
    findings = CounterMetricFamily("caseclock_audit_findings", "What its audits found", labels=["kind"])
    for kind in TroubleKind:
        findings.add_metric([kind.value], counts.found[kind.value])
    yield findings


def _of_database(found: Figures, programs: Collection[str]) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
    yield _gauge("outbox_messages", "Messages that are not sent yet", found.unsent)
    yield _gauge("outbox_oldest_seconds", "Age of the oldest of them", found.unsent_age)
    yield _gauge("inbox_events", "Events that are not worked off yet", found.unhandled)
    yield _gauge("inbox_oldest_seconds", "Age of the oldest of them", found.unhandled_age)
    yield _gauge("timers_overdue_seconds", "Since the earliest timer fell due that has not fired", found.overdue)
    cases = GaugeMetricFamily("caseclock_open_cases", "Cases that are not closed", labels=["program", "state"])
    for (program, state), count in found.open_cases.items():
        cases.add_metric([program, state.value], count)
    missed = GaugeMetricFamily("caseclock_missed_cases", "Open cases with a late first answer", labels=["program"])
    breaches = CounterMetricFamily(
        "caseclock_breaches",
        "Deadlines told as missed: of first answers, of updates, of next answers and of solutions",
        labels=["program"],
    )
    for family, counts in ((missed, found.missed), (breaches, found.breaches)):
        for program in sorted({*programs, *counts}):
            family.add_metric([program], counts.get(program, 0))
    troubles = GaugeMetricFamily("caseclock_troubles", "What operators were told of and is not over", labels=["kind"])
    for kind, count in found.troubles.items():
        troubles.add_metric([kind.value], count)
    yield from (cases, missed, breaches, troubles)
