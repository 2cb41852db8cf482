"""What became of it, in the inspector's words."""

from workspace.traffic import Call, Envelope, Fate, Passing, SocketNews

ERRORS = {"ratelimited": "rate limited", "dropped": "cut off without an answer"}


def status(what: Passing) -> str:
    """Such as ``acknowledged in 12 ms``, ``sent again (retry 1)``, ``refused: is_archived``, ``1 socket open``."""
    match what:
        case Envelope():
            return _fate(what)
        case Call():
            return _outcome(what)
        case SocketNews():
            return "1 socket open" if what.open_sockets == 1 else f"{what.open_sockets or 'no'} sockets open"


def verdict(what: Passing) -> bool | None:
    """Whether it went well; None while it is not decided."""
    match what:
        case Envelope():
            return None if what.fate in (Fate.WAITING, Fate.SENT) else what.fate is Fate.ACKNOWLEDGED
        case Call():
            return None if what.milliseconds is None else what.ok and what.error is None
        case SocketNews():
            return what.open_sockets > 0


def _fate(envelope: Envelope) -> str:
    retry = f"retry {envelope.retries}"
    if envelope.milliseconds is not None:
        return f"acknowledged in {_duration(envelope.milliseconds)}" + (f" ({retry})" if envelope.retries else "")
    if envelope.fate is Fate.GIVEN_UP:
        return f"given up after {retry}"
    if envelope.fate is Fate.SENT and len(envelope.sendings) > 1:
        return f"sent again ({retry})" if envelope.retries else "sent again"
    return str(envelope.fate.value)


def _outcome(call: Call) -> str:
    if call.milliseconds is None:
        return "under way"
    if call.ok and call.error:
        return "carried out, its answer cut off"
    if call.error is None:
        return f"ok in {_duration(call.milliseconds)}"
    later = "" if call.retry_after is None else f": come back in {call.retry_after} s"
    return ERRORS.get(call.error, f"refused: {call.error}") + later


def _duration(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds >= 1 else "under 1 ms"
