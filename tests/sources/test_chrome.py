"""Lines of the page go, and only as whole lines; the article's own words stay."""

from __future__ import annotations

import pytest

from scheduler.sources._chrome import is_chrome, without_chrome
from tests.sources.pages import BELLS, ICE

ANYWHERE = """
top of page
bottom of page
Skip to content
Skip to main content
Advertisement
ADVERTISEMENT
Story continues below advertisement
Share
Share this article
Click to share on Facebook (Opens in new window)
Subscribe to our newsletter
Sign up for free
Log In
Enter your email
Thanks for reading Slow Metal! Subscribe for free to receive new posts.
We use cookies to make this site better. Accept them?
Accept all
0 comments
12 Comments
1.2K likes
Leave a comment
Write a comment...
Read more
Read more: How bells are cast
Weiterlesen
Publicité
5 min read
Reading time: 4 minutes
Photo: Ines Carvalho
© 2026 The Harbour Post
All rights reserved
Proudly powered by WordPress
* * *
———
"""
EDGES = """
Comments
Home
Menu
Facebook
X
Follow us
Home > Crafts > Bells
News | Sport | Culture
Recent Posts
See All
Related
You might also like
Tags: ice, winter
Privacy Policy
Updated 3 days ago
2 days ago
Previous
Next Post
12
"""
OWN = """
Share and share alike, my grandmother used to say.
“Share this,” he says.
Copyright law needs reform, she says.
Comments like that hurt.
Images by themselves say nothing, she says.
Home is where the bells are.
Advertisements pay for it.
Powered by wind, the mill has run since 1911.
More from less is what we all want now.
Next year we will cast again.
We use cookies that my mother bakes.
Follow the river and you will find her house at the end.
Chapter 2
Why?
“”
"""


@pytest.mark.parametrize("line", ANYWHERE.split("\n")[1:-1])
def test_never_an_articles_own(line: str) -> None:
    assert is_chrome(line, edge=False)


@pytest.mark.parametrize("line", EDGES.split("\n")[1:-1])
def test_chrome_only_before_and_after_the_text(line: str) -> None:
    assert is_chrome(line, edge=True)
    assert not is_chrome(line, edge=False)


@pytest.mark.parametrize("line", OWN.split("\n")[1:-1])
def test_the_articles_own_words(line: str) -> None:
    assert not is_chrome(line, edge=True)


def test_both_ends_are_stripped_and_the_middle_only_of_what_is_certain() -> None:
    body = list(ICE.paragraphs)
    page = [
        "top of page",
        "Home",
        "Menu",
        *body[:4],
        "Advertisement",
        "Comments",
        *body[4:],
        "Facebook",
        "Comments",
    ]
    assert without_chrome(page) == [*body[:4], "Comments", *body[4:]]


def test_readers_comments_are_cut() -> None:
    comments = [
        "3 Comments",
        "Pat Reader",
        "2 days ago",
        "“I loved it,” my mother told me when she had read it.",
        "Reply",
    ]
    more = [
        "Sam Other",
        "1 hour ago",
        "Nobody listens to the ice any more, and that is the whole trouble.",
        "Reply",
    ]
    assert without_chrome([*ICE.paragraphs, *comments, *more]) == list(ICE.paragraphs)


def test_teasers_of_other_articles_are_cut() -> None:
    teasers = [
        "Recent Posts",
        "See All",
        "The ferry that came back",
        "Nobody had expected the old ferry to be…",
        "12",
        "0",
    ]
    assert without_chrome([*BELLS.paragraphs, *teasers]) == list(BELLS.paragraphs)


@pytest.mark.parametrize("heading", ["Comments", "Related", "More from the foundry", "Trending"])
def test_a_heading_inside_the_article_cuts_nothing(heading: str) -> None:
    page = [*BELLS.paragraphs[:5], heading, *BELLS.paragraphs[5:]]
    assert without_chrome(page) == page


def test_an_early_comments_link_does_not_cut_the_article() -> None:
    page = [
        *ICE.paragraphs[:3],
        "Comments",
        *ICE.paragraphs[3:],
        "2 comments",
        "Pat Reader",
        "Reply",
        "Sam Other",
        "Reply",
    ]
    assert without_chrome(page)[-1] == ICE.paragraphs[-1]
    assert set(ICE.paragraphs) < set(without_chrome(page))
