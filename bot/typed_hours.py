"""An account's own business hours as a support manager types them in Slack, read as a policy file's are."""

from pydantic import ValidationError

from cases.errors import Invalid
from cases.hours import CalendarSpec
from policies.hours import HoursModel
from policies.problems import expectation

FIELDS = {"days": "days", "from": "opens", "to": "closes", "holidays": "holidays"}
"""The form's fields, by those of the file."""


def typed_hours(days: str, opens: str, closes: str, holidays: str) -> CalendarSpec:
    """E.g. `mon-fri`, `09:00`, `18:00`, `US` (or nothing).

    Raises:
        Invalid: by field of the form, what was expected.
    """
    typed = {"days": days, "from": opens, "to": closes, "holidays": holidays or None}
    try:
        return HoursModel.model_validate(typed).to_spec()
    except ValidationError as error:
        raise Invalid(
            {
                FIELDS.get(str(next(iter(each["loc"]), "")), "opens"): _said(expectation(each, ()))
                for each in error.errors()
            }
        ) from None


def _said(expected: str) -> str:
    """The quotes are YAML's."""
    said = expected.replace(" in quotes", "").replace('"', "")
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."
