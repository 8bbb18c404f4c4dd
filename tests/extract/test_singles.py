from __future__ import annotations

import pytest

from scheduler.extract.blocks import blocks
from scheduler.extract.singles import single_marks


def kept(body: str) -> str:
    """The body with the marks that count as angle brackets."""
    found = [m for block in single_marks(body, blocks(body)) for m in block]
    signs = {m.start: "<" if m.way.value == "open" else ">" for m in found}
    return "".join(signs.get(i, c) for i, c in enumerate(body))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("‘I don’t know,’ she said.", "<I don’t know,> she said."),
        ("‘It’s the players’ call.’", "<It’s the players’ call.>"),
        ("'We can't,' he said. 'Not now.'", "<We can't,> he said. <Not now.>"),
        ("She called it ‘a mess’.", "She called it <a mess>."),
        (
            "Back in the ’90s, rock ’n’ roll was the bands’ life.",
            "Back in the ’90s, rock ’n’ roll was the bands’ life.",
        ),
        ("‘He said, ‘go,’ and I went,’ she said.", "<He said, <go,> and I went,> she said."),
        ("‘He said, 'go.'’", "<He said, <go.>>"),
        ("''No singles here,'' he said.", "''No singles here,'' he said."),
        ("The Joneses’ dog and the dogs’ home", "The Joneses’ dog and the dogs’ home"),
    ],
)
def test_apostrophes_are_no_marks(body: str, expected: str) -> None:
    assert kept(body) == expected
