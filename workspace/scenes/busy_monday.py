"""All three customers at once, on a Monday morning: a dozen cases, in every state that there is."""

from datetime import date

from workspace.scenes import busy_monday_requests as asked
from workspace.scenes.days import on
from workspace.scenes.scene import Scene, Tell
from workspace.scenes.ways_in import by_button, by_offer, by_shortcut
from workspace.scenes.working import (
    TRIAGE,
    ask,
    change_priority,
    claim,
    confirm,
    give_back,
    resolve,
    still_on_it,
    take_by_eyes,
    write,
)
from workspace.stage import Stage

ACME, BOLT, ORCHARD, BOTH = "C0ACME", "C0BOLT", "C0ORCHARD", "C0BOTH"
friday = on(date(2026, 7, 10), "America/New_York")
monday = on(date(2026, 7, 13), "America/New_York")
STORY = (
    "It is Monday, 10:36 in New York, and three customers have a dozen cases. Acme waits for an answer that was due at "
    "10:08, for another one that is due at 10:43, and Bob hasn't said yet that he can be reached for a Priority 1. You "
    "are Max, who manages: see #managers and your direct messages, then be Erin or Frank and claim what can't wait."
)


def course(stage: Stage, tell: Tell) -> None:
    """From Friday afternoon to Monday, half past ten. Cases are numbered in the order in which they are opened."""
    tell("Friday: Orchard asks about two currencies")
    _two_currencies(stage)
    tell("Monday: Acme can't sign in; Erin takes it")
    _acme_is_locked_out(stage)
    tell("The queue fills up")
    _queue_fills(stage)
    tell("Frank and Erin work on it")
    _engineers_work(stage)
    tell("A second Priority 1")
    _gateway_fails(stage)
    tell("Bolt's passwords turn out to be urgent; a case is resolved")
    _urgent_after_all(stage)
    tell("Deadlines come near, and one passes")
    _late_morning(stage)


def _two_currencies(stage: Stage) -> None:
    stage.move_to(friday(15, 4))
    olga = stage.person("Olga")
    message = olga.post(ORCHARD, "<@U0BOT> can one supplier have prices in two currencies?")
    by_offer(stage, olga, message, asked.INVOICES)


def _acme_is_locked_out(stage: Stage) -> None:
    dana, erin = stage.person("Dana"), stage.person("Erin")
    stage.move_to(monday(7, 2))
    by_button(stage, dana, ACME, asked.SIGN_IN)
    stage.move_to(monday(7, 5))
    confirm(stage, dana, ACME, 2)
    stage.move_to(monday(7, 19))
    take_by_eyes(stage, erin, 2)
    stage.move_to(monday(7, 26))
    write(stage, erin, ACME, 2, "Good morning Dana. I see the white page too, and have called our network team.")
    stage.move_to(monday(7, 40))
    ask(stage, erin, 2, "Could one of you load the page from inside your own network, and send us what it ends with?")


def _queue_fills(stage: Stage) -> None:
    dana, bob, boris = (stage.person(name) for name in ("Dana", "Bob", "Boris"))
    stage.move_to(monday(8, 8))
    by_button(stage, bob, ACME, asked.NO_CHANGES)
    stage.move_to(monday(8, 31))
    by_button(stage, boris, BOLT, asked.WRONG_LANGUAGE)
    stage.move_to(monday(8, 43))
    by_button(stage, dana, BOTH, asked.ONE_PERSON)
    stage.move_to(monday(8, 50))
    claim(stage, stage.person("Frank"), 4)
    wish = bob.post(ACME, "Could people be warned before their session ends? They lose what they typed.")
    stage.move_to(monday(8, 55))
    by_shortcut(stage, stage.person("Erin"), wish, asked.SIGN_OUT_WARNING)
    stage.move_to(monday(9, 2))
    _bolt_writes_in_the_shared_channel(stage)
    stage.move_to(monday(9, 10))
    by_button(stage, stage.person("Olga"), ORCHARD, asked.IMPORT)
    stage.move_to(monday(9, 15))
    by_button(stage, boris, BOLT, asked.LOGS)


def _bolt_writes_in_the_shared_channel(stage: Stage) -> None:
    boris = stage.person("Boris")
    message = boris.post(BOTH, "Tokens for our joint project take 20 seconds this morning. Is that only us?")
    stage.move_to(monday(9, 4))
    stage.person("Frank").react(message, "ticket")
    stage.quiet()
    stage.move_to(monday(9, 6))
    by_offer(stage, boris, message, asked.SLOW_TOKENS)


def _engineers_work(stage: Stage) -> None:
    erin, frank = stage.person("Erin"), stage.person("Frank")
    stage.move_to(monday(9, 19))
    write(stage, erin, ACME, 6, "A good idea, Bob. I've put it before the product team, and tell you what they say.")
    erin.post(TRIAGE, "Acme's sign-in keeps me busy. Frank, could you look after the rest of the queue?")
    stage.move_to(monday(9, 25))
    take_by_eyes(stage, frank, 8)
    stage.move_to(monday(9, 30))
    claim(stage, erin, 9)
    stage.move_to(monday(9, 40))
    give_back(stage, frank, 4)


def _gateway_fails(stage: Stage) -> None:
    stage.move_to(monday(9, 48))
    by_button(stage, stage.person("Bob"), ACME, asked.GATEWAY)
    stage.move_to(monday(9, 52))
    by_button(stage, stage.person("Boris"), BOLT, asked.PASSWORD_RESETS)
    stage.move_to(monday(9, 59))
    claim(stage, stage.person("Frank"), 10)


def _urgent_after_all(stage: Stage) -> None:
    stage.move_to(monday(10, 5))
    note = "Thirty days on your plan. A log stream keeps them for as long as you like; the guide is in your inbox."
    resolve(stage, stage.person("Erin"), 9, note, "Your question is answered")
    stage.move_to(monday(10, 12))
    write(stage, stage.person("Frank"), ACME, 10, "Hello Bob, I see it failing too and am reading the server's log.")
    why = "More of your customers report it to us directly, so we treat it as a fault that affects many."
    change_priority(stage, stage.person("Max"), 11, "Change severity…", "Severity 2 (High)", why)


def _late_morning(stage: Stage) -> None:
    stage.move_to(monday(10, 28))
    still_on_it(stage, stage.person("Frank"), 10)
    stage.move_to(monday(10, 33))
    by_button(stage, stage.person("Dana"), ACME, asked.MAINTENANCE_NOTE)
    stage.move_to(monday(10, 36))


BUSY_MONDAY = Scene(
    name="busy-monday",
    title="A busy Monday",
    story=STORY,
    starts_at=friday(15, 0),
    course=course,
    viewer="U0MAX",
    place=TRIAGE,
)
