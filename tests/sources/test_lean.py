import time

import pytest

from scheduler.domain.article import MAX_BYTES
from scheduler.domain.errors import PullquoteError
from scheduler.sources import html
from scheduler.sources._lean import lean

TEXT = "".join(
    f"<p>The harbour master counted {n} boats that morning, and none of them had come for the fish.</p>"
    for n in range(20, 40)
)


@pytest.mark.parametrize(
    ("page", "left"),
    [
        (b"<p>a</p><script>x('</p>')</script><p>b</p>", b"<p>a</p><p>b</p>"),
        (b"<STYLE media=x>p{}</STYLE ><p>b</p>", b"<p>b</p>"),
        (b"a<!-- <script> -->b", b"ab"),
        (b"a<svg><title>t</title></svg>b", b"ab"),
        (b"a<script>never closed <p>b</p>", b"a"),
        (b"a<!-- never closed", b"a"),
        (b"<scripted>a</scripted>", b"<scripted>a</scripted>"),
        (
            b'<script type="application/ld+json">{}</script>a',
            b'<script type="application/ld+json">{}</script>a',
        ),
    ],
)
def test_drops_what_is_never_text(page, left):
    assert lean(page) == left


def test_a_newspaper_s_page_is_read_whatever_its_scripts_weigh():
    script = f"<script>var x = '{'y' * 900_000}';</script>"
    page = f"<html><head><title>Boats</title>{script}</head><body><article><h1>Boats</h1>{TEXT}</article>{script}"
    assert "counted 39 boats" in html.read(page.encode()).body


def test_a_text_that_is_too_long_is_still_refused():
    with pytest.raises(PullquoteError, match="512 KB"):
        html.read(b"<p>" + b"word " * (MAX_BYTES // 4) + b"</p>")


@pytest.mark.parametrize("unit", [b"<script", b"<script>", b"<!--", b"<svg></sv", b"</script><script>"])
def test_hostile_repetition_takes_linear_time(unit):
    def took(count):
        page = unit * count
        started = time.process_time()
        lean(page)
        return time.process_time() - started

    small, large = (min(took(count) for _ in range(3)) for count in (20_000, 80_000))
    assert large < 12 * small + 0.02
