"""What the operators are told: what is wrong, what the bot does meanwhile, what to do; and that it is over."""

from collections.abc import Callable

from cases.messages import Drawn
from cases.says import Body
from cases.troubles import TroubleKind
from handlers.bodies import count, instant, text_of
from handlers.kit import SECTION, context, drawn, packed, section
from handlers.text import inline, mention, size
from handlers.times import date

LISTED = 13
"""Lines of what was found or changed: as many as `cases.loading` writes."""
REASONS = {
    "is_archived": "it is archived",
    "is_inactive": "it is archived",
    "not_in_channel": "I am not in it any more",
    "channel_not_found": "there is no such channel, or I am not in it",
    "user_disabled": "the account is deactivated",
    "user_not_found": "there is no such person, or we share no channel",
}


def trouble(body: Body) -> Drawn:
    """`body` as `cases.troubles` writes, or what a channel is called or known by now."""
    if text_of(body, "trouble") in NEWS:
        said = NEWS[text_of(body, "trouble")](body)
        return drawn(_notified(said), packed(f"ℹ️ {said}".splitlines()))
    kind = TroubleKind(text_of(body, "trouble"))
    if text_of(body, "over"):
        said = f"{OVER[kind](body)} Over since {date(instant(body, 'over'))}."
        return drawn(said, [section(f"✅ {said}")])
    said, to_do = WORDS[kind](body)
    since = context(f"Found {date(instant(body, 'since'))}. I say so once, and once more when it is over.")
    return drawn(_notified(f"{said} {to_do}"), [*packed([f"🔧 {said}", *to_do.splitlines()]), since])


def _notified(said: str) -> str:
    """Its first line where the whole is too long for a notification."""
    return said if size(said) <= SECTION else said.splitlines()[0]


def why(code: str) -> str:
    """Slack's code in words; a code without words as it is."""
    return REASONS.get(code) or f"Slack says “{inline(code, 60)}”"


def where(channel: str) -> str:
    """A channel or a person, as a mention."""
    return mention(channel) if channel.startswith(("U", "W")) else f"<#{channel}>"


def _timers(body: Body) -> tuple[str, str]:
    were = _one_or(body, "was", "were")
    said = f"{_many(body, 'timer')} of open cases {were} not as their cases require. Now all is right again."
    return said, "Nothing to do here; but tell whoever maintains me, for this should never be. The log names the cases."


def _due(body: Body) -> tuple[str, str]:
    said = f"{_many(body, 'deadline')} came more than a minute ago, and nobody has acted on it."
    return (
        said,
        "I woke everything up. If it stays: is the database slow or locked, the machine busy? See the log.",
    )


def _failing(body: Body) -> tuple[str, str]:
    said = f"{_many(body, 'deadline')} could not be acted on, and I go on trying every 30 s."
    return said, "The log says why: look for `timer_failed`."


def _events(body: Body) -> tuple[str, str]:
    waits = _one_or(body, "waits", "wait")
    said = f"{_many(body, 'thing')} that people did in Slack more than a minute ago {waits} to be dealt with."
    return said, "I go on trying. The log says why: look for `event_failed`."


def _says(body: Body) -> tuple[str, str]:
    said = f"{_many(body, 'message')} waited for more than a minute, and I can't tell why."
    return said, "I woke everything up. If this stays, start me anew: nothing is lost by it, and nothing said twice."


def _refused(body: Body) -> tuple[str, str]:
    said = f"{_many(body, 'message')} failed again and again, and I go on trying."
    return said, "The log says why: look for `say_put_off`. A missing scope or token can be mended; they go out then."


def _roaming(body: Body) -> tuple[str, str]:
    waits = _one_or(body, "goes", "go")
    said = f"{_many(body, 'alarm')} {waits} from place to place, and none takes {_one_or(body, 'it', 'them')}."
    return said, "I go on trying. Unarchive one of my channels, or `/invite` me, and it is told there at once."


def _socket(body: Body) -> tuple[str, str]:
    said = f"Slack can't come in at `{inline(text_of(body, 'about'), 80)}`; what I have to say still goes out."
    return said, "I keep calling. Check the network, and SLACK_APP_TOKEN."


def _place(body: Body) -> tuple[str, str]:
    channel, setting, reason = text_of(body, "about"), text_of(body, "setting"), text_of(body, "reason")
    said = f"I can say nothing in {where(channel)}: {why(reason)}."
    if setting:
        said += f" What was meant for it goes to {where(text_of(body, 'next'))} first, until that is mended."
        return said, f"Unarchive it or `/invite` me; or name another one in {setting} and start me anew."
    return said, "Its cases' triage threads say what a customer has not read. Unarchive it or `/invite` me."


def _person(body: Body) -> tuple[str, str]:
    who, parts, held = text_of(body, "about"), text_of(body, "parts"), text_of(body, "cases")
    said = f"{where(who)} can't be reached: {why(text_of(body, 'reason'))}. Others hear what was meant for them."
    to_do = f"Name somebody else: {inline(parts, 500)}." if parts else "Name somebody else where they are named."
    return said, f"{to_do} {f'They hold {inline(held, 300)}: let somebody else claim those.' if held else ''}".strip()


