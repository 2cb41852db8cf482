"""A folder in the navigation is every page in it that stands nowhere else there; without any it is left out."""

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

Nav = list[dict[str, "str | Nav"]]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Called by mkdocs once the file is read."""
    named = set(_pages(config.nav or []))
    config.nav = _filled(config.nav or [], Path(config.docs_dir), named)
    return config


def _pages(nav: Nav) -> Iterator[str]:
    for entry in nav:
        for inside in entry.values():
            yield from (inside,) if isinstance(inside, str) else _pages(inside)


def _filled(nav: Nav, docs: Path, named: set[str]) -> Nav:
    entries = ((title, _inside(inside, docs, named)) for entry in nav for title, inside in entry.items())
    return [{title: inside} for title, inside in entries if inside]


def _inside(inside: "str | Nav", docs: Path, named: set[str]) -> "str | Nav | list[str]":
    if not isinstance(inside, str):
        return _filled(inside, docs, named)
    if not inside.endswith("/"):
        return inside
    pages = (file.relative_to(docs).as_posix() for file in sorted((docs / inside).glob("*.md")))
    return [page for page in pages if page not in named]
