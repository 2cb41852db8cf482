"""What is typed after `/case find`, read."""

import pytest

from cases.case import State
from cases.errors import Refused
from cases.finding import Search, search_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("login page", Search(("login", "page"))),
        ('"login page" hangs', Search(("login page", "hangs"))),
        ("“login page”", Search(("login page",))),
        ("state:open state:waiting", Search(states=(State.OPEN, State.WAITING))),
        ("state:open,CLOSED", Search(states=(State.OPEN, State.CLOSED))),
        ("state:Reopened", Search(reopened=True)),
        ("state:closed,reopened", Search(states=(State.CLOSED,), reopened=True)),
        ('account:"Acme Corp" login', Search(("login",), account="Acme Corp")),
        ("priority:1", Search(priority=1)),
        ("severity:P2", Search(priority=2)),
        ("assignee:@erin", Search(assignee="@erin")),
        ("error:500 https://acme.example/x 12:30", Search(("error:500", "https://acme.example/x", "12:30"))),
        ("100% a_b", Search(("100%", "a_b"))),
    ],
)
def test_words_and_filters(typed: str, meant: Search) -> None:
    assert search_of(typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "What shall I look for"),
        ('""', "What shall I look for"),
        ("state:lost", "There is no state `lost`. A case is one of these: `open`, `claimed`"),
        ("stat:open", "Did you mean `state:`"),
        ("assigne:me", "Did you mean `assignee:`"),
        ("priority:high", "takes a number"),
        ("priority: 1", "Something has to follow `priority:`"),
        ("priority:1 severity:2", "stands there twice"),
        ("state:<!channel>", "There is no state `channel`"),
    ],
)
def test_what_means_nothing_is_named_kindly(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        search_of(typed)
    assert said in str(refusal.value)
