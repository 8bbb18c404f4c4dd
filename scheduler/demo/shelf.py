"""What one service was sent, as files that a person can open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class Shelf:
    def __init__(self, folder: Path):
        self._folder = folder
        self._files = 0

    def keep(self, what: str, value: Any) -> int:
        """Write `value` as JSON; its number is the id that the service answers with."""
        self._files += 1
        text = json.dumps(value, ensure_ascii=False, indent=2)
        self._write(f"{self._files:03}-{what}.json", text.encode())
        return self._files

    def keep_file(self, what: str, data: bytes) -> int:
        self._files += 1
        self._write(f"{self._files:03}-{what}", data)
        return self._files

    def _write(self, name: str, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / name).write_bytes(data)


def kept(folder: Path, what: str) -> list[dict[str, Any]]:
    """What was kept under that name, in order."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob(f"*-{what}.json"))]
