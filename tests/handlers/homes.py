"""Opening App Home and waiting for it, filling it with cases, finding its buttons."""

from dataclasses import replace
from datetime import timedelta

from slack_bolt import Ack

from cases.case import Case, State
from cases.queues import Json
from handlers import home as listeners
from tests.builders import case
from tests.handlers.conftest import Bot
from tests.handlers.looks import words
from workspace.model import View


def home(bot: Bot, name: str, *wanted: str, without: str = "") -> View:
    """This person's Home, once it shows all of these words, and not those."""

    def there() -> View | None:
        view = bot.slack.home(name)
        text = "\n".join(words(view.blocks)) if view else ""
        fits = all(word in text for word in wanted) and not (without and without in text)
        return view if fits and view is not None else None

    return bot.slack.wait_until(there)


def opened(bot: Bot, name: str, *wanted: str, without: str = "") -> View:
    """The same, after opening it."""
    bot.someone(name).open_home()
    return home(bot, name, *wanted, without=without)


def many(bot: Bot, count: int, title: str = "", of: str = "Acme", **differences: object) -> list[Case]:
    """So many open cases of priority 3, a minute between their deadlines."""
    with bot.front.units() as uow:
        owner = uow.accounts.by_name(of)
        assert owner is not None
        fresh = replace(case(3), account=owner.id, account_name=of, title=title or f"{of}'s trouble", **differences)  # type: ignore[arg-type]
        known = len(uow.cases.standings(frozenset(State)))
        cases = [replace(fresh, due_at=fresh.due_at + timedelta(minutes=n)) for n in range(count)]
        return [uow.cases.add(each, f"many-{known + n}") for n, each in enumerate(cases)]


def whose(bot: Bot) -> set[str]:
    """Who got a Home."""
    return {str(call.args["user_id"]) for call in bot.slack.calls("views.publish")}


def button(view: View, action: str, value: str) -> tuple[str, str]:
    """The block and action id of the button with this value."""
    for block in view.blocks:
        elements = block["elements"] if block["type"] == "actions" else [block.get("accessory") or {}]
        if any((each.get("action_id"), each.get("value")) == (action, value) for each in elements):
            return block["block_id"], action
    raise AssertionError(f"no {action} {value}")


def hears(bot: Bot, tab: str, hash: str = "") -> None:
    """The bot is told that Erin opened a tab, later than anything else, with a Home of this hash before her."""
    event: Json = {"type": "app_home_opened", "user": "U0ERIN", "tab": tab, "event_ts": "9999999999000100"}
    listeners.opened(bot.front, Ack(), {"event": {**event, "view": {"hash": hash}}})  # type: ignore[no-untyped-call]
