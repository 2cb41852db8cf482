"""The balance of books: what the bot meant to say, beside what Slack took and shows. The same for every fault."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cases.says import SayKind
from storage.account_tables import AccountChannelRow, AccountTeamRow
from storage.base import SayState
from storage.queue_tables import OutboxRow
from storage.tables import CaseRow
from workspace.model import Message
from workspace.server import Workspace

DONE = (SayState.SENT, SayState.SUPERSEDED, SayState.MERGED)
OURS = frozenset({"C0TRIAGE", "C0MANAGERS", "C0ESCALATIONS"})
"""The support team's own channels, on every stage here."""

REFERENCE = re.compile(r"\*(?:<[^|<>]*\|)?C-(\d+)>?\*")
"""How a row of a digest names its case: with a link to its card, or without."""

H = TypeVar("H", bound=Hashable)


@dataclass(frozen=True)
class Books:
    """A bot's database, and the Slack that it spoke to."""

    slack: Workspace
    engine: Engine
    forgotten: frozenset[str] = frozenset()
    """Tokens of what was said by rows that a restore took away: those messages are in no book."""

    def balance(self) -> Counter[str]:
        """How often each say stands in Slack, by its key: once, unless something is wrong. What a digest tells stands
        where the digest does, in a row of its own.

        Raises AssertionError: something is unsaid, said twice, said by nobody, or said where it doesn't belong.
        """
        rows, shown = self._rows(), self._shown()
        assert [(row.key, row.state, row.error) for row in rows if row.state not in DONE] == [], "unsaid"
        said = [row for row in rows if row.updates is None and row.only_for is None]
        merged = [row for row in said if row.state is SayState.MERGED]
        posts = {row.token: row for row in said if row not in merged}
        stand = Counter(posts[_token(message)].key for message in shown)
        assert twice(_token(message) for message in shown) == [], f"said twice: {twice(stand.elements())}"
        assert posts.keys() - {_token(message) for message in shown} == set(), "counted as said, and nowhere to be seen"
        recorded = {(row.post_channel, row.post_ts, token) for token, row in posts.items()}
        assert {(m.channel, m.ts, _token(m)) for m in shown} == recorded, "the outbox names another message"
        taken = self._taken()
        assert twice(taken) == [], "taken twice by Slack"
        assert set(taken) == {(message.channel, message.ts) for message in shown}, "the journal and the channels differ"
        assert list(self._leaks(said)) == [], "in a channel of somebody else"
        digests = {posts[_token(m)].key: m for m in shown if posts[_token(m)].kind is SayKind.DIGEST}
        return stand + _told_in(digests, merged)

    def _rows(self) -> Sequence[OutboxRow]:
        with Session(self.engine) as session:
            return session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()

    def _shown(self) -> list[Message]:
        """What stands there in the bot's name. What only one person sees stands in no channel."""
        with self.slack.state.lock:
            channels = list(self.slack.state.channels.values())
            mine = [message for channel in channels for message in channel.messages.values() if message.bot_id]
        return [message for message in mine if _token(message) not in self.forgotten]

    def _taken(self) -> list[tuple[str, str]]:
        """Channel and ts of all posts that Slack carried out, whether or not the bot heard of it."""
        answers = [call.answer for call in self.slack.calls("chat.postMessage") if call.answer.get("ok")]
        taken = [(str(answer["channel"]), str(answer["ts"])) for answer in answers]
        return [place for place in taken if not self.forgotten or _token(self._at(*place)) not in self.forgotten]

    def _at(self, channel: str, ts: str) -> Message:
        with self.slack.state.lock:
            return self.slack.state.channels[channel].messages[ts]

    def _leaks(self, posts: Iterable[OutboxRow]) -> Iterator[str]:
        """Keys of what is said about a case in a channel, or to a person, of another account."""
        with Session(self.engine) as session:
            account = dict(session.execute(select(CaseRow.number, CaseRow.account)).all())
            channels = session.execute(select(AccountChannelRow.account, AccountChannelRow.channel)).all()
            teams = session.execute(select(AccountTeamRow.account, AccountTeamRow.team)).all()
        people = {user.id: user.team for user in self.slack.state.users.values()}
        for row in posts:
            of = account.get(row.case_number) if row.case_number else None
            there = row.channel in OURS or (of, row.channel) in channels
            to = people.get(row.channel)
            if of is not None and not there and to != self.slack.app.host and (of, to) not in teams:
                yield row.key


def _told_in(digests: Mapping[str, Message], merged: Sequence[OutboxRow]) -> Counter[str]:
    """Each say that was merged, once for its row.

    Raises AssertionError: a digest has a row too many or too few, or is nowhere to be seen.
    """
    rows = {key: Counter(_references(message)) for key, message in digests.items()}
    owed: dict[str, Counter[int]] = {key: Counter() for key in digests}
    for row in merged:
        owed.setdefault(row.digest or "", Counter())[row.case_number or 0] += 1
    assert rows == owed, "a digest shows other rows than it was made of"
    return Counter(row.key for row in merged)


def _references(message: Message) -> list[int]:
    """The case of each row, in order."""
    texts = [str(block["text"]["text"]) for block in message.blocks or () if block["type"] == "section"]
    return [int(found[1]) for found in map(REFERENCE.search, texts) if found]


def twice(values: Iterable[H]) -> list[H]:
    """What comes more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


def _token(message: Message) -> str:
    """Its say's; empty: it is nothing that the outbox sent, which no book knows."""
    return str(message.metadata["event_payload"]["token"]) if message.metadata else ""
