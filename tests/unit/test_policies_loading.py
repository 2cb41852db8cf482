"""A policy folder loads whole, or says everything that is wrong with it, in words that name the place."""

from datetime import date
from pathlib import Path

import pytest

from policies.loader import SHIPPED, load_policies
from policies.problems import PolicyErrors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped policies, to be changed."""
    for file in SHIPPED.glob("*.yml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def edit(file: Path, *changes: tuple[str, str]) -> None:
    """Replace words in a file; each is there."""
    text = file.read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text)


def problems(folder: Path) -> dict[str, str]:
    """What is wrong, by file and field."""
    with pytest.raises(PolicyErrors) as caught:
        load_policies(folder)
    return {f"{problem.file.name}: {problem.field}": problem.what for problem in caught.value.problems}


def test_a_fourth_file_is_a_fourth_programme(folder: Path) -> None:
    text = (folder / "oko.yml").read_text().replace("program: oko", "program: acme")
    (folder / "acme.yaml").write_text(text)
    assert sorted(load_policies(folder)) == ["acme", "auth0", "oko", "okta"]


def test_the_version_follows_the_content(folder: Path) -> None:
    before = load_policies(folder)["oko"].version
    edit(folder / "oko.yml", ("repeat: 4h", "repeat: 5h"))
    after = load_policies(folder)["oko"].version
    assert before.startswith("2026.1+")
    assert after.startswith("2026.1+")
    assert before != after


def test_what_the_bot_can_live_with_is_said_by_the_check_and_stops_no_start(folder: Path) -> None:
    edit(folder / "okta.yml", ("2: {within: 12h,", "2: {within: 3m,"))

    assert str(load_policies(folder)["okta"].plans["basic"].targets[2].within) == "3m"
    with pytest.raises(PolicyErrors, match=r"plans\.basic\.targets\.2\.within: is so short"):
        load_policies(folder, strict=True)


def test_every_problem_in_every_file_is_said_at_once(folder: Path) -> None:
    edit(
        folder / "okta.yml",
        ("2: {within: 12h,", "2: {within: 12 hours,"),
        ("by_account: true", "by_acount: true"),
        ("repeat: 30m", "repeat: 1d"),
        ("promise: >-", "promised: >-"),
    )
    edit(
        folder / "auth0.yml",
        ('version: "2026.1"', "version: 2026.1"),
        ("3: {within: 12h, calendar: weekdays}", "3: {within: 12h, calendar: weekends}"),
        ('to: "24:00"', 'to: "23:59"'),
    )
    edit(folder / "oko.yml", ("America/New_York", "America/Nowhere"), ("holidays: US", "holidays: XX"))
    found = problems(folder)

    assert found["okta.yml: plans.basic.targets.2.within"] == (
        "expected a length such as 45s, 30m, 2h or 1d, found '12 hours'"
    )
    assert "did you mean by_account?" in found["okta.yml: calendars.business.by_acount"]
    assert "real time" in found["okta.yml: ladder.repeat"]
    assert found["okta.yml: plans.premier.commitment.promise"] == "is missing"
    assert "quotes" in found["auth0.yml: version"]
    assert "expected one of the calendars" in found["auth0.yml: plans.enterprise.targets.3.calendar"]
    assert "minute before midnight" in found["auth0.yml: calendars.weekdays.hours.0"]
    assert "America/Nowhere" in found["oko.yml: calendars.support.timezone"]
    assert "'XX'" in found["oko.yml: calendars.support.holidays"]


@pytest.mark.parametrize("meaning", ["", '" "', "null"])
def test_a_priority_without_a_description_is_named(folder: Path, meaning: str) -> None:
    sentence = "The impact on the service is minor. You can reach almost all of your business resources."
    edit(folder / "okta.yml", (f"meaning: {sentence}", f"meaning: {meaning}"))
    assert "expected" in problems(folder)["okta.yml: products.service.priorities.3.meaning"]


def test_a_broken_part_is_not_blamed_on_what_refers_to_it(folder: Path) -> None:
    edit(folder / "oko.yml", ('from: "09:00"', 'from: "9"'))
    assert list(problems(folder)) == ["oko.yml: calendars.support.hours.0.from"]


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        (b"program: [oko", "line 1", "expected YAML"),
        (b"a: 1\nb: 2\na: 3\n", "line 3", "the key 'a' is written twice"),
        (b"\xff\xfe\x00", "the file", "UTF-8"),
        (b"", "the file", "expected fields such as program"),
        (b"- a\n- b\n", "the file", "expected fields such as program"),
        (b"a: *nobody\n", "line 1", "expected YAML"),
        (b"a: !!python/object:os.system x\n", "line 1", "expected YAML"),
        (b"? [a, b]\n: c\n", "line 1", "expected YAML"),
        (b"[" * 3000, "the file", "expected YAML"),
        (b"a: b\nc: \x00\n", "line 2", "the character 0x00 can't be part of it"),
    ],
    ids=[
        "syntax",
        "twice",
        "not text",
        "empty",
        "a list",
        "no anchor",
        "a tag",
        "a list as key",
        "deep",
        "NUL",
    ],
)
def test_text_that_is_no_policy_is_named_and_never_a_traceback(
    folder: Path, content: bytes, where: str, what: str
) -> None:
    (folder / "new.yml").write_bytes(content)
    assert what in problems(folder)[f"new.yml: {where}"]


def test_keys_written_twice_are_told_with_everything_else(folder: Path) -> None:
    edit(folder / "oko.yml", ("repeat: 4h", "repeat: 4h\n  repeat: 5 h"))
    assert len(problems(folder)) == 2


def test_one_programme_can_not_come_from_two_files(folder: Path) -> None:
    (folder / "second.yml").write_bytes((folder / "oko.yml").read_bytes())
    assert "already" in problems(folder)["second.yml: program"]


def test_a_mistake_does_not_hide_its_neighbours(folder: Path) -> None:
    edit(
        folder / "okta.yml",
        ("1: {within: 4h, calendar: business}", "1: {within: 4, calendar: business}"),
        ("2: {within: 12h, calendar: business}", "2: {within: 12h, calendar: never}"),
        ("      3: {within: 24h, calendar: business}\n", ""),
        ("{at: 90,", "{at: 75,"),
        ("repeat: 30m", "repeat: often"),
    )
    assert list(problems(folder)) == [
        f"okta.yml: {field}"
        for field in (
            "plans.basic.targets.1.within",
            "ladder.repeat",
            "plans.basic.targets.2.calendar",
            "plans.basic.targets.3",
            "ladder.rungs.2.at",
        )
    ]


@pytest.mark.parametrize("closed", ["[2026-02-30]", "[24 Dec]", "[20261224]", "[2026-12-24, 2027-13-01]", "2026-12-24"])
def test_a_closed_day_that_is_no_date_is_told_by_its_field(folder: Path, closed: str) -> None:
    edit(folder / "oko.yml", ("    holidays: US", f"    closed: {closed}\n    holidays: US"))
    ((where, what),) = problems(folder).items()
    assert where.startswith("oko.yml: calendars.support.closed")
    assert what.startswith(("expected a date such as 2026-12-26, found", "expected a list, found '2026-12-24'"))


def test_a_closed_day_is_written_as_a_plain_date(folder: Path) -> None:
    edit(folder / "oko.yml", ("    holidays: US", "    closed: [2026-12-24]\n    holidays: US"))
    assert load_policies(folder)["oko"].calendars["support"].closed == (date(2026, 12, 24),)


def test_a_rung_far_too_high_is_not_blamed_on_the_next(folder: Path) -> None:
    edit(folder / "oko.yml", ("{at: 75,", "{at: 200,"))
    assert list(problems(folder)) == ["oko.yml: ladder.rungs.1.at"]


def test_an_empty_or_missing_folder_is_named(tmp_path: Path) -> None:
    assert "at least one" in next(iter(problems(tmp_path).values()))
    assert "can't be read" in next(iter(problems(tmp_path / "nowhere").values()))


def test_times_need_no_quotes_and_yes_is_a_word(folder: Path) -> None:
    edit(folder / "oko.yml", ('to: "18:00"', "to: 18:00"))
    assert load_policies(folder)["oko"].calendars["support"].windows[0].closes == 18 * 60


@pytest.mark.parametrize("junk", ["null", "3", "[]", "{}", "[[]]", "{a: {b: c}}", "'x'", "true", "1.5"])
@pytest.mark.parametrize("field", ["calendars", "plans", "products", "ladder", "program", "notes", "resolution"])
def test_any_junk_in_any_field_is_a_sentence_and_never_a_traceback(tmp_path: Path, field: str, junk: str) -> None:
    lines = (SHIPPED / "okta.yml").read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{field}:")) if field != "resolution" else 0
    kept, skipping = [f"{field}: {junk}"], False
    for number, line in enumerate(lines):
        skipping = number == start if line and not line.startswith((" ", "#")) else skipping
        kept += [] if skipping and field != "resolution" else [line]
    (tmp_path / "okta.yml").write_text("\n".join(kept))
    harmless = {("notes", "[]"), ("resolution", "null"), ("resolution", "'x'"), ("ladder", "{}"), ("program", "'x'")}
    if (field, junk) in harmless:
        assert len(load_policies(tmp_path)) == 1
    else:
        assert all(problems(tmp_path).values())


def test_a_rung_may_reach_people_outside_slack_by_the_operators_names(folder: Path) -> None:
    rung = "- {at: 90, tell: [managers-channel, managers]"
    edit(folder / "okta.yml", (rung, f"{rung}, reach: [on-call-pager]"))
    assert [rung.reach for rung in load_policies(folder)["okta"].ladder.rungs] == [(), (), ("on-call-pager",), ()]
    edit(folder / "okta.yml", ("on-call-pager", "mailto://oncall@example.org"))
    assert list(problems(folder)) == ["okta.yml: ladder.rungs.2.reach.0"]
