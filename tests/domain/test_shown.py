from __future__ import annotations

from scheduler.domain.shown import Run, runs


def test_links_and_hashtags_stand_out_and_nothing_is_lost():
    text = "Read https://ledger.example/a?b=1, then #Rain. Not a#tag (https://x.example/)."
    found = runs(text)
    assert [run for run in found if run.kind] == [
        Run("https://ledger.example/a?b=1", "link"),
        Run("#Rain", "tag"),
        Run("https://x.example/", "link"),
    ]
    assert "".join(run.text for run in found) == text
