"""Who may send what: each id of `handlers.VIEWS`, and the one shortcut."""

from handlers import ids
from tests.faults.rights.deeds import (
    ALL_OF_THEM,
    CHANGES,
    CUSTOMERS,
    MANAGERS,
    SHOWS,
    SUPPORT,
    Deed,
    chosen,
    people,
    person,
    state,
    ticked,
    typed,
)

BECAUSE = typed("because of that")

FORMS: dict[str, Deed] = {
    ids.OPEN_FORM: Deed(
        ALL_OF_THEM,
        CHANGES,
        lambda desk: desk.intake,
        is_secret=False,
        holds={
            "open:account": chosen("{account}"),
            "open:title": typed("Mine"),
            "open:details": typed("Mine"),
            "open:tenant": typed("acme-dev"),
            "open:product": chosen("service"),
            "open:answers:service:reach": chosen("almost-all"),
        },
    ),
    ids.PRIORITY_FORM: Deed(
        SUPPORT, CHANGES, state("claimed"), holds={"case:priority": chosen("2"), "case:reason": BECAUSE}
    ),
    ids.RESOLVE_FORM: Deed(SUPPORT, CHANGES, state("claimed"), holds={"case:note": BECAUSE}),
    ids.ASK_FORM: Deed(SUPPORT, CHANGES, state("claimed"), holds={"case:asked": BECAUSE}),
    ids.REPLY_FORM: Deed(SUPPORT, CHANGES, state("claimed"), holds={"case:reply": BECAUSE}),
    ids.REFUSAL_FORM: Deed(SUPPORT, CHANGES, lambda desk: desk.wish, holds={"case:word": BECAUSE}),
    ids.WISH_FORM: Deed(
        CUSTOMERS, CHANGES, state("fresh"), holds={"case:priority": chosen("2"), "case:reason": BECAUSE}
    ),
    ids.HAND_OVER_FORM: Deed(CUSTOMERS, CHANGES, state("urgent"), holds={"case:to": person("{colleague}")}),
    ids.NAMING_FORM: Deed(
        CUSTOMERS,
        CHANGES,
        state("unnamed"),
        holds={"case:consent": ticked("yes"), "case:available": person("{owner}")},
    ),
    ids.REOPEN_FORM: Deed(CUSTOMERS, CHANGES, state("offered"), holds={"case:why": BECAUSE}),
    ids.RATING_FORM: Deed(CUSTOMERS, CHANGES, state("helped"), holds={"case:stars": chosen("4"), "case:line": BECAUSE}),
    ids.CALL_FORM: Deed(CUSTOMERS, CHANGES, state("fresh"), holds={"case:words": BECAUSE}),
    ids.CONTACTS_FORM: Deed(
        MANAGERS, CHANGES, lambda desk: f"{desk.account}:{desk.engineer}", holds={"case:contacts": people("{owner}")}
    ),
    ids.SETUP_FORM: Deed(
        MANAGERS,
        CHANGES,
        lambda _: "C0NEW",
        about="nothing",
        is_secret=False,
        holds={
            "setup:name": typed("Orchard"),
            "setup:program": chosen("okta"),
            "setup:plan:okta": chosen("premier"),
            "setup:timezone": typed("America/Chicago"),
            "setup:teams": typed("T0ORCHARD"),
            "setup:days": typed("mon-fri"),
            "setup:opens": typed("09:00"),
            "setup:closes": typed("18:00"),
            "setup:holidays": typed("US"),
        },
    ),
    ids.ANNOUNCE_FORM: Deed(
        MANAGERS,
        CHANGES,
        lambda desk: desk.written,
        about="nothing",
        is_secret=False,
        holds={
            "announce:program": chosen("okta"),
            "announce:title": BECAUSE,
            "announce:text": BECAUSE,
            "announce:link": typed("https://example.com/news"),
        },
    ),
    ids.ANNOUNCE_PROOF: Deed(MANAGERS, CHANGES, lambda desk: desk.proof, about="nothing", is_secret=False),
}

SHORTCUTS: dict[str, Deed] = {
    ids.OPEN_SHORTCUT: Deed(ALL_OF_THEM, SHOWS, about="message", is_secret=False, bound=False),
}
