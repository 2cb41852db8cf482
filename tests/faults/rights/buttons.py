"""Who may press what: each id of `handlers.ACTIONS`."""

from handlers import ids
from tests.faults.rights.deeds import (
    ALL_OF_THEM,
    ASSIGNEE,
    CHANGES,
    CUSTOMERS,
    EVERYBODY,
    MANAGERS,
    OWN,
    SAYS,
    SHOWS,
    SUPPORT,
    Deed,
    chosen,
    state,
    typed,
)

HOME = "home"

BUTTONS: dict[str, Deed] = {
    # The customer's way in
    ids.OPEN_CASE: Deed(ALL_OF_THEM, SHOWS, lambda desk: desk.intake, placed=False, is_secret=False),
    ids.FORM_CHANGED: Deed(ALL_OF_THEM, SHOWS, lambda desk: desk.intake, form=ids.OPEN_FORM, is_secret=False),
    ids.TITLE_TYPED: Deed(ALL_OF_THEM, "", lambda desk: desk.intake, form=ids.OPEN_FORM, is_secret=False),
    ids.ANSWERED: Deed(ALL_OF_THEM, "", lambda desk: desk.intake, form=ids.OPEN_FORM, is_secret=False),
    ids.PLAN: Deed(ALL_OF_THEM, SAYS, about="place", is_secret=False, bound=False),
    # Support's work on a case
    ids.CLAIM: Deed(SUPPORT, CHANGES, state("fresh")),
    ids.HOME_CLAIM: Deed(SUPPORT, CHANGES, state("fresh"), form=HOME),
    ids.GIVE_BACK: Deed(ASSIGNEE, CHANGES, state("claimed")),
    ids.ON_IT: Deed(ASSIGNEE, CHANGES, state("leased")),
    ids.RESOLVE: Deed(SUPPORT, SHOWS, state("claimed")),
    ids.PRIORITY: Deed(SUPPORT, SHOWS, state("claimed")),
    ids.PRIORITY_CHANGED: Deed(
        SUPPORT, SHOWS, state("claimed"), form=ids.PRIORITY_FORM, holds={"case:priority": chosen("2")}
    ),
    ids.ASK: Deed(SUPPORT, SHOWS, state("claimed")),
    ids.GO_ON: Deed(SUPPORT, CHANGES, state("waiting")),
    ids.REPLY: Deed(SUPPORT, SHOWS, state("claimed")),
    ids.GRANT: Deed(SUPPORT, CHANGES, lambda desk: desk.wish),
    ids.REFUSE: Deed(SUPPORT, SHOWS, lambda desk: desk.wish),
    # For the case's customer and for support
    ids.WHY: Deed(ALL_OF_THEM, SAYS, state("fresh")),
    ids.STATUS: Deed(ALL_OF_THEM, SAYS, state("fresh")),
    # For the case's customer alone
    ids.ASK_PRIORITY: Deed(CUSTOMERS, SHOWS, state("fresh")),
    ids.WISH_CHANGED: Deed(CUSTOMERS, SHOWS, state("fresh"), form=ids.WISH_FORM, holds={"case:priority": chosen("2")}),
    ids.AVAILABLE: Deed(CUSTOMERS, CHANGES, state("urgent")),
    ids.HAND_OVER: Deed(CUSTOMERS, SHOWS, state("urgent")),
    ids.NAME: Deed(CUSTOMERS, SHOWS, state("unnamed")),
    ids.STILL_NEEDED: Deed(CUSTOMERS, CHANGES, state("closable")),
    ids.CLOSE_IT: Deed(CUSTOMERS, CHANGES, state("closable")),
    ids.HELPS: Deed(CUSTOMERS, CHANGES, state("offered")),
    ids.REOPEN: Deed(CUSTOMERS, SHOWS, state("offered")),
    ids.RATE: Deed(CUSTOMERS, SHOWS, state("helped")),
    ids.CALL: Deed(CUSTOMERS, SHOWS, state("fresh")),
    # About an account
    ids.HELD: Deed(MANAGERS, CHANGES, lambda desk: f"{desk.account}:{desk.meeting}"),
    ids.ASKED_AGAIN: Deed(MANAGERS, CHANGES, lambda desk: f"{desk.account}:{desk.renewal}"),
    ids.CONTACTS: Deed(MANAGERS, SHOWS, lambda desk: f"{desk.account}:{desk.engineer}"),
    ids.REVIEW: Deed(ALL_OF_THEM, CHANGES, lambda desk: str(desk.account), channel=OWN, local=True),
    ids.HOME_REVIEW: Deed(CUSTOMERS, CHANGES, lambda desk: str(desk.account), form=HOME),
    ids.REVIEW_PRIVATE: Deed(SUPPORT, CHANGES, lambda desk: f"{desk.account}:90"),
    ids.SETUP_CHANGED: Deed(
        MANAGERS,
        SHOWS,
        about="nothing",
        is_secret=False,
        form=ids.SETUP_FORM,
        holds={"setup:name": typed("Acme")},
        bound=False,
    ),
    ids.ANNOUNCED: Deed(MANAGERS, "", lambda desk: desk.announced, about="nothing", is_secret=False),
    # One's own Home
    ids.HOME_PREVIOUS: Deed(
        EVERYBODY, SHOWS, lambda _: "unclaimed:0", about="nothing", is_secret=False, form=HOME, bound=False
    ),
    ids.HOME_NEXT: Deed(
        EVERYBODY, SHOWS, lambda _: "unclaimed:1", about="nothing", is_secret=False, form=HOME, bound=False
    ),
}
