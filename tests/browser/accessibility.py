"""What axe-core finds on a page."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.window import Window

GRAVE = {"serious", "critical"}


def grave_faults(window: Window) -> list[str]:
    """Those that keep somebody out, each with where it is and why."""
    found = Axe().run(window.page).response["violations"]
    return [
        f"{fault['id']} at {node['target']}: {node['failureSummary']}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]
