"""What a card costs: `make bench-cards`; with PEERS=1, beside @vercel/og and headless Chromium.

37 quotes of about 140 characters, all different. The rounds of ours, of the floor (encoding the very same pixels, and
nothing kept: ours keeps what the art's own rows become) and of the peers take turns, so that a busy machine slows all
of them. Times are medians, by the clock on the wall, with the tenth and the ninetieth percentile. All draw the same
design: ours is in `designs/`, theirs in `peers/`.
"""

from __future__ import annotations

import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
from PIL import Image

from bench import card_peers
from bench.card_peers import Peer
from bench.card_samples import LONG, harbour, photograph, texts
from scheduler.render import png, resvg
from scheduler.render.art_cache import ArtCache
from scheduler.render.cards import CardRenderer, CardText
from scheduler.render.contact_sheet import Cell, sheet
from scheduler.render.environment import default_templates
from scheduler.render.output import JPEG, Card, Output
from scheduler.render.photo import Picture

DESIGNS = Path(__file__).parent / "designs"
OURS = default_templates() / "cards"
SHEET = Path("bench-output") / "contact-sheet.png"
QUOTES, ROUNDS = 37, 5
CAMPAIGN = ("square", "portrait", "wide", "story", "link")
LONG_RUN = 1000
SIZE = 62  # pixels: the type of the peers, which do not fit it to the box

Times = dict[str, list[float]]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def job(text: CardText, photo: str = "", **more: object) -> dict[str, object]:
    """What a peer draws."""
    shown = {"quote": text.quote, "speaker": text.speaker, "role": text.role, "outlet": text.outlet}
    return {**shown, "width": 1080, "height": 1080, "size": SIZE, "photo": photo, **more}


def designs(cache: Path | None = None) -> CardRenderer:
    """The bench's own template, drawn in this process as ours are."""
    cards = CardRenderer([DESIGNS], ArtCache(cache) if cache else None)
    cards._others = cards._own  # noqa: SLF001  what drawing elsewhere costs is measured on its own
    return cards


