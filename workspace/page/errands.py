"""What somebody at the page asks for: found by its verb, carried out, and answered in words for a person."""

from workspace.errors import ApiError, AppAnsweredWrongly, AppDidNotRespond, PersonRefused
from workspace.house import House
from workspace.model import JsonDict
from workspace.page import deeds, levers

NO_ANSWER = "Caseclock didn't answer in time, so nothing happened. Real Slack shows a warning sign here."


def run_errand(house: House, verb: str, wish: JsonDict) -> str:
    """What to tell the person who asked, or nothing; ``wish`` is what the page sent.

    Raises ``PersonRefused``, with what to tell them instead: Slack says no, the bot is silent, a part is missing.
    """
    try:
        person = house.slack.user(str(wish["viewer"]))
        if verb in levers.VERBS:
            return levers.VERBS[verb](levers.Levers(house, person, wish)) or ""
        if verb in deeds.VERBS:
            deeds.VERBS[verb](deeds.Deeds(house.slack, person, wish))
            return ""
    except AppDidNotRespond as silence:
        raise PersonRefused(f"{NO_ANSWER} ({silence})") from None
    except AppAnsweredWrongly as odd:
        raise PersonRefused(f"Caseclock's answer is one that Slack can't show: {odd.args}") from None
    except ApiError as refusal:
        raise PersonRefused(f"Slack refuses: {refusal.code}") from None
    except (KeyError, TypeError, ValueError) as broken:
        raise PersonRefused(f"This part of the page is out of date; it has been drawn anew. ({broken})") from None
    raise PersonRefused(f"This page can't do {verb!r}.")
