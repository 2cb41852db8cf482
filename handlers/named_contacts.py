"""`/case contacts`: who may call on a customer's Mission Critical engineer; listed, and changed by a manager."""

from collections.abc import Sequence

from slack_bolt import Ack, BoltResponse
from slack_sdk.models.blocks import Block, UserMultiSelectElement
from slack_sdk.models.views import View

from cases.errors import NotFound, Refused
from cases.messages import Drawn
from cases.named_contacts import Named
from cases.people import Actor
from cases.queues import Json
from handlers import fields, ids
from handlers.answering import actor_of, later, show_modal
from handlers.days_off import person_typed
from handlers.failures import form_errors
from handlers.fields import metadata, values, words
from handlers.front import Front
from handlers.kit import actions, button, context, drawn, modal, section
from handlers.payloads import Interaction, interaction
from handlers.text import inline, mention, some
from handlers.words import split

FIELD = f"{ids.CASE_BLOCK}:contacts"
USAGE = "`/case contacts add U0123456789`: the member id stands in their profile in Slack. *Change…* lets you choose."
SHOWN = 12
NAMED = 100
"""People of one list; *Change…* has all of them."""
NOT_REGION = "Slack doesn't tell regions: who adds somebody vouches for it, and it is kept who did."


def contacts(front: Front, seen: Interaction, rest: str) -> Drawn:
    """What was typed after `/case contacts`."""
    actor = actor_of(front, seen)
    word, following = split(rest)
    if word.lower() in {"add", "remove"}:
        return _changed(front, seen, actor, word.lower(), following)
    return listed(front.named_contacts.listing(actor, seen.channel, rest.strip()), actor)


def ask(front: Front, ack: Ack, body: Json) -> None:
    """Change…, under a list."""
    ack()
    seen = interaction(body)
    later(front, seen, lambda: show_modal(front, seen, contacts_view(_one(front, seen.value, actor_of(front, seen)))))


def submitted(front: Front, ack: Ack, body: Json) -> BoltResponse:
    """The form was sent: these are the contacts from now on."""
    seen = interaction(body)
    try:
        actor = actor_of(front, seen)
        named = _one(front, metadata(seen.view), actor)
        people = [_known(front, user) for user in words(values(seen.view).get(FIELD))]
        account, person = named.account.id, named.add_on.person
        front.named_contacts.change(account, person, people, actor, front.clock.now())
    except Exception as error:  # noqa: BLE001,RUF100 - the form stays open and says why
        return ack(response_action="errors", errors=form_errors(error, seen.view))
    return ack()


def _changed(front: Front, seen: Interaction, actor: Actor, word: str, typed: str) -> Drawn:
    found = front.named_contacts.listing(actor, seen.channel)
    if len(found) > 1:
        raise Refused("Several lists belong to this channel: *Change…* under `/case contacts` is for one of them.")
    (named,) = found
    user = person_typed(front, typed) if typed.strip() else None
    if user is None:
        raise Refused(f"Whom? {USAGE}")
    kept = [each for each in named.add_on.contacts if each != user]
    wanted = [*kept, user] if word == "add" else kept
    if set(wanted) == set(named.add_on.contacts):
        return listed(found, actor)
    people = [_known(front, each) for each in wanted]
    after = front.named_contacts.change(named.account.id, named.add_on.person, people, actor, front.clock.now())
    return listed((after,), actor)


def _one(front: Front, value: str, actor: Actor) -> Named:
    """From `3:U0ERIN`, an account's id and the dedicated person."""
    account, _, person = value.partition(":")
    if not (account.isdecimal() and len(account) <= 9):
        raise NotFound("That list isn't there any more. `/case contacts` shows what is.")
    return front.named_contacts.one(int(account), person, actor)


def _known(front: Front, user: str) -> Actor:
    actor = front.directory.actor_by_id(user)
    if actor is None:
        raise Refused(f"{mention(user)} isn't anybody in Slack any more, so they can't be a named contact.")
    return actor


def listed(found: Sequence[Named], actor: Actor) -> Drawn:
    """The lists of contacts, each with Change… for a manager."""
    blocks: list[Block] = []
    for named in found[:SHOWN]:
        people = some([*map(mention, named.add_on.contacts)], NAMED) or "nobody yet"
        blocks.append(section(f"{_title(named)}: {len(named.add_on.contacts)} of {named.most}", people))
        if actor.is_manager:
            value = f"{named.account.id}:{named.add_on.person}"
            blocks.append(actions(button("Change…", ids.CONTACTS, value)))
    if len(found) > SHOWN:
        blocks.append(context(f"… and {len(found) - SHOWN} more; `/case contacts` with a name shows one customer's."))
    return drawn("Named contacts", [*blocks, context(NOT_REGION)])


def contacts_view(named: Named) -> View:
    """For a manager: who may call on the engineer."""
    chosen = list(named.add_on.contacts) or None
    # Slack could bound the list itself; then nobody would read why one more doesn't fit.
    choose = UserMultiSelectElement(action_id=ids.FORM_VALUE, initial_users=chosen)
    hint = f"{named.most} at most, all of the customer's own people in {named.add_on.region}. {NOT_REGION}"
    asked = fields.asked(FIELD, "Who may call on them?", choose, hint=hint, optional=True)
    value = f"{named.account.id}:{named.add_on.person}"
    return modal(ids.CONTACTS_FORM, "Named contacts", [section(_title(named)), asked], "Save", "Cancel", value)


def _title(named: Named) -> str:
    with_whom = f"{mention(named.add_on.person)}, {inline(named.rule.title, 80)}, {inline(named.add_on.region, 60)}"
    return f"*{inline(named.account.name, 80)}* · {with_whom}"
