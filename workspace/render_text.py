"""Channels, messages and forms as a terminal shows them, for the demo and for looking into a failed test."""

from datetime import UTC, datetime, tzinfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from workspace.model import Channel, Message, View
from workspace.mrkdwn import Reader, plain
from workspace.render_blocks import block_lines
from workspace.server import Workspace
from workspace.state import State

THREAD_INDENT = 4


def channel_text(slack: Workspace, channel: str | Channel, zone: tzinfo) -> Group:
    """A whole channel, threads indented under their roots; times in ``zone``."""
    said = slack.messages(channel)
    place = slack.channel(channel)
    lines: list[RenderableType] = [channel_title(slack.state, place)]
    for message in said:
        if not message.is_reply:
            lines.append(message_text(slack.state, message, zone))
            replies = slack.thread(place, message.ts)[1:]
            lines += [message_text(slack.state, reply, zone) for reply in replies]
    return Group(*lines)


def channel_title(state: State, channel: Channel) -> Text:
    """The channel's name and, for a shared one, with whom."""
    if channel.is_im:
        names = " and ".join(state.users[member].name for member in channel.members)
        return Text(f"Direct messages of {names}", style="bold")
    title = Text(f"#{channel.name}", style="bold")
    others = [state.teams[team].name for team in channel.teams[1:]]
    return title.append(f"  shared with {', '.join(others)}", style="yellow") if others else title


def message_text(state: State, message: Message, zone: tzinfo) -> Padding:
    """One message: who, when, what it says and the reactions; a reply is indented."""
    lines = [byline(state, message, zone), *body_lines(state, message, zone)]
    if message.reactions:
        marks = [f":{name}: {len(people)}" for name, people in message.reactions.items()]
        lines.append(plain("  ".join(marks)))
    return indented(message, lines)


def body_lines(state: State, message: Message, zone: tzinfo) -> list[Text]:
    """What a message says, without who and when."""
    reader = Reader(state, zone)
    if not message.blocks:
        return list(reader.mrkdwn(message.text).split("\n"))
    values = message.inputs.get(message.ephemeral_for or "", {})
    return [line for block in message.blocks for line in block_lines(reader, block, values)]


def indented(message: Message, lines: list[Text]) -> Padding:
    """The lines of one message, a reply's under its root; an empty line follows."""
    return Padding(Group(*lines), (0, 0, 1, THREAD_INDENT if message.is_reply else 0))


def byline(state: State, message: Message, zone: tzinfo) -> Text:
    """Who wrote it, when, and who alone sees it."""
    author = state.users[message.user]
    line = Text(author.name, style="bold magenta" if author.is_bot else "bold")
    if message.bot_id:
        line.append(" APP", style="dim")
    elif author.team != next(iter(state.teams)):
        line.append(f" ({state.teams[author.team].name})", style="yellow")
    at = datetime.fromtimestamp(int(message.ts.split(".")[0]), UTC).astimezone(zone)
    line.append(at.strftime("  %a %H:%M"), style="dim")
    if message.edited:
        line.append("  (edited)", style="dim")
    if message.ephemeral_for:
        line.append(f"  only visible to {state.users[message.ephemeral_for].name}", style="italic dim")
    return line


def view_text(state: State, view: View, zone: tzinfo) -> Panel:
    """A modal or home tab with what is filled in, what is wrong, and its buttons."""
    reader = Reader(state, zone)
    lines: list[RenderableType] = []
    for block in view.blocks:
        lines += block_lines(reader, block, view.values)
        if block["block_id"] in view.errors:
            lines.append(Text(f"! {view.errors[block['block_id']]}", style="red"))
    buttons = [view.body[key]["text"] for key in ("close", "submit") if view.body.get(key)]
    foot = "  ".join(f"\\[{button}]" for button in buttons) or None
    return Panel(Group(*lines), title=view.title or "Home", subtitle=foot)
