"""What it was, in the inspector's words: who did what, and where."""

from textwrap import shorten

from workspace.events import author
from workspace.model import JsonDict
from workspace.state import State
from workspace.traffic import Call, Envelope, Passing, SocketNews

LONGEST = 120
"""Characters: people write long commands."""


def title(state: State, what: Passing) -> str:
    """Such as ``block_actions open:product by Dana``, ``message in #acme by Dana``, ``chat.update in #triage``."""
    match what:
        case Envelope():
            return _of_envelope(state, what) + (" (delivered again)" if what.redelivered else "")
        case Call():
            return _of_call(state, what)
        case SocketNews():
            return what.title


def _of_envelope(state: State, envelope: Envelope) -> str:
    payload = envelope.payload
    if envelope.kind == "slash_commands":
        command = f"{payload['command']} {payload['text']}".strip()
        return _joined(command, _where(state, payload["channel_id"]), _by(state, payload["user_id"]))
    if envelope.kind == "events_api":
        return _of_event(state, payload["event"])
    return _joined(payload["type"], _control(payload), _by(state, payload["user"]["id"]))


def _of_event(state: State, event: JsonDict) -> str:
    """An edit or a deletion goes by its subtype."""
    channel = event.get("channel") or event.get("item", {}).get("channel")
    kind = event.get("subtype") or event["type"]
    return _joined(kind, event.get("reaction"), _where(state, channel), _by(state, author(event)))


def _of_call(state: State, call: Call) -> str:
    args = call.args
    person = args.get("user") or args.get("user_id") or args.get("users")
    for_whom = f"for {_name(state, person)}" if person else ""
    return _joined(
        call.method, args.get("name"), _where(state, args.get("channel") or args.get("channel_id")), for_whom
    )


def _control(payload: JsonDict) -> str:
    """What was pressed, chosen or sent, as the app names it."""
    if payload["type"] == "block_actions":
        return str(payload["actions"][0]["action_id"])
    return str(payload.get("callback_id") or payload.get("view", {}).get("callback_id", ""))


def _where(state: State, channel_id: object) -> str:
    channel = state.channels.get(str(channel_id))
    if channel is None:
        return f"in {channel_id}" if channel_id else ""
    if not channel.is_im:
        return f"in #{channel.name}"
    people = [state.users[member] for member in channel.members]
    return "in the DM with " + " and ".join(person.name for person in people if not person.is_bot)


def _by(state: State, user_id: object) -> str:
    return f"by {_name(state, user_id)}" if user_id else ""


def _name(state: State, user_id: object) -> str:
    user = state.users.get(str(user_id))
    return user.name if user else str(user_id)


def _joined(*words: object) -> str:
    return shorten(" ".join(str(word) for word in words if word), LONGEST, placeholder=" …")
