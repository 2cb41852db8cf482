"""A drawn piece of the page as a tree, read by the standard library's parser; what is not well nested fails."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input"}


@dataclass
class Tag:
    name: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    inside: list["Tag | str"] = field(default_factory=list)

    def all(self, name: str = "", **wanted: str) -> list["Tag"]:
        """The tags within of this name, with these attributes (``data_type`` for ``data-type``)."""
        named = {key.rstrip("_").replace("_", "-"): value for key, value in wanted.items()}
        return [tag for tag in self.every() if name in ("", tag.name) and named.items() <= tag.attributes.items()]

    def one(self, name: str = "", **wanted: str) -> "Tag":
        found = self.all(name, **wanted)
        assert len(found) == 1, f"{len(found)} {name} {wanted}"
        return found[0]

    def every(self) -> Iterator["Tag"]:
        for part in self.inside:
            if isinstance(part, Tag):
                yield part
                yield from part.every()

    @property
    def text(self) -> str:
        """The words, with a new line where one is drawn."""
        parts = [part if isinstance(part, str) else "\n" if part.name == "br" else part.text for part in self.inside]
        return "".join(parts)

    def __getitem__(self, attribute: str) -> str | None:
        return self.attributes[attribute]

    def __contains__(self, attribute: str) -> bool:
        return attribute in self.attributes


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"{tag} has an attribute twice: {names}"
        made = Tag(tag, dict(attrs))
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def parsed(html: str) -> Tag:
    """The root, which has no name, around all that was drawn."""
    tree = _Tree()
    tree.feed(str(html))
    tree.close()
    assert tree.open == [tree.root], "a tag is not closed"
    return tree.root
