"""Requests that open no case: handed to a manager, or left with the team without a clock."""

from cases.change import Places
from cases.intake import Form, Intake, Preview
from cases.people import Actor
from cases.says import Say, SayKind, Urgency


def to_manager(intake: Intake, shown: Preview, form: Form, actor: Actor, places: Places) -> Say:
    """A request out of scope that a manager should take up."""
    return Say(
        key=f"hand-over:{intake.id}",
        kind=SayKind.HAND_OVER,
        channel=places.managers,
        urgency=Urgency.REPLY,
        body=_body(intake, shown, form, actor, shown.kind.label if shown.kind else ""),
    )


def to_triage(intake: Intake, shown: Preview, form: Form, actor: Actor, places: Places) -> Say:
    """A request about a tenant that isn't in production: read by the team, promised nothing."""
    about = shown.product.name if shown.product else ""
    more = {"tenant": form.tenant.strip(), "channel": intake.channel}
    return Say(
        key=f"left:{intake.id}",
        kind=SayKind.LEFT_REQUEST,
        channel=places.triage,
        urgency=Urgency.REPLY,
        body={**_body(intake, shown, form, actor, about), **more},
    )


def _body(intake: Intake, shown: Preview, form: Form, actor: Actor, about: str) -> dict[str, str]:
    return {
        "account": shown.account.name,
        "program": shown.program.name,
        "about": about,
        "title": form.title.strip(),
        "details": form.details.strip(),
        "user": actor.person.user,
        "permalink": intake.source.permalink if intake.source else "",
    }
