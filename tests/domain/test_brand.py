"""What a workspace looks like."""

from __future__ import annotations

import pytest

from scheduler.domain.brand import focus, same_person
from scheduler.domain.errors import PullquoteError


def test_a_focus_is_from_the_left_and_the_top() -> None:
    assert focus("30% 40%") == (0.3, 0.4)
    assert focus(" 0%,100% ") == (0.0, 1.0)


@pytest.mark.parametrize("text", ["", "30 40", "30%", "130% 40%", "-1% 2%", "left top"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(PullquoteError, match="30% 40%"):
        focus(text)


def test_case_and_spaces_do_not_tell_people_apart() -> None:
    assert same_person(" Dana\u00a0 OKAFOR") == same_person("Dana Okafor") == "dana okafor"
