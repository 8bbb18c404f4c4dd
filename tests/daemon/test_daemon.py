import signal

from scheduler import daemon as module
from scheduler.bootstrap import bootstrap
from scheduler.daemon import Daemon
from scheduler.settings import Settings
from scheduler.store import heartbeats


def test_nudges_its_clock_until_it_is_stopped_and_says_that_it_stopped(tmp_path, monkeypatch):
    app = bootstrap(Settings(database=f"sqlite:///{tmp_path}/queue.db", key_file=tmp_path / "pullquote.key"))
    daemon = Daemon(app)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(module, "NUDGE", 0.01)
    monkeypatch.setattr(daemon._ticker, "nudge", daemon._stop.set)
    daemon.run()
    with app.reading() as session:
        (beat,) = heartbeats.all_of(session)
    assert beat.stopped
    app.close()
