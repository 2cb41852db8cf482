"""What crosses between a case's two threads, in whatever order the news of it comes."""

import json
from dataclasses import replace

import pytest

from cases.case import Case
from cases.case_parts import SourceMessage
from cases.crossing import File, Line
from cases.errors import Refused
from cases.intake import Form, Opened
from cases.people import Actor, Person
from cases.queues import Post
from cases.says import Say, SayKind, card_key
from cases.threads import Threads
from tests.builders import CUSTOMER, DANA, ENG, ENGINEER, NOON
from tests.desk.conftest import Office
from tests.desk.test_desk import MINUTE, stored
from tests.desk.test_reception import BORIS, MESSAGE, P1

LATER = f"{int(NOON.timestamp()) + 60}.000100"
LINE = Line("C0ACME", LATER, MESSAGE.ts, DANA, "It is worse now", link="https://x/2")
CARD = "9.1"
MARKED = Line("C0TRIAGE", LATER, CARD, ENG, "!reply We are on it")


@pytest.fixture
def threads(office: Office) -> Threads:
    return office.threads


def opened_from(office: Office, source: SourceMessage, actor: Actor = CUSTOMER, form: Form = P1) -> Case:
    intake = office.reception.begin(source.channel, actor, NOON, source)
    done = office.reception.open(intake.id, actor, form, NOON)
    assert isinstance(done, Opened)
    return done.case


@pytest.fixture
def case(office: Office) -> Case:
    """C-1 from Dana's message in C0ACME; its triage card stands as message 9.1."""
    case = opened_from(office, MESSAGE)
    with office.units() as uow:
        card = next(one for one in uow.outbox.claim(NOON, 9, ()) if one.say.key == card_key(1, "triage"))
        uow.outbox.sent(card.id, Post("C0TRIAGE", CARD), NOON)
    return case


def newest(office: Office, kind: SayKind) -> Say:
    """What the one message of this kind shows in the end."""
    with office.units() as uow:
        (first,) = uow.outbox.said(1, kind)
        latest = uow.outbox.latest(first.key)
    assert latest is not None
    return latest


def copies(office: Office, kind: SayKind = SayKind.LINE) -> list[Say]:
    with office.units() as uow:
        return list(uow.outbox.said(1, kind))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1), (2, 0, 0, 1)])
def test_the_latest_edit_stands_whatever_comes_first(
    office: Office, threads: Threads, case: Case, order: tuple[int, ...]
) -> None:
    told = [LINE, replace(LINE, text="second", edited="2.0"), replace(LINE, text="third", edited="3.0")]
    for turn in order:
        threads.show(told[turn], CUSTOMER)
    assert newest(office, SayKind.LINE).body["text"] == "third"


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (1, 0, 0)])
def test_a_deletion_is_the_end_and_keeps_no_words(
    office: Office, threads: Threads, case: Case, order: tuple[int, ...]
) -> None:
    told = [LINE, replace(LINE, deleted=True)]
    for turn in order:
        threads.show(told[turn], CUSTOMER)
    shown = newest(office, SayKind.LINE).body
    assert (shown["deleted"], shown["text"]) == (True, "")


def test_who_is_of_another_account_is_not_shown_here(office: Office, threads: Threads) -> None:
    shared = replace(MESSAGE, channel="C0BOTH")
    opened_from(office, shared)
    theirs = replace(LINE, channel="C0BOTH", author=BORIS.person)
    for line in (theirs, replace(theirs, edited="2.0"), replace(theirs, deleted=True)):
        threads.show(line, BORIS)
    assert copies(office) == []
    threads.show(replace(LINE, channel="C0BOTH"), CUSTOMER)
    assert len(copies(office)) == 1


