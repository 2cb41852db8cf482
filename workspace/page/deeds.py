"""What one does as a person of the story: writing, reacting, pressing, filling in and sending forms."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from workspace.controls import Choice, Wanted, find
from workspace.errors import PersonRefused
from workspace.forms import EMPTY, elements
from workspace.manifest import manifest
from workspace.model import JsonDict, Message, View
from workspace.page.mentions import with_mentions
from workspace.page.read_values import read_value
from workspace.people import Person
from workspace.server import Workspace


class Deeds:
    """One wish of one person. All raise ``PersonRefused`` where Slack would not let them."""

    def __init__(self, slack: Workspace, person: Person, wish: JsonDict) -> None:
        self._slack, self._person, self._wish = slack, person, wish

    def post(self) -> None:
        text = str(self._wish["text"])
        place = self._slack.channel(str(self._wish["place"]))
        if text.startswith("/"):
            self._command(place.id, text.strip())
        elif text.strip():
            self._person.post(place, with_mentions(self._slack, place, text), self._wish.get("thread") or None)

    def _command(self, place: str, text: str) -> None:
        command, _, rest = text.partition(" ")
        if self._wish.get("thread"):
            raise PersonRefused("Slack has no slash commands in threads. Use it in the channel.")
        if command not in {known.name for known in manifest().commands}:
            raise PersonRefused(f"{command} is not a command here. Put a space before it to post it as a message.")
        channel = self._slack.channel(place)
        self._person.command(command, with_mentions(self._slack, channel, rest.strip()), channel)

    def edit(self) -> None:
        message = self._message()
        place = self._slack.channel(message.channel)
        self._person.edit(message, with_mentions(self._slack, place, str(self._wish["text"])))

    def delete(self) -> None:
        self._person.delete(self._message())

    def react(self) -> None:
        """Adds the reaction, or takes it back."""
        message, name = self._message(), str(self._wish["name"])
        is_there = self._person.id in message.reactions.get(name, [])
        (self._person.unreact if is_there else self._person.react)(message, name)

    def shortcut(self) -> None:
        self._person.shortcut(str(self._wish["callback"]), self._message())

    def home(self) -> None:
        self._person.open_home()

    def press(self) -> None:
        self._person.press(self._filled_in(), self._element())

    def pick(self) -> None:
        self._person.pick(self._filled_in(), self._element(), str(self._wish["value"]))

    def choose(self) -> None:
        target, element = self._filled_in(), self._element()
        self._person.choose(target, element, self._choice(target, element, self._wish["value"]))

    def submit(self) -> None:
        view = self._filled_in()
        if isinstance(view, View):
            self._person.submit(view)

    def close(self) -> None:
        view = self._target()
        if isinstance(view, View):
            self._person.close(view)

    def _filled_in(self) -> Message | View:
        """What was pressed on, with everything that was typed there. What has gone from it meanwhile is let go."""
        target = self._target()
        there = {(block["block_id"], element.get("action_id")) for block, element in elements(target.blocks)}
        typed = {(block, action): raw for block, held in self._wish["held"].items() for action, raw in held.items()}
        for element, raw in typed.items():
            if element in there:
                self._person.hold(target, element, self._choice(target, element, raw))
        return target

    def _choice(self, target: Message | View, element: Wanted, raw: object) -> Choice:
        _, found = find(target.blocks, element, set(EMPTY))
        return read_value(found, raw, ZoneInfo(self._person.user.tz))

    def _element(self) -> tuple[str, str]:
        return str(self._wish["block"]), str(self._wish["action"])

    def _target(self) -> Message | View:
        wanted = self._wish["target"].get("view")
        if wanted is None:
            return self._message()
        state = self._slack.state
        home = state.homes.get(self._person.id)
        found = home if home and home.id == wanted else state.views.get(wanted)
        if found is None:
            raise PersonRefused("This form is closed already.")
        return found

    def _message(self) -> Message:
        channel, ts = str(self._wish["target"]["channel"]), str(self._wish["target"]["ts"])
        state = self._slack.state
        with state.lock:
            mine = [m for m in state.ephemerals if m.ephemeral_for == self._person.id]
            private = [m for m in mine if (m.channel, m.ts) == (channel, ts)]
            found = private[0] if private else state.channels[channel].messages.get(ts)
        if found is None:
            raise PersonRefused("This message is gone.")
        return found


VERBS: dict[str, Callable[[Deeds], None]] = {
    "post": Deeds.post,
    "edit": Deeds.edit,
    "delete": Deeds.delete,
    "react": Deeds.react,
    "shortcut": Deeds.shortcut,
    "home": Deeds.home,
    "press": Deeds.press,
    "pick": Deeds.pick,
    "choose": Deeds.choose,
    "submit": Deeds.submit,
    "close": Deeds.close,
}
