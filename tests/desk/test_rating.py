"""A solution is rated at the desk: by whom, when, and how often."""

import pytest

from cases.errors import Invalid, Refused
from cases.people import Actor
from cases.says import Note
from tests.builders import BOB, CUSTOMER, NOON
from tests.desk.conftest import Office
from tests.desk.test_desk import MINUTE, notes
from tests.desk.test_solutions import offered, whats


class TestRating:
    """How it went, for as long as the case isn't closed."""

    def test_a_second_word_takes_the_place_of_the_first_and_the_team_hears_both(self, office: Office) -> None:
        case = offered(office)
        office.solutions.confirm(case.number, CUSTOMER, "C0ACME", NOON + 20 * MINUTE)
        office.solutions.rate(case.number, 3, "", CUSTOMER, "C0ACME", NOON + 21 * MINUTE)
        rated = office.solutions.rate(case.number, 5, " Quick! ", Actor(BOB), "C0ACME", NOON + 22 * MINUTE)

        assert rated.rating is not None
        assert (rated.rating.stars, rated.rating.line, rated.rating.by) == (5, "Quick!", BOB)
        assert notes(office, case).count(Note.RATED) == 2

    def test_first_comes_whether_it_helps(self, office: Office) -> None:
        case = offered(office)
        with pytest.raises(Refused, match="first"):
            office.solutions.rate(case.number, 5, "", CUSTOMER, "C0ACME", NOON + 20 * MINUTE)

    @pytest.mark.parametrize(
        ("stars", "line", "field"), [(None, "", "stars"), (0, "", "stars"), (6, "", "stars"), (5, "x" * 501, "line")]
    )
    def test_out_of_bounds_it_is_asked_again(self, office: Office, stars: int | None, line: str, field: str) -> None:
        case = offered(office)
        office.solutions.confirm(case.number, CUSTOMER, "C0ACME", NOON + 20 * MINUTE)
        with pytest.raises(Invalid) as wrong:
            office.solutions.rate(case.number, stars, line, CUSTOMER, "C0ACME", NOON + 21 * MINUTE)
        assert set(wrong.value.fields) == {field}

    def test_reopened_the_rating_is_history(self, office: Office) -> None:
        case = offered(office)
        office.solutions.confirm(case.number, CUSTOMER, "C0ACME", NOON + 20 * MINUTE)
        office.solutions.rate(case.number, 5, "", CUSTOMER, "C0ACME", NOON + 21 * MINUTE)
        again = office.solutions.reopen(case.number, "Alas.", CUSTOMER, "C0ACME", NOON + 22 * MINUTE)
        assert again.rating is None
        assert "rated" in whats(office, case)
