"""How Slack says no: to an app (``ApiError``), and to a person at the screen (``PersonRefused`` and its kin)."""


class ApiError(Exception):
    """A Web API call is refused: ``code`` is Slack's error word, ``messages`` its details (``… [json-pointer:/…]``)."""

    def __init__(self, code: str, messages: list[str] | None = None, **extra: object) -> None:
        super().__init__(code, messages or [])
        self.code = code
        self.messages = messages or []
        self.extra = extra


class PersonRefused(Exception):
    """Slack does not let this person do that: not a member, another organisation's command, no such button."""


class AppDidNotRespond(Exception):
    """The app was not connected or did not acknowledge in time. Slack tells the person and does not retry."""


class AppAnsweredWrongly(Exception):
    """The app acknowledged with something that Slack can't show, such as a view over its limits."""
