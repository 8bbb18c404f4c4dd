from __future__ import annotations

from itertools import combinations

from scheduler.domain.suppression import Reason, graver


def test_a_complaint_weighs_most_and_a_hand_least() -> None:
    for heavy, light in combinations((Reason.COMPLAINT, Reason.HARD, Reason.INVALID, Reason.MANUAL), 2):
        assert graver(light, heavy)
        assert not graver(heavy, light)
    assert not graver(Reason.HARD, Reason.HARD)
