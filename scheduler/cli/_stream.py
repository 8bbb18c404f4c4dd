"""`pullquote quotes --jsonl`: one line out for each line in, at once. For measuring, and for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from scheduler.domain.errors import PullquoteError
from scheduler.extract import to_json


def main() -> None:
    try:
        stream()
    except PullquoteError as error:
        sys.exit(f"✗ {error}")


def stream() -> None:
    for line in answers(sys.stdin):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def answers(lines: Iterable[str]) -> Iterator[str]:
    for at, line in enumerate(lines, start=1):
        if line.strip():
            name, text = _read(at, line)
            yield json.dumps({"id": name, "quotes": to_json(text)}, ensure_ascii=False)


def _read(at: int, line: str) -> tuple[Any, str]:
    try:
        item = json.loads(line)
        return item["id"], str(item["text"])
    except (ValueError, TypeError, KeyError):
        raise PullquoteError(f'Line {at} of the input is not {{"id": …, "text": …}}: mend it.') from None
