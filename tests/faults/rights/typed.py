"""Who may type what: each word of `/case`."""

from tests.faults.rights.deeds import (
    ALL_OF_THEM,
    CHANGES,
    EVERYBODY,
    MANAGERS,
    OWN,
    SAYS,
    SHOWS,
    SUPPORT,
    Deed,
    Value,
)


def of(state: str, words: str) -> Value:
    """`words` with the number of the case in this state in place of `{}`."""
    return lambda desk: words.format(f"C-{desk.cases[state]}")


COMMANDS: dict[str, Deed] = {
    "": Deed(EVERYBODY, SAYS, lambda _: "frobnicate", about="nothing", is_secret=False, bound=False),
    "open": Deed(ALL_OF_THEM, SHOWS, lambda _: "open it hangs", about="place", is_secret=False, bound=False),
    "list": Deed(EVERYBODY, SAYS, lambda _: "list", about="nothing", is_secret=False, bound=False),
    "help": Deed(EVERYBODY, SAYS, lambda _: "help", about="nothing", is_secret=False, bound=False),
    "find": Deed(EVERYBODY, SAYS, lambda _: "find down", about="nothing", is_secret=False, bound=False),
    "plan": Deed(ALL_OF_THEM, SAYS, lambda _: "plan", about="place", is_secret=False, bound=False),
    "show": Deed(ALL_OF_THEM, SAYS, of("fresh", "show {}")),
    "review": Deed(ALL_OF_THEM, CHANGES, lambda _: "review", about="place", is_secret=False, channel=OWN, bound=False),
    "resolve": Deed(SUPPORT, SHOWS, of("claimed", "resolve {}")),
    "priority": Deed(SUPPORT, CHANGES, of("claimed", "priority {} 2 it got worse")),
    "wait": Deed(SUPPORT, CHANGES, of("claimed", "wait {} the logs, please")),
    "note": Deed(SUPPORT, CHANGES, of("claimed", "note {} they test it on Monday")),
    "link": Deed(SUPPORT, CHANGES, lambda desk: f"link C-{desk.cases['claimed']} related C-{desk.cases['fresh']}"),
    "unlink": Deed(SUPPORT, CHANGES, lambda desk: f"unlink C-{desk.cases['linked']} C-{desk.cases['fresh']}"),
    "away": Deed(SUPPORT, CHANGES, lambda _: "away for 2h", about="nothing", is_secret=False, bound=False),
    "off": Deed(
        MANAGERS, CHANGES, lambda _: "off 2026-03-16 for <@U0PAUL>", about="nothing", is_secret=False, bound=False
    ),
    "contacts": Deed(
        SUPPORT, SAYS, lambda desk: f"contacts {desk.name}", about="nothing", is_secret=False, bound=False
    ),
    "report": Deed(MANAGERS, CHANGES, lambda _: "report", about="nothing", is_secret=False, bound=False),
    "announce": Deed(MANAGERS, SHOWS, lambda _: "announce", about="nothing", is_secret=False, bound=False),
    "setup": Deed(MANAGERS, SHOWS, lambda _: "setup", about="nothing", is_secret=False, bound=False),
}
