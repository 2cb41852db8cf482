"""The register of Web API methods: the function behind each name, and the scopes that it needs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workspace.args import Args
from workspace.errors import ApiError
from workspace.model import Channel, JsonDict
from workspace.world import World

Handler = Callable[[World, Args], JsonDict]
KINDS = {"channel": "channels", "group": "groups", "im": "im"}


@dataclass(frozen=True)
class Method:
    """``scope`` is one scope, or ``*:read`` for the one of the conversation's own kind; None needs none."""

    name: str
    handler: Handler
    scope: str | None = None
    app_token: bool = False
    anybody: bool = False
    """It needs no token."""


METHODS: dict[str, Method] = {}


def method(
    name: str, scope: str | None = None, app_token: bool = False, anybody: bool = False
) -> Callable[[Handler], Handler]:
    """Registers a function as the Web API method of this name."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(name, handler, scope, app_token, anybody)
        return handler

    return register


def check_scope(world: World, found: Method, args: Args) -> None:
    """Raises ``missing_scope`` with what was needed and what there is."""
    if found.scope is None:
        return
    kinds: Iterable[str] = KINDS.values()
    channel = world.state.channels.get(args.maybe("channel") or "")
    if channel:
        kinds = [KINDS[channel.kind]]
    wanted = [found.scope.replace("*", kind) for kind in kinds] if "*" in found.scope else [found.scope]
    if world.missing(wanted):
        provided = ",".join(sorted(world.app.scopes or ()))
        raise ApiError("missing_scope", needed=",".join(wanted), provided=provided)


def seen_channel(world: World, channel_id: str) -> Channel:
    """A channel that the bot may know of: public ones, and private ones that it is in."""
    channel = world.state.channel(channel_id)
    if (channel.is_private or channel.is_im) and not world.sees(channel):
        raise ApiError("channel_not_found")
    return channel


def joined_channel(world: World, channel_id: str) -> Channel:
    """A channel that the bot is a member of. Raises ``not_in_channel``."""
    channel = seen_channel(world, channel_id)
    if not world.sees(channel):
        raise ApiError("not_in_channel")
    return channel


def page(items: list[JsonDict], args: Args, default: int = 100) -> tuple[list[JsonDict], JsonDict]:
    """One page of a list by ``limit`` and ``cursor``, with the response metadata that leads on."""
    cursor = args.maybe("cursor") or "c0"
    if not cursor[1:].isdigit() or cursor[0] != "c":
        raise ApiError("invalid_cursor")
    start, limit = int(cursor[1:]), min(args.number("limit", default) or default, 999)
    following = f"c{start + limit}" if start + limit < len(items) else ""
    return items[start : start + limit], {"next_cursor": following}
