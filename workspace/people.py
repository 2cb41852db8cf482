"""Acting as a person: writing, reacting, commands and shortcuts. Clicks and forms are in ``screen``."""

from collections.abc import Collection, Mapping

from workspace import events
from workspace.api_chat import store
from workspace.api_marks import react, unreact
from workspace.args import Args
from workspace.composer import composed, rich_text
from workspace.errors import ApiError, AppAnsweredWrongly, PersonRefused
from workspace.limits import MESSAGE_TEXT
from workspace.model import Channel, File, JsonDict, Message, User
from workspace.screen import Screen
from workspace.wire import message_json

MOST_FILES = 10

Where = str | Channel
"""A channel, its id or its name."""


class Person(Screen):
    """One person at their screen. What Slack would not let them do raises ``PersonRefused``."""

    @property
    def user(self) -> User:
        return self._world.state.users[self.id]

    def post(
        self, channel: Where, text: str, thread_ts: str | None = None, files: Collection[str] | Mapping[str, bytes] = ()
    ) -> Message:
        """Writes in a channel, or in the thread of ``thread_ts``. Real mentions may be written as ``<@U…>``.

        ``files`` are names, or contents by name: up to ten, and then there need be no words.
        """
        place = self._member_of(channel)
        typed = composed(text)
        if len(text) > MESSAGE_TEXT or len(files) > MOST_FILES or not (typed.strip() or files):
            raise PersonRefused("Slack takes words or files, up to 40,000 characters and ten files")
        with self._world.state.change():
            parent = place.messages.get(thread_ts) if thread_ts else None
            if thread_ts and parent is None:
                raise PersonRefused("there is no such thread")
            root = (parent.thread_ts or parent.ts) if parent else None
            ts = self._world.state.next_ts()
            words = rich_text(typed) if typed else []
            said = Message(ts, place.id, self.id, self.user.team, typed, words, root)
            said.files, said.subtype = self._files(files), "file_share" if files else None
            store(self._world, said)
            return said

    def dm(self, text: str, thread_ts: str | None = None) -> Message:
        """Writes to the app in private."""
        return self.post(self._direct(), text, thread_ts)

    def edit(self, message: Message, text: str) -> None:
        with self._world.state.change():
            self._mine(message)
            before = message_json(self._world.state, message)
            message.text = composed(text)
            message.blocks = rich_text(message.text)
            message.edited = {"user": self.id, "ts": self._world.state.next_ts()}
            events.message_changed(self._world, message, before)

    def delete(self, message: Message) -> None:
        with self._world.state.change():
            self._mine(message)
            before = message_json(self._world.state, message)
            del self._world.state.channels[message.channel].messages[message.ts]
            events.message_deleted(self._world, message, before)

    def remove_file(self, message: Message, file: File) -> None:
        """Deletes a file; its message stays, with a stone in the file's place."""
        with self._world.state.change():
            self._mine(message)
            before = message_json(self._world.state, message)
            file.mode, file.content = "tombstone", None
            events.message_changed(self._world, message, before)

    def react(self, message: Message, name: str) -> None:
        self._member_of(message.channel)
        with self._world.state.change():
            try:
                react(self._world, message, self.id, name)
            except ApiError as refusal:
                raise PersonRefused(refusal.code) from None

    def unreact(self, message: Message, name: str) -> None:
        self._member_of(message.channel)
        with self._world.state.change():
            try:
                unreact(self._world, message, self.id, name)
            except ApiError as refusal:
                raise PersonRefused(refusal.code) from None

    def command(self, command: str, text: str, channel: Where) -> Message | None:
        """Sends a slash command and waits for its acknowledgement; the answer that came with it, if any.

        Refused to other organisations' people, unless their own workspace has the app too.
        """
        self._has_the_app("slash commands")
        place = self._member_of(channel)
        payload = self._payloads.command(self.user, place, command, composed(text))
        answer = self._hub.ask("slash_commands", payload, self._patience)
        return self._say(place, answer) if answer.get("text") or answer.get("blocks") else None

    def shortcut(self, callback_id: str, message: Message | None = None) -> None:
        """Uses a shortcut: on a message, or global. Refused as commands are."""
        self._has_the_app("shortcuts")
        if message is None:
            self._interact(self._payloads.shortcut(self.user, callback_id))
        else:
            self._member_of(message.channel)
            self._interact(self._payloads.message_shortcut(self.user, callback_id, message))

    def join(self, channel: Where) -> None:
        place = self._channel(channel)
        with self._world.state.change():
            if self.user.team not in place.teams or place.kind != "channel":
                raise PersonRefused(f"{self.user.name} can't join {place.name}")
            if self.id not in place.members:
                place.members.append(self.id)
                events.member_joined(self._world, place, self.id)

    def seem(self, *, away: bool) -> None:
        """What Slack shows beside their name from now on."""
        with self._world.state.change():
            self.user.away = away

    def open_home(self) -> None:
        """Opens the app's home tab, in their own workspace where that has the app; the app hears of it."""
        world = self._world.within(self.user.team)
        home = world.state.homes.get(world.home_key(self.id))
        with world.state.change():
            events.home_opened(world, self.id, self._direct(), home)

    def _say(self, place: Channel, answer: JsonDict) -> Message:
        """Shows what an acknowledgement carried. Raises ``AppAnsweredWrongly`` if Slack can't show it."""
        with self._world.state.change():
            try:
                return self._responses.say(place.id, self.id, self.user.team, Args(answer))
            except ApiError as refusal:
                raise AppAnsweredWrongly(refusal.code, refusal.messages) from None

    def _direct(self) -> Channel:
        with self._world.state.lock:
            return self._world.state.direct_message(self._world.app.host, self._world.app.bot_user, self.id)

    def _channel(self, channel: Where) -> Channel:
        if isinstance(channel, Channel):
            return channel
        named = [c for c in self._world.state.channels.values() if channel.lstrip("#") in (c.id, c.name)]
        if not named:
            raise PersonRefused(f"there is no channel {channel}")
        return named[0]

    def _member_of(self, channel: Where) -> Channel:
        place = self._channel(channel)
        if self.user.deleted:
            raise PersonRefused(f"{self.user.name} can't sign in any more")
        if self.id not in place.members:
            raise PersonRefused(f"{self.user.name} is not in {place.name}")
        if place.is_archived:
            raise PersonRefused(f"{place.name} is archived")
        return place

    def _has_the_app(self, what: str) -> None:
        if not self._world.installations.is_in(self.user.team):
            raise PersonRefused(f"{self.user.name} is of another organisation: the app's {what} are not there for them")

    def _files(self, named: Collection[str] | Mapping[str, bytes]) -> list[File]:
        """One without content of its own holds its name."""
        state, contents = self._world.state, named if isinstance(named, Mapping) else {n: n.encode() for n in named}
        return [self._file(f"F0{state.number():06d}", name, content) for name, content in contents.items()]

    def _file(self, id: str, name: str, content: bytes) -> File:
        file = File(id, name, self.id, self.user.team, self._world.state.epoch(), content=content)
        self._world.state.files[id] = file
        return file

    def _mine(self, message: Message) -> None:
        if message.user != self.id:
            raise PersonRefused("only its author can change a message")
