"""What is wrong with a form, put where the person looks for it; every error lands on an input that is there."""

from collections.abc import Iterator, Mapping

from cases.queues import Json


def field_errors(fields: Mapping[str, str], view: Json) -> dict[str, str]:
    """By block id of `view`, for the ack with `response_action: errors`.

    `fields` is `Invalid.fields`; a sentence about the form as a whole goes under the key "". What has no input of its
    own in this view goes to the first one. A field that is asked in several inputs has its error at the last.
    """
    inputs = list(_inputs(view))
    if not inputs:
        return {}
    errors: dict[str, list[str]] = {}
    for field, sentence in fields.items():
        own = [block_id for block_id in inputs if field and _field(block_id) == field]
        errors.setdefault(own[-1] if own else inputs[0], []).append(sentence)
    return {block_id: " ".join(sentences) for block_id, sentences in errors.items()}


def _field(block_id: str) -> str:
    return block_id.partition(":")[2].partition(":")[0]


def _inputs(view: Json) -> Iterator[str]:
    blocks = view.get("blocks")
    for block in blocks if isinstance(blocks, list) else []:
        block_id = block.get("block_id")
        if block.get("type") == "input" and isinstance(block_id, str):
            yield block_id
