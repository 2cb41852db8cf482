"""What people do in Slack. `register` joins every id to the function that answers it; this is the whole list."""

import re
from collections.abc import Callable, Mapping

from slack_bolt import Ack, App, BoltResponse

from cases.queues import Json
from handlers import (
    announcing,
    buttons,
    changes,
    commands,
    events,
    failures,
    home,
    ids,
    named_contacts,
    opening,
    plans,
    reviews,
    setup,
    submissions,
    workspaces,
)
from handlers.answered import answered
from handlers.front import Front
from handlers.payloads import parts, word

Listener = Callable[[Front, Ack, Json], BoltResponse | None]

COMMANDS: dict[str, Listener] = {ids.COMMAND: commands.case}

SHORTCUTS: dict[str, Listener] = {ids.OPEN_SHORTCUT: opening.by_shortcut}

ACTIONS: dict[str, Listener] = {
    ids.OPEN_CASE: opening.by_button,
    ids.FORM_CHANGED: opening.changed,
    ids.TITLE_TYPED: opening.title_typed,
    ids.SETUP_CHANGED: setup.changed,
    ids.CLAIM: buttons.claim,
    ids.GIVE_BACK: buttons.give_back,
    ids.RESOLVE: buttons.resolve,
    ids.PRIORITY: buttons.priority,
    ids.PRIORITY_CHANGED: changes.priority,
    ids.ASK_PRIORITY: buttons.ask_another,
    ids.WISH_CHANGED: changes.wish,
    ids.GRANT: buttons.grant,
    ids.REFUSE: buttons.refuse,
    ids.WHY: buttons.why,
    ids.PLAN: plans.by_button,
    ids.ANSWERED: answered,
    ids.AVAILABLE: buttons.available,
    ids.HAND_OVER: buttons.hand_over,
    ids.NAME: buttons.name,
    ids.HOME_CLAIM: home.claim,
    ids.HOME_PREVIOUS: home.paged,
    ids.HOME_NEXT: home.paged,
    ids.ASK: buttons.ask,
    ids.GO_ON: buttons.go_on,
    ids.STILL_NEEDED: buttons.still_needed,
    ids.CLOSE_IT: buttons.close_it,
    ids.ON_IT: buttons.on_it,
    ids.HELPS: buttons.helps,
    ids.REOPEN: buttons.reopen,
    ids.RATE: buttons.rate,
    ids.REPLY: buttons.reply_to_customer,
    ids.STATUS: buttons.status,
    ids.CALL: buttons.call,
    ids.HELD: buttons.held,
    ids.ASKED_AGAIN: buttons.asked_again,
    ids.CONTACTS: named_contacts.ask,
    ids.REVIEW: reviews.by_button,
    ids.REVIEW_PRIVATE: reviews.in_private,
    ids.HOME_REVIEW: home.review,
    ids.ANNOUNCED: announcing.refreshed,
}

VIEWS: dict[str, Listener] = {
    ids.OPEN_FORM: opening.submitted,
    ids.SETUP_FORM: setup.submitted,
    ids.PRIORITY_FORM: submissions.priority,
    ids.WISH_FORM: submissions.wish,
    ids.REFUSAL_FORM: submissions.refusal,
    ids.RESOLVE_FORM: submissions.resolve,
    ids.HAND_OVER_FORM: submissions.hand_over,
    ids.NAMING_FORM: submissions.named,
    ids.ASK_FORM: submissions.ask,
    ids.CONTACTS_FORM: named_contacts.submitted,
    ids.REOPEN_FORM: submissions.reopen,
    ids.RATING_FORM: submissions.rating,
    ids.REPLY_FORM: submissions.reply,
    ids.CALL_FORM: submissions.call,
    ids.ANNOUNCE_FORM: announcing.written,
    ids.ANNOUNCE_PROOF: announcing.sent,
}

EVENTS: dict[str, Listener] = {
    "message": events.store,
    "app_mention": events.store,
    "reaction_added": events.store,
    "reaction_removed": events.store,
    "channel_archive": events.store,
    "channel_unarchive": events.store,
    "channel_rename": events.store,
    "channel_id_changed": events.store,
    "channel_left": events.store,
    "group_archive": events.store,
    "group_unarchive": events.store,
    "group_rename": events.store,
    "group_left": events.store,
    "member_joined_channel": events.store,
    "subteam_members_changed": events.store,
    "user_change": events.store,
    "app_home_opened": home.opened,
    "app_uninstalled": workspaces.uninstalled,
    "tokens_revoked": workspaces.revoked,
}


def register(app: App, front: Front) -> None:
    """Make the app answer everything above. It was made with `process_before_response=True`.

    One listener for each kind, since Bolt asks each of its listeners in turn whether a request is for it.
    """
    app.command(_one_of(COMMANDS))(_bound(front, COMMANDS, lambda body: word(body, "command")))
    app.message_shortcut(_one_of(SHORTCUTS))(_bound(front, SHORTCUTS, lambda body: word(body, "callback_id")))
    app.block_action(_one_of(ACTIONS))(_bound(front, ACTIONS, _pressed))
    app.view_submission(_one_of(VIEWS))(_bound(front, VIEWS, lambda body: word(body, "view", "callback_id")))
    for event in EVENTS:
        app.event(event)(_bound(front, EVENTS, lambda body: word(body, "event", "type")))
    app.error(failures.unhandled)


def _one_of(listeners: Mapping[str, Listener]) -> re.Pattern[str]:
    """Their ids and no others: what is nobody's stays unhandled."""
    return re.compile(rf"\A(?:{'|'.join(map(re.escape, listeners))})\Z")


def _pressed(body: Json) -> str:
    """The one action of a click."""
    return word(next(iter(parts(body, "actions")), {}), "action_id")


def _bound(
    front: Front, listeners: Mapping[str, Listener], id_of: Callable[[Json], str]
) -> Callable[[Ack, Json], BoltResponse | None]:
    """As Bolt calls it: by the names of the arguments."""

    def listen(ack: Ack, body: Json) -> BoltResponse | None:
        return listeners[id_of(body)](front, ack, body)

    return listen
