from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.render import environment as module
from scheduler.render.environment import default_templates, environment, fill, is_markup


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "ours"
    write(folder, "posts/a.txt.j2", "ours {% block who %}us{% endblock %}")
    monkeypatch.setattr(module, "default_templates", lambda: folder)
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_our_templates_are_beside_the_package_or_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PACKAGE", tmp_path / "scheduler")
    assert default_templates() == tmp_path / "templates"
    (tmp_path / "scheduler/_templates").mkdir(parents=True)
    assert default_templates() == tmp_path / "scheduler/_templates"


def test_the_first_folder_that_has_a_template_wins(ours: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write(second, "posts/a.txt.j2", "theirs")
    assert fill(environment([first]), "posts/a.txt.j2", {}) == "ours us"
    assert fill(environment([first, second]), "posts/a.txt.j2", {}) == "theirs"


def test_an_override_can_extend_the_template_it_overrides(ours: Path, tmp_path: Path) -> None:
    override = '{% extends "default:posts/a.txt.j2" %}{% block who %}them{% endblock %}'
    write(tmp_path / "user", "posts/a.txt.j2", override)
    assert fill(environment([tmp_path / "user"]), "posts/a.txt.j2", {}) == "ours them"


@pytest.mark.parametrize("name", ["a.html", "a.html.j2", "a.mjml.j2", "a.svg", "a.svg.j2", "a.xml", None])
def test_markup_is_escaped(name: str | None) -> None:
    assert is_markup(name)


@pytest.mark.parametrize("name", ["a.txt", "a.txt.j2", "posts/html.txt.j2"])
def test_plain_text_is_not_escaped(name: str) -> None:
    assert not is_markup(name)


def test_values_are_escaped_by_the_name_of_the_template(ours: Path) -> None:
    write(ours, "a.html", "{{ v }}")
    write(ours, "b.txt", "{{ v }}")
    templates = environment([])
    assert fill(templates, "a.html", {"v": "R&D"}) == "R&amp;D"
    assert fill(templates, "b.txt", {"v": "R&D"}) == "R&D"


MISTAKES = {
    "an unknown variable": ("one\n{{ nobody }}", "line 2: 'nobody' is undefined"),
    "syntax": ("one\ntwo\n{% if %}", "line 3: Expected an expression"),
    "arithmetic": ("{{ 1 / 0 }}", "line 1: division by zero"),
    "types": ("\n{{ 'a' + 1 }}", "line 2: "),
    "a missing include": ("{% include 'gone.txt' %}", "there is no template gone.txt"),
    "itself": ("{% include 'bad.txt' %}", "it includes itself without end"),
    "a way out of the sandbox": ("{{ ''.__class__.__mro__ }}", "line 1: access to attribute '__class__'"),
    "changing what it was given": ("{{ v.append(1) }}", "line 1: "),
}


@pytest.mark.parametrize(("text", "complaint"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_the_template_and_the_line(ours: Path, text: str, complaint: str) -> None:
    write(ours, "bad.txt", text)
    with pytest.raises(PullquoteError) as caught:
        fill(environment([]), "bad.txt", {"v": []})
    assert "bad.txt" in str(caught.value)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_mistake_in_an_included_template_names_that_one(ours: Path) -> None:
    write(ours, "outer.txt", "{% include 'inner.txt' %}")
    write(ours, "inner.txt", "\n\n{{ nobody }}")
    with pytest.raises(PullquoteError, match=r"inner\.txt, line 3"):
        fill(environment([]), "outer.txt", {})
