"""What follows where Slack refuses something for good: the next place has it, and the operators hear of it."""

from collections.abc import Mapping
from datetime import datetime

from cases.case import Case
from cases.change import Places
from cases.detours import Refusal, instead, is_alarm, is_person, keys_elsewhere, plain, root, same, stops, untold
from cases.ports import UnitOfWork
from cases.presence import here
from cases.roaming import is_roaming, next_try, round_of, sent_round
from cases.room import Room
from cases.says import Say, SayKind
from cases.troubles import Trouble, TroubleKind, begins


class Refusals:
    """Asked in the transaction that records a refusal; nothing here asks Slack."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def refused(self, uow: UnitOfWork, say: Say, refusal: Refusal, reason: str, now: datetime) -> None:
        """Slack will never take this say; `reason` is its code. What is seen by one person alone is let go."""
        if say.only_for is not None or refusal is Refusal.NOT_HERE:
            return
        case = None if say.case is None else uow.cases.get(say.case)
        if is_roaming(say) and refusal is not Refusal.MESSAGE:
            managers, engineers = self._people(uow, case, now)
            channel, at = next_try(say, round_of(self._room.places, managers, engineers), now)
            uow.outbox.redirect(say.key, channel, at, reason)
        else:
            for each in self._following(uow, say, case, refusal, reason, now):
                uow.outbox.add(each)
        if refusal is not Refusal.MESSAGE and say.kind is not SayKind.ANNOUNCEMENT:
            # Who receives an announcement, and who doesn't, stands under its card.
            self._tell(uow, say, reason, now)

    def _following(
        self, uow: UnitOfWork, say: Say, case: Case | None, refusal: Refusal, reason: str, now: datetime
    ) -> tuple[Say, ...]:
        if case is not None and say.channel == case.channel:
            told = untold(say, case, reason, self._room.places)
            return () if told is None else (told,)
        if not is_alarm(say):
            return ()
        if refusal is Refusal.MESSAGE:
            return () if case is None or say.kind is SayKind.UNTOLD else (plain(say, reason),)
        managers, engineers = self._people(uow, case, now)
        ring = stops(say.channel, self._room.places, managers, engineers)
        there = self._told(uow, say, ring)
        following = instead(say, reason, ring, there)
        if following or any(there.values()):
            return following
        return (sent_round(say, reason, round_of(self._room.places, managers, engineers), now),)

    def _told(self, uow: UnitOfWork, say: Say, ring: tuple[tuple[str, ...], ...]) -> Mapping[str, bool]:
        """Where the same was said, and whether it stands there or is on its way."""
        keys = {**keys_elsewhere(say, ring), root(say.key): say.channel}
        if say.case is not None:
            keys |= {other.key: other.channel for other in same(say, uow.outbox.said(say.case, say.kind))}
        states, told = uow.outbox.sendings(keys), dict[str, bool]()
        for key, state in states.items():
            place = self._room.moved.now(keys[key])
            told[place] = told.get(place, False) or not state.refused
        return told

    def _tell(self, uow: UnitOfWork, say: Say, reason: str, now: datetime) -> None:
        kind = TroubleKind.PERSON if is_person(say.channel) else TroubleKind.PLACE
        about = about_place(self._room.places, say.channel)
        begins(uow, self._room.places, Trouble(kind, now, say.channel, reason), about)

    def _people(self, uow: UnitOfWork, case: Case | None, now: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Managers; engineers who are not away."""
        own = uow.accounts.managers(case.account) if case is not None else ()
        duty = self._room.duty
        return own or duty.managers_known(), here(duty.engineers_known(), uow.away.people(now))


def about_place(places: Places, channel: str) -> dict[str, str]:
    """Which setting names it, and where its alarms go; nothing of a place that isn't the team's."""
    named = {
        "ESCALATIONS_CHANNEL": places.escalations,
        "TRIAGE_CHANNEL": places.triage,
        "MANAGERS_CHANNEL": places.managers,
        "OPERATORS_CHANNEL": places.operators,
    }
    setting = [name for name, place in named.items() if place == channel]
    following = stops(channel, places, ())
    return {"setting": setting[-1], "next": following[0][0]} if setting and following else {}
