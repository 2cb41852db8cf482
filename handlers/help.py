"""What people can do, told to those who ask and to those whose words were not understood."""

from cases.messages import Drawn
from handlers.kit import drawn, section

CUSTOMERS = (
    "*Open a case* with the pinned button, or mention me in a message. I ask a few questions and show by when a person "
    "answers, before you send anything.",
    "`/case open …` does it too where your workspace has this app; what you type goes into the form.",
    "`/case list` shows your open cases, `/case show C-12` one of them with its history.",
    "*Why this time?* on a card explains its deadline, in your own time zone.",
)
SUPPORT = (
    "*Take a case* with :{claim}: on its card or on the customer's message, or with *Claim*. To let it go, take the "
    "reaction off or press *Give back*. Writing in the customer's thread is a first answer too.",
    "`/case list` shows what is open for this channel's customer, by due time; elsewhere, everything.",
    "`/case show C-12` shows one with its history.",
    "`/case priority C-12 3 reason` changes the priority; the customer reads the reason.",
    "`/case resolve C-12`, or :{resolve}: on its card, closes it with a line for the customer.",
    "`/case open …` opens one for this channel's customer; *Open a case* in a message's menu, from that message.",
    "`/case setup` links a channel to a customer (support managers).",
)


def help_for(*, support: bool, claim: str = "eyes", resolve: str = "white_check_mark") -> Drawn:
    """For support or for customers; `claim` and `resolve` are names of emoji, as set."""
    lines = [line.format(claim=claim, resolve=resolve) for line in SUPPORT] if support else CUSTOMERS
    return drawn("Here is what I can do.", [section("*Here is what I can do*"), section(*lines)])
