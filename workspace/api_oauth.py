"""The app in other workspaces: ``oauth.v2.access``, where a code becomes a token; and how the token ends."""

from workspace.args import Args
from workspace.methods import method
from workspace.model import JsonDict
from workspace.world import World


@method("oauth.v2.access", anybody=True)
def access(world: World, args: Args) -> JsonDict:
    """The client's id and secret come as HTTP's basic authentication, or as arguments."""
    client = (args.maybe("client_id") or "", args.maybe("client_secret") or "")
    app, user = world.installations.exchange(client, args.text("code"), args.maybe("redirect_uri") or "")
    return {
        "app_id": app.app_id,
        "authed_user": {"id": user.id},
        "scope": ",".join(sorted(app.scopes or ())),
        "token_type": "bot",
        "access_token": app.bot_token,
        "bot_user_id": app.bot_user,
        "team": {"id": app.host, "name": world.state.teams[app.host].name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def uninstall(world: World, team: str) -> None:
    """A workspace removes the app. Slack tells that, and of the token's end, in any order."""
    with world.state.change():
        world.installations.end(team, "account_inactive")
        world.within(team).publish("app_uninstalled", None, {"type": "app_uninstalled"})
        _tell_revoked(world.within(team))


def revoke(world: World, team: str) -> None:
    """The app's token in a workspace is revoked, and the app stays installed there."""
    with world.state.change():
        world.installations.end(team, "token_revoked")
        _tell_revoked(world.within(team))


def _tell_revoked(within: World) -> None:
    tokens: JsonDict = {"oauth": [], "bot": [within.app.bot_user]}
    within.publish("tokens_revoked", None, {"type": "tokens_revoked", "tokens": tokens})
