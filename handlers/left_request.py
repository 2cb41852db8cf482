"""A request left without a clock, as the triage channel reads it."""

from slack_sdk.models.blocks import Block

from cases.messages import Drawn
from cases.says import Body
from handlers.bodies import text_of
from handlers.kit import context, drawn, long_text, section
from handlers.text import inline, link, mention


def left_request(body: Body) -> Drawn:
    """No case and no deadline: whoever has time answers the person in their channel."""
    account, user = inline(text_of(body, "account")), mention(text_of(body, "user"))
    tenant = f", tenant {inline(text_of(body, 'tenant'), 100)}" if text_of(body, "tenant") else ""
    where = inline(text_of(body, "about"))
    blocks: list[Block] = [
        section(
            f"*A request without a clock*, about a tenant that isn't in production: {where}{tenant}",
            f"{user} of *{account}* ({inline(text_of(body, 'program'))}) was told that no time is promised for it. "
            f"Answer them in <#{text_of(body, 'channel')}> when there is time.",
        ),
        section(f"*{inline(text_of(body, 'title'), 400, 'no title')}*"),
        *long_text(text_of(body, "details"), empty="No details were given."),
    ]
    if text_of(body, "permalink"):
        blocks.append(context(f"It began with {link(text_of(body, 'permalink'), 'their message')}."))
    return drawn(f"{account} left a request without a clock: {inline(text_of(body, 'title'))}", blocks)