def _moved(body: Body) -> str:
    new, old = text_of(body, "about"), text_of(body, "old")
    said = f"{where(new)} has a new id: `{new}`, not `{old}`. Everything goes on there."
    setting, accounts = text_of(body, "setting"), text_of(body, "accounts")
    if setting:
        said += f" When you can, write `{setting}={new}` in `.env`, and the new id in any other line that says `{old}`."
    if accounts:
        said += f" When you can, write the new id in `accounts.yml` too, under `channels:` of {inline(accounts, 500)}."
    return said


def _policies(body: Body) -> tuple[str, str]:
    said = "The policy files were changed, and can't be used so. Those that were loaded before stay in force."
    return said, f"{_listed(body, 'reason')}\nMend them: I look by myself, and say when they are loaded."


def _accounts(body: Body) -> tuple[str, str]:
    said = "The accounts file was changed, and can't be used so. Nothing of it was taken."
    return said, f"{_listed(body, 'reason')}\nMend it: I look by myself, and say when it is loaded."


def _rotas(body: Body) -> tuple[str, str]:
    said = "ROTA_FILE was changed, and can't be used so. Who was on duty by what was loaded before stays so."
    return said, f"{_listed(body, 'reason')}\nMend it: I look by myself, and say when it is loaded."


def _loaded(body: Body) -> str:
    """What was changed by it, a line each."""
    if text_of(body, "about") == "policies":
        after = "Cases that are open keep the promise that they were opened under."
        return f"The policies were loaded anew.\n{_listed(body, 'reason')}\n{after}"
    file = "ROTA_FILE" if text_of(body, "about") == "rotas" else "The accounts file"
    return f"{file} was read anew.\n{_listed(body, 'reason')}"


def _listed(body: Body, name: str) -> str:
    lines = text_of(body, name).splitlines()
    more = [f"… and {len(lines) - LISTED:,} more; the log has them all."] if len(lines) > LISTED else []
    return "\n".join([*(f"• {inline(line, 300)}" for line in lines[:LISTED]), *more])


def _outside(body: Body) -> tuple[str, str]:
    name, reason = inline(text_of(body, "about"), 60), inline(text_of(body, "reason"), 60)
    said = f"`{name}` takes nothing that I send: {reason}. What is meant for it waits, and I go on trying."
    return said, "Is it up, and is its entry in ADDRESSES_FILE right? `caseclock webhooks dead` lists what I gave up."


def _rota(body: Body) -> tuple[str, str]:
    program, reason = inline(text_of(body, "about"), 60), inline(text_of(body, "reason"), 80)
    said = f"The rota of `{program}` can't be read: {reason}. Until it can, its rungs call the whole on-call group."
    return said, "Look at its calendar, and at its entry in ROTA_FILE. I read it again every five minutes."


def _one_or(body: Body, one: str, several: str) -> str:
    return one if count(body, "count") == 1 else several


def _many(body: Body, word: str) -> str:
    number = count(body, "count")
    return f"{number:,}{' or more' if number >= 200 else ''} {word}{'' if number == 1 else 's'}"


WORDS: dict[TroubleKind, Callable[[Body], tuple[str, str]]] = {
    TroubleKind.TIMERS: _timers,
    TroubleKind.DUE: _due,
    TroubleKind.FAILING: _failing,
    TroubleKind.EVENTS: _events,
    TroubleKind.SAYS: _says,
    TroubleKind.REFUSED: _refused,
    TroubleKind.ROAMING: _roaming,
    TroubleKind.SOCKET: _socket,
    TroubleKind.PLACE: _place,
    TroubleKind.PERSON: _person,
    TroubleKind.POLICIES: _policies,
    TroubleKind.ACCOUNTS: _accounts,
    TroubleKind.ROTAS: _rotas,
    TroubleKind.OUTSIDE: _outside,
    TroubleKind.ROTA: _rota,
}
OVER: dict[TroubleKind, Callable[[Body], str]] = {
    TroubleKind.TIMERS: lambda body: "All open cases have exactly the timers that they require.",
    TroubleKind.DUE: lambda body: "Everything that was due is done.",
    TroubleKind.FAILING: lambda body: "Every deadline could be acted on.",
    TroubleKind.EVENTS: lambda body: "Everything that happened in Slack is dealt with.",
    TroubleKind.SAYS: lambda body: "Nothing waits without a reason any more.",
    TroubleKind.REFUSED: lambda body: "What failed again and again has gone out.",
    TroubleKind.ROAMING: lambda body: "Every alarm has found a place.",
    TroubleKind.SOCKET: lambda body: f"Slack comes in again, or `{inline(text_of(body, 'about'), 80)}` is no more.",
    TroubleKind.PLACE: lambda body: f"{where(text_of(body, 'about'))} takes messages again, or isn't needed any more.",
    TroubleKind.PERSON: lambda body: f"{where(text_of(body, 'about'))} can be reached again.",
    TroubleKind.POLICIES: lambda body: "The policy files are right again, or as they were.",
    TroubleKind.ACCOUNTS: lambda body: "The accounts file is right again, or as it was.",
    TroubleKind.ROTAS: lambda body: "ROTA_FILE is right again, or as it was.",
    TroubleKind.OUTSIDE: lambda body: f"`{inline(text_of(body, 'about'), 60)}` takes what I send again.",
    TroubleKind.ROTA: lambda body: f"The rota of `{inline(text_of(body, 'about'), 60)}` can be read again.",
}
NEWS: dict[str, Callable[[Body], str]] = {
    "loaded": _loaded,
    "renamed": lambda body: f"{where(text_of(body, 'about'))} has a new name. I go by its id, so nothing else changes.",
    "moved": _moved,
}
