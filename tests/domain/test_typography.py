from __future__ import annotations

import pytest

from scheduler.domain.typography import marks, quoted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“We left.”"),
        ("en-GB", "“We left.”"),
        ("", "“We left.”"),
        ("xx", "“We left.”"),
        ("de", "„We left.“"),
        ("de_AT", "„We left.“"),
        ("de-CH", "«We left.»"),
        ("fr", "«\u202fWe left.\u202f»"),
        ("sv", "”We left.”"),
        ("pt-BR", "“We left.”"),
    ],
)
def test_each_language_has_its_marks(language: str, text: str) -> None:
    assert quoted("We left.", language) == text


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("He said “go” and I went", "en", "“He said ‘go’ and I went”"),
        ('"Go," he said. ("Now!")', "en", "“‘Go,’ he said. (‘Now!’)”"),
        ("He said ‘go’, didn’t he", "en", "“He said ‘go’, didn’t he”"),
        ("Er sagte „geh“ zu mir", "de", "„Er sagte ‚geh‘ zu mir“"),
        ("Il a dit « va » et voilà", "fr", "«\u202fIl a dit “va” et voilà\u202f»"),
    ],
)
def test_marks_inside_become_inner_ones(text: str, language: str, shown: str) -> None:
    assert quoted(text, language) == shown


def test_the_marks_of_a_region_come_before_those_of_the_language() -> None:
    assert marks("de-CH") != marks("de")
