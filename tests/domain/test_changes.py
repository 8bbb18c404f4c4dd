from __future__ import annotations

import pytest

from scheduler.domain.changes import Fate, Stretch, changes


def test_words_that_stay_go_and_come():
    assert changes("It rains here.", "It pours here.") == [
        Stretch(Fate.KEPT, "It "),
        Stretch(Fate.GONE, "rains"),
        Stretch(Fate.NEW, "pours"),
        Stretch(Fate.KEPT, " here."),
    ]


@pytest.mark.parametrize(("old", "new"), [("", "a b"), ("a b", ""), ("a\n\nb c", "c  b"), ("same", "same")])
def test_either_text_can_be_read_out_of_it(old, new):
    found = changes(old, new)
    assert "".join(each.text for each in found if each.fate != Fate.NEW) == old
    assert "".join(each.text for each in found if each.fate != Fate.GONE) == new
