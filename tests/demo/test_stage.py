import os
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from scheduler.demo import stage
from scheduler.domain.errors import PullquoteError


def test_the_receiver_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    with (
        stage.receiver(tmp_path) as address,
        pytest.raises(HTTPError, match="404") as refused,
    ):
        urlopen(f"{address}/nobody/here")
    refused.value.close()


def test_a_daemon_is_asked_to_finish(tmp_path: Path) -> None:
    waits = "import signal, sys; signal.signal(15, lambda *_: sys.exit(0)); print('up', flush=True); signal.pause()"
    log = tmp_path / "log"
    with stage.daemon([sys.executable, "-c", waits], log) as process:
        while "up" not in log.read_text():
            assert process.poll() is None
        code, seconds = stage.drain(process)
    assert code == 0
    assert seconds < stage.PATIENCE


def test_a_daemon_that_does_not_finish_is_said_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "PATIENCE", 0.1)
    deaf = "import signal; signal.signal(15, signal.SIG_IGN); print('up', flush=True); [signal.pause() for _ in 'ab']"
    log = tmp_path / "log"
    with stage.daemon([sys.executable, "-c", deaf], log) as process:
        while "up" not in log.read_text():
            assert process.poll() is None
        with pytest.raises(PullquoteError, match="did not drain"):
            stage.drain(process)
    assert process.returncode is not None


def test_the_settings_of_another_installation_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_DATABASE", "sqlite:////production.db")
    stage.without_our_settings()
    assert "PULLQUOTE_DATABASE" not in os.environ
