"""Drawings that designers make, and that others make."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.render.card_drawing import Drawing, draw
from scheduler.render.card_manifest import Size
from scheduler.render.layout.fit import Box

SIZE = Size(width=400, height=300, margin=20)
QUOTE = '<rect id="slot:quote" x="{{ margin }}" y="20" width="360" height="200"/>'


def drawn(folder: Path, body: str, attributes: str = 'width="400" height="300"', before: str = "") -> Drawing:
    svg = f'{before}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'
    (folder / "card.svg").write_text(svg, "utf-8")
    return draw(folder, SIZE, {"paper": (255, 250, 240)})


def test_slots_are_taken_out_and_the_rest_is_art(tmp_path: Path) -> None:
    drawing = drawn(tmp_path, f'<g id="layer"><rect fill="{{{{ brand.paper }}}}"/>{QUOTE}</g>')
    assert drawing.boxes == {"quote": Box(20, 20, 360, 200)}
    assert "slot:" not in drawing.art
    assert "#fffaf0" in drawing.art


@pytest.mark.parametrize(  # case 14, and what else would surprise
    ("body", "complaint"),
    [
        ('<image href="https://example.org/x.png"/>', "<image> is not allowed"),
        ('<use href="../../etc/passwd"/>', "reaches outside"),
        ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///etc/passwd"/>', "reaches outside"),
        ('<rect fill="url(https://example.org/#g)"/>', "reaches outside"),
        ("<rect style=\"fill: url( 'other.svg#g')\"/>", "reaches outside"),
        ("<style>@import 'x.css'</style>", "<style> is not allowed"),
        ("<text>hello</text>", "drawn without fonts"),
        ("<script>1</script>", "<script> is not allowed"),
        ("<foreignObject/>", "<foreignObject> is not allowed"),
        (f'<g transform="scale(2)">{QUOTE}</g>', "slot:quote is in a group that is transformed"),
        (QUOTE.replace("/>", ' transform="rotate(3)"/>'), "slot:quote is transformed"),
        ('<circle id="slot:quote" r="20"/>', "must be a rectangle"),
        (QUOTE.replace("360", "100%"), "must be a rectangle"),
        (QUOTE.replace("360", "390"), "over the edge"),
        (QUOTE + QUOTE.replace("quote", "speaker"), "slot:quote and slot:speaker overlap"),
        ("<rect>", "mismatched tag"),
        ("<g>" * 60 + "</g>" * 60, "nested more than 50 deep"),
        ("<g>" * 30_000 + "</g>" * 30_000, "nested more than 50 deep"),
        ('<g id="a"><use href="#a"/></g>', "a <use> shows another"),
        ('<g id="a"/><g id="b"><use href="#a"/></g><use href="#b"/>', "a <use> shows another"),
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ ''.__class__ }}", "unsafe"),
        ("{% include '../secret.svg' %}", "there is no template"),
    ],
)
def test_a_drawing_that_is_wrong_is_refused_with_its_name(tmp_path: Path, body: str, complaint: str) -> None:
    with pytest.raises(PullquoteError, match=r"card\.svg") as refused:
        drawn(tmp_path, body)
    assert complaint in str(refused.value)


def test_a_document_type_is_refused_before_it_is_read(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(PullquoteError, match="document type"):
        drawn(tmp_path, "&b;", before=bomb)


def test_the_drawing_has_the_size_that_it_says(tmp_path: Path) -> None:
    with pytest.raises(PullquoteError, match="400 and 300"):
        drawn(tmp_path, QUOTE, 'width="100%" height="300"')


def test_names_within_the_drawing_may_be_used(tmp_path: Path) -> None:
    body = '<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/><use href="#g"/>'
    assert "url(#g)" in drawn(tmp_path, body + QUOTE).art
