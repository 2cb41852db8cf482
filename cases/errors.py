"""What can be wrong with a request, as a sentence that the person who made it will read."""

from collections.abc import Mapping


class CaseclockError(Exception):
    """Any error that is meant to be read by a person; `str(error)` is that sentence."""


class Refused(CaseclockError):
    """The person may not do this, or it makes no sense now; the sentence says so kindly and what to do instead."""


class NotFound(Refused):
    """No such thing, or none that this person may see: the two are told in the same words on purpose."""


class UnknownCase(NotFound):
    """No case of this number, or none that this person may see: one sentence for both, so that it tells nothing."""

    def __init__(self, number: int) -> None:
        super().__init__(f"I don't know a case C-{number} here. Is the number right?")


class PrunedCase(UnknownCase):
    """A case that is no longer kept, to whoever has not been found to be one who may know of it."""

    def __init__(self, number: int, account: int) -> None:
        super().__init__(number)
        self.number = number
        self.account = account
        """Its account's id."""


class NoLongerKept(NotFound):
    """A pruned case, to somebody who may know that there was one."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"C-{number} is closed and no longer kept: its words and names are gone. "
            "Please open a new case if something is wrong again."
        )


class ZoneUnknown(Refused):
    """Whose clock it goes by, Slack doesn't say just now, and nothing is known from before; worth another try."""

    def __init__(self) -> None:
        super().__init__("Slack doesn't tell me the managers' time zone just now. Please try again in a minute.")


class Invalid(CaseclockError):
    """A form has answers that can't be taken: `fields` maps the field's name to its sentence."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = dict(fields)


class NotYet(CaseclockError):
    """Nobody can say yet what to do, and soon somebody can; nothing is wrong, and it is worth another try."""


class FiringFailed(Exception):
    """A due timer or reminder could not be fired; it was postponed, not dropped. The cause is chained."""

    def __init__(self, of: str, key: str, cause: Exception) -> None:
        """`of`: the case or account, `C-12` or `account 3`."""
        super().__init__(f"{key} of {of}: {cause}")
        self.of = of
        self.key = key
