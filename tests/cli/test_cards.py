from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from scheduler.cli import cards as commands
from tests.cli.conftest import Pullquote
from tests.cli.test_complete import _offered

PLAIN = ("cards", "preview", "1", "--template", "plain")


def own_template(name: str = "mine") -> Path:
    """A template of one's own, as the settings name its folder: ours, copied."""
    folder = Path("templates/cards") / name
    folder.mkdir(parents=True)
    ours = Path(commands.__file__).parents[2] / "templates/cards/plain"
    for file in ours.iterdir():
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    with Path("pullquote.toml").open("a") as settings:
        settings.write('templates = "templates"\n')
    return folder


def test_lists_the_templates_without_a_database(bare: Pullquote) -> None:
    found = {each["name"]: each for each in bare.json("cards")}
    assert found["plain"]["sizes"]["square"] == [1080, 1080]
    assert "Large serif type" in found["plain"]["about"]
    assert "square 1080×1080" in bare("cards", "list").stdout
    assert not Path("queue.db").exists()


def test_shows_every_size_of_a_template_and_writes_them(made: Pullquote) -> None:
    page = made(*PLAIN, "--open", "shown")
    assert "plain-story.png" in page.stdout
    assert "shown/contact-sheet.png" in page.stderr
    cells = {cell["size"]: cell for cell in made.json(*PLAIN, "--open", "shown")}
    assert cells.keys() >= {"square", "portrait", "wide", "landscape", "story", "link"}
    for cell in cells.values():
        (file,) = cell["files"]
        with Image.open(file) as card:
            assert card.size == (cell["width"], cell["height"])
    with Image.open("shown/contact-sheet.png") as sheet:
        assert sheet.width > 2500
        assert len(sheet.getcolors(2**20) or ()) > 50
    html = Path("shown/index.html").read_text("utf-8")
    assert all(Path(file).name in html for cell in cells.values() for file in cell["files"])


def test_one_size_as_another_type(made: Pullquote) -> None:
    (cell,) = made.json(*PLAIN, "--size", "square", "--type", "webp")
    assert (cell["type"], cell["files"]) == ("image/webp", ["card-preview/plain-square.webp"])


def test_a_quote_that_a_template_cannot_carry_says_why_in_its_place(made: Pullquote) -> None:
    template = own_template() / "template.toml"
    template.write_text(template.read_text().replace("smallest = 32", "smallest = 118"))
    (cell,) = made.json("cards", "preview", "1", "--template", "mine", "--size", "wide")
    assert cell["files"] == []
    assert "does not go on the wide card" in cell["reason"]
    html = Path("card-preview/index.html").read_text("utf-8")
    assert "does not go on the wide card" in html


def test_a_template_that_is_wrong_does_not_keep_the_others_from_being_seen(made: Pullquote) -> None:
    (own_template() / "card.svg").write_text("{{ nothing }}")
    wrong, good = made.json(
        "cards", "preview", "1", "--template", "mine", "--template", "plain", "--size", "wide"
    )
    assert "'nothing' is undefined" in wrong["reason"]
    assert good["files"]


def test_watching_draws_again_what_was_saved(made: Pullquote, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each turn of the watch, somebody saves something; then they press Ctrl-C."""
    drawing = own_template() / "card.svg"
    good = drawing.read_text()
    saved = iter([good.replace("{{ brand.paper }}", "#FFEE00"), good, "{{ broken", good + " "])

    def wait(seconds: float) -> None:
        assert 0 < seconds <= 1
        text = next(saved, None)
        if text is None:
            raise KeyboardInterrupt
        drawing.write_text(text)

    monkeypatch.setattr(commands, "wait", wait)
    result = made("cards", "preview", "1", "--template", "mine", "--size", "square", "--watch")
    assert result.stdout.count("mine: 1 of 1 sizes drawn") == 3
    assert "mine: 0 of 1 sizes drawn" in result.stdout
    assert "card.svg, line 1" in result.stderr
    assert "No longer watching." in result.stderr


def test_a_carousel_is_bound_as_a_pdf(made: Pullquote) -> None:
    template = own_template() / "template.toml"
    text = template.read_text().replace("smallest = 32", "smallest = 104")
    template.write_text(text.replace("quoted = true", 'quoted = true\noverflow = "split"'))
    page = made("cards", "preview", "1", "--template", "mine", "--size", "square", "--pdf")
    assert "more frames" in page.stdout
    assert Path("card-preview/mine-square.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("9",), "article 9"),
        (("1", "--template", "nosuch"), "there is no card template 'nosuch'"),
        (("1", "--template", "../plain"), "there is no card template '../plain'"),
        (("1", "--size", "huge"), "No template has the size huge"),
    ],
)
def test_what_there_is_not_is_one_sentence(made: Pullquote, words: tuple[str, ...], says: str) -> None:
    assert says in made.refused("cards", "preview", *words)


def test_a_type_that_is_none_is_refused(made: Pullquote) -> None:
    assert "none of png, jpeg, webp" in made("cards", "preview", "1", "--type", "gif", code=2).stderr


def test_an_article_without_quotes_is_told_of(pullquote: Pullquote) -> None:
    Path("dry.md").write_text("# Dry\n\nNobody said a word all day long, and nobody will tomorrow.\n")
    pullquote("add", "dry.md")
    assert "Article 1 has no quote to show" in pullquote.refused("cards", "preview", "1")


def test_names_of_templates_complete(bare: Pullquote, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _offered(monkeypatch, "cards", "preview", "1", "--template", "pl") == ["plain"]


def test_a_template_that_is_right_is_told_so(bare: Pullquote) -> None:
    assert bare("cards", "check", "plain").stdout == "plain: nothing is wrong.\n"
    assert bare.json("cards", "check") == []


def test_what_is_wrong_is_told_with_file_and_line(made: Pullquote) -> None:
    drawing = own_template() / "card.svg"
    lines = (
        drawing.read_text().replace("</svg>", '<image href="https://x.example/a.png"/>\n</svg>').splitlines()
    )
    drawing.write_text("\n".join(lines))
    at = next(number for number, line in enumerate(lines, start=1) if "x.example" in line)
    for named in ("mine", "templates/cards/mine"):
        (line,) = made("cards", "check", named, code=1).stdout.splitlines()
        assert line.startswith(f"templates/cards/mine/card.svg:{at}: <image")
    (problem,) = made.json("cards", "check", "mine", code=1)
    assert (problem["file"], problem["line"]) == ("templates/cards/mine/card.svg", at)
    assert "assets/" in problem["todo"]


def test_a_template_that_there_is_not_cannot_be_checked(bare: Pullquote) -> None:
    assert "there is no card template 'nosuch'" in bare.refused("cards", "check", "nosuch")
    assert "There is no folder no/such" in bare.refused("cards", "check", "no/such")
