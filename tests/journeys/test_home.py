"""App Home over a case's life, for each who looks: fresh when it is opened, and each sees what is theirs."""

from tests.handlers.looks import words
from tests.journeys.acting import open_p1
from workspace.acting import answer, card, form_of, offers, said
from workspace.model import View
from workspace.people import Person
from workspace.stage import Stage


def opened(stage: Stage, name: str, *wanted: str) -> str:
    """What this person reads on their Home after opening it, once all of these words are there."""
    stage.person(name).open_home()
    return "\n".join(words(there(stage, name, *wanted).blocks))


def there(stage: Stage, name: str, *wanted: str) -> View:
    """Their Home, once it shows all of these words."""

    def shown() -> View | None:
        home = stage.slack.home(name)
        return home if home and all(word in "\n".join(words(home.blocks)) for word in wanted) else None

    return stage.slack.wait_until(shown, 10)


def test_an_engineer_claims_from_home_and_the_customer_hears_of_it(stage: Stage) -> None:
    assert "every case has somebody" in opened(stage, "Erin", "Unclaimed")
    open_p1(stage)
    opened(stage, "Erin", "Unclaimed, by time left (1)", "*1 h 00 min left*")
    stage.move(minutes=50)
    opened(stage, "Erin", "*10 min left*")
    erin = stage.person("Erin")
    erin.press(there(stage, "Erin", "10 min left"), "Claim")
    stage.quiet()
    there(stage, "Erin", "C-1 is yours", "Mine (1)", "every case has somebody")
    assert said(stage, "C0ACME", "C-1", f"<@{erin.id}>")
    opened(stage, "Frank", "*Mine*: nothing", "every case has somebody")


def test_the_number_on_a_line_leads_to_the_triage_card(stage: Stage) -> None:
    open_p1(stage)
    ts = card(stage, "C0TRIAGE").ts.replace(".", "")
    opened(stage, "Erin", f"slack.com/archives/C0TRIAGE/p{ts}|C-1>")
    ts = card(stage, "C0ACME").ts.replace(".", "")
    opened(stage, "Dana", f"slack.com/archives/C0ACME/p{ts}|C-1>")


def test_a_manager_sees_what_is_at_risk_then_what_was_missed_and_how_promises_were_kept(stage: Stage) -> None:
    open_p1(stage)
    assert "No case of that time has been answered yet" in opened(stage, "Max", "At risk now (1)")
    stage.move(minutes=61)
    seen = opened(stage, "Max", "Breached (1)", "*At risk now*: no deadline is near.")
    assert "nobody yet" in seen
    assert "• \u2068Acme\u2069: *0 %* (0 of 1)" in seen, "late is late, also before somebody answers"
    stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()
    seen = opened(stage, "Max", "answered late", "• <@U0ERIN>: 1 in work")
    assert "• \u2068Acme\u2069: *0 %* (0 of 1)" in seen
    stage.move(hours=4)
    opened(stage, "Max", "24x7 promises not confirmed (1)", "<@U0DANA>, backup <@U0BOB>")


def test_a_manager_sees_who_is_away_and_until_when(stage: Stage) -> None:
    open_p1(stage)
    stage.person("Erin").command("/case", "away for 30m", "C0TRIAGE")
    stage.person("Frank").command("/case", "away", "C0TRIAGE")
    seen = opened(stage, "Max", "• <@U0ERIN>: nothing · away until <!date^1782999000^")
    assert "• <@U0FRANK>: nothing · away\n" in f"{seen}\n"
    stage.move(minutes=31)
    assert "• <@U0ERIN>: nothing\n" in opened(stage, "Max", "29 min left")


def test_support_hours_of_the_day_are_told_with_the_holiday_to_come(stage: Stage) -> None:
    assert "🟢 open until" in opened(stage, "Erin", "*\u2068Oko\u2069*", "Independence Day (observed)\u2069, Fri 3 Jul")
    stage.move(hours=10)
    seen = opened(stage, "Erin", "⚪ closed until")
    line = next(each for each in seen.splitlines() if "\u2068Oko\u2069" in each)
    assert "⚪ closed until <!date^1783342800^" in line, "Monday 6 July, 09:00 in New York"


def open_for_bolt(stage: Stage) -> None:
    """Boris opens C-2 from his message in the channel that Bolt shares with Acme, with words that would do harm."""
    boris = stage.person("Boris")
    boris.post("C0BOTH", "<@U0BOT> <!channel> our own trouble")
    stage.quiet()
    press_newest_offer(stage, boris)
    boris.fill(form_of(stage, boris), {"Title": "<!channel> our own trouble", "Which tenant?": "eu"})
    answer(stage, boris, "Is this tenant in production?", "Yes")
    boris.submit(answer(stage, boris, "What is the impact in production?", "A component misbehaves"))
    stage.quiet()


def press_newest_offer(stage: Stage, who: Person) -> None:
    who.press([message for message in said(stage, "C0BOTH") if offers(message, "Open a case")][-1], "Open a case")


def test_each_customer_sees_their_own_and_nothing_of_another(stage: Stage) -> None:
    open_p1(stage)
    open_for_bolt(stage)
    acme = opened(stage, "Dana", "With us (1)", "Nobody can sign in", "a first answer within")
    opened(stage, "Bob", "With us (1)")
    bolt = opened(stage, "Boris", "With us (1)", "our own trouble")
    thread = next(message.ts for message in stage.slack.messages("C0BOTH") if message.user == "U0BORIS")
    assert f"?thread_ts={thread}&amp;cid=C0BOTH|C-2>" in bolt
    assert "<!channel" not in bolt
    olga = opened(stage, "Olga", "no case is open")
    assert "Okta Premier" in acme
    assert "Auth0 Enterprise" in bolt
    assert "Oko" in olga
    for mine, others in (
        (acme, ("Bolt", "Orchard")),
        (bolt, ("Acme", "Orchard", "C-1")),
        (olga, ("Acme", "Bolt", "C-1")),
    ):
        assert not [other for other in others if other in mine]


def test_nobody_gets_a_home_who_did_not_open_theirs(stage: Stage) -> None:
    open_p1(stage)
    stage.move(hours=2)
    assert stage.slack.calls("views.publish") == []
    opened(stage, "Erin", "Unclaimed")
    assert {call.args["user_id"] for call in stage.slack.calls("views.publish")} == {"U0ERIN"}
