"""The only network. Every connection passes the address guard; library exceptions are caught here alone."""

from __future__ import annotations

from scheduler.transport.flows import Transport
from scheduler.transport.pages import PageFetcher
from scheduler.transport.steering import Hooks, Record

__all__ = ["Hooks", "PageFetcher", "Record", "Transport"]
