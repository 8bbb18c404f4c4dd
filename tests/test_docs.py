"""Documentation that lies fails the build: links lead somewhere, commands exist, the example is the truth."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from scheduler.cli._app import app
from scheduler.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
TOLD = [*PAGES, *ROOT.glob("scheduler/**/*.py"), ROOT / "docker-compose.yml", ROOT / "Dockerfile"]
_LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
_COMMAND = re.compile(r"(?:`|^\s{4,}|\$ |exec app )pullquote ([a-z][a-z-]*)(?: ([a-z]+)\b)?", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def _told_commands() -> Iterator[tuple[str, str, str]]:
    for path in TOLD:
        for name, sub in _COMMAND.findall(path.read_text("utf-8")):
            yield str(path.relative_to(ROOT)), name, sub


def test_every_command_that_we_tell_of_exists() -> None:
    root = get_command(app)
    told = list(_told_commands())
    assert len(told) > 40  # the pattern still finds them
    for path, name, sub in told:
        command = root.commands.get(name)
        assert command is not None, f"{path}: pullquote {name}"
        if sub and isinstance(command, TyperGroup):
            assert sub in command.commands, f"{path}: pullquote {name} {sub}"


def test_the_example_names_every_setting_with_its_default() -> None:
    text = (ROOT / "examples" / "pullquote.toml").read_text("utf-8")
    given = tomllib.loads(text)
    defaults = Settings.model_construct().model_dump(mode="json")
    assert given == {name: defaults[name] for name in given}
    assert all(
        name in text for name in Settings.model_fields if name != "key"
    )  # the key itself is no file's matter


def test_every_word_of_the_glossary_is_told_once() -> None:
    words = re.findall(r"\*\*([a-z ]+)\*\*", (ROOT / "docs" / "glossary.md").read_text("utf-8"))
    assert len(words) == len(set(words))
    assert {"article", "quote", "piece", "channel", "delivery", "slot", "in doubt", "suppression"} <= set(
        words
    )
