"""Drawings that designers make, and that others make."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.render import card_source
from scheduler.render.card_drawing import Art, Drawing, draw
from scheduler.render.card_manifest import Size
from scheduler.render.card_slots import Slot
from scheduler.render.layout.fit import Box

SIZE = Size(width=400, height=300, margin=20)
QUOTE = '<rect id="slot:quote" x="{{ margin }}" y="20" width="360" height="200"/>'
SIDES = 'width="400" height="300"'
INKSCAPE = 'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'


def drawn(
    folder: Path, body: str, attributes: str = SIDES, before: str = "", there: frozenset[str] = frozenset()
) -> Drawing:
    svg = f'{before}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'
    (folder / "card.svg").write_text(svg, "utf-8")
    return draw(card_source.filled(folder / "card.svg", SIZE, {"paper": (255, 250, 240)}), SIZE, there)


def arts(drawing: Drawing) -> list[str]:
    return [layer.svg for layer in drawing.under if isinstance(layer, Art)]


def test_slots_are_taken_out_and_the_rest_is_art(tmp_path: Path) -> None:
    drawing = drawn(tmp_path, f'<g id="layer"><rect fill="{{{{ brand.paper }}}}"/>{QUOTE}</g>')
    assert drawing.boxes == {"quote": Box(20, 20, 360, 200)}
    (art,) = arts(drawing)
    assert "slot:" not in art
    assert "#fffaf0" in art
    assert drawing.over is None


@pytest.mark.parametrize(
    "slot",
    [
        '<rect id="slot:quote" width="360px" height="200px" x="20px" y="20"/>',
        '<rect id="slot: quote" x="20" y="20" width="360" height="200" fill="#D9D9D9"/>',
        '<rect id="slot:quote_2" x="20" y="20" width="360" height="200"/>',
        '<rect id="slot_x3A_quote" x="20" y="20" width="360" height="200"/>',
        '<rect id="rect7" data-name="slot:quote" x="20" y="20" width="360" height="200"/>',
        f'<rect {INKSCAPE} id="rect12" inkscape:label="slot:quote" x="20" y="20" width="360" height="200"/>',
        '<rect id="slot:quote" width="360" height="200" transform="translate(20 20)"/>',
        '<rect id="slot:quote" x="5" y="7" width="360" height="200" transform="matrix(1 0 0 1 15 13)"/>',
        (
            '<g transform="translate(30,-4)"><g transform="translate(-10)">'
            '<rect id="slot:quote" y="24" width="360" height="200"/></g></g>'
        ),
    ],
)
def test_a_slot_as_drawing_programs_write_it(tmp_path: Path, slot: str) -> None:
    assert drawn(tmp_path, slot).boxes == {"quote": Box(20, 20, 360, 200)}


def test_a_drawing_in_other_units_is_made_as_large_as_the_card(tmp_path: Path) -> None:
    body = '<rect id="slot:quote" x="10" y="10" width="180" height="100"/>'
    for sides in ('width="52.9mm" height="39.7mm" viewBox="0 0 200 150"', 'viewBox="0 0 200 150"'):
        assert drawn(tmp_path, body, sides).boxes == {"quote": Box(20, 20, 360, 200)}


def test_the_layers_lie_as_they_are_drawn(tmp_path: Path) -> None:
    body = (
        '<rect fill="#000001"/><g clip-path="url(#c)"><circle id="slot:portrait" cx="60" cy="60" r="40"/>'
        '<rect fill="#000002"/></g><g id="scrim"><rect fill="#000003"/></g>'
        f'<rect fill="#000004"/>{QUOTE}<rect fill="#000005"/><rect id="slot:speaker" x="20" y="240" width="360" '
        'height="40"/><path fill="#000006"/>'
    )
    ground, portrait, between, scrim, upper = drawn(tmp_path, body).under
    assert isinstance(ground, Art)
    assert "#000001" in ground.svg
    assert isinstance(portrait, Slot)
    assert (portrait.name, portrait.box, portrait.rounded) == ("portrait", Box(20, 20, 80, 80), 40)
    assert isinstance(between, Art)
    assert "#000002" in between.svg
    assert 'clip-path="url(#c)"' in between.svg
    assert isinstance(scrim, Art)
    assert scrim.is_scrim
    assert isinstance(upper, Art)
    assert ("#000004" in upper.svg, "#000005" in upper.svg, "#000006" in upper.svg) == (True, True, False)
    over = drawn(tmp_path, body).over
    assert over is not None
    assert "#000006" in over.svg


def test_parts_come_and_go_with_what_the_card_has(tmp_path: Path) -> None:
    body = (
        '<g id="if:portrait"><rect fill="#000001"/><rect id="slot:quote" x="200" y="20" width="180" height="200"/>'
        f'</g><g id="unless:portrait"><rect fill="#000002"/>{QUOTE}</g>'
    )
    assert drawn(tmp_path, body).boxes["quote"].width == 360
    with_portrait = drawn(tmp_path, body, there=frozenset({"portrait"}))
    assert with_portrait.boxes["quote"].width == 180
    assert "#000002" not in arts(with_portrait)[0]
    assert card_source.asks_for(tmp_path / "card.svg") == {"portrait"}


def test_the_drawing_may_say_where_the_lines_of_a_text_stand(tmp_path: Path) -> None:
    slot = '<rect id="slot:{}" {} x="20" y="{}" width="300" height="40"/>'
    body = slot.format("quote", 'preserveAspectRatio="xMinYMid"', 20) + slot.format("speaker", "", 80)
    drawing = drawn(tmp_path, body)
    assert drawing.valigns == {"quote": "middle"}
    assert drawing.mirror(400).valigns == {"quote": "middle"}


def test_a_size_or_a_shape_can_have_a_drawing_of_its_own(tmp_path: Path) -> None:
    story = Size(width=1080, height=1920)
    assert card_source.file_for(tmp_path, "story", story).name == "card.svg"
    (tmp_path / "card@9x16.svg").touch()
    assert card_source.file_for(tmp_path, "story", story).name == "card@9x16.svg"
    (tmp_path / "card@story.svg").touch()
    assert card_source.file_for(tmp_path, "story", story).name == "card@story.svg"


STYLED = "<style>.a { fill: #123456; clip-path: url(#c) }</style><rect class='a' style='opacity: .5'/>"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_styles_and_pictures_within_the_drawing_are_kept(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "dot.png").write_bytes(base64.b64decode(PIXEL))
    picture = f'<image href="data:image/png;base64,{PIXEL}"/><image href="assets/dot.png"/>'
    (art,) = arts(drawn(tmp_path, STYLED + picture + QUOTE))
    assert "fill: #123456" in art
    assert art.count(PIXEL) == 2


def test_a_document_type_that_declares_nothing_is_let_through(tmp_path: Path) -> None:
    before = '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n "http://www.w3.org/svg11.dtd">\n'
    assert drawn(tmp_path, QUOTE, before=before).boxes


SVG_INSIDE = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="


@pytest.mark.parametrize(  # case 14, and what else would surprise
    ("body", "complaint"),
    [
        ('<image href="https://example.org/x.png"/>', "reaches outside"),
        ('<image href="../../etc/passwd"/>', "reaches outside"),
        ('<image href="assets/../../../etc/passwd"/>', "reaches outside"),
        ('<image href="card.svg"/>', "reaches outside"),
        ('<image href="assets/none.png"/>', "there is no assets/none.png: put the picture into assets/"),
        (f'<image href="data:image/svg+xml;base64,{SVG_INSIDE}"/>', "reaches outside"),
        (f'<image href="data:image/png;base64,{SVG_INSIDE}"/>', "no PNG, JPEG or WebP"),
        ('<image href="data:image/png;base64,%%%"/>', "not embedded properly"),
        ('<use href="../../etc/passwd"/>', "reaches outside"),
        ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///etc/passwd"/>', "reaches outside"),
        ('<rect fill="url(https://example.org/#g)"/>', "reaches outside"),
        ("<rect style=\"fill: url( 'other.svg#g')\"/>", "reaches outside"),
        ("<style>@import 'x.css'</style>", "its <style> reaches outside"),
        ("<style>rect { fill: u\\72l(x.svg) }</style>", "its <style> reaches outside"),
        ("<text>hello</text>", "drawn without fonts"),
        ("<script>1</script>", "<script> is not allowed"),
        ("<foreignObject/>", "<foreignObject> is not allowed"),
        (f'<g transform="scale(2)">{QUOTE}</g>', "slot:quote or a group around it is turned or scaled"),
        (QUOTE.replace("/>", ' transform="rotate(3)"/>'), "turned or scaled"),
        ('<circle id="slot:quote" r="20"/>', "slot:quote is a <circle>: draw it as a rectangle"),
        ('<path id="slot:portrait" d="M0 0h9v9z"/>', "draw it as a rectangle or a circle"),
        ('<rect id="slot:quite" width="9" height="9"/>', "there is no slot called quite: take one of quote"),
        (QUOTE.replace("360", "100%"), 'the width of slot:quote is "100%"'),
        (QUOTE.replace("360", "0"), "slot:quote is empty"),
        (QUOTE.replace("360", "390"), "over the edge"),
        (QUOTE + QUOTE, "slot:quote is there twice"),
        (QUOTE + QUOTE.replace("quote", "speaker"), "slot:quote and slot:speaker overlap"),
        (
            QUOTE + '<rect id="slot:logo" x="30" y="30" width="9" height="9"/>',
            "slot:quote and slot:logo overlap",
        ),
        ("<rect>", "not well-formed"),
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
    with pytest.raises(PullquoteError, match=r"card\.svg, line \d") as refused:
        drawn(tmp_path, body)
    assert complaint in str(refused.value)


def test_the_line_is_that_of_the_file_whatever_was_filled_in(tmp_path: Path) -> None:
    body = "\n{% for x in range(9) %}\n<g/>\n\n{% endfor %}\n{% if 1 <g %}{% endif %}<g/>\n<text/>\n"
    with pytest.raises(PullquoteError, match=r"line 7: <text>"):
        drawn(tmp_path, body.replace("1 <g", "1 < 2"))
    with pytest.raises(PullquoteError, match=r"line 7: it is not well-formed"):
        drawn(tmp_path, body.replace("1 <g", "1 < 2").replace("<text/>", "<path>"))


def test_a_document_type_that_declares_is_refused_before_it_is_read(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(PullquoteError, match="document type"):
        drawn(tmp_path, "&b;", before=bomb)


@pytest.mark.parametrize("attributes", ['width="100%" height="300"', 'viewBox="0 0 0 0"', 'viewBox="a b"'])
def test_the_drawing_says_how_large_it_is(tmp_path: Path, attributes: str) -> None:
    with pytest.raises(PullquoteError, match="give <svg> a viewBox"):
        drawn(tmp_path, QUOTE, attributes)


def test_the_drawing_has_the_shape_of_the_card(tmp_path: Path) -> None:
    with pytest.raises(PullquoteError, match=r"it is 300 × 300, and the card 400 × 300: .* card@9x16\.svg"):
        drawn(tmp_path, QUOTE, 'viewBox="0 0 300 300"')


def test_names_within_the_drawing_may_be_used(tmp_path: Path) -> None:
    body = '<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/><use href="#g"/>'
    (art,) = arts(drawn(tmp_path, body + QUOTE))
    assert "url(#g)" in art
