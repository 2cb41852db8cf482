"""Two who look at the page: Max of the host's team, in Jerusalem, and Dana of Acme, in New York."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from workspace.model import Channel, Team, User, UserGroup
from workspace.page.reader import Reader
from workspace.state import State


def furnished() -> State:
    """Both share #acme-support; #lounge is Max's team's, #board private."""
    state = State(lambda: datetime(2026, 3, 27, 9, 0, tzinfo=UTC))
    state.teams = {"T0HOST": Team("T0HOST", "Host"), "T0ACME": Team("T0ACME", "Acme")}
    people = [User("U0MAX", "Max", "T0HOST"), User("U0DANA", "Dana", "T0ACME")]
    people.append(User("U0BOT", "Caseclock", "T0HOST", is_bot=True))
    channels = [
        Channel("C0ACME", "acme-support", ["T0HOST", "T0ACME"], ["U0MAX", "U0DANA", "U0BOT"]),
        Channel("C0LOUNGE", "lounge", ["T0HOST"], ["U0MAX"]),
        Channel("C0BOARD", "board", ["T0HOST"], ["U0MAX"], is_private=True),
    ]
    state.users = {user.id: user for user in people}
    state.channels = {channel.id: channel for channel in channels}
    state.groups = {"S0ONCALL": UserGroup("S0ONCALL", "oncall", "oncall", ["U0MAX"])}
    return state


STATE = furnished()
JERUSALEM = ZoneInfo("Asia/Jerusalem")
MAX = Reader(STATE, "U0MAX", JERUSALEM)
DANA = Reader(STATE, "U0DANA", ZoneInfo("America/New_York"))
