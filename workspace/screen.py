"""What a person does with what is shown: pressing buttons, choosing, filling in forms, submitting and closing them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workspace.api_views import clear_screen, put_on_screen, replace, take_off_screen
from workspace.check_payloads import accept_view
from workspace.controls import Choice, Wanted, action, find, option, used
from workspace.errors import ApiError, AppAnsweredWrongly, PersonRefused
from workspace.forms import EMPTY, dispatches, problems, starting_values
from workspace.model import JsonDict, Message, View
from workspace.payloads import Payloads
from workspace.response_urls import ResponseUrls
from workspace.socket_mode import SocketHub
from workspace.world import World


@dataclass(frozen=True)
class Submission:
    """What came of pressing submit. ``outcome``: closed, errors, updated, pushed or cleared. ``errors`` by block id;
    ``sent`` is false where Slack's own client held the form back. ``view`` is what is on the screen afterwards."""

    outcome: str
    view: View | None
    errors: dict[str, str] = field(default_factory=dict)
    sent: bool = True


class Screen:
    """One person's clicks. Each waits until the app has acknowledged it, ``patience`` seconds at most."""

    def __init__(
        self, user_id: str, world: World, payloads: Payloads, hub: SocketHub, responses: ResponseUrls, patience: float
    ) -> None:
        self.id = user_id
        self._world, self._payloads, self._hub, self._responses = world, payloads, hub, responses
        self._patience = patience

    def press(self, target: Message | View, button: Wanted) -> None:
        """Presses a button, by its action id, its block's id or its words."""
        self._can_see(target)
        block, element = find(target.blocks, button, {"button"})
        self._act(target, action(block, element))

    def pick(self, target: Message | View, menu: Wanted, choice: str) -> None:
        """Picks from an overflow menu, by an option's value or words."""
        self._can_see(target)
        block, element = find(target.blocks, menu, {"overflow"})
        self._act(target, action(block, element, {"selected_option": option(element, choice)}))

    def choose(self, target: Message | View, element: Wanted, choice: Choice) -> None:
        """Sets an element, found by action id, block id or label. The app hears at once if the element dispatches."""
        self._can_see(target)
        block, found, state = self._hold(target, element, choice)
        if dispatches(block):
            self._act(target, action(block, found, state))

    def hold(self, target: Message | View, element: Wanted, choice: Choice) -> None:
        """Types into an element, or sets it, and stays there: the app learns of it with the next thing it is told."""
        self._can_see(target)
        self._hold(target, element, choice)

    def fill(self, view: View, answers: Mapping[str, Choice]) -> None:
        """Fills in several elements, each named by block id, action id or label."""
        for element, choice in answers.items():
            self.choose(view, element, choice)

    def submit(self, view: View) -> Submission:
        """Presses submit. What is missing or too long is said on the form and not sent; else the app decides."""
        self._can_see(view)
        if not view.body.get("submit"):
            raise PersonRefused("this view has no submit button")
        held_back = problems(view.blocks, view.values)
        if held_back:
            return self._keep(view, held_back, sent=False)
        answer = self._interact(self._payloads.submission(self._world.state.users[self.id], view))
        with self._world.state.change():
            return self._follow(view, answer)

    def close(self, view: View) -> None:
        """Closes one view, or all where the view says so; the app hears of it if the view asked for that."""
        self._can_see(view)
        clears = bool(view.body.get("clear_on_close"))
        with self._world.state.change():
            if clears:
                clear_screen(self._world, self.id)
            else:
                take_off_screen(self._world, view)
        if view.body.get("notify_on_close"):
            self._interact(self._payloads.closed(self._world.state.users[self.id], view, is_cleared=clears))

    def _follow(self, view: View, answer: JsonDict) -> Submission:
        """Does what the acknowledgement of a submission says."""
        wish = answer.get("response_action")
        if wish == "errors":
            return self._keep(view, self._app_errors(view, answer))
        if wish == "clear":
            clear_screen(self._world, self.id)
            return Submission("cleared", None)
        if wish is None:
            return self._closed(view)
        try:
            body = accept_view(self._world.state, answer.get("view"), "modal")
            if wish == "update":
                replace(self._world, view, body)
                return Submission("updated", view)
            return Submission("pushed", put_on_screen(self._world.within(view.app_team), self.id, body))
        except ApiError as refusal:
            raise AppAnsweredWrongly(f"Slack can't show this view: {refusal.code}", refusal.messages) from None

    def _closed(self, view: View) -> Submission:
        if view.id in self._world.state.views:
            take_off_screen(self._world, view)
        stack = self._world.state.stacks[self.id]
        return Submission("closed", self._world.state.views[stack[-1]] if stack else None)

    def _keep(self, view: View, errors: dict[str, str], sent: bool = True) -> Submission:
        with self._world.state.change():
            view.errors = errors
            return Submission("errors", view, errors, sent)

    def _app_errors(self, view: View, answer: JsonDict) -> dict[str, str]:
        errors = answer.get("errors")
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or errors.keys() - inputs:
            raise AppAnsweredWrongly(f"errors must name input blocks of the view, not {errors}")
        return {str(block): str(words) for block, words in errors.items()}

    def _hold(self, target: Message | View, element: Wanted, choice: Choice) -> tuple[JsonDict, JsonDict, JsonDict]:
        block, found = find(target.blocks, element, set(EMPTY))
        state = used(found, choice)
        with self._world.state.change():
            self._values(target).setdefault(block["block_id"], {})[found["action_id"]] = state
        return block, found, state

    def _act(self, target: Message | View, body: JsonDict) -> None:
        user = self._world.state.users[self.id]
        if isinstance(target, View):
            self._interact(self._payloads.click_on_view(user, target, body))
        else:
            self._interact(self._payloads.click_on_message(user, target, body))

    def _interact(self, payload: JsonDict) -> JsonDict:
        return self._hub.ask("interactive", payload, self._patience)

    def _values(self, target: Message | View) -> dict[str, JsonDict]:
        if isinstance(target, View):
            return target.values
        return target.inputs.setdefault(self.id, starting_values(target.blocks))

    def _homes(self) -> list[View]:
        return [home for home in self._world.state.homes.values() if home.user == self.id]

    def _can_see(self, target: Message | View) -> None:
        """Raises ``PersonRefused`` unless it is before this person's eyes now."""
        if isinstance(target, View):
            top = self._world.state.stacks.get(self.id, [])[-1:]
            if target.id not in top and target not in self._homes():
                raise PersonRefused("this view is not on the screen")
        elif target.ephemeral_for not in (None, self.id):
            raise PersonRefused("this message is for someone else")
        elif self.id not in self._world.state.channels[target.channel].members:
            raise PersonRefused("this message is in a channel that the person is not in")
