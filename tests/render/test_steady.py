"""Case 15 of the card research: a thousand cards leave no more behind than a few. What is fast is for the bench."""

from __future__ import annotations

import subprocess
import sys

import pytest

CARDS = 120
PROGRAM = f"""
import resource
from pathlib import Path
from scheduler.render.cards import CardRenderer, CardText
from scheduler.render.environment import default_templates

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6

cards = CardRenderer([default_templates() / "cards"])
def draw(number):
    text = CardText(f"The river does not read our plans, said {{number}} of us.", f"Dana Okafor {{number}}")
    cards.render("plain", "wide", text, {{}})
for number in range(20):
    draw(number)
before, faults = resident(), resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for number in range(100, 100 + {CARDS}):
    draw(number)
print(resident() - before, (resource.getrusage(resource.RUSAGE_SELF).ru_minflt - faults) / {CARDS}, resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_15_memory_stays_and_is_used_again() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    grown, faults, resident = map(float, run.stdout.split())
    assert grown < 15  # megabytes
    assert faults < 50  # a card: buffers are not asked for anew
    assert resident < 100
