"""Articles offered while a form is filled: the closest three, however they are written, nothing beside the point."""

from pathlib import Path

import pytest
from slack_sdk.models.blocks import Block

from cases.articles import Article
from handlers import ids
from handlers.kit import jsons
from handlers.suggestions import closest, suggested
from policies.loader import SHIPPED, load_policies
from policies.problems import PolicyErrors
from tests.handlers.looks import words

MFA = Article("mfa", "When a second factor is lost", "https://h.example/mfa", ("mfa", "second factor", "authenticator"))
SLOW = Article("slow", "Slow sign-in", "https://h.example/slow", ("latency", "performance"))
SSO = Article("sso", "Setting up single sign-on", "https://h.example/sso", ("sso", "saml", "single sign-on"))
LOGO = Article("logo", "Your logo on the sign-in page", "https://h.example/logo", ("branding", "logo"))
TERMS = Article("terms", "Our terms & <conditions>", "https://h.example/terms", ("branding",))
ALL = (MFA, SLOW, SSO, LOGO, TERMS)

ARTICLES = """
articles:
  lost-mfa: {title: When a second factor is lost, link: "https://h.example/mfa", words: [mfa, second factor]}
"""


def offered(typed: str) -> list[str]:
    return [article.id for article in closest(typed, ALL)]


def drawn(typed: str) -> list[Block]:
    return list(suggested(typed, ALL))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("I lost my MFA device", "mfa"),
        ("lost my secnd factor!", "mfa"),
        ("SAML login loops", "sso"),
        ("authentcator app gone", "mfa"),
        ("Logo?", "logo"),
        ("Single sign-on fails for everyone since noon, in all our offices", "sso"),
    ],
)
def test_what_is_meant_comes_first_however_it_is_written(typed: str, first: str) -> None:
    assert offered(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "The export of reports is empty", "the of is on a", "🙂"])
def test_what_is_beside_the_point_is_not_offered(typed: str) -> None:
    assert offered(typed) == []
    assert drawn(typed) == []


def test_there_are_three_at_most() -> None:
    assert len(offered("mfa sso logo branding latency")) == 3


def test_each_has_its_link_and_a_button_that_carries_only_its_id() -> None:
    blocks = jsons(drawn("branding"))
    said = "\n".join(words(blocks))
    assert "<https://h.example/logo|" in said
    assert "terms &amp; &lt;conditions&gt;" in said
    assert {block["accessory"]["value"] for block in blocks[1:]} == {"logo", "terms"}  # type: ignore[call-overload,index]
    assert {block["accessory"]["action_id"] for block in blocks[1:]} == {ids.ANSWERED}  # type: ignore[call-overload,index]


def test_a_programme_lists_its_articles_and_a_wrong_link_is_told(tmp_path: Path) -> None:
    text = (SHIPPED / "oko.yml").read_text()
    (tmp_path / "oko.yml").write_text(text + ARTICLES)
    (article,) = load_policies(tmp_path)["oko"].articles
    assert (article.id, article.words) == ("lost-mfa", ("mfa", "second factor"))
    (tmp_path / "oko.yml").write_text(text + ARTICLES.replace("https://h.example/mfa", "h.example"))
    with pytest.raises(PolicyErrors, match=r"articles\.lost-mfa\.link: expected a link"):
        load_policies(tmp_path)
