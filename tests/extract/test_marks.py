from __future__ import annotations

import pytest

from scheduler.extract.blocks import blocks
from scheduler.extract.marks import marks


def ways(body: str) -> str:
    """One letter for each mark: o(pens), c(loses), e(ither)."""
    return "".join(m.way.value[0] for block in marks(body, blocks(body)) for m in block)


@pytest.mark.parametrize(
    "body",
    [
        "“Yes,” she said.",
        '"Yes," she said.',
        '“Yes," she said.',
        '"Yes,” she said.',
        "”Yes,“ she said.",
        "„Ja“, sagte sie.",
        "»Ja«, sagte sie.",
        "« Oui », dit-elle.",
        "«\u00a0Oui\u00a0», dit-elle.",
        "''Yes,'' she said.",
        "``Yes,'' she said.",
        "“ Yes, ” she said.",
        "”Ja”, sa hon.",
        "她说“是的”。",
        "彼は「はい」と言った。",
        "She said:“Yes.”",
        "It was—“Yes.”",
        "(“Yes.”)",
    ],
)
def test_the_context_tells_the_direction(body: str) -> None:
    assert ways(body) == "oc"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The wall is 6'2\" high.", ""),
        ('The wall is 6\' 2" high, "or so".', "oc"),
        ("„Ja“ und „ nein “", "ococ"),
        (' " padded " ', "ee"),
        ("''He said 'no.'''", "oe"),
    ],
)
def test_inches_padding_and_triple_marks(body: str, expected: str) -> None:
    assert ways(body) == expected


def test_a_triple_mark_is_a_single_one_within_a_double_one() -> None:
    body = "''She said 'go.'''"
    assert [(m.start, m.end) for m in marks(body, blocks(body))[0]] == [(0, 2), (16, 18)]
