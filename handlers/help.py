"""What people can do, told to those who ask and to those whose words were not understood."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block

from cases.contacts import TO_PEOPLE
from cases.messages import Drawn
from cases.plan_details import PlanDetails
from handlers import contacts
from handlers.kit import BLOCKS, at_most, drawn, packed, section
from handlers.text import inline

SHOWN = 5

CUSTOMERS = (
    "*Open a case* with the pinned button, or mention me in a message. I ask a few questions and show by when a person "
    "answers, before you send anything.",
    "`/case open …` does it too where your workspace has this app; what you type goes into the form.",
    "`/case list` shows your open cases, `/case show C-12` one of them with its history.",
    "*Status* on a card, or a mention of me with the word `status`, tells you alone who has a case, what is next and "
    "by when.",
    "*Why this time?* on a card explains its deadline, in your own time zone.",
    "*That helps* or *Reopen…* under a solution is your word on it; a few days later the case closes by itself.",
    "*Ask for another priority* on a card tells the team why it should be another one; a person decides and answers.",
    "*Ask for my CSM* on a card, where your plan brings a success manager, tells them that a case has to move on.",
    "Mention me with the word `training` to read which training, and which discount on it, your plan brings.",
    "`/case find words` looks through your cases, done ones too: `/case find login state:closed`.",
    "`/case plan`, or *Your plan* on the pinned message, shows what your plan brings: answer times, ways to reach us, "
    "training and more.",
    "A mention of me with the word `review`, or *Ask for a ticket review* in your plan, brings a summary of your cases "
    "here, where your plan has that.",
)
SUPPORT = (
    "*Take a case* with :{claim}: on its card or on the customer's message, or with *Claim*. To let it go, take the "
    "reaction off or press *Give back*. Writing in the customer's thread is a first answer too.",
    "*Both threads are one.* What the customer writes in theirs is shown under the case's card. To write to them from "
    "there, begin your message with `{prefix}`, or press *Reply to customer…*; all else under the card stays with us.",
    "`/case list` shows what is open for this channel's customer, by due time; elsewhere, everything.",
    "`/case show C-12` shows one with its history.",
    "`/case priority C-12 3 reason` changes the priority; the customer reads the reason.",
    "`/case find words state:open account:Acme priority:1 assignee:me` finds cases in any state.",
    "`/case note C-12 words` notes something for the team alone; `/case link C-12 related C-7` links two cases, and "
    "`duplicate-of` ends the first with a word to its customer.",
    "`/case wait C-12 words`, or *Ask the customer…*: they read it, are reminded, and the case waits for their answer.",
    "`/case away until 14:30` (or `for 2h`, or `back`): alarms leave you out, and your urgent cases are looked after.",
    "`/case off` and `/case contacts`, where customers have people of their own: days off, and who may call on them.",
    "`/case resolve C-12`, or :{resolve}: on its card, offers the customer a solution; they confirm or reopen.",
    "`/case open …` opens one for this channel's customer; *Open a case* in a message's menu, from that message.",
    "`/case plan` shows what the plan of this channel's customer brings; `/case plan Acme` that of any customer.",
    "`/case review 90` brings this channel's customer a summary of their cases, where their plan has ticket reviews.",
    "`/case report` brings support managers the figures of the 7 days up to now, with a picture and tables; `/case "
    "report last month account` those of the month (or `week`, `quarter`) that is over, by account (or `engineer`).",
    "`/case setup` links a channel to a customer; `/case announce` tells all channels of a programme what is new "
    "(support managers).",
)


def help_for(
    *,
    support: bool,
    claim: str = "eyes",
    resolve: str = "white_check_mark",
    prefix: str = "!reply",
    here: Sequence[PlanDetails] = (),
) -> Drawn:
    """For support or for customers; `claim` and `resolve` are names of emoji, `prefix` is that of replies, as set.

    `here`: the plans of this channel's accounts.
    """
    lines = [line.format(claim=claim, resolve=resolve, prefix=prefix) for line in SUPPORT] if support else CUSTOMERS
    blocks: list[Block] = [section("*Here is what I can do*"), section(*lines), *_ways(here[:SHOWN])]
    return drawn("Here is what I can do.", at_most(blocks, BLOCKS, "… and more: `/case plan` has them."))


def _ways(here: Sequence[PlanDetails]) -> Iterator[Block]:
    """How the channel's customers reach support otherwise."""
    for details in here:
        if said := contacts.lines(details.contacts, TO_PEOPLE):
            whose = f", for {inline(details.account.name, 80)}" if len(here) > 1 else ""
            yield from packed([f"*Besides this channel*{whose}", *(f"• {line}" for line in said)])
