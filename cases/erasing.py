"""What becomes of a row when somebody goes: a pseudonym where they stood, nothing where they wrote, its shape kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.traces import Row, Value, strings

ERASED = "(erased)"
WORDS = frozenset({"text", "reason", "asked", "word", "title", "details", "files", "link", "permalink", "tickets"})
"""Fields of a say's body that hold what people wrote. Of a closed case nobody needs them: its history has the rest."""
WRITTEN = {"solution": ("by", "note"), "rating": ("by", "line"), "wait": ("by", "asked"), "wish": ("by", "reason")}
"""Values of a case: whose words they hold, and in which field."""
ASIDE = frozenset({"promise"})
"""The policy's own words: no name in them is anybody's."""


@dataclass(frozen=True)
class Erasure:
    """Somebody who goes, and who they are from now on."""

    user: str
    """Slack user id."""
    pseudonym: str
    names: frozenset[str] = field(default=frozenset())
    """What they were called."""

    def names_them(self, row: Row) -> bool:
        """Their id stands in it, as a word of its own."""
        return any(self._id.search(each) for each in strings(row))

    def calls_them(self, row: Row) -> bool:
        """Their id or a name of theirs does."""
        return any(self._id.search(each) or self._by_name(each) for each in strings(row))

    def row(self, table: str, row: Row) -> Row:
        """The row without them. Names are theirs in it, because it is about a case of theirs, or has their id in it."""
        if table == "accounts":
            return _account(row, self.user)
        return {name: self._value(name, value) for name, value in _without_words(table, row, self.user).items()}

    @property
    def _id(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![A-Za-z0-9]){re.escape(self.user)}(?![A-Za-z0-9])")

    def _by_name(self, text: str) -> bool:
        return any(_whole(name).search(text) for name in self.names)

    def _value(self, name: str, value: Value) -> Value:
        if isinstance(value, Mapping):
            return self._object(value, name in ASIDE)
        if isinstance(value, list | tuple):
            return [self._value(name, each) for each in value]
        if isinstance(value, str):
            return self._text(value, name not in ASIDE)
        return value

    def _object(self, value: Mapping[str, Value], aside: bool) -> Mapping[str, Value]:
        theirs = self.user in (value.get("user"), value.get("who"))
        found = {key: self._value("promise" if aside else key, each) for key, each in value.items() if key != "name"}
        if "name" in value:
            found["name"] = self.pseudonym if theirs else self._ids(value["name"])
        return {key: found[key] for key in value}

    def _ids(self, value: Value) -> Value:
        return self._id.sub(self.pseudonym, value) if isinstance(value, str) else value

    def _text(self, text: str, names: bool) -> str:
        text = self._id.sub(self.pseudonym, text)
        for name in sorted(self.names, key=len, reverse=True) if names else ():
            text = _whole(name).sub(self.pseudonym, text)
        return text


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _without_words(table: str, row: Row, user: str) -> Row:
    match table:
        case "cases":
            return _case(row, user)
        case "history" if row["user_id"] == user:
            return {**row, "user_name": "", "why": ""}
        case "account_history" if row["who"] == user:
            return {**row, "why": ""}
        case "announcements" if _is(row["author"], user):
            return {**row, "title": ERASED, "text": ERASED, "link": ""}
        case "outbox":
            return {**row, "body": _silent(row["body"]), "error": ""}
        case "intakes":
            return {**row, "text": "", "source": None, "source_channel": None, "source_ts": None}
        case "inbox":
            return {**row, "payload": {}, "about": "", "error": ""}
        case _:
            return row


def _account(row: Row, user: str) -> Row:
    """Whom a customer named as their contacts: they are one fewer."""
    add_ons, contacts = row["add_ons"], row["contacts"]
    if not isinstance(add_ons, list) or not isinstance(contacts, list):
        return row
    fewer = [{**each, "contacts": [one for one in each["contacts"] if one != user]} for each in add_ons]
    return {**row, "contacts": [one for one in contacts if one != user], "add_ons": fewer}


def _case(row: Row, user: str) -> Row:
    found = {**row, **{name: _unsaid(row[name], *whose, user) for name, whose in WRITTEN.items()}}
    source = row["source"]
    if isinstance(source, Mapping) and _is(source["author"], user):
        found["source"] = {**source, "text": ERASED, "permalink": ""}
    if found["source"] != source or _is(row["opened_by"], user):
        found |= {"title": ERASED, "details": ERASED, "tenant": ""}
    return found


def _unsaid(value: Value, by: str, words: str, user: str) -> Value:
    theirs = isinstance(value, Mapping) and _is(value[by], user)
    return {**value, words: ""} if isinstance(value, Mapping) and theirs else value


def _silent(body: Value) -> Value:
    if not isinstance(body, Mapping):
        return body
    return {key: _empty(key, each) for key, each in body.items()}


def _empty(key: str, value: Value) -> Value:
    if key not in WORDS or not isinstance(value, str):
        return value
    return "[]" if key in {"files", "tickets"} else ""


def _is(person: Value, user: str) -> bool:
    return isinstance(person, Mapping) and person.get("user") == user
