"""The use cases before there is a case: asking for one, filling its form, opening it, linking a channel."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cases.accounts import Account, accounts_of
from cases.articles import Article
from cases.case import Case
from cases.case_parts import SourceMessage
from cases.change import Change
from cases.committing import asked
from cases.dedicating import dedicated_to
from cases.errors import Invalid, NotFound, Refused
from cases.handing_over import to_manager, to_triage
from cases.intake import Declined, Form, Intake, Opened, Preview
from cases.keeping import keep
from cases.linking import MANAGERS_LINK, check_account, check_links
from cases.opening import case_of, check, opening_entries, preview
from cases.people import Actor, Person
from cases.ports import UnitOfWork
from cases.presence import away_until
from cases.room import Room, first_handling, managers_only, may_see
from cases.says import Say, SayKind, Urgency
from cases.telling import first_cards
from cases.welcoming import bring_welcomes_up_to_date, welcome

ANOTHERS = (
    "Somebody of another organisation here asked for that, so it is theirs to open. Mention me, and I open yours."
)
OPENED_FOR_OTHERS = "A case was opened for that already, for others than you. Mention me, and I open one for you."


class Reception:
    """Intakes and openings. Every method is one transaction."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def begin(
        self, channel: str, actor: Actor, now: datetime, source: SourceMessage | None = None, text: str = ""
    ) -> Intake:
        """Remember a request to open a case, before its form is shown.

        Raises:
            Refused: no account of this person is linked to the channel; says who can link it.
        """
        with self._room.units() as uow:
            self._accounts(uow, channel, actor, source.author if source else None)
            return self._intake(uow, channel, actor, now, source, text)

    def intake(self, id: str, actor: Actor) -> Intake:
        """The intake of this id, if the person may fill it.

        Raises:
            NotFound, Refused: no such intake, or none for an account of theirs.
        """
        with self._room.units.reading() as uow:
            intake = uow.intakes.get(id)
            self._accounts(uow, intake.channel, actor, _asker(intake))
        return intake

    def invite(self, actor: Actor, source: SourceMessage, now: datetime, event: str | None = None) -> None:
        """Offer the Open a case button in the thread of a message; where a case is open for it, its number.

        Said once a message, however often it is asked for.

        Raises:
            Refused: no account of this person is linked to the channel.
        """
        with self._room.units() as uow:
            if not first_handling(uow, event, now):
                return
            self._accounts(uow, source.channel, actor, source.author)
            existing = uow.cases.by_source(source.channel, source.ts)
            intake = self._intake(uow, source.channel, actor, now, source, "")
            uow.outbox.add(
                Say(
                    key=f"invite:{source.channel}:{source.ts}:{existing.number if existing else 'new'}",
                    kind=SayKind.INVITE,
                    channel=source.channel,
                    urgency=Urgency.REPLY,
                    case=existing.number if existing else None,
                    body={"intake": intake.id, "existing": existing.number if existing else None},
                    thread=source.root,
                )
            )

    def preview(self, intake_id: str, actor: Actor, form: Form, now: datetime) -> Preview:
        """What the form shows back from what it holds so far.

        Raises:
            NotFound, Refused: as `intake`.
        """
        with self._room.units.reading() as uow:
            return self._preview(uow, uow.intakes.get(intake_id), actor, form, now)

    def answered(self, intake_id: str, actor: Actor, form: Form, article: str, now: datetime) -> Article:
        """An article was enough: remembered, and no case is opened.

        Raises:
            NotFound, Refused: as `intake`; or there is no such article any more.
        """
        with self._room.units() as uow:
            shown = self._preview(uow, uow.intakes.get(intake_id), actor, form, now)
            found = next((each for each in shown.program.articles if each.id == article), None)
            if found is None:
                raise NotFound("That article isn't listed any more. Please go on with your case.")
            uow.intakes.answered(intake_id, found.id, now)
        return found

    def existing(self, intake_id: str, actor: Actor) -> int | None:
        """The number of the case opened from this intake or its message; None: none yet.

        Raises:
            NotFound: no such intake. Refused: it was opened for another account than theirs.
        """
        with self._room.units.reading() as uow:
            case = self._existing(uow, uow.intakes.get(intake_id), actor)
        return case.case.number if case else None

    def open(self, intake_id: str, actor: Actor, form: Form, now: datetime) -> Opened | Declined:
        """Open the case: account, promise, deadline, timers, history and cards, in one transaction.

        Raises:
            Invalid: by field, what is still missing.
            NotFound, Refused: as `intake`.
        """
        with self._room.units() as uow:
            intake = uow.intakes.get(intake_id)
            shown = self._preview(uow, intake, actor, form, now)
            if existing := self._existing(uow, intake, actor):
                return replace(existing, existing=not _sent_again(existing.case, form, actor))
            check(form, shown)
            if shown.declined is not None:
                return self._decline(uow, intake, shown, form, actor, now)
            case = uow.cases.add(case_of(intake, form, shown, actor, now), intake.id)
            says = [*first_cards(case, self._room.places)]
            if case.commitment:
                says.append(asked(case, self._room.places, "ask", now))
            entries = opening_entries(case, shown, form, intake)
            away = away_until(self._room, uow, [each.person for each in shown.account.add_ons], now)
            own = dedicated_to(self._room, uow, case, shown.account, shown.program, away, now)
            change = Change(own.case, (*entries, *own.entries), (*says, *own.says))
            return Opened(self._room.save(uow, change), existing=False)

    def link(self, account: Account, actor: Actor) -> Account:
        """Link an account to its channels, or change it; each new channel gets its Open a case button.

        Raises:
            Refused: not a support manager.
            Invalid: by field of the account, what can't be.
        """
        managers_only(actor, MANAGERS_LINK)
        check_account(account, self._room.policies)
        with self._room.units() as uow:
            if problems := check_links(account, uow.accounts.all()):
                raise Invalid({problem.field: problem.what for problem in problems})
            linked = keep(uow, account, self._room.policies)
            welcome(uow, linked)
        return linked

    def freshen(self) -> None:
        """At the start: welcomes that an earlier version posted say what they say today."""
        with self._room.units() as uow:
            bring_welcomes_up_to_date(uow)

    def _existing(self, uow: UnitOfWork, intake: Intake, actor: Actor) -> Opened | None:
        case = uow.cases.by_opening(intake.id)
        if case is None and intake.source is not None:
            case = uow.cases.by_source(intake.source.channel, intake.source.ts)
        if case is not None and not may_see(uow, case.account, actor, intake.channel):
            raise Refused(OPENED_FOR_OTHERS)
        return Opened(case, existing=True) if case else None

    def _decline(
        self, uow: UnitOfWork, intake: Intake, shown: Preview, form: Form, actor: Actor, now: datetime
    ) -> Declined:
        if shown.to_manager:
            uow.outbox.add(to_manager(intake, shown, form, actor, self._room.places))
        if shown.to_triage:
            uow.outbox.add(to_triage(intake, shown, form, actor, self._room.places))
        return Declined(shown.declined or "", handed_over=shown.to_manager, left=shown.to_triage)

    def _preview(self, uow: UnitOfWork, intake: Intake, actor: Actor, form: Form, now: datetime) -> Preview:
        accounts = self._accounts(uow, intake.channel, actor, _asker(intake))
        chosen = sorted(accounts, key=lambda account: account.id != form.account)
        program = self._room.program(chosen[0])
        known = not actor.is_support or len(accounts) == 1 or any(account.id == form.account for account in accounts)
        known = known or self._of_author(intake.source, accounts)
        calendars = self._room.calendars
        return preview(intake, tuple(chosen), program, form, actor, calendars, now, account_known=known)

    def _of_author(self, source: SourceMessage | None, accounts: tuple[Account, ...]) -> bool:
        """The message's author tells for whom support opens a case."""
        return source is not None and bool(accounts_of(Actor(source.author), accounts))

    def _intake(
        self, uow: UnitOfWork, channel: str, actor: Actor, now: datetime, source: SourceMessage | None, text: str
    ) -> Intake:
        if source is not None and (earlier := uow.intakes.by_source(source.channel, source.ts)):
            return earlier
        intake = Intake(secrets.token_urlsafe(16), channel, actor.person, now, source, text)
        uow.intakes.add(intake)
        return intake

    def _accounts(self, uow: UnitOfWork, channel: str, actor: Actor, author: Person | None) -> tuple[Account, ...]:
        """The person's accounts in this channel, those of `author` first where support opens for them.

        Where two customers share a channel, what one of them wrote or asked for is not the other's to open.
        """
        in_channel = uow.accounts.in_channel(channel)
        mine = accounts_of(actor, in_channel)
        if not mine:
            raise Refused(_unlinked(actor, bool(in_channel), uow.accounts.of_team(actor.person.team)))
        authors = accounts_of(Actor(author), in_channel) if author else ()
        if actor.is_support or not authors:
            return tuple(sorted(mine, key=lambda account: account not in authors))
        shared = tuple(account for account in mine if account in authors)
        if not shared:
            raise Refused(ANOTHERS)
        return shared


def _asker(intake: Intake) -> Person:
    """Whose words it began with."""
    return intake.source.author if intake.source else intake.asked_by


def _sent_again(case: Case, form: Form, actor: Actor) -> bool:
    """The very form that opened the case: Slack lost our answer to it, and the person pressed once more."""
    sent = (case.opened_by.user, case.title, case.details)
    return sent == (actor.person.user, form.title.strip(), form.details.strip())


def _unlinked(actor: Actor, others: bool, of_team: Sequence[Account]) -> str:
    """A person of a customer's team may be in a channel of their own workspace: those of their account are named."""
    if actor.is_manager:
        return "No account is linked to this channel yet. `/case setup` here links one."
    shared = [f"<#{channel}>" for account in of_team if account.includes(actor) for channel in account.channels]
    if shared and not others:
        return (
            f"No account is linked to this channel. Yours opens its cases in {', '.join(shared)}; "
            "where we share this channel too, a support manager can link it here with `/case setup`."
        )
    if others:
        return "I couldn't match you to a customer of this channel. A support manager can add your team: `/case setup`."
    return "No account is linked to this channel yet. A support manager can do it here with `/case setup`."
