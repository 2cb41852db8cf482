"""The use cases of the two threads of a case: the customer's, and the team's own under the triage card.

Everything here can be done twice: what crosses is known by its message, and how that stands by its latest edit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from cases.accounts import accounts_of
from cases.case import Case
from cases.crossing import File, Line, check_reply, in_order, line_key, line_say, reply_key, reply_say, sent_say
from cases.crossing_files import carried, carried_before, file_says, is_of, listed, withdrawal
from cases.errors import Refused
from cases.people import Actor
from cases.ports import UnitOfWork
from cases.presence import seen_at_work
from cases.queues import Post
from cases.responding import written
from cases.room import Room, known_case, support_only
from cases.says import Note, Say, SayKind, Urgency, card_key
from cases.telling import TRIAGE, quietly

ELSEWHERE = (
    "Replies go to the customer from the thread of the case's card in the triage channel, and this is another, "
    "so nothing was sent."
)


class Threads:
    """Every method is one transaction; `now` and `at` are aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def is_inside(self, channel: str) -> bool:
        """One of the team's own channels: what is written there stays there unless it is marked as a reply."""
        return channel in self._room.places.inside

    def concerns(self, channel: str, thread: str, actor: Actor) -> bool:
        """Whether a message in this thread of a customer's channel is about a case that this person may see."""
        with self._room.units.reading() as uow:
            return _of_thread(uow, channel, thread, actor) is not None

    def show(self, line: Line, actor: Actor) -> None:
        """A message of a customer's thread, as it stands now, in the triage thread: new, or redrawn where it changed.

        Of people who are neither support nor the case's own customers: nothing.
        """
        with self._room.units() as uow:
            before = uow.outbox.latest(line_key(line))
            case = _case_of(uow, before) or _of_thread(uow, line.channel, line.thread, actor)
            if case is None:
                return
            copy = line_say(case, line, actor.is_support, self._room.places)
            if before is None:
                uow.outbox.add(_behind(uow, copy))
            elif line.is_newer_than(before.body):
                uow.outbox.add(_redrawing(copy, line.version))

    def reply(self, line: Line, text: str | None, actor: Actor, now: datetime) -> None:
        """A message of the triage thread as it stands now. `text`: what is for the customer; None: all of it is
        internal. What crossed before follows: changed, or taken back.
        """
        with self._room.units() as uow:
            case, key = uow.cases.by_message(line.channel, line.thread), reply_key(line)
            if case is None or not actor.is_support:
                return
            before = uow.outbox.latest(key)
            try:
                if text is not None and not _is_under_card(uow, case, line):
                    raise Refused(ELSEWHERE)
                words = None if text is None or line.deleted else check_reply(text, bool(line.files))
            except Refused as refusal:
                uow.outbox.add(_not_sent(case, line, actor, str(refusal)))
                return
            if before is not None:
                self._follow(uow, case, before, line, words)
            elif words is not None:
                said = reply_say(case, key, actor.person, words, line.edited)
                self._send(uow, case, said, "", line.files, actor, min(line.at, now))

    def case(self, number: int, actor: Actor) -> Case:
        """A case that this person may write about to its customer.

        Raises:
            Refused: not support. NotFound: there is no such case.
        """
        support_only(actor, "write to a customer from here")
        with self._room.units.reading() as uow:
            return known_case(uow, number)

    def write(self, number: int, text: str, actor: Actor, form: str, now: datetime) -> None:
        """A reply from the form; `form` is its id, so that a form sent twice says it once.

        Raises:
            Refused: not support, no words, or too many.
        """
        support_only(actor, "write to a customer from here")
        words = check_reply(text)
        with self._room.units() as uow:
            case = known_case(uow, number)
            said = reply_say(case, f"reply:form:{number}:{form}", actor.person, words)
            if uow.outbox.latest(said.key) is None:
                self._send(uow, case, said, words, (), actor, now)

    def _send(
        self, uow: UnitOfWork, case: Case, reply: Say, shown: str, files: Sequence[File], actor: Actor, at: datetime
    ) -> None:
        """It is an answer, a first response if there was none, and a sign of work."""
        reply = _behind(uow, reply)
        following = file_says(case, reply, files)
        last = following[-1].key if following else None
        sent = sent_say(case, reply, shown, listed(carried(files)), self._room.places, last)
        for say in (reply, *following, sent):
            uow.outbox.add(say)
        seen_at_work(self._room, uow, written(case, actor.person, at), actor, at)

    def _follow(self, uow: UnitOfWork, case: Case, before: Say, line: Line, words: str | None) -> None:
        if not line.is_newer_than(before.body):
            return
        key = reply_key(line)
        redrawn = reply_say(case, key, line.author, words, line.edited, line.deleted)
        uow.outbox.add(_redrawing(redrawn, line.version))
        files = self._take_back(uow, case, key, line.files if words is not None else ())
        sent = sent_say(case, redrawn, "", files, self._room.places)
        state = "withdrawn" if words is None else "changed"
        uow.outbox.add(_redrawing(replace(sent, body={**sent.body, "state": state}), line.version))

    def _take_back(self, uow: UnitOfWork, case: Case, reply: str, files: Sequence[File]) -> str:
        """What was shared and is no longer with the reply; which files are, listed."""
        gone, there = dict[str, bool](), {file.id for file in files}
        for say in _files_of(uow, case, reply):
            id, latest = str(say.body["id"]), uow.outbox.latest(say.key)
            gone[id] = id not in there or (latest is not None and latest.updates is not None)
            if gone[id]:
                uow.outbox.add(withdrawal(say))
        return listed(carried_before(files, gone))


def _files_of(uow: UnitOfWork, case: Case, reply: str) -> Iterator[Say]:
    return (say for say in uow.outbox.said(case.number, SayKind.REPLY_FILE) if is_of(say, reply))


def _case_of(uow: UnitOfWork, say: Say | None) -> Case | None:
    return uow.cases.get(say.case) if say is not None and say.case is not None else None


def _of_thread(uow: UnitOfWork, channel: str, thread: str, actor: Actor) -> Case | None:
    """The thread's case; for a customer, among those of their own accounts in this channel."""
    if actor.is_support:
        return uow.cases.by_thread(channel, thread)
    mine = [account.id for account in accounts_of(actor, uow.accounts.in_channel(channel))]
    return uow.cases.by_thread(channel, thread, mine)


def _is_under_card(uow: UnitOfWork, case: Case, line: Line) -> bool:
    """The thread of the case's triage card, and none of the others that the bot has begun about it."""
    return uow.outbox.post_of(card_key(case.number, TRIAGE)) == Post(line.channel, line.thread)


def _behind(uow: UnitOfWork, say: Say) -> Say:
    earlier: Sequence[Say] = uow.outbox.said(say.case, say.kind) if say.case is not None else ()
    return replace(say, after=in_order(iter(earlier), say))


def _redrawing(say: Say, version: str) -> Say:
    return replace(say, key=f"{say.key}:{version}", updates=say.key, thread=None, after=None)


def _not_sent(case: Case, line: Line, actor: Actor, reason: str) -> Say:
    key = f"{reply_key(line)}:not-sent:{line.version}"
    refusal = quietly(key, line.channel, actor.person.user, case, Note.NOT_SENT, {"reason": reason})
    return replace(refusal, thread=line.thread, urgency=Urgency.REPLY)
