"""The command line: Typer and Rich. A face: what it can do, a service does; here it is only asked for and shown."""

from __future__ import annotations

import sys
from importlib import import_module
from types import TracebackType


def main() -> None:
    """Run the command. The stream of quotes, which other programs ask for, starts without all that people need."""
    sys.excepthook = _unexpected
    name = "_stream" if sys.argv[1:] == ["quotes", "--jsonl"] else "_app"
    import_module(f"{__name__}.{name}").main()


def _unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    import_module(f"{__name__}._app").unexpected(kind, error, trace)
