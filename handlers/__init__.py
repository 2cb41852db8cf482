"""What people do in Slack. `register` joins every id to the function that answers it; this is the whole list."""

from collections.abc import Callable

from slack_bolt import Ack, App, BoltResponse

from cases.ports import Json
from handlers import buttons, commands, events, failures, ids, opening, setup, submissions
from handlers.front import Front

Listener = Callable[[Front, Ack, Json], BoltResponse | None]

COMMANDS: dict[str, Listener] = {ids.COMMAND: commands.case}

SHORTCUTS: dict[str, Listener] = {ids.OPEN_SHORTCUT: opening.by_shortcut}

ACTIONS: dict[str, Listener] = {
    ids.OPEN_CASE: opening.by_button,
    ids.FORM_CHANGED: opening.changed,
    ids.SETUP_CHANGED: setup.changed,
    ids.CLAIM: buttons.claim,
    ids.GIVE_BACK: buttons.give_back,
    ids.RESOLVE: buttons.resolve,
    ids.PRIORITY: buttons.priority,
    ids.WHY: buttons.why,
    ids.AVAILABLE: buttons.available,
    ids.HAND_OVER: buttons.hand_over,
}

VIEWS: dict[str, Listener] = {
    ids.OPEN_FORM: opening.submitted,
    ids.SETUP_FORM: setup.submitted,
    ids.PRIORITY_FORM: submissions.priority,
    ids.RESOLVE_FORM: submissions.resolve,
    ids.HAND_OVER_FORM: submissions.hand_over,
}

EVENTS: dict[str, Listener] = {
    "message": events.store,
    "app_mention": events.store,
    "reaction_added": events.store,
    "reaction_removed": events.store,
}


def register(app: App, front: Front) -> None:
    """Make the app answer everything above. It was made with `process_before_response=True`."""
    for command, listener in COMMANDS.items():
        app.command(command)(_bound(front, listener))
    for shortcut, listener in SHORTCUTS.items():
        app.message_shortcut(shortcut)(_bound(front, listener))
    for action, listener in ACTIONS.items():
        app.block_action(action)(_bound(front, listener))
    for view, listener in VIEWS.items():
        app.view_submission(view)(_bound(front, listener))
    for event, listener in EVENTS.items():
        app.event(event)(_bound(front, listener))
    app.error(failures.unhandled)


def _bound(front: Front, listener: Listener) -> Callable[[Ack, Json], BoltResponse | None]:
    """As Bolt calls it: by the names of the arguments."""

    def listen(ack: Ack, body: Json) -> BoltResponse | None:
        return listener(front, ack, body)

    return listen
