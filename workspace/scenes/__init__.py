"""The scenes by name, as `make run SCENE=` takes them; without a name, the quiet morning."""

from workspace.scenes.auth0_friday import AUTH0_FRIDAY
from workspace.scenes.busy_monday import BUSY_MONDAY
from workspace.scenes.oko_holiday import OKO_HOLIDAY
from workspace.scenes.p1_at_night import P1_AT_NIGHT
from workspace.scenes.quiet_morning import QUIET_MORNING
from workspace.scenes.scene import Scene, Tell

__all__ = ["DEFAULT", "SCENES", "Scene", "Tell"]

DEFAULT = QUIET_MORNING.name
SCENES: dict[str, Scene] = {
    scene.name: scene for scene in (QUIET_MORNING, P1_AT_NIGHT, OKO_HOLIDAY, AUTH0_FRIDAY, BUSY_MONDAY)
}
