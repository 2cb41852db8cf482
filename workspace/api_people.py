"""Who there is: ``users.*``, ``usergroups.*``, ``team.info``, ``auth.test``; and the door to Socket Mode."""

from workspace.args import Args
from workspace.errors import ApiError
from workspace.methods import method, page
from workspace.model import JsonDict
from workspace.wire import group_json, team_json, user_json
from workspace.world import World


@method("api.test", anybody=True)
def api_test(world: World, args: Args) -> JsonDict:
    if args.has("error"):
        raise ApiError(args.text("error"))
    return {"args": {key: value for key, value in args.raw.items() if key != "token"}}


@method("auth.test")
def auth_test(world: World, args: Args) -> JsonDict:
    team, bot = world.state.teams[world.app.host], world.bot()
    identity = {"user": bot.username, "user_id": bot.id, "bot_id": world.app.bot_id, "is_enterprise_install": False}
    return {"url": f"https://{team.domain}.slack.com/", "team": team.name, "team_id": team.id} | identity


@method("apps.connections.open", app_token=True)
def open_connection(world: World, args: Args) -> JsonDict:
    return {"url": world.new_socket_url()}


@method("team.info", "team:read")
def team_info(world: World, args: Args) -> JsonDict:
    team = world.state.teams.get(args.maybe("team") or world.app.host)
    if team is None:
        raise ApiError("team_not_found")
    return {"team": team_json(team)}


@method("users.info", "users:read")
def user_info(world: World, args: Args) -> JsonDict:
    user = world.state.user(args.text("user"))
    return {"user": user_json(world.state, user, world.app.host, world.app.bot_user)}


@method("users.getPresence", "users:read")
def get_presence(world: World, args: Args) -> JsonDict:
    """Of somebody else, that alone; of the one who asks, how it came about too."""
    user = world.state.user(args.maybe("user") or world.app.bot_user)
    presence: JsonDict = {"presence": "away" if user.away else "active"}
    if user.id != world.app.bot_user:
        return presence
    return presence | {"online": True, "auto_away": False, "manual_away": False, "connection_count": 1}


@method("users.list", "users:read")
def list_users(world: World, args: Args) -> JsonDict:
    """Everyone of the host's team; people of other organisations are not listed."""
    host = [user for user in world.state.users.values() if user.team == world.app.host]
    shown, metadata = page([user_json(world.state, u, world.app.host, world.app.bot_user) for u in host], args)
    return {"members": shown, "response_metadata": metadata}


@method("usergroups.list", "usergroups:read")
def list_groups(world: World, args: Args) -> JsonDict:
    groups = []
    for group in world.state.groups.values():
        if group.enabled or args.flag("include_disabled"):
            users = {"users": list(group.users)} if args.flag("include_users") else {}
            groups.append(group_json(group, world.app.host) | users)
    return {"usergroups": groups}


@method("usergroups.users.list", "usergroups:read")
def list_group_users(world: World, args: Args) -> JsonDict:
    group = world.state.groups.get(args.text("usergroup"))
    if group is None or not (group.enabled or args.flag("include_disabled")):
        raise ApiError("no_such_subteam")
    return {"users": list(group.users)}