def test_in_a_thread_with_cases_of_two_accounts_each_writes_for_their_own(office: Office, threads: Threads) -> None:
    root = replace(MESSAGE, channel="C0BOTH")
    opened_from(office, root)
    theirs = SourceMessage("C0BOTH", f"{root.ts[:-1]}7", BORIS.person, "Ours too", thread=root.ts)
    form = Form(title="Slow", details="Logins are slow.", tenant="bolt-eu", production=True, priority=3)
    second = opened_from(office, theirs, BORIS, form)
    with office.units() as uow:
        assert uow.cases.by_thread("C0BOTH", root.ts) == uow.cases.get(second.number)

    threads.show(replace(LINE, channel="C0BOTH", thread=root.ts), CUSTOMER)
    assert len(copies(office)) == 1


def test_an_edit_follows_the_case_that_it_was_shown_for(office: Office, threads: Threads, case: Case) -> None:
    threads.show(LINE, CUSTOMER)
    again = SourceMessage("C0ACME", f"{MESSAGE.ts[:-1]}8", DANA, "And this", thread=MESSAGE.ts)
    opened_from(office, again)
    threads.show(replace(LINE, text="mended", edited="2.0"), CUSTOMER)
    assert newest(office, SayKind.LINE).body["text"] == "mended"


def test_long_words_are_cut_and_files_kept_by_name(office: Office, threads: Threads, case: Case) -> None:
    threads.show(replace(LINE, text="x" * 40_000, files=(File("a.har", "https://x/f"),) * 12), CUSTOMER)
    body = newest(office, SayKind.LINE).body
    assert (len(str(body["text"])), body["left_out"]) == (2500, 37_500)
    assert json.loads(str(body["files"])) == [["a.har", "https://x/f"]] * 10


def test_a_reply_is_a_first_response_of_its_own_time(office: Office, threads: Threads, case: Case) -> None:
    threads.reply(MARKED, "We are on it", ENGINEER, NOON + 5 * MINUTE)
    response = stored(office, case).response
    assert response is not None
    assert (response.person, response.at) == (ENG, NOON + MINUTE)


def test_a_reply_told_twice_is_sent_once(office: Office, threads: Threads, case: Case) -> None:
    for _ in range(2):
        threads.reply(MARKED, "We are on it", ENGINEER, NOON + 5 * MINUTE)
        threads.write(1, "And more", ENGINEER, "V1", NOON + 5 * MINUTE)
    assert [say.body["text"] for say in copies(office, SayKind.REPLY)] == ["We are on it", "And more"]
    assert len(copies(office, SayKind.SENT)) == 2


def test_replies_wait_for_one_another(office: Office, threads: Threads, case: Case) -> None:
    for number in range(3):
        threads.write(1, f"{number}", ENGINEER, f"V{number}", NOON)
    replies = copies(office, SayKind.REPLY)
    assert [say.after for say in replies] == [None, replies[0].key, replies[1].key]


@pytest.mark.parametrize("who", [CUSTOMER, Actor(Person("U0X", "T0HOST", "Hanna"))])
def test_nobody_but_support_sends_a_reply(office: Office, threads: Threads, case: Case, who: Actor) -> None:
    threads.reply(MARKED, "We are on it", who, NOON)
    with pytest.raises(Refused, match="Only the support team"):
        threads.write(1, "hello", who, "V1", NOON)
    assert copies(office, SayKind.REPLY) == []


def test_only_the_thread_of_the_card_is_the_cases_own(office: Office, threads: Threads, case: Case) -> None:
    threads.reply(replace(MARKED, thread="9.2"), "We are on it", ENGINEER, NOON)
    threads.reply(replace(MARKED, channel="C0OTHER"), "We are on it", ENGINEER, NOON)
    assert copies(office, SayKind.REPLY) == []


def test_a_change_of_what_never_crossed_stays_inside(office: Office, threads: Threads, case: Case) -> None:
    threads.reply(replace(MARKED, text="internal", edited="2.0"), None, ENGINEER, NOON)
    threads.reply(replace(MARKED, text="internal", deleted=True), None, ENGINEER, NOON)
    assert copies(office, SayKind.REPLY) == []
    assert stored(office, case).response is None
