"""The modal of `/case announce`: the words, and then the same words as customers will read them, with who they are."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from cases.announcements import TITLE_LENGTH, Receiver, Words, body_of
from cases.announcing import Begun, Proof
from cases.errors import Invalid
from cases.queues import Json
from handlers import fields, ids
from handlers.announced_text import announced
from handlers.announcements import as_read, tallied
from handlers.fields import values, word
from handlers.kit import SECTION, context, modal, option, packed, section
from handlers.text import inline, mention, size, some, tidy
from handlers.times import date

LONGEST = 40
"""Channels listed one by one."""


def form_view(begun: Begun) -> View:
    """The empty form, above the last few that were sent."""
    programs = [option(name, id) for id, name in begun.programs]
    only = begun.programs[0][0] if len(programs) == 1 else None
    hint = "Bold, lists, links and emoji as in a message. Nobody is called: @here, groups and people stay plain words."
    blocks: list[Block] = [
        fields.asked(_id("program"), "To the customers of", fields.menu(ids.FORM_VALUE, programs, only)),
        fields.asked(_id("title"), "Title", fields.text(ids.FORM_VALUE, "", placeholder="Okta 2026.08 is coming")),
        fields.asked(
            _id("text"), "What changes, and from when?", fields.text(ids.FORM_VALUE, "", lines=True), hint=hint
        ),
        fields.asked(
            _id("link"),
            "Link to the release notes",
            fields.text(ids.FORM_VALUE, "", placeholder="https://…"),
            optional=True,
        ),
        *_earlier(begun),
    ]
    return modal(ids.ANNOUNCE_FORM, "Announce an update", blocks, "Preview", "Cancel", begun.announcement.id)


def proof_view(proof: Proof) -> View:
    """What will be sent; nothing is until Send."""
    channels = f"{len(proof.to):,} channel{'' if len(proof.to) == 1 else 's'} of {inline(proof.program)}"
    blocks: list[Block] = [
        context(f"This is what {channels} will read. Nothing is sent yet."),
        *as_read(body_of(proof.announcement.words, proof.program)),
        DividerBlock(),
        *packed([f"*To {channels}*", *_lines(proof.to)]),
    ]
    carried = f"{proof.announcement.id}:{proof.stamp}"
    return modal(ids.ANNOUNCE_PROOF, "Preview", blocks, "Send", "Back", carried)


def sent_view(total: int) -> View:
    """The last page."""
    said = f"It is on its way to {total:,} channel{'' if total == 1 else 's'}, one a second, after all that is urgent."
    blocks: list[Block] = [section(said), context("Who has it is told in the managers' channel.")]
    view = modal(ids.CLOSING_VIEW, "Sent", blocks, None, "Close", "")
    view.clear_on_close = True
    return view


def read_words(view: Json) -> Words:
    """From a view_submission. Raises Invalid: written out, the text doesn't fit into a message."""
    held = values(view)
    text = tidy(word(held.get(_id("text")))).strip()
    if (length := size(announced(text))) > SECTION:
        raise Invalid({"text": f"Written out, links and all, that has {length:,} characters; {SECTION:,} fit."})
    title = word(held.get(_id("title"))).strip()
    return Words(word(held.get(_id("program"))), title, text, word(held.get(_id("link"))).strip())


def seen_proof(carried: str) -> tuple[str, str]:
    """The announcement's id, and the stamp of what was shown."""
    id, _, stamp = carried.partition(":")
    return id, stamp


def _earlier(begun: Begun) -> Iterator[Block]:
    lines = [
        f"• *{inline(sent.words.title, TITLE_LENGTH)}* to {inline(program, 60)}, {date(sent.sent_at)}, by "
        f"{mention(sent.by.user)}. {tallied(tally)}"
        for sent, program, tally in begun.earlier
        if sent.sent_at is not None
    ]
    if lines:
        yield DividerBlock()
        yield from packed(["*Announced lately*", *lines])


def _lines(to: tuple[Receiver, ...]) -> Iterator[str]:
    for each in to[:LONGEST]:
        yield f"• <#{each.channel}>: {some([inline(name, 80) for name in each.accounts], 5)}"
    if len(to) > LONGEST:
        yield f"… and {len(to) - LONGEST:,} more."


def _id(field: str) -> str:
    return f"{ids.ANNOUNCE_BLOCK}:{field}"
