"""What a person never writes: the time must grow with the length, and no faster."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

import pytest

from scheduler.extract import extract


def _first_name(number: int) -> str:
    """Another one for each number."""
    letters = "abcdefghijklmnopqrst"
    return "N" + "".join(letters[number // 20**k % 20] for k in range(4))


HOSTILE: dict[str, Callable[[int], str]] = {
    "opening marks": lambda n: "“" * n,
    "closing marks": lambda n: "”" * n,
    "straight marks": lambda n: '"' * n,
    "spaced marks": lambda n: '" ' * (n // 2),
    "apostrophes": lambda n: "'" * n,
    "spaced apostrophes": lambda n: " 'a" * (n // 3),
    "curly apostrophes": lambda n: "a’ " * (n // 3),
    "one endless line": lambda n: "word " * (n // 5),
    "one endless sentence": lambda n: "“It is so,” she said, and " * (n // 26),
    "one endless name": lambda n: "Ann Bell " * (n // 9) + "said: “It is so, and so it is.”",
    "tiny quotes": lambda n: '"a" ' * (n // 4),
    "nested": lambda n: "“a " * (n // 6) + "b” " * (n // 6),
    "open paragraphs": lambda n: "“It goes on and on.\n\n" * (n // 22),
    "lone marks in paragraphs": lambda n: "“\n" * (n // 2),
    "one quote again and again": lambda n: "“The same words once more,” Ann Bell said.\n\n" * (n // 45),
    "pronouns": lambda n: "Ann Bell came. “It is so good,” she said. " * (n // 42),
    "commas": lambda n: "Ann, " * (n // 5) + "said: “It is so, and so it is.”",
    "full stops": lambda n: "A. " * (n // 3),
    "brackets": lambda n: "Ann (" * (n // 5) + "said: “It is so, and so it is.”",
    "namesakes": lambda n: "“It is so.” " + "".join(f"{_first_name(i)} Bell. " for i in range(n // 12)),
    "break after break": lambda n: "“a\n\nb” " * (n // 7),
}


def seconds(body: str) -> float:
    """The best of three: other programs run on this machine, too, and the collector has its own rhythm."""

    def once() -> float:
        gc.collect()
        gc.disable()
        start = process_time()
        extract(body, title=body[:200])
        spent = process_time() - start
        gc.enable()
        return spent

    return min(once() for _ in range(3))


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_grows_with_the_length(name: str) -> None:
    """Four times the text takes about four times as long; sixteen times would be the square."""
    small, large = (seconds(HOSTILE[name](n)) for n in (10_000, 40_000))
    assert large < 10 * small + 0.05


@pytest.mark.parametrize("name", HOSTILE)
def test_the_words_are_verbatim(name: str) -> None:
    body = HOSTILE[name](2_000)
    assert all(0 <= s.start < s.end <= len(body) for q in extract(body) for s in q.segments)
