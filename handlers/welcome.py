"""Messages around a case: the pinned welcome, the invitation under a message, the request that a manager takes up."""

from slack_sdk.models.blocks import Block

from cases.case import Case
from cases.messages import Drawn
from cases.says import Body
from handlers import facts, ids
from handlers.bodies import count, text_of
from handlers.kit import actions, button, context, drawn, long_text, section
from handlers.text import inline, link, mention


def welcome(body: Body) -> Drawn:
    """Pinned in a customer's channel."""
    text = f"Hello {inline(text_of(body, 'account'))}! Need help? Open a case here."
    return drawn(
        text,
        [
            section(
                f"👋 *Hello {inline(text_of(body, 'account'))}!* When something isn't right, open a case here. "
                "A few questions lead to its priority, and you see by when a person answers before you send it."
            ),
            actions(
                button("Open a case", ids.OPEN_CASE, ids.NEW_INTAKE, "primary"),
                button("Your plan", ids.PLAN, ids.PLAN),
            ),
            context("You can also mention me in a message of yours, and I offer to open a case from it."),
        ],
    )


def invite(body: Body, case: Case | None) -> Drawn:
    """Under a message: the button to open a case from it, or the case that was."""
    number = count(body, "existing")
    if number:
        state = f" {facts.heading(case)}" if case else f" *C-{number}*"
        text = f"C-{number} was opened from this message already; this is its thread."
        return drawn(text, [section(f"There is a case for this message already:{state}. This is its thread.")])
    text = "Shall I open a case from this message? Its time starts the clock."
    open_it = button("Open a case", ids.OPEN_CASE, text_of(body, "intake"), "primary")
    return drawn(text, [section(text), actions(open_it)])


def resolve_offer(case: Case) -> Drawn:
    """To one engineer who reacted with the resolve emoji."""
    text = f"Is {case.reference} solved? A line for the customer, and they are asked whether it helps."
    return drawn(text, [section(facts.heading(case), text), actions(button("Resolve…", ids.RESOLVE, str(case.number)))])


def hand_over(body: Body) -> Drawn:
    """To the managers: a request that support doesn't cover, and that a person should take up."""
    account, about = inline(text_of(body, "account")), inline(text_of(body, "about"), empty="a request")
    user = mention(text_of(body, "user"))
    blocks: list[Block] = [
        section(
            f"*A request outside of support, for a manager to take up*: {about}",
            f"{user} of *{account}* ({inline(text_of(body, 'program'))}) was told that a manager comes back to them.",
        ),
        section(f"*{inline(text_of(body, 'title'), 400, 'no title')}*"),
        *long_text(text_of(body, "details"), empty="No details were given."),
    ]
    there = link(text_of(body, "permalink"), "their message") if text_of(body, "permalink") else ""
    if there:
        blocks.append(context(f"It began with {there}."))
    return drawn(f"{account} asks for something outside of support: {about}. {user} waits for a manager.", blocks)
