import pytest

from scheduler.bootstrap import bootstrap
from scheduler.domain.errors import PullquoteError
from scheduler.settings import Settings, origin, read_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_defaults_work_on_one_machine(tmp_path):
    settings = read_settings()
    assert settings.database == "sqlite:///queue.db"
    assert len(Settings.model_fields) < 20


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    (tmp_path / "pullquote.toml").write_text('port = 9000\nhost = "0.0.0.0"\n')
    monkeypatch.setenv("PULLQUOTE_PORT", "9001")
    settings = read_settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 9001)
    assert [origin(name) for name in ("port", "host", "senders")] == [
        "environment",
        "pullquote.toml",
        "default",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PULLQUOTE_PORT", "ninety"),
        ("PULLQUOTE_LEASE_SECONDS", "90"),
        ("PULLQUOTE_ALLOW_NETWORKS", '["10.0.0.0/99"]'),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(PullquoteError, match=name.removeprefix("PULLQUOTE_").lower()):
        read_settings()


def test_an_unknown_setting_in_the_file_is_refused(tmp_path):
    (tmp_path / "pullquote.toml").write_text("databse = 1\n")
    with pytest.raises(PullquoteError, match="databse"):
        read_settings()


def test_the_parts_are_put_together_once(tmp_path):
    app = bootstrap(Settings())
    assert (tmp_path / "queue.db").exists()
    assert (tmp_path / "pullquote.key").stat().st_mode & 0o077 == 0
    assert app.office.engine is app.engine
    app.close()
