from __future__ import annotations

import re

import pytest

from scheduler.domain.quote import Segment, spoken


def segments(body: str) -> list[Segment]:
    return [Segment(*m.span(1)) for m in re.finditer(r"[“‘]([^”’]*)[”’]", body)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("“We left,” she said.", "We left."),
        ("“We left!” she said.", "We left!"),
        ("“We left,” she said. “It rained.”", "We left. It rained."),
        ("“The bees,” she said, “were calm.”", "The bees, were calm."),
        ("“When it rained,” she said, “I left.”", "When it rained, I left."),
        ("“We left,” she said: “It rained.”", "We left. It rained."),
        ("“We left.\n\n“It rained.”".replace(".\n", ".”\n"), "We left. It rained."),
        ("‘We left’, she said.", "We left"),
        ("“ We left , ” she said.", "We left."),
        ("“我们走了，”她说。", "我们走了。"),
        ("", ""),
    ],
)
def test_only_the_comma_of_the_reporter_changes(body: str, text: str) -> None:
    assert spoken(body, segments(body)) == text
