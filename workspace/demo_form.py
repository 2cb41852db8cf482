"""A form in the terminal: the whole of it, or from one of its blocks on."""

from dataclasses import replace
from datetime import tzinfo

from rich.panel import Panel

from workspace.model import JsonDict, View
from workspace.render_text import view_text
from workspace.state import State

ABOVE: JsonDict = {"type": "section", "block_id": "above", "text": {"type": "plain_text", "text": "⋮"}}


def form_text(state: State, view: View, zone: tzinfo, part: str = "") -> Panel:
    """`part`: words that the first block to show contains; empty for the whole form."""
    if not part:
        return view_text(state, view, zone)
    first = next(number for number, block in enumerate(view.blocks) if part in str(block))
    body = {**view.body, "blocks": [ABOVE, *view.blocks[first:]]}
    return view_text(state, replace(view, body=body), zone)
