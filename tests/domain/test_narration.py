from __future__ import annotations

import re

import pytest

from scheduler.domain.narration import Narration, Span, leans_back, narration

BODY = """The year of the bees

By Rosa Lind

“Listen,” says Ada Quist. “They tell you everything.”

Ada Quist keeps forty hives on the roof of the old mill. She came up there in April. Quist had never seen a bee.

What did she learn from the first winter?

“That you can wait.”

That was only the start. The second winter was harder than the first one was.

“We lost half of them,” she says.

Quist’s neighbours complained about the noise all summer long."""

QUOTED = [m.span(1) for m in re.finditer(r"“([^”]*)”", BODY)]


def bees(language: str = "en") -> Narration:
    return narration(BODY, QUOTED, title="The year of the bees", language=language)


def said(span: Span | None) -> str | None:
    return None if span is None else BODY[slice(*span)]


def test_the_reporters_paragraphs_are_those_without_quotes_and_headline() -> None:
    assert [BODY[s:e].split(maxsplit=1)[0] for s, e in sorted(bees().own)] == [
        "By",
        "Ada",
        "What",
        "That",
        "Quist’s",
    ]


def test_the_standfirst_is_the_first_whole_sentence() -> None:
    assert said(bees().standfirst()) == "Ada Quist keeps forty hives on the roof of the old mill."
    assert narration("By Rosa Lind", [], title="", language="en").standfirst() is None


def test_the_lead_in_stands_in_the_paragraph_before_the_quote() -> None:
    waiting = BODY.index("That you can")
    assert said(bees().lead_in(waiting)) == "What did she learn from the first winter?"


def test_a_lead_in_does_not_lean_on_another_sentence() -> None:
    lost = BODY.index("We lost half")
    assert said(bees().lead_in(lost)) == "The second winter was harder than the first one was."
    assert bees("xx").lead_in(lost) is None  # we cannot tell


def test_a_quote_after_another_quote_or_at_the_start_has_no_lead_in() -> None:
    two = narration("“One.”\n\n“Two.”", [(1, 5), (9, 13)], title="", language="en")
    assert two.lead_in(1) is None
    assert two.lead_in(9) is None


def test_a_speaker_is_introduced_by_sentences_that_open_with_the_name() -> None:
    found = [BODY[slice(*span)] for span in bees().introductions("Ada Quist")]
    assert found == [
        "Ada Quist keeps forty hives on the roof of the old mill.",
        "Quist had never seen a bee.",
    ]
    assert list(bees().introductions("")) == []


@pytest.mark.parametrize(
    ("sentence", "language", "leans"),
    [
        ("She came up.", "en", True),
        ("“She came up.", "en", True),
        ("Ada came up.", "en", False),
        ("Sie kam im April.", "de-AT", True),
        ("Ada kam im April.", "de", False),
        ("She came up.", "xx", True),
        ("1984!", "en", True),
    ],
)
def test_a_sentence_leans_on_another_by_its_first_word(sentence: str, language: str, leans: bool) -> None:
    assert leans_back(sentence, language) is leans