def warm(times: Times, peers: list[Peer]) -> None:
    """One card after another, the art made before."""
    cards = designs()
    quotes = texts(QUOTES)
    cards.render("gradient", "square", quotes[0], {})
    for peer in peers:
        peer.draw(job(quotes[0]))
    for _ in range(ROUNDS):
        for text in quotes:
            times["warm"].append(seconds(lambda text=text: cards.render("gradient", "square", text, {})))
        for text in quotes[::4]:
            pixels = np.array(Image.open(io.BytesIO(cards.render("gradient", "square", text, {}).data)))
            times["floor"] += [seconds(lambda pixels=pixels: png.encode(pixels)) for _ in range(4)]
        for peer in peers:
            times[f"warm {peer.name}"] += [peer.draw(job(text))[0] for text in quotes[: QUOTES // 2]]


def first(times: Times, peers: list[Peer]) -> None:
    """The first card of a template, a size and a brand: its art is drawn, or comes from the disk."""
    text = texts(1)[0]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(15):
            brand = {"accent": f"#e9c4{number:02x}"}
            designs(Path(folder)).render("gradient", "square", text, brand)
            for name, cache in (("first ever", None), ("first kept", Path(folder))):
                cards = designs(cache)
                times[name].append(
                    seconds(lambda cards=cards, brand=brand: cards.render("gradient", "square", text, brand))
                )
            for peer in peers[:1]:
                times["first @vercel/og"].append(peer.draw(job(text))[0])


def photos(times: Times, peers: list[Peer]) -> None:
    """JPEG, the photo decoded for every card."""
    cards, picture = designs(), photograph()
    given = f"data:image/jpeg;base64,{b64encode(picture.data).decode()}"
    jpeg, pictures = Output(frozenset({JPEG}), prefer=JPEG), {"photo": picture}
    quotes = texts(QUOTES)
    cards.render("photo", "square", quotes[0], {}, pictures, output=jpeg)
    for _ in range(3):
        for text in quotes[::3]:
            times["photo"].append(
                seconds(lambda text=text: cards.render("photo", "square", text, {}, pictures, output=jpeg))
            )
        for peer in peers:
            times[f"photo {peer.name}"] += [
                peer.draw(job(text, given, type="jpeg"))[0] for text in quotes[:6]
            ]


def campaign(times: Times) -> None:
    """8 quotes in 5 sizes, on as many threads as there are cores."""
    cards = CardRenderer([OURS])
    jobs = [(size, text) for text in texts(8) for size in CAMPAIGN]
    with ThreadPoolExecutor(2) as threads:

        def run() -> None:
            for _ in threads.map(lambda job: cards.render("plain", *job, {}), jobs):
                pass

        run()
        times["campaign"] = [seconds(run) for _ in range(9)]


def long_run(sizes: Sequence[str]) -> None:
    """In a process of its own: what 1,000 cards of these sizes leave behind."""
    cards, quotes = CardRenderer([OURS]), texts(108)
    for size, text in product(sizes, quotes[:8]):
        cards.render("plain", size, text, {})
    before, faults = resident(), resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(LONG_RUN):
        text = quotes[number % len(quotes)]
        new = CardText(f"{text.quote} {number}", text.speaker, text.role, text.outlet)
        cards.render("plain", sizes[number % len(sizes)], new, {})
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - faults
    print(resident(), resident() - before, faults / LONG_RUN)


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def contact_sheet() -> Path:
    """Every template at every size, with all that one can show: photo, face, headline, number, long quote."""
    cards = CardRenderer([OURS])
    pictures = {"photo": harbour(), "portrait": harbour(900, 900)}
    cells = [
        Cell(name, size, tuple(_frames(cards, name, size, pictures)), width=width, height=height)
        for name in cards.templates()
        for size, (width, height) in cards.dimensions(name).items()
    ]
    SHEET.parent.mkdir(exist_ok=True)
    SHEET.write_bytes(sheet(cells))
    return SHEET


def _frames(cards: CardRenderer, name: str, size: str, pictures: dict[str, Picture]) -> Iterator[Card]:
    sample = texts(2)[1]
    text = replace(sample, quote=LONG) if cards.splits(name) else sample
    shown = replace(text, title="A bridge that nobody could afford", figure="42%")
    for frame in cards.spread(name, size, shown, {}, pictures):
        yield cards.render(name, size, frame, {}, pictures)


def report(times: Times) -> None:
    """Each target beside what was measured."""
    ours, floor = _median(times["warm"]), _median(times["floor"])
    _line("one 1080×1080 PNG, warm", times["warm"])
    _ratio("floor: encoding the same pixels", times["floor"], ours / floor, "above it", at_most=3)
    _peers(times, "warm", ours, {"@vercel/og": 5, "Chromium": 25})
    _line("first card of a template × size × brand, ever", times["first ever"])
    _line("the same after a restart, its art kept on disk", times["first kept"])
    if not resvg.HAS_FAST:
        print("  (without `pullquote[art]`, which draws the art in a quarter of the time)")
    if og := times.get("first @vercel/og"):
        gain = _median(og) / _median(times["first ever"])
        _verdict("first ever, against @vercel/og", f"{gain:.1f} ×", gain >= 1.5, "≥ 1.5 ×")
        gain = _median(og) / _median(times["first kept"])
        _verdict("first kept, against @vercel/og", f"{gain:.1f} ×", gain >= 1.5, "≥ 1.5 ×")
    photo = _median(times["photo"])
    _line("photo card, JPEG, its photo decoded anew", times["photo"], at_most=0.040)
    _peers(times, "photo", photo, {"@vercel/og": 3})
    _line("a campaign of 40 cards on two threads", times["campaign"], at_most=0.3)


def _peers(times: Times, name: str, ours: float, targets: dict[str, float]) -> None:
    for key in (key for key in times if key.startswith(f"{name} ")):
        peer = key.removeprefix(f"{name} ")
        _ratio(f"  {peer}", times[key], _median(times[key]) / ours, "slower", at_least=targets.get(peer))


def _median(found: Iterable[float]) -> float:
    return statistics.median(found)


def _line(what: str, found: list[float], at_most: float | None = None) -> None:
    tenths = statistics.quantiles(found, n=10)
    shown = f"{tenths[4] * 1e3:7.1f} ms  ({tenths[0] * 1e3:.1f} to {tenths[8] * 1e3:.1f})"
    good = None if at_most is None else tenths[4] <= at_most
    _verdict(what, shown, good, f"≤ {at_most * 1e3:.0f} ms" if at_most else "")


def _ratio(
    what: str,
    found: list[float],
    ratio: float,
    word: str,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
) -> None:
    good = None if at_least is None and at_most is None else (at_least or 0) <= ratio <= (at_most or ratio)
    target = f"≥ {at_least:g} ×" if at_least else f"≤ {at_most:g} ×" if at_most else ""
    _verdict(what, f"{_median(found) * 1e3:7.1f} ms  {ratio:.1f} × {word}", good, target)


def _verdict(what: str, found: str, good: bool | None, target: str = "") -> None:
    mark = "" if good is None else f"   target {target}: {'met' if good else 'MISSED'}"
    print(f"{what:48} {found}{mark}", flush=True)


def memory() -> None:
    resident_now, grown, faults = _measured(["square"])
    _verdict(f"memory after {LONG_RUN:,} cards", f"{resident_now:7.1f} MB", resident_now <= 100, "≤ 100 MB")
    _verdict("  grown by", f"{grown:+7.1f} MB", grown < 15, "< 15 MB")
    five = _measured(CAMPAIGN)[0]
    _verdict("  with the five sizes of a campaign warm", f"{five:7.1f} MB", five <= 100, "≤ 100 MB")
    _verdict("page faults a card", f"{faults:7.1f}", faults < 50, "< 50")


def _measured(sizes: Sequence[str]) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "bench.cards", "long-run", *sizes]
    resident_now, grown, faults = map(float, subprocess.check_output(command).split())
    return resident_now, grown, faults


def main() -> None:
    if sys.argv[1:2] == ["long-run"]:
        long_run(sys.argv[2:])
        return
    if os.environ.get("PEERS"):
        card_peers.install()
    times: Times = defaultdict(list)
    with card_peers.running() as peers:
        warm(times, peers)
        photos(times, peers)
        first(times, peers)
    campaign(times)
    report(times)
    memory()
    print(f"Every template at every size: {contact_sheet()}")


if __name__ == "__main__":
    main()
