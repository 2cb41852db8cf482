"""Articles as policy files write them."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from cases.articles import Article
from policies.contacts import LINK
from policies.fields import Label


def _link(value: str) -> str:
    if not LINK.fullmatch(value) or len(value) > 1000:
        raise ValueError(f"expected a link such as https://example.com/help, found {value!r}")
    return value


class ArticleModel(BaseModel):
    """One article of the knowledge base."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Label
    link: Annotated[str, AfterValidator(_link)]
    words: tuple[Label, ...] = ()

    def to_article(self, id: str) -> Article:
        """As the core knows it."""
        return Article(id, self.title, self.link, self.words)
