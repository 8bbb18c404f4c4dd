"""The demo is the main job from end to end: it must end well, and count what the services have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.demo.shelf import kept


@pytest.mark.chaos
def test_the_demo_ends_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PULLQUOTE_DATABASE", f"sqlite:///{tmp_path}/untouched.db")
    done = subprocess.run(
        [sys.executable, "-m", "scheduler.cli", "demo"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "8  What the receiver has" in done.stdout
    assert "✗" not in done.stdout
    received = tmp_path / "demo-output" / "received"
    assert all(kept(received / kind, "post") for kind in ("mastodon", "bluesky", "discord", "webhook"))
    assert all(kept(received / kind, "mail") for kind in ("postmark", "mailpit"))
    assert list(received.rglob("*-card.png"))
    assert not (tmp_path / "untouched.db").exists()
