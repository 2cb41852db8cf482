"""What Slack tells of channels and people: a place is closed, open again, called otherwise or has another id."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

from cases.assigning import Released
from cases.case import DONE, State
from cases.dedicating import free
from cases.detours import ALARMS, UNTOLD
from cases.finding import Search
from cases.ports import UnitOfWork
from cases.refusals import about_place
from cases.room import Room, first_handling
from cases.says import Say, SayKind, Urgency
from cases.troubles import DEACTIVATED, Trouble, TroubleKind, begins, ends

JUST_NOW = timedelta(hours=1)
"""Slack tells of a channel's new id within so long, also where it can't at once."""


class Whereabouts:
    """Every method is one transaction, in which the event is marked as handled; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._learning = Lock()
        """Held until what was learned is committed: whoever looks meanwhile would still find the old id."""

    def closed(self, channel: str, reason: str, event: str, now: datetime) -> None:
        """Nothing can be said there any more. `reason` is Slack's code for what a message would be refused with."""
        with self._room.units() as uow:
            if first_handling(uow, event, now) and self._concerns(uow, channel):
                about = about_place(self._room.places, channel)
                begins(uow, self._room.places, Trouble(TroubleKind.PLACE, now, channel, reason), about)

    def opened(self, channel: str, event: str, now: datetime) -> None:
        """It takes messages again."""
        with self._room.units() as uow:
            if first_handling(uow, event, now):
                ends(uow, self._room.places, f"{TroubleKind.PLACE}:{channel}", now)
                if about_place(self._room.places, channel):
                    uow.outbox.roaming_to(channel, now)

    def renamed(self, channel: str, event: str, now: datetime) -> None:
        """Nothing goes by its name; whoever looks after the bot should know."""
        with self._room.units() as uow:
            if first_handling(uow, event, now) and self._concerns(uow, channel):
                uow.outbox.add(self._told(f"renamed:{event}", {"trouble": "renamed", "about": channel}))

    def moved(self, old: str, new: str, event: str, now: datetime) -> None:
        """All that speaks of the old id speaks of the new one, what waits to be said included."""
        with self._learning, self._room.units() as uow:
            if not first_handling(uow, event, now) or not self._concerns(uow, old):
                return
            setting = about_place(self._room.places, old).get("setting", "")
            accounts = ", ".join(account.name for account in uow.accounts.in_channel(old))
            uow.channels.move(old, new)
            self._room.moved.learn(uow.channels.moved())
            ends(uow, self._room.places, f"{TroubleKind.PLACE}:{old}", now)
            # An alarm of the team's that the old id refused was told in the next place.
            _read_after_all(uow, uow.channels.say_again(old, new, now - JUST_NOW, ALARMS if setting else ()))
            named = {"setting": setting, "accounts": accounts}
            uow.outbox.add(self._told(f"moved:{event}", {"trouble": "moved", "about": new, "old": old, **named}))

    def look(self) -> bool:
        """Learn which channels moved as others were told, or before this process began. False: that was all."""
        with self._learning, self._room.units.reading() as uow:
            self._room.moved.learn(uow.channels.moved())
        return False

    def deactivated(self, user: str, event: str, now: datetime) -> None:
        """Nobody reads what they are sent, so they count as away. What was assigned to them is everybody's at once;
        what they hold, and what they are to the team, the operators hear. Of anybody else, nothing.
        """
        with self._room.units() as uow:
            if not first_handling(uow, event, now):
                return
            held, parts = self._held(uow, user), self._parts(uow, user)
            if held or parts:
                also = {"cases": " ".join(held), "parts": ", ".join(parts)}
                begins(uow, self._room.places, Trouble(TroubleKind.PERSON, now, user, DEACTIVATED), also)
                uow.away.go(user, None)
                free(self._room, uow, user, Released.GONE, now)

    def reactivated(self, user: str, event: str, now: datetime) -> None:
        """They can be written to again."""
        with self._room.units() as uow:
            key = f"{TroubleKind.PERSON}:{user}"
            if first_handling(uow, event, now) and uow.troubles.lasts(key):
                ends(uow, self._room.places, key, now)
                uow.away.back(user)

    def _concerns(self, uow: UnitOfWork, channel: str) -> bool:
        return bool(about_place(self._room.places, channel)) or bool(uow.accounts.in_channel(channel))

    def _held(self, uow: UnitOfWork, user: str) -> tuple[str, ...]:
        states = tuple(state for state in State if state not in DONE)
        found = uow.cases.find(Search(states=states, assignee=user))
        return tuple(case.reference for case in found.cases)

    def _parts(self, uow: UnitOfWork, user: str) -> list[str]:
        """What they are to the team: each in the words of its setting or of the account's file."""
        managers = ["SUPPORT_MANAGERS"] if user in self._room.duty.managers_known() else []
        return managers + [
            f"{part} of {account.name}"
            for account in uow.accounts.all()
            for part, people in (
                ("managers", account.managers),
                ("csm", (account.csm,)),
                ("tam", (account.tam,)),
                ("add_ons", tuple(each.person for each in account.add_ons)),
            )
            if user in people
        ]

    def _told(self, key: str, body: dict[str, str | int | bool | None]) -> Say:
        return Say(key, SayKind.TROUBLE, self._room.places.for_operators, Urgency.CHECK_IN, body=body)


def _read_after_all(uow: UnitOfWork, keys: Iterable[str]) -> None:
    """Where the team was told that a customer has not read it, that message says so."""
    for key in keys:
        told = uow.outbox.latest(f"{key}{UNTOLD}")
        if told is not None:
            body = {**told.body, "after_all": True}
            uow.outbox.add(replace(told, key=f"{told.key}:after-all", updates=told.key, thread=None, body=body))
