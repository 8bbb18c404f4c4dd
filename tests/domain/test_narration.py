from __future__ import annotations

import re

import pytest

from scheduler.domain.narration import introductions, lead_in, leans_back, narrated, standfirst

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
VOICE = narrated(BODY, QUOTED, "The year of the bees")


def said(span: tuple[int, int] | None) -> str | None:
    return None if span is None else BODY[slice(*span)]


def test_the_reporters_paragraphs_are_those_without_quotes_and_headline() -> None:
    assert [BODY[s:e].split(maxsplit=1)[0] for s, e in VOICE] == ["By", "Ada", "What", "That", "Quist’s"]


def test_the_standfirst_is_the_first_whole_sentence() -> None:
    assert said(standfirst(BODY, VOICE)) == "Ada Quist keeps forty hives on the roof of the old mill."
    assert standfirst("By Rosa Lind", [(0, 12)]) is None


def test_the_lead_in_stands_in_the_paragraph_before_the_quote() -> None:
    waiting = BODY.index("That you can")
    assert said(lead_in(BODY, VOICE, waiting, "en")) == "What did she learn from the first winter?"


def test_a_lead_in_does_not_lean_on_another_sentence() -> None:
    lost = BODY.index("We lost half")
    assert said(lead_in(BODY, VOICE, lost, "en")) == "The second winter was harder than the first one was."
    assert lead_in(BODY, VOICE, lost, "xx") is None  # we cannot tell


def test_a_quote_after_another_quote_or_at_the_start_has_no_lead_in() -> None:
    assert lead_in("“One.”\n\n“Two.”", [], 10, "en") is None
    assert lead_in("“One.”", [], 1, "en") is None


def test_a_speaker_is_introduced_by_sentences_that_open_with_the_name() -> None:
    found = [BODY[slice(*span)] for span in introductions(BODY, VOICE, "Ada Quist")]
    assert found == [
        "Ada Quist keeps forty hives on the roof of the old mill.",
        "Quist had never seen a bee.",
    ]
    assert list(introductions(BODY, VOICE, "")) == []


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
