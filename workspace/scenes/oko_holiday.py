"""Orchard on Oko: one business day, on the afternoon before a federal holiday and a weekend."""

from datetime import date

from workspace.acting import answer, form_of, press_pinned
from workspace.scenes.days import on
from workspace.scenes.requests import oko
from workspace.scenes.scene import Scene, Tell
from workspace.scenes.ways_in import by_button, by_offer
from workspace.scenes.working import claim, helps, rate, resolve, take_by_eyes, write
from workspace.stage import Stage

ORCHARD = "C0ORCHARD"
wednesday = on(date(2026, 7, 1), "America/New_York")
thursday = on(date(2026, 7, 2), "America/New_York")
STORY = (
    "It is Thursday, 16:42 in New York, and tomorrow Independence Day is observed. What Olga asked at 16:00 is due on "
    "Monday at 16:00: press Why this time? on its card to see which hours were counted. What she asked in the night is "
    "due today at 18:00 and nobody has taken it; move time to 17:06 and #managers hears of it."
)
IN_THE_NIGHT = """The weekly export stopped in the middle: 312 of 480 rows arrived, without an error.
It has run every Wednesday evening since March."""
BEFORE_THE_HOLIDAY = "<@U0BOT> We'd like orders over $500 to need an approval. How do we set that up?"


def course(stage: Stage, tell: Tell) -> None:
    """From Wednesday noon to Thursday afternoon."""
    tell("Orchard asks two things on Wednesday")
    stage.move_to(wednesday(12, 10))
    _lost_a_filter(stage)
    stage.move_to(wednesday(14, 0))
    training = _wants_a_training(stage)
    tell("Orchard's export stops in the night")
    stage.move_to(wednesday(23, 15))
    _export_stopped(stage)
    tell("Thursday: support answers, and a manager gets a request")
    stage.move_to(thursday(10, 5))
    _training_is_answered(stage, training)
    stage.move_to(thursday(11, 20))
    _asks_for_more_than_support(stage)
    stage.move_to(thursday(13, 48))
    _invitations_fail(stage)
    tell("Orchard asks about approvals before the holiday")
    stage.move_to(thursday(16, 0))
    _asks_before_the_holiday(stage)
    stage.move_to(thursday(16, 42))


def _lost_a_filter(stage: Stage) -> None:
    olga, frank = stage.person("Olga"), stage.person("Frank")
    asked = "The filter by supplier was above the list of orders until yesterday. I can't find it any more."
    number = by_button(stage, olga, ORCHARD, oko("Where did the filter go?", asked, "Product support"))
    stage.move_to(wednesday(12, 31))
    claim(stage, frank, number)
    stage.move_to(wednesday(13, 4))
    note = "It moved into the Filters menu at the right. I pinned it above your list again, for everyone at Orchard."
    resolve(stage, frank, number, note)
    stage.move_to(wednesday(13, 20))
    helps(stage, olga, ORCHARD, number)
    rate(stage, olga, ORCHARD, number, "★★★★★ Very well", "Found at once, thank you!")


def _wants_a_training(stage: Stage) -> int:
    asked = "Two colleagues become administrators in August. What should they learn first?"
    request = oko("Training for two administrators", asked, "Administrator training")
    return by_button(stage, stage.person("Olga"), ORCHARD, request)


def _export_stopped(stage: Stage) -> None:
    request = oko("The weekly export stops halfway", IN_THE_NIGHT, "Something isn't working")
    by_button(stage, stage.person("Olga"), ORCHARD, request)


def _training_is_answered(stage: Stage, number: int) -> None:
    text = "Good morning Olga! Roles and permissions first, then reports. Would two hours on 13 July suit you both?"
    write(stage, stage.person("Frank"), ORCHARD, number, text)


def _asks_for_more_than_support(stage: Stage) -> None:
    """Customization opens no case: the form hands it to a manager."""
    olga = stage.person("Olga")
    press_pinned(stage, olga, ORCHARD)
    form = answer(stage, olga, "What kind of request is it?", "Customization")
    asked = "Our auditors need orders printed in a layout of their own. Could you build it for us?"
    olga.fill(form, {"Title": "A print layout for our auditors", "What happens?": asked})
    olga.submit(form)
    olga.close(form_of(stage, olga))
    stage.quiet()


def _invitations_fail(stage: Stage) -> None:
    olga, erin = stage.person("Olga"), stage.person("Erin")
    asked = "Invitations to new colleagues arrive a day late, or in the junk folder."
    number = by_button(stage, olga, ORCHARD, oko("Invitations arrive late", asked, "Something isn't working"))
    stage.move_to(thursday(14, 6))
    take_by_eyes(stage, erin, number)


def _asks_before_the_holiday(stage: Stage) -> None:
    olga = stage.person("Olga")
    message = olga.post(ORCHARD, BEFORE_THE_HOLIDAY)
    details = "Orders over $500 should wait until a head of department has approved them."
    by_offer(stage, olga, message, oko("Approval of orders over $500", details, "Product support"))


OKO_HOLIDAY = Scene(
    name="oko-holiday",
    title="The day before a holiday",
    story=STORY,
    starts_at=wednesday(12, 0),
    course=course,
    viewer="U0OLGA",
    place=ORCHARD,
)
