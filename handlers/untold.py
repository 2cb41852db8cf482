"""What Slack refused for good: the team hears that a customer has not read it; an alarm says for whom it was meant."""

from dataclasses import replace

from cases.case import Case
from cases.messages import Drawn
from cases.says import Body, Note, Say, SayKind
from handlers import facts, ids
from handlers.bodies import instant, text_of
from handlers.kit import actions, button, context, drawn, jsons, section
from handlers.text import inline
from handlers.times import date
from handlers.troubles import where, why

NOT_READ = {
    SayKind.CARD: "the message that their case is open",
    SayKind.SOLUTION: "the solution",
    SayKind.WAITING: "what we asked of them",
    SayKind.CHECK_IN: "the question whether they can be reached",
    SayKind.NAMING: "the question who can be reached",
    SayKind.REPLY: "the change of a reply",
    SayKind.REPLY_FILE: "that a file was taken back, and can still open it",
}
NOTES_NOT_READ = {
    Note.CLAIMED: "that somebody has begun",
    Note.GIVEN_BACK: "that it waits for another engineer",
    Note.REPRIORITISED: "the change of priority",
    Note.REOPENED: "that it is open again",
    Note.CLOSED: "that it is closed",
    Note.WISH_REFUSED: "our answer to their wish",
    Note.RELEASED: "that all of the team looks after it now",
}


def untold(case: Case, body: Body) -> Drawn:
    """`body` as `cases.detours.untold` writes."""
    what, place = SayKind(text_of(body, "what")), text_of(body, "channel")
    if body.get("alarm"):
        return _alarm(case, why(text_of(body, "refused")))
    note = Note(text_of(body, "note")) if text_of(body, "note") else None
    missed = NOTES_NOT_READ.get(note, "a line about it") if note else NOT_READ.get(what, "a message")
    if body.get("after_all"):
        said = f"✅ {case.reference}: the channel has a new id, and the customer has got {missed} there after all."
        return drawn(said, [section(said)])
    head = f"⚠️ {case.reference}: the customer has *not* read {missed}."
    to_do = f"Slack refuses it in {where(place)}: {why(text_of(body, 'refused'))}. Please reach them another way."
    return drawn(f"{head} {to_do}", [section(head, to_do)])


def _alarm(case: Case, reason: str) -> Drawn:
    said = f"⚠️ There is an alarm about {facts.heading(case)} that Slack would not show: {reason}."
    claim = button("Claim", ids.CLAIM, str(case.number), "primary")
    return drawn(f"{case.reference} {inline(case.title)}: an alarm can't be shown", [section(said), actions(claim)])


def with_detour(shown: Drawn, say: Say) -> Drawn:
    """A message in another place than the one it was meant for says so."""
    meant, lines = text_of(say.body, "instead"), list[str]()
    if meant and meant != say.channel:
        lines.append(f"↪️ Meant for {where(meant)}, which can't be told: {why(text_of(say.body, 'refused'))}.")
    if text_of(say.body, "waits_since"):
        lines.append(f"⏳ Told late: since {date(instant(say.body, 'waits_since'))} no place took it.")
    return replace(shown, blocks=[*shown.blocks, *jsons([context(*lines)])]) if lines else shown
