"""Marks and spaces, by language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.render.layout.punctuation import NARROW, NO_BREAK, dress


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“Yes.”"),
        ("en-GB", "“Yes.”"),
        ("", "“Yes.”"),
        ("xx", "“Yes.”"),
        ("de", "„Yes.“"),
        ("de_AT", "„Yes.“"),
        ("de-CH", "«Yes.»"),
        ("fr", f"«{NARROW}Yes.{NARROW}»"),
        ("pl", "„Yes.”"),
        ("sv", "”Yes.”"),
        ("es", "«Yes.»"),
        ("pt-BR", "“Yes.”"),
        ("pt-PT", "«Yes.»"),
        ("ru", "«Yes.»"),
        ("ja", "「Yes.」"),
        ("zh-Hans", "“Yes.”"),
        ("zh-Hant", "「Yes.」"),
        ("zh-Hant-HK", "「Yes.」"),
        ("zh_TW", "「Yes.」"),
        ("ko", "“Yes.”"),
        ("ar", "«Yes.»"),
        ("fa-IR", "«Yes.»"),
        ("he", "”Yes.”"),
        ("th", "“Yes.”"),
        ("hi", "“Yes.”"),
        ("uk", "«Yes.»"),
    ],
)
def test_a_quote_stands_in_its_language_s_marks(language: str, expected: str) -> None:
    dressed = dress("Yes.", language, quoted=True)
    assert dressed.text == expected
    assert expected[dressed.opening : len(expected) - dressed.closing] == "Yes."


@pytest.mark.parametrize(
    ("language", "text", "inside"),
    [
        ("en", "He said “no” to us.", "He said ‘no’ to us."),
        ("en", "He said “the ‘big’ one” to us.", "He said “the ‘big’ one” to us."),
        ("en", "The 6” pipe and “that”", "The 6” pipe and ‘that’"),
        ("de", "Er sagte „nein“ zu uns.", "Er sagte ‚nein‘ zu uns."),
        ("fr", "Il a dit « non » hier.", "Il a dit “non” hier."),
        ("sv", "Han sa ”nej” till oss.", "Han sa ’nej’ till oss."),
        ("ru", "Он сказал «нет».", "Он сказал „нет“."),
        ("ja", "彼は「いいえ」と言った", "彼は『いいえ』と言った"),
        ("ja", '彼は "no" と', "彼は 『no』 と"),
    ],
)
def test_a_quote_in_a_quote_stands_in_the_inner_marks(language: str, text: str, inside: str) -> None:
    dressed = dress(text, language, quoted=True)
    assert dressed.text[dressed.opening : len(dressed.text) - dressed.closing] == inside
    assert dress(text.replace('"', ""), language).text == text.replace('"', "").replace(
        " »", "\u202f»"
    ).replace("« ", "«\u202f")


def test_other_texts_have_no_marks() -> None:
    assert dress("Dana Okafor", "en") == ("Dana Okafor", 0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it's the lawyers' fault", "it’s the lawyers’ fault"),
        ("the '90s", "the ’90s"),
        ('she said "no" twice', "she said ‘no’ twice"),
        ('a 6" pipe', 'a 6" pipe'),
        ("  two \n words\t ", "two words"),
        ("kept\u00a0together", "kept\u00a0together"),
        ("20 % of 5 km", "20\u00a0% of 5\u00a0km"),
        ("J. K. Rowling", "J.\u00a0K.\u00a0Rowling"),
        ("Dr. Smith, No. 5", "Dr.\u00a0Smith, No.\u00a05"),
        ("now – or never - so", "now\u00a0– or never\u00a0- so"),
        ("on 5 may", "on 5 may"),
        ("<b>&{{7*7}}", "<b>&{{7*7}}"),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert dress(text, "en").text == expected


def test_french_spaces_hold() -> None:
    assert dress("Quoi ? « Oui » : non !", "fr").text == (
        f"Quoi{NARROW}? «{NARROW}Oui{NARROW}»{NO_BREAK}: non{NARROW}!"
    )


def test_a_polish_preposition_stays_with_its_word() -> None:
    assert dress("był w domu i z nami", "pl").text == f"był w{NO_BREAK}domu i{NO_BREAK}z{NO_BREAK}nami"


@given(st.text(), st.sampled_from(["en", "fr", "de", "pl", "sv", "ja", "ar"]))
def test_no_word_is_ever_changed(text: str, language: str) -> None:
    def letters(text: str) -> list[str]:
        return [c for c in text if not c.isspace() and c not in "'\"‘’“”‚‘„«»『』「」"]

    assert letters(dress(text, language).text) == letters(text)
    assert letters(dress(text, language, quoted=True).text) == letters(text)


def test_a_part_of_a_quote_opens_or_closes_it_or_neither() -> None:
    assert dress("Es geht", "de", quoted=True, closes=False) == ("„Es geht", 1, 0)
    assert dress("immer", "de", quoted=True, opens=False, closes=False) == ("immer", 0, 0)
    assert dress("weiter.", "de", quoted=True, opens=False) == ("weiter.“", 0, 1)
