"""`python -m workspace`: the local Slack in the browser, with the bot in it."""

import os
import sys

from workspace.bot_process import warm_up


def main() -> int:
    """The exit code. `SCENE` in the environment names the story that it begins with."""
    warm_up()
    # Imported while the bot's process, warming up, imports its own.
    from workspace.scenes import DEFAULT, SCENES
    from workspace.serve import serve

    wanted = os.environ.get("SCENE") or DEFAULT
    if wanted not in SCENES:
        print(f"There is no scene {wanted!r}. SCENE may be one of: {', '.join(SCENES)}.", file=sys.stderr)
        return 2
    serve(SCENES[wanted])
    return 0


if __name__ == "__main__":
    sys.exit(main())
