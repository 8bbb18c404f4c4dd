"""docker-compose.yml, as far as it can be tried without docker: its commands and settings are ours.

The commands themselves run as processes over a real PostgreSQL in tests/daemon/test_handout.py.
"""

from pathlib import Path

import yaml

from scheduler.cli._app import app
from scheduler.settings import Settings

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}


def test_each_command_is_one_of_ours():
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert OURS["worker"]["command"] in commands
    assert OURS["worker"]["healthcheck"]["test"][:3] == ["CMD", "pullquote", "worker"]


def test_each_setting_is_one_of_ours():
    for service in OURS.values():
        names = {name for name in service["environment"] if name != "PGPASSWORD"}
        assert names <= {f"PULLQUOTE_{field}".upper() for field in Settings.model_fields}


def test_whoever_needs_the_database_waits_until_it_is_healthy():
    for service in OURS.values():
        assert service["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert COMPOSE["services"]["postgres"]["healthcheck"]["test"][1] == "pg_isready"


def test_one_machine_needs_neither_workers_nor_a_server():
    without = {name for name, service in COMPOSE["services"].items() if "profiles" not in service}
    assert without == {"app"}
    assert OURS["app"]["depends_on"]["postgres"]["required"] is False
    assert OURS["app"]["environment"]["PULLQUOTE_DATABASE"].endswith(":-sqlite:////data/queue.db}")
