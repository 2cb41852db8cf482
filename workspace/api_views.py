"""``views.*``: modals on a person's screen, and their App Home."""

from workspace.args import Args
from workspace.check_payloads import accept_view
from workspace.errors import ApiError
from workspace.forms import kept_values, starting_values
from workspace.limits import VIEW_STACK
from workspace.methods import method
from workspace.model import JsonDict, View
from workspace.wire import view_json
from workspace.world import World


@method("views.open")
def open_view(world: World, args: Args) -> JsonDict:
    body = accept_view(world.state, args.decoded("view"), "modal")
    person = world.triggers.take(args.text("trigger_id"), world.app.host)
    return _answer(world, put_on_screen(world, person, body, fresh=True))


@method("views.push")
def push_view(world: World, args: Args) -> JsonDict:
    body = accept_view(world.state, args.decoded("view"), "modal")
    person = world.triggers.take(args.text("trigger_id"), world.app.host)
    if not world.state.stacks.get(person):
        raise ApiError("not_found")
    return _answer(world, put_on_screen(world, person, body))


@method("views.update")
def update_view(world: World, args: Args) -> JsonDict:
    """Replaces a view by id or external id. With ``hash``, only if nobody changed it since."""
    view = _find(world, args)
    body = accept_view(world.state, args.decoded("view"), view.type)
    _same_hash(view, args)
    replace(world, view, body)
    return _answer(world, view)


@method("views.publish")
def publish_view(world: World, args: Args) -> JsonDict:
    user = world.state.user(args.text("user_id"))
    body = accept_view(world.state, args.decoded("view"), "home")
    key = world.home_key(user.id)
    home = world.state.homes.get(key)
    if home is None:
        home = _new(world, user.id, body)
        world.state.homes[key] = home
    else:
        _same_hash(home, args)
        replace(world, home, body)
    return _answer(world, home)


def put_on_screen(world: World, person: str, body: JsonDict, fresh: bool = False) -> View:
    """Shows a modal, above what is there or (``fresh``) instead of it. Raises ``push_limit_reached`` above three."""
    stack = world.state.stacks.setdefault(person, [])
    if fresh:
        clear_screen(world, person)
    if len(stack) >= VIEW_STACK:
        raise ApiError("push_limit_reached")
    view = _new(world, person, body)
    if stack:
        view.root_id, view.previous_id = world.state.views[stack[0]].id, stack[-1]
    stack.append(view.id)
    return view


def replace(world: World, view: View, body: JsonDict) -> None:
    """New content for a view; what was typed stays where block and action ids are the same."""
    view.values = kept_values(view.values, body["blocks"])
    view.body = body
    view.errors = {}
    view.hash = _hash(world)


def take_off_screen(world: World, view: View) -> None:
    world.state.stacks[view.user].remove(view.id)
    del world.state.views[view.id]


def clear_screen(world: World, person: str) -> None:
    for view_id in list(world.state.stacks.get(person, [])):
        take_off_screen(world, world.state.views[view_id])


def _new(world: World, person: str, body: JsonDict) -> View:
    external_id = str(body.get("external_id") or "")
    if external_id and any(view.external_id == external_id for view in world.state.views.values()):
        raise ApiError("duplicate_external_id")
    view_id = f"V0{world.state.number():06d}"
    team = world.state.user(person).team
    values = starting_values(body["blocks"])
    kind = str(body["type"])
    view = View(view_id, person, team, kind, body, _hash(world), values, view_id, external_id=external_id)
    view.app_team = world.app.host
    world.state.views[view_id] = view
    return view


def _hash(world: World) -> str:
    return f"{world.state.epoch()}.{world.state.number():08x}"


def _find(world: World, args: Args) -> View:
    wanted = args.maybe("external_id")
    if wanted:
        found = next((v for v in world.state.views.values() if v.external_id == wanted), None)
    else:
        found = world.view(args.text("view_id"))
    if found is None or found.app_team != world.app.host:
        raise ApiError("not_found")
    return found


def _same_hash(view: View, args: Args) -> None:
    if args.has("hash") and args.text("hash") != view.hash:
        raise ApiError("hash_conflict")


def _answer(world: World, view: View) -> JsonDict:
    return {"view": view_json(view, world.app.app_id, world.app.bot_id, world.app.host)}
