"""Whether the bot is in every channel that it has something to say in."""

from collections.abc import Iterator, Mapping, Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.diagnosis import Finding, error, ok, warning
from bot.settings import Settings
from cases.accounts import Account
from handlers.payloads import answer, part, parts, value, word
from handlers.slack_errors import code_of

PAGE = 999
LOOKED_INTO = 20
"""Channels that are asked about one by one, for why the bot isn't in them: Slack allows some fifty a minute."""


def places(client: WebClient, settings: Settings, accounts: Sequence[Account] | None) -> Iterator[Finding]:
    """The team's channels by their settings, and customers' by their accounts; None: nobody knows those."""
    wanted = {**{channel: account.name for account in accounts or () for channel in account.channels}, **_own(settings)}
    try:
        joined = _joined(client)
    except SlackApiError as refusal:
        yield error("channels", f"Slack doesn't list them: {code_of(refusal)}", "See what scopes are missing.")
        return
    except (SlackClientError, OSError) as problem:
        yield error("channels", f"Slack didn't answer ({type(problem).__name__})", "Try again.")
        return
    missing = {channel: name for channel, name in wanted.items() if channel not in joined}
    for channel, name in list(missing.items())[:LOOKED_INTO]:
        yield _missing(client, channel, name)
    if len(missing) > LOOKED_INTO:
        rest = ", ".join(list(missing)[LOOKED_INTO:])
        yield error("channels", f"the bot is not in {rest} either", "/invite @Caseclock there.")
    if not missing:
        yield ok("channels", f"the bot is in all {len(wanted)}" if len(wanted) > 1 else "the bot is in it")
    if accounts is not None and not accounts:
        to_do = "Import some (caseclock accounts import), or type /case setup in a customer's channel."
        yield warning("accounts", "there are none yet, so nobody can open a case", to_do)


def _own(settings: Settings) -> Mapping[str, str]:
    """By id: the settings that name it."""
    named: dict[str, str] = {}
    for setting in ("triage_channel", "managers_channel", "escalations_channel", "operators_channel"):
        channel = getattr(settings, setting)
        if channel is not None:
            named[channel] = f"{named[channel]}, {setting.upper()}" if channel in named else setting.upper()
    return named


def _joined(client: WebClient) -> frozenset[str]:
    kinds = "public_channel,private_channel"
    pages = client.users_conversations(types=kinds, exclude_archived=True, limit=PAGE)
    return frozenset(word(each, "id") for page in pages for each in parts(answer(page), "channels"))


def _missing(client: WebClient, channel: str, name: str) -> Finding:
    otherwise = f"or name another one in {name}." if name.isupper() else f"or correct the account {name}."
    try:
        found = part(answer(client.conversations_info(channel=channel)), "channel")
    except SlackApiError as refusal:
        if code_of(refusal) == "channel_not_found":
            said = f"there is no channel {channel}, or it is private and the bot not in it"
            return error(name, said, f"/invite @Caseclock there, {otherwise}")
        return error(name, f"{channel} can't be looked at: {code_of(refusal)}", "See what scopes are missing.")
    except (SlackClientError, OSError) as problem:
        return error(name, f"Slack didn't answer about {channel} ({type(problem).__name__})", "Try again.")
    called = f"#{word(found, 'name')} ({channel})"
    if value(found, "is_archived") is True:
        return error(name, f"{called} is archived", f"Unarchive it, {otherwise}")
    return error(name, f"the bot is not in {called}", f"/invite @Caseclock there, {otherwise}")
