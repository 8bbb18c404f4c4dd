from __future__ import annotations

import pytest

from scheduler.extract import extract

CASES = [
    # the subject before the one it is about
    ("Nora Vance met Ruth Oduya. “I waited,” she said.", "Nora Vance"),
    # whoever speaks in the sentence before
    (
        "Ruth Oduya opened the door. It was late, said Nora Vance of the bakery. “I waited,” she said.",
        "Nora Vance",
    ),
    # only she can be a she
    ("Nora Vance met Peter Hall. Hall was late. “I waited,” she said.", "Nora Vance"),
    # nobody whom a preposition governs
    ("Nora Vance came with Ruth Oduya. “I waited,” she said.", "Nora Vance"),
    # a pronoun carries the speaker on
    (
        "Nora Vance spoke. “One more,” she said.\n\nThe rain fell on Leeds.\n\n“I waited,” she said.",
        "Nora Vance",
    ),
    # a new name takes over
    (
        "Nora Vance spoke. “One more,” she said.\n\nRuth Oduya did not agree.\n\n“I waited,” she said.",
        "Ruth Oduya",
    ),
    # somebody who has but one name
    ("Nora Vance's mother, Ellen, knew. “I waited,” she said.", "Ellen"),
    # a sex that only a pronoun tells
    ("Kiran Bhatt came. He brought bread. Nora Vance ate.\n\n“I waited,” he said.", "Kiran Bhatt"),
    # a title tells, too
    ("Ms. Bhatt came and Peter Hall left. “I waited,” she said.", "Bhatt"),
    # an organisation is no he
    (
        "Harbour Bank called. Peter Hall came. The Harbour Commission ruled. “I waited,” he said.",
        "Peter Hall",
    ),
    # whom the sentence before describes by an office
    (
        (
            "Judge Nora Vance sat down. Peter Hall asked for mercy, said Ruth Oduya.\n\n"
            "But the judge was unmoved. “You had your chance,” she told Hall."
        ),
        "Nora Vance",
    ),
    # somebody who stays without a name
    (
        (
            "Ruth Oduya came. “I waited,” she said. A Department for Education spokeswoman said rules were "
            "a matter for schools. “We trust the heads,” she said."
        ),
        "",
    ),
    # described and named
    (
        (
            "Ruth Oduya came. “I waited,” she said. A spokeswoman for the trust, Nora Vance, said no. "
            "“We trust the heads,” she said."
        ),
        "Nora Vance",
    ),
    # who acts last, not who proposed something before
    ("It began when Piers Vance proposed a sale. Otis Vance refused. “Never,” he said.", "Otis Vance"),
    # nobody fits
    ("Peter Hall came. “I waited,” she said.", ""),
    ("They all came to Leeds. “We waited,” they said.", ""),
]


@pytest.mark.parametrize(("body", "speaker"), CASES)
def test_who_a_pronoun_is(body: str, speaker: str) -> None:
    assert extract(body)[-1].speaker == speaker


def test_the_pronoun_is_kept_as_the_mention() -> None:
    assert extract(CASES[0][0])[-1].mention == "she"
