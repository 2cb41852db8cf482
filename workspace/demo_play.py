"""What people of the demo do: pressing, answering, sending, and waiting until Slack shows what came of it."""

from collections.abc import Callable
from datetime import datetime

from workspace.demo_teller import Teller
from workspace.model import Message, View
from workspace.people import Person
from workspace.stage import Stage

ACME, BOLT, ORCHARD, TRIAGE = "C0ACME", "C0BOLT", "C0ORCHARD", "C0TRIAGE"


class Play:
    """The stage and its storyteller, and the moves that every chapter is made of."""

    def __init__(self, stage: Stage, teller: Teller) -> None:
        self.stage, self.teller = stage, teller

    def person(self, name: str) -> Person:
        """Somebody of the story."""
        return self.stage.person(name)

    def at(self, when: datetime) -> None:
        """Lets time pass until then; what happens on the way is told with the next line."""
        self.stage.move_to(when)

    def tell(self, who: Person, line: str, deed: Callable[[], object] | None = None) -> None:
        """A narrated line, the deed itself, and what it led to."""
        self.teller.narrate(who, line)
        if deed is not None:
            deed()
        self.stage.quiet()
        self.teller.news()

    def message(self, channel: str, *words: str) -> Message:
        """The latest message in a channel that shows all of these words."""
        said = reversed(self.stage.slack.messages(channel))
        return next(m for m in said if all(word in f"{m.text}\n{m.blocks}" for word in words))

    def open_form(self, who: Person, message: Message) -> View:
        """Presses Open a case on a message; the form that comes."""
        who.press(message, "Open a case")
        return self.form_of(who)

    def form_of(self, who: Person) -> View:
        """The form on the person's screen, once it is there."""
        return self.stage.slack.wait_until(lambda: self.stage.slack.view_for(who))

    def answer(self, who: Person, question: str, choice: str) -> View:
        """Answers a question that redraws the form; the form as it is then."""
        before = self.form_of(who)
        drawn = before.hash
        who.choose(before, question, choice)
        return self.stage.slack.wait_until(lambda: self._redrawn(who, drawn))

    def send(self, who: Person) -> View | None:
        """Sends the form; the page that Slack shows then, if any, is closed again."""
        page = who.submit(self.form_of(who)).view
        if page is not None:
            who.close(page)
        return page

    def told_privately(self, who: Person, deed: Callable[[], object]) -> Message:
        """Does what is answered in a message that only this person sees; that message."""
        before = len(self.stage.slack.ephemerals(who))
        deed()
        self.stage.slack.wait_until(lambda: len(self.stage.slack.ephemerals(who)) > before)
        return self.stage.slack.ephemerals(who)[-1]

    def _redrawn(self, who: Person, drawn: str) -> View | None:
        now = self.stage.slack.view_for(who)
        return now if now and now.hash != drawn else None
