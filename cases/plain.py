"""What JSON can hold."""

from collections.abc import Mapping

Json = Mapping[str, "Json | list[Json] | str | int | float | bool | None"]
"""A JSON object."""
