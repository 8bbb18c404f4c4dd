"""How well quotes and speakers are found, and how fast: `make bench-quotes`.

The labelled articles are development material and not part of the project: without them only the articles that
were written for the tests are scored. A naive regular expression is measured beside it, in the same run, on the
same machine: read the ratios.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from scheduler.domain.text import words
from scheduler.extract import extract, to_json
from tests.extract.articles import SAMPLES
from tests.extract.rewriting import REWRITINGS

LABELLED = Path(__file__).resolve().parents[2] / "shared" / "data" / "quotes-dev.jsonl"
MARKS = "“”\"„‟«»‘’'`「」『』‹› \n\t\u00a0"
HONORIFIC = re.compile(r"^(?:(?:the|mrs?|ms|dr|sen|rep|gov|president|secretary)\b\.?\s+)+", re.IGNORECASE)
SUFFIX = {"jr", "sr", "ii", "iii", "iv"}


class Found(NamedTuple):
    """One quoted segment, by a person or by a program."""

    start: int
    end: int
    speaker: str
    kind: str  # full | partial
    source: str = ""  # name | pronoun | nominal | none
    rule: str = ""


@dataclass(frozen=True)
class Labelled:
    text: str
    quotes: tuple[Found, ...]


Finder = Callable[[str], list[Found]]


def ours(text: str) -> list[Found]:
    return [
        Found(s.start, s.end, q.speaker, q.kind, rule=q.rule)
        for q in extract(text, language="")
        for s in q.segments
    ]


def naive(text: str) -> list[Found]:
    """What anybody would write first: marks in pairs, and a name beside 'said'."""
    found = []
    for m in re.finditer(r"[“\"]([^“”\"\n]{2,}?)[”\"]|''([^'\n]{2,}?)''", text):
        near = text[m.end() : m.end() + 80]
        name = re.search(
            r"(?:said|says|added) ((?:[A-Z][\w.’-]+ ?)+)|((?:[A-Z][\w.’-]+ ?)+)(?:said|says|added)", near
        )
        speaker = (name[1] or name[2]).strip() if name else ""
        start, end = m.span(1) if m[1] else m.span(2)
        found.append(Found(start, end, speaker, "full"))
    return found


def textacy() -> Finder | None:
    """textacy's rules over spaCy's parser, paragraph by paragraph: whole articles it refuses when a mark is odd."""
    try:
        spacy, extracting = import_module("spacy"), import_module("textacy.extract")
        parse = spacy.load("en_core_web_sm")
    except (ImportError, OSError):
        return None

    def find(text: str) -> list[Found]:
        found = []
        for paragraph in re.finditer(r"\S[^\n]*", text):
            try:
                told = list(extracting.direct_quotations(parse(paragraph[0])))
            except ValueError:  # an odd number of marks
                continue
            for quote in told:
                start = paragraph.start() + quote.content.start_char
                end = paragraph.start() + quote.content.end_char
                speaker = " ".join(token.text for token in quote.speaker)
                found.append(Found(start, end, speaker, "full"))
        return found

    return find


def labelled() -> list[Labelled]:
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    return [
        Labelled(
            article["text"],
            tuple(
                Found(q["start"], q["end"], q.get("speaker") or "", q["kind"], q.get("source_type") or "")
                for q in article["quotes"]
            ),
        )
        for article in map(json.loads, lines)
    ]


def trimmed(text: str, found: Found) -> tuple[int, int]:
    start, end = found.start, found.end
    while start < end and text[start] in MARKS:
        start += 1
    while start < end and text[end - 1] in MARKS:
        end -= 1
    return start, end


def span_f1(articles: Iterable[Labelled], find: Finder, fewest: int) -> float:
    """Exact spans. A fragment inside a paraphrase is neither right nor wrong."""
    right = wrong = missed = 0
    for article in articles:
        long = [q for q in article.quotes if words(article.text[q.start : q.end]) >= fewest]
        wanted = {trimmed(article.text, q) for q in long if q.kind == "full"}
        ignored = [trimmed(article.text, q) for q in article.quotes if trimmed(article.text, q) not in wanted]
        spans = {trimmed(article.text, q) for q in find(article.text)}
        right += len(wanted & spans)
        missed += len(wanted - spans)
        wrong += sum(
            words(article.text[a:b]) >= fewest and not any(a < y and x < b for x, y in ignored)
            for a, b in spans - wanted
        )
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def last(name: str) -> str:
    parts = [p.strip(".,").casefold() for p in plain(name).split()]
    return next((p for p in reversed(parts) if p not in SUFFIX), "")


def plain(name: str) -> str:
    return HONORIFIC.sub("", name.replace("’", "'").strip(" ,.")).casefold()


def matches(articles: Iterable[Labelled], find: Finder) -> Iterator[tuple[Found, Found]]:
    """(as labelled, as found) for each full quote with a named speaker."""
    for article in articles:
        by_span = {trimmed(article.text, q): q for q in find(article.text)}
        for quote in article.quotes:
            found = by_span.get(trimmed(article.text, quote))
            if found is not None and quote.kind == "full" and quote.speaker:
                yield quote, found


def share(pairs: Sequence[tuple[Found, Found]], same: Callable[[str, str], bool]) -> float:
    return sum(same(a.speaker, b.speaker) for a, b in pairs) / max(1, len(pairs))


def same_last(a: str, b: str) -> bool:
    return bool(b) and last(a) == last(b)


def same_name(a: str, b: str) -> bool:
    return plain(a) == plain(b)


def report_labelled(articles: Sequence[Labelled]) -> None:
    print(f"{len(articles)} labelled articles, as labelled (nobody corrected them)   ours   naive")
    for name, fewest in (("span F1, five words and more", 5), ("span F1, all", 1)):
        row(name, span_f1(articles, ours, fewest), span_f1(articles, naive, fewest))
    pairs, simple = list(matches(articles, ours)), list(matches(articles, naive))
    row("speaker, last name", share(pairs, same_last), share(simple, same_last))
    row("speaker, full name", share(pairs, same_name), share(simple, same_name))
    by_pronoun = [p for p in pairs if p[0].source == "pronoun"]
    simple_pronoun = [p for p in simple if p[0].source == "pronoun"]
    row("speaker behind a pronoun", share(by_pronoun, same_last), share(simple_pronoun, same_last))
    report_rules(pairs)
    report_textacy(articles)


def report_textacy(articles: Sequence[Labelled]) -> None:
    find = textacy()
    if find is None:
        print("\ntextacy: it or a spaCy parser (en_core_web_sm) is not installed; its figures are left out")
        return
    pairs = list(matches(articles, find))
    print("\ntextacy on spaCy's small parser")
    row("span F1, all; speaker, last name", span_f1(articles, find, 1), share(pairs, same_last))


def row(name: str, value: float, beside: float) -> None:
    print(f"  {name:32} {value:24.3f} {beside:7.3f}")


def report_rules(pairs: Iterable[tuple[Found, Found]]) -> None:
    """The confusion of the sieve: what each rule did where the labels give a name, a pronoun, or neither."""
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for wanted, found in pairs:
        outcome = (
            "right" if same_last(wanted.speaker, found.speaker) else "other" if found.speaker else "nobody"
        )
        outcomes[found.rule or "(no rule)"].update([outcome, f"{wanted.source} {outcome}"])
    columns = ("right", "other", "nobody", "name right", "name other", "pronoun right", "pronoun other")
    print("\nthe sieve by rule: right, another person, nobody; of these by name and by pronoun")
    print(" " * 22 + "".join(f"{column:>15}" for column in columns))
    for rule, counts in sorted(outcomes.items(), key=lambda each: -each[1].total()):
        print(f"  {rule:20}" + "".join(f"{counts[column]:15}" for column in columns))


def report_rewritings() -> None:
    print("\nmarks rewritten, articles of our own (span F1)   ours   naive")
    for name, rewrite in REWRITINGS.items():
        articles = []
        for sample in SAMPLES:
            body, moved = rewrite(sample.body, sample.spans)
            articles.append(Labelled(body, tuple(Found(s.start, s.end, "", "full") for s in moved)))
        row(name, span_f1(articles, ours, 1), span_f1(articles, naive, 1))


def report_speed(texts: Sequence[str]) -> None:
    size = sum(map(len, texts)) / 1e6
    best: dict[str, float] = defaultdict(lambda: 1e9)
    for _ in range(5):
        for name, find in (("found", to_json), ("found and ranked", extract), ("naive expression", naive)):
            start = time.process_time()
            for text in texts:
                find(text)
            best[name] = min(best[name], time.process_time() - start)
    print("\nspeed, one core: million characters a second, and against finding alone")
    for name, spent in best.items():
        print(f"  {name:32} {size / spent:10.2f} {best['found'] / spent:7.2f}")


def report_growth() -> None:
    print("\nhostile input: time for each doubling (2 is linear)")
    for name, part in (
        ("marks", "“"),
        ("apostrophes", "'"),
        ("deep nesting", "“a "),
        ("tiny quotes", '"a" '),
        ("one line", "“So,” she said, and "),
    ):
        spent = [cpu_seconds(part * (n // len(part))) for n in (25_000, 50_000, 100_000, 200_000)]
        ratios = "  ".join(f"{b / a:.1f}" for a, b in pairwise(spent))
        print(f"  {name:14} {ratios}   {spent[2] * 1e3:6.0f} ms for 100 kB")


def cpu_seconds(text: str) -> float:
    start = time.process_time()
    extract(text)
    return time.process_time() - start


WEIGH = """
import time
start = time.perf_counter()
import {module}
spent = time.perf_counter() - start
memory = open("/proc/self/status").read().split("VmHWM:")[1].split()[0]
print(spent * 1e3, int(memory) / 1024)
"""


def report_weight() -> None:
    """In processes of their own, their bytecode compiled before: what the extractor costs over bare Python."""
    print("\nweight")
    with TemporaryDirectory() as cache:
        settings = os.environ | {"PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}
        for module in ("sys", "dataclasses", "scheduler.extract"):
            runs = [weigh(module, settings) for _ in range(6)]
            print(f"  import {module:24} {min(s for s, _ in runs):6.1f} ms   {runs[-1][1]:5.1f} MB")


def weigh(module: str, settings: dict[str, str]) -> tuple[float, float]:
    command = [sys.executable, "-c", WEIGH.format(module=module)]
    spent, memory = subprocess.run(
        command, env=settings, capture_output=True, text=True, check=True
    ).stdout.split()
    return float(spent), float(memory)


def main() -> None:
    articles = labelled() if LABELLED.exists() else []
    if articles:
        report_labelled(articles)
    else:
        print("The labelled articles are not here: their table is left out.")
    report_rewritings()
    report_speed([a.text for a in articles] or [s.body for s in SAMPLES] * 40)
    report_growth()
    if Path("/proc/self/status").exists():
        report_weight()


if __name__ == "__main__":
    main()
