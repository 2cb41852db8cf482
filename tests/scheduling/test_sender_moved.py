"""What was said to a channel's old id by a process that didn't know yet goes to the new one, once."""

from cases.messages import SendRefused
from scheduling.sender import Sender
from tests.scheduling.conftest import House, line


def test_what_the_old_id_refuses_stands_at_the_new_one(house: House, sender: Sender) -> None:
    with house.units() as unit:
        unit.channels.move("C0TRIAGE", "C0WIDER")
    house.slack.will_fail("post", SendRefused("channel_not_found"), channel="C0TRIAGE")
    house.say(line("rung", "C0TRIAGE"))
    sender.drain()
    house.clock.move(seconds=1)
    sender.drain()
    assert (house.slack.texts("C0TRIAGE"), house.slack.texts("C0WIDER")) == ([], ["rung"])
    with house.units() as unit:
        assert unit.outbox.sendings(["rung"])["rung"].sent
