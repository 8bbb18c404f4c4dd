"""Every module here without a leading underscore is a kind of channel: dropping the file is enough."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from scheduler.channels._base import (
    Adapter,
    Call,
    ChannelConfig,
    CheckFlow,
    Flow,
    Keep,
    LimitsFlow,
    ProbeFlow,
    Reply,
    SessionFlow,
)
from scheduler.channels._preview import preview, preview_thread
from scheduler.channels._signals import told
from scheduler.domain.errors import NotFound

__all__ = [
    "Adapter",
    "Call",
    "ChannelConfig",
    "CheckFlow",
    "Flow",
    "Keep",
    "LimitsFlow",
    "ProbeFlow",
    "Reply",
    "SessionFlow",
    "adapter",
    "kinds",
    "preview",
    "preview_thread",
    "told",
]


@cache
def kinds() -> dict[str, type[Adapter]]:
    """Kind -> its adapter class, by label. A module names its class `ADAPTER`."""
    names = [m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")]
    found = [import_module(f"{__name__}.{name}").ADAPTER for name in names]
    found += [entry.load() for entry in entry_points(group="pullquote.channels")]
    return {cls.kind: cls for cls in sorted(found, key=lambda cls: str(cls.label).lower())}


def adapter(kind: str) -> type[Adapter]:
    try:
        return kinds()[kind]
    except KeyError:
        raise NotFound(f"There is no kind of channel called {kind!r}. Kinds: {', '.join(kinds())}.") from None
