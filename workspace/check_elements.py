"""The rules for interactive elements: buttons, menus, pickers and inputs."""

from collections.abc import Callable

from workspace import limits
from workspace.limits import BOTH, PLAIN, Problems
from workspace.model import JsonDict

MENUS = {"static_select", "multi_static_select"}
PEOPLE = {
    "users_select": "initial_user",
    "multi_users_select": "initial_users",
    "conversations_select": "initial_conversation",
    "multi_conversations_select": "initial_conversations",
    "channels_select": "initial_channel",
    "multi_channels_select": "initial_channels",
}
PICKERS = {
    "datepicker": ("initial_date", r"\d{4}-\d\d-\d\d", "a date like 2026-03-27"),
    "timepicker": ("initial_time", r"\d\d:\d\d", "a time like 09:30"),
    "datetimepicker": ("initial_date_time", r"\d{10}", "a number of seconds, of ten digits"),
}
TEXTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
CHOICES = {"radio_buttons", "checkboxes"}
IN_SECTION = {"button", "overflow", "image", *MENUS, *PEOPLE, *CHOICES, "datepicker", "timepicker"}
SEVERAL = {kind for kind in MENUS | PEOPLE.keys() if kind.startswith("multi_")}
IN_ACTIONS = (IN_SECTION | {"datetimepicker"}) - {"image", *SEVERAL}
IN_INPUT = {*MENUS, *PEOPLE, *CHOICES, *PICKERS, *TEXTS}


def check_element(problems: Problems, element: object, at: str, allowed: set[str]) -> None:
    """One element that stands where only ``allowed`` types may."""
    if not isinstance(element, dict):
        problems.add("must provide an object", at)
    elif element.get("type") not in allowed:
        problems.add(f"unsupported element type: {element.get('type')}", f"{at}/type")
    else:
        if element.get("action_id") is not None:
            problems.string(element["action_id"], f"{at}/action_id", limits.ID, least=1)
        if "confirm" in element:
            _confirm(problems, element["confirm"], f"{at}/confirm")
        if "placeholder" in element:
            problems.text(element["placeholder"], f"{at}/placeholder", limits.PLACEHOLDER, PLAIN)
        _rule(element["type"])(problems, element, at)


def _rule(kind: str) -> Callable[[Problems, JsonDict, str], None]:
    families = ((MENUS, _menu), (PEOPLE, _people), (PICKERS, _picker), (TEXTS, _text_input), (CHOICES, _choices))
    single = {"button": _button, "overflow": _overflow, "image": check_image}
    return single.get(kind) or next(rule for kinds, rule in families if kind in kinds)


def _button(problems: Problems, element: JsonDict, at: str) -> None:
    known = ["action_id", "value", "url", "style", "confirm", "accessibility_label"]
    if problems.keys(element, at, ["text"], known):
        problems.text(element["text"], f"{at}/text", limits.BUTTON_TEXT, PLAIN)
    problems.choice(element.get("style"), f"{at}/style", ["primary", "danger"])
    for key, most in (("value", limits.BUTTON_VALUE), ("url", limits.URL), ("accessibility_label", limits.BUTTON_TEXT)):
        if key in element:
            problems.string(element[key], f"{at}/{key}", most)


def check_image(problems: Problems, element: JsonDict, at: str) -> None:
    if problems.keys(element, at, ["image_url", "alt_text"], ["title", "block_id"]):
        problems.string(element["image_url"], f"{at}/image_url", limits.URL, least=1)
        problems.string(element["alt_text"], f"{at}/alt_text", limits.IMAGE_ALT)
    if "title" in element:
        problems.text(element["title"], f"{at}/title", limits.IMAGE_TITLE, PLAIN)


def _overflow(problems: Problems, element: JsonDict, at: str) -> None:
    least, most = limits.OVERFLOW_OPTIONS
    if problems.keys(element, at, ["options"], ["action_id", "confirm"]):
        _options(problems, element["options"], f"{at}/options", most, least, PLAIN, ["url"])


def _menu(problems: Problems, element: JsonDict, at: str) -> None:
    known = ["action_id", "placeholder", "confirm", "focus_on_load", "options", "option_groups", _initial(element)]
    problems.keys(element, at, [], [*known, "max_selected_items"])
    if ("options" in element) == ("option_groups" in element):
        problems.add("exactly one of options, option_groups is required", at)
    groups = element.get("option_groups", [])
    if "options" in element:
        _options(problems, element["options"], f"{at}/options", limits.SELECT_OPTIONS, 1, PLAIN)
    elif problems.count(groups, f"{at}/option_groups", limits.SELECT_OPTIONS):
        for index, group in enumerate(groups):
            where = f"{at}/option_groups/{index}"
            if problems.keys(group, where, ["label", "options"]):
                problems.text(group["label"], f"{where}/label", limits.OPTION_TEXT, PLAIN)
                _options(problems, group["options"], f"{where}/options", limits.SELECT_OPTIONS, 1, PLAIN)
    _initial_among(problems, element, at, [*element.get("options", []), *(o for g in groups for o in g["options"])])


