from __future__ import annotations

import pytest

from scheduler.sources._bytes import SourceRefused
from scheduler.sources._stubs import refuse_stub
from tests.sources.pages import ICE

TEASER = ICE.paragraphs[0]
WHOLE = "\n\n".join(ICE.paragraphs)


@pytest.mark.parametrize(
    "wall",
    [
        "Subscribe to continue reading",
        "This article is for subscribers only",
        "This post is for paid subscribers",
        "Log in to keep reading",
        "Members only",
        "Weiterlesen mit Plus",
    ],
)
def test_a_teaser_before_a_paywall_is_refused(wall: str) -> None:
    with pytest.raises(SourceRefused, match=r"Only the first \d+ words"):
        refuse_stub(TEASER, f"{TEASER} {wall}", free=True)


def test_a_paywall_that_is_declared_is_believed_of_a_short_text_only() -> None:
    with pytest.raises(SourceRefused, match="free to read"):
        refuse_stub(TEASER, TEASER, free=False)
    refuse_stub(WHOLE, WHOLE, free=False)


def test_an_offer_beside_a_whole_article_is_no_wall() -> None:
    refuse_stub(WHOLE, f"{WHOLE} Subscribe to continue reading", free=True)
    refuse_stub(TEASER, f"Subscribe. Already a subscriber? Sign in. {TEASER}", free=True)


@pytest.mark.parametrize(
    "page", ["Just a moment... Checking your browser", "Access Denied", "Please solve the CAPTCHA"]
)
def test_a_check_for_robots_is_called_that(page: str) -> None:
    with pytest.raises(SourceRefused, match="check for robots"):
        refuse_stub("", page, free=True)


def test_a_page_without_an_article() -> None:
    with pytest.raises(SourceRefused, match="shows no article"):
        refuse_stub("", "Home", free=True)
