"""What a plan says of its add-ons and can't mean."""

from collections.abc import Collection, Iterator

from cases.policy import Plan, Program


def lint_add_ons(program: Program, plan: Plan, removed: Collection[str]) -> Iterator[tuple[str, str]]:
    """By field: a calendar that isn't there, or that never closes. `removed` as for `policies.lint.lint`."""
    for index, rule in enumerate(plan.add_ons):
        field = f"plans.{plan.id}.add_ons.{index}.calendar"
        calendar = program.calendars.get(rule.calendar)
        if calendar is None:
            if f"calendars.{rule.calendar}" not in removed:
                known = ", ".join(program.calendars)
                yield field, f"expected one of the calendars ({known}), found {rule.calendar!r}"
        elif calendar.always:
            yield field, "a person is not there round the clock: expected a calendar with hours"
