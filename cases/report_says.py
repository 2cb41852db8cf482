"""The says of a managers' report: a message, and in its thread a picture and two tables."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from json import dumps

from cases.instants import iso
from cases.report import Group, Report
from cases.says import Say, SayKind, Urgency

GROUPS = 12
"""This and the next: what the message shows of each; all of them stand in the tables."""
ENGINEERS = 10
BREACHES = 10
BARS = 16
"""In the picture."""

Body = dict[str, str | int | bool | None]


def report_says(key: str, channel: str, report: Report) -> list[Say]:
    """What is told is kept in the says as it was then: drawn again, they say the same."""
    shown = replace(
        report,
        groups=report.groups[:GROUPS],
        engineers=report.engineers[:ENGINEERS],
        rows=report.breaches[:BREACHES],
        steps=(),
    )
    numbers: Body = {
        "groups": len(report.groups),
        "engineers": len(report.engineers),
        "breaches": len(report.breaches),
    }
    parts = {
        "chart": replace(report, groups=report.groups[:BARS], engineers=(), rows=()),
        "figures": replace(report, rows=(), steps=()),
        "cases": replace(report, groups=(), engineers=(), steps=()),
    }
    says = [Say(key, SayKind.REPORT, channel, Urgency.REPLY, body=numbers | _body(shown))]
    for part, needed in parts.items():
        body: Body = {"part": part, **_body(needed)}
        says.append(Say(f"{key}:{part}", SayKind.REPORT_FILE, channel, Urgency.CARD, body=body, thread=f"post:{key}"))
    return says


def named(names: Iterable[str]) -> Body:
    """Under keys of their own, so that whoever is to be erased is found."""
    return {f"name:{number}": name for number, name in enumerate(sorted(set(names) - {""}))}


def in_json(value: object) -> str:
    """Instants as `cases.instants.iso` writes them."""
    return dumps(value, default=_written, ensure_ascii=False)


def _body(report: Report) -> Body:
    of_groups = (each for group in (*report.groups, *report.engineers) for each in _of_group(group))
    of_rows = (each for row in report.rows for each in (row.account, row.answered_by, row.user))
    return {"report": in_json(asdict(report))} | named((*of_groups, *of_rows))


def _of_group(group: Group) -> tuple[str, ...]:
    return (*group.names, group.user)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return iso(value)
    raise TypeError(f"{value!r} has no place in what is told")
