"""Hostile templates: no network, no file but their own, bounded time and memory, and a worker that survives."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.render.card_hands import OWN, files_of
from scheduler.render.card_worker import Worker
from scheduler.render.cards import CardRenderer, CardText
from scheduler.render.environment import default_templates

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/>{}</svg>'
TEXT = CardText("It reads the rain.", "Dana Okafor")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def impatient() -> Iterator[Worker]:
    worker = Worker()
    fill(worker, "warm")  # starting may take its time
    worker._seconds = 0.4
    yield worker
    worker.close()


def fill(worker: Worker, source: str, **values: object) -> str:
    return worker.fill({"card.svg": source}, "/cards/mine/card.svg", values)


def test_it_draws_what_this_process_draws(worker: Worker) -> None:
    svg = fill(worker, SVG.replace("{}", "{{ note }}"), note="a < b")
    assert svg == OWN.fill({"card.svg": SVG.replace("{}", "{{ note }}")}, "/card.svg", {"note": "a < b"})
    assert worker.rasterise(svg).tobytes() == OWN.rasterise(svg).tobytes()


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{% include '../../../etc/passwd' %}", "there is no template"),
        ("{% include '/etc/passwd' %}", "there is no template"),
        ("{% include 'card.svg' %}", "includes itself without end"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{{ 'x' * 10**11 }}", "too much memory"),
        (
            "{% set n = namespace(s='0123456789') %}{% for i in range(40) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
            "too much memory",
        ),
        ("{{ 'x' * 9000000 }}", "too large when it is filled in"),
        ("{{ '<' * 300000 }}{{ ('<a/>' * 300000)|safe }}", "too large when it is filled in"),
    ],
)
def test_what_a_drawing_must_not_do_is_refused_by_name(worker: Worker, source: str, says: str) -> None:
    with pytest.raises(PullquoteError, match=r"The template /cards/mine/card\.svg") as refused:
        fill(worker, source)
    assert says in str(refused.value)
    assert fill(worker, "{{ 1 + 1 }}") == "2"


ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
BLUR = (
    '<filter id="f"><feTurbulence baseFrequency="0.01" numOctaves="900"/></filter>'
    '<rect width="4000" height="4000" filter="url(#f)"/>'
)


def test_an_endless_drawing_is_given_up_and_the_next_is_drawn(impatient: Worker) -> None:
    with pytest.raises(PullquoteError, match=r"mine/card\.svg: it takes more than 0\.4 seconds to draw"):
        fill(impatient, ENDLESS)
    impatient._seconds = 10
    assert fill(impatient, "{{ 1 + 1 }}") == "2"


def test_art_that_takes_too_long_is_given_up(impatient: Worker) -> None:
    wide = SVG.replace('"40"', '"4000"').replace('"20"', '"4000"')
    with pytest.raises(ValueError, match=r"takes more than 0\.4 seconds to draw: make it simpler"):
        impatient.rasterise(wide.format(BLUR))


def test_a_worker_that_was_killed_is_replaced(worker: Worker) -> None:
    fill(worker, "warm")
    assert worker._process
    worker._process.kill()
    worker._process.wait()
    assert fill(worker, "{{ 1 + 1 }}") == "2"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="asks /proc what the worker may do")
def test_the_worker_can_open_no_file_and_no_socket_and_knows_no_secret(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_KEY", "s3cret")
    worker.close()
    fill(worker, "warm")
    assert worker._process
    proc = Path(f"/proc/{worker._process.pid}")
    limits = {line[:26].strip(): line[26:].split()[0] for line in (proc / "limits").read_text().splitlines()}
    assert limits["Max open files"] == "3"
    assert limits["Max file size"] == limits["Max core file size"] == "0"
    assert int(limits["Max address space"]) <= 10**9
    assert {str(fd.readlink()).partition(":")[0] for fd in (proc / "fd").iterdir()} == {"pipe", "/dev/null"}
    assert b"s3cret" not in (proc / "environ").read_bytes()


def test_it_ends_with_whoever_started_it() -> None:
    worker = Worker()
    fill(worker, "warm")
    process = worker._process
    assert process
    del worker
    assert process.poll() is not None


def test_only_what_lies_in_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("secret")
    folder = tmp_path / "mine"
    (folder / "parts").mkdir(parents=True)
    (folder / "card.svg").write_text("card")
    (folder / "parts" / "rule.svg").write_text("rule")
    (folder / "link.svg").symlink_to(tmp_path / "secret.svg")
    assert files_of(folder) == {"card.svg": "card", "parts/rule.svg": "rule"}


def test_more_drawings_than_a_template_needs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "card.svg").write_text(" " * 8_000_001)
    with pytest.raises(PullquoteError, match="more than 8 MB of drawings"):
        files_of(tmp_path)


def test_a_user_s_template_is_drawn_elsewhere_and_ours_here(tmp_path: Path) -> None:
    copytree(default_templates() / "cards/plain", tmp_path / "mine")
    cards = CardRenderer([tmp_path, default_templates() / "cards"])
    ours = cards.render("plain", "square", TEXT, {})
    assert cards._worker._process is None
    assert cards.render("mine", "square", TEXT, {}) == ours
    assert cards._worker._process is not None
    cards.close()


def test_14_drawing_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a card opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    assert CardRenderer([default_templates() / "cards"]).render("plain", "square", TEXT, {}).data


def test_14_a_drawing_that_reaches_for_a_page_or_a_file_is_refused(tmp_path: Path) -> None:
    drawing = (default_templates() / "cards/plain/card.svg").read_text()
    cards = CardRenderer([tmp_path])
    for number, href in enumerate(("https://evil.example/x.png", "../../../etc/passwd", "/etc/passwd")):
        copytree(default_templates() / "cards/plain", tmp_path / f"bad{number}")
        image = f'<image href="{href}" width="9" height="9"/></svg>'
        (tmp_path / f"bad{number}" / "card.svg").write_text(drawing.replace("</svg>", image))
        with pytest.raises(PullquoteError, match="reaches outside the drawing"):
            cards.render(f"bad{number}", "square", TEXT, {})
    cards.close()
