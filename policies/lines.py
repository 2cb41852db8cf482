"""Where a problem stands in its file, so that an editor can go there."""

import re

import yaml

from policies.problems import Problem

LINE = re.compile(r"line (\d+)")
STEP = re.compile(r"[^.\[\]]+")


def where(problem: Problem) -> str:
    """`okta.yml:31: plans.basic.targets.2.within`; without a number where the line can't be told."""
    try:
        line = line_at(problem.file.read_text(encoding="utf-8"), problem.field)
    except (OSError, UnicodeDecodeError):
        line = None
    return f"{problem.file.name}{f':{line}' if line else ''}: {problem.field}"


def line_at(text: str, field: str) -> int | None:
    """The line of a field such as `plans.basic.targets.2` or `accounts[3].plan`, or of the nearest one around it.

    None: it is about the whole file, or that is no YAML.
    """
    if told := LINE.match(field):
        return int(told[1])
    try:
        node = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    line = None
    for step in STEP.findall(field):
        found = _child(node, step)
        if found is None:
            return line
        line, node = found
    return line


def _child(node: yaml.Node | None, step: str) -> tuple[int, yaml.Node] | None:
    """The line of what stands under a name, or at a place of a list, and itself."""
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if key.value == step:
                return key.start_mark.line + 1, child
    if isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
        child = node.value[int(step)]
        return child.start_mark.line + 1, child
    return None
