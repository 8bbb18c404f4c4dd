"""What a card costs: `make bench-cards`.

Times are wall-clock medians of 37 different quotes of about 140 characters, with the tenth and ninetieth
percentile. The floor is the time to encode the very same pixels, measured in turn with the cards, so that a
busy machine slows both.
"""

from __future__ import annotations

import io
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import numpy as np
from PIL import Image

from scheduler.render import png
from scheduler.render.cards import CardRenderer, CardText
from scheduler.render.environment import default_templates

WHO = ("The harbour council", "My grandmother", "Every driver on that night shift", "The woman at the desk")
DID = ("kept the keys to the old ferry house", "wrote down each name that was called", "waited for the water")
AND = (
    "because nobody had told them",
    "and never once asked who would pay for it",
    "long before the papers came",
)
THEN = (
    "which is why we are still here",
    "so I went back in the morning and asked again",
    "and that was the end of it",
)

FOLDER = default_templates() / "cards"
SIZES = ("square", "portrait", "wide")
LONG_RUN = 1000


def texts(most: int) -> list[CardText]:
    quotes = (f"{who} {did}, {and_}, {then}." for who, did, and_, then in product(WHO, DID, AND, THEN))
    return [
        CardText(quote, "Miriam Ashworth", "Former treasurer", "The Ledger")
        for quote, _ in zip(quotes, range(most), strict=False)
    ]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spread(times: Iterable[float]) -> str:
    tenths = statistics.quantiles(sorted(times), n=10)
    return f"{tenths[4] * 1e3:6.1f} ms   ({tenths[0] * 1e3:.1f} to {tenths[8] * 1e3:.1f})"


def first_cards() -> None:
    """Call this first: the fonts are not loaded yet."""
    text = texts(1)[0]
    process = seconds(lambda: CardRenderer([FOLDER]).render("plain", "square", text, {}))
    ground = [seconds(lambda: CardRenderer([FOLDER]).render("plain", "square", text, {})) for _ in range(15)]
    print(f"first card of a process                    {process * 1e3:6.1f} ms, without the imports")
    print(f"first card of a template, size and brand   {spread(ground)}")


def warm_cards(cards: CardRenderer) -> None:
    scratch = png.scratch_for(1080, 1080)
    drawn, checked, floor, kilobytes = [], [], [], []
    for text in texts(37):
        drawn.append(seconds(lambda text=text: cards.render("plain", "square", text, {})))
        checked.append(seconds(lambda text=text: cards.check("plain", "square", text, {})))
        data = cards.render("plain", "square", text, {}).data
        kilobytes.append(len(data) / 1000)
        pixels = np.array(Image.open(io.BytesIO(data)))
        png.encode(pixels, scratch)  # the memory has been touched, as the cards' own has
        floor.append(seconds(lambda pixels=pixels: png.encode(pixels, scratch)))
    print(
        f"one 1080×1080 card, warm                   {spread(drawn)}, {statistics.median(kilobytes):.0f} KB"
    )
    print(f"checking a text without drawing it         {spread(checked)}")
    print(f"floor: encoding the same pixels            {spread(floor)}")
    print(
        f"above the floor                            {statistics.median(drawn) / statistics.median(floor):6.1f} ×"
    )


def campaign(cards: CardRenderer) -> None:
    jobs = [(size, text) for text in texts(8) for size in SIZES]
    with ThreadPoolExecutor(2) as threads:

        def run() -> None:
            for _ in threads.map(lambda job: cards.render("plain", *job, {}), jobs):
                pass

        run()
        times = [seconds(run) for _ in range(10)]
    print(f"a campaign of {len(jobs)} cards on two threads        {spread(times)}")


def long_run(cards: CardRenderer) -> None:
    before, faults = resident(), resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number, text in zip(range(LONG_RUN), texts(LONG_RUN) * 10, strict=False):
        cards.render("plain", "square", CardText(f"{text.quote} {number}", text.speaker), {})
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - faults
    print(f"page faults                                {faults / LONG_RUN:6.1f} a card")
    print(
        f"memory after {LONG_RUN} more cards             {resident():6.1f} MB, {resident() - before:+.1f} MB"
    )


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    first_cards()
    cards = CardRenderer([FOLDER])
    for size, text in product(SIZES, texts(2)):
        cards.render("plain", size, text, {})
    warm_cards(cards)
    campaign(cards)
    long_run(cards)


if __name__ == "__main__":
    main()
