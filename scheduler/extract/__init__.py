"""Quotes: who said what, word for word. Pure rules over a text; no model, no network, no disk."""

from __future__ import annotations

from scheduler.extract.engine import extract, to_json

__all__ = ["extract", "to_json"]
