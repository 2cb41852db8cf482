"""YAML as a support manager means it: 18:00 is a time, not a number, and a key written twice is a mistake."""

import re
from collections.abc import Hashable
from typing import Any

import yaml
from yaml.reader import ReaderError

INT = "tag:yaml.org,2002:int"
BOOL = "tag:yaml.org,2002:bool"
DATE = "tag:yaml.org,2002:timestamp"


class _Loader(yaml.SafeLoader):
    """Like the safe loader, but notes keys written twice and reads only plain whole numbers and true/false.

    Dates stay text, which the field they are in then checks: so 2026-02-30 is told by its field.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.repeated: dict[int, str] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in seen:
                    self.repeated[key.start_mark.line + 1] = key.value
                seen.add((key.tag, key.value))
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in (INT, BOOL, DATE)]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(INT, re.compile(r"^[-+]?(0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver(BOOL, re.compile(r"^(true|True|false|False)$"), list("tTfF"))


def read_yaml(content: bytes) -> tuple[object, list[tuple[str, str]]]:
    """The data, None if it can't be read; and what is wrong with the text: pairs of where (`line 12`) and what."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [("the file", "expected text in UTF-8")]
    try:
        loader = _Loader(text)
        try:
            data = loader.get_single_data()
        finally:
            loader.dispose()
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return None, [(f"line {line}", f"expected text; the character {error.character:#04x} can't be part of it")]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, [(f"line {mark.line + 1}" if mark else "the file", f"expected YAML: {error.problem}")]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, [("the file", f"expected YAML: {error}")]
    return data, [(f"line {line}", f"the key {key!r} is written twice") for line, key in loader.repeated.items()]
