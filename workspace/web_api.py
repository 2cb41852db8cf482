"""The Web API's front desk: who is calling, with which token and scopes, which method; and Slack's answer in JSON."""

from dataclasses import replace

from workspace import api_chat, api_conversations, api_files, api_marks, api_oauth, api_people, api_views
from workspace.args import Args
from workspace.errors import ApiError
from workspace.methods import METHODS, Method, check_scope
from workspace.model import JsonDict
from workspace.world import World

GROUPS = (api_chat, api_conversations, api_files, api_marks, api_oauth, api_people, api_views)
"""The modules whose import registers the methods."""


def answer(world: World, name: str, token: str | None, raw: JsonDict) -> JsonDict:
    """Carries out one call, whole or not at all, and answers as Slack does: ``ok`` with content, or an error word."""
    args = Args(raw)
    with world.state.change():
        try:
            found = _find(world, name)
            within = _caller(world, found, token or args.maybe("token"))
            check_scope(within, found, args)
            return {"ok": True} | found.handler(within, args)
        except ApiError as refusal:
            return refused(refusal)


def refused(refusal: ApiError) -> JsonDict:
    body: JsonDict = {"ok": False, "error": refusal.code} | refusal.extra
    if refusal.messages:
        body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in refusal.messages]}
    return body


def _find(world: World, name: str) -> Method:
    """``without`` switches whole groups off by their first word, such as ``usergroups``."""
    if name not in METHODS or name.split(".")[0] in world.app.without:
        raise ApiError("unknown_method", req_method=name)
    return METHODS[name]


def _caller(world: World, found: Method, token: str | None) -> World:
    """The world as the token's workspace knows it."""
    if found.anybody:
        return world
    if token is None:
        raise ApiError("not_authed")
    is_app_token = token == world.app.app_token
    within = world if is_app_token else replace(world, app=world.installations.by_token(token))
    if is_app_token != found.app_token:
        raise ApiError("not_allowed_token_type")
    return within