def _choices(problems: Problems, element: JsonDict, at: str) -> None:
    known = ["action_id", "confirm", "focus_on_load", _initial(element)]
    if problems.keys(element, at, ["options"], known):
        _options(problems, element["options"], f"{at}/options", limits.FEW_OPTIONS, 1, BOTH)
        _initial_among(problems, element, at, element["options"])


def _initial(element: JsonDict) -> str:
    many = element["type"] in {"checkboxes", "multi_static_select"}
    return "initial_options" if many else "initial_option"


def _initial_among(problems: Problems, element: JsonDict, at: str, offered: list[JsonDict]) -> None:
    key = _initial(element)
    if key not in element:
        return
    chosen = element[key] if key == "initial_options" else [element[key]]
    if not chosen or any(option not in offered for option in chosen):
        problems.add(f"{key} must exactly match one of the options", f"{at}/{key}")


def _options(
    problems: Problems,
    options: object,
    at: str,
    most: int,
    least: int,
    kinds: tuple[str, ...],
    extra: list[str] | None = None,
) -> None:
    if not problems.count(options, at, most, least) or not isinstance(options, list):
        return
    for index, option in enumerate(options):
        where = f"{at}/{index}"
        if problems.keys(option, where, ["text", "value"], ["description", *(extra or [])]):
            problems.text(option["text"], f"{where}/text", limits.OPTION_TEXT, kinds)
            problems.string(option["value"], f"{where}/value", limits.OPTION_VALUE, least=1)
        if "description" in option:
            problems.text(option["description"], f"{where}/description", limits.OPTION_DESCRIPTION, kinds)
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        problems.add("option values must be unique", at)


def _people(problems: Problems, element: JsonDict, at: str) -> None:
    known = ["action_id", "placeholder", "confirm", "focus_on_load", "max_selected_items", PEOPLE[element["type"]]]
    if element["type"].endswith("conversations_select"):
        known += ["default_to_current_conversation", "filter", "response_url_enabled"]
    problems.keys(element, at, [], known)
    if "filter" in element:
        _filter(problems, element["filter"], f"{at}/filter")


def _filter(problems: Problems, wanted: object, at: str) -> None:
    if not isinstance(wanted, dict) or not isinstance(wanted.get("include", []), list):
        problems.add("must provide an object", at)
    elif problems.keys(wanted, at, [], ["include", "exclude_external_shared_channels", "exclude_bot_users"]):
        for index, kind in enumerate(wanted.get("include", [])):
            problems.choice(kind, f"{at}/include/{index}", ["im", "mpim", "private", "public"])


def _picker(problems: Problems, element: JsonDict, at: str) -> None:
    key, pattern, what = PICKERS[element["type"]]
    problems.keys(element, at, [], ["action_id", "placeholder", "confirm", "focus_on_load", "timezone", key])
    written = element.get(key)
    if element["type"] == "datetimepicker" and isinstance(written, int):
        written = str(written)
    problems.pattern(written, f"{at}/{key}", pattern, what)


def _text_input(problems: Problems, element: JsonDict, at: str) -> None:
    known = ["action_id", "placeholder", "initial_value", "focus_on_load", "dispatch_action_config"]
    own = {"plain_text_input": ["multiline", "min_length", "max_length"]}
    own["number_input"] = ["is_decimal_allowed", "min_value", "max_value"]
    problems.keys(element, at, [], known + own.get(element["type"], []))
    if "dispatch_action_config" in element:
        _dispatching(problems, element["dispatch_action_config"], f"{at}/dispatch_action_config")
    for key in ("min_length", "max_length"):
        if not 0 <= element.get(key, 1) <= limits.INPUT_TEXT:
            problems.add(f"must be at most {limits.INPUT_TEXT}", f"{at}/{key}")
    if "initial_value" in element:
        most = min(limits.INPUT_TEXT, element.get("max_length", limits.INPUT_TEXT))
        problems.string(element["initial_value"], f"{at}/initial_value", most)


def _dispatching(problems: Problems, config: object, at: str) -> None:
    on = config.get("trigger_actions_on") if isinstance(config, dict) else None
    if not isinstance(on, list) or not on:
        problems.add("missing required field: trigger_actions_on", at)
    else:
        for index, trigger in enumerate(on):
            where = f"{at}/trigger_actions_on/{index}"
            problems.choice(trigger, where, ["on_enter_pressed", "on_character_entered"])


def _confirm(problems: Problems, confirm: object, at: str) -> None:
    if not isinstance(confirm, dict):
        problems.add("must provide an object", at)
    elif problems.keys(confirm, at, ["title", "text", "confirm", "deny"], ["style"]):
        problems.text(confirm["title"], f"{at}/title", limits.CONFIRM_TITLE, PLAIN)
        problems.text(confirm["text"], f"{at}/text", limits.CONFIRM_TEXT)
        problems.choice(confirm.get("style"), f"{at}/style", ["primary", "danger"])
        for key in ("confirm", "deny"):
            problems.text(confirm[key], f"{at}/{key}", limits.CONFIRM_BUTTON, PLAIN)
