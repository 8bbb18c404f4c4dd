"""How word of work that is due gets to whoever sends it. The work itself stays in the delivery rows."""

from __future__ import annotations

from typing import Protocol


class Carrier(Protocol):
    """`Worker` carries it to threads of this process; `Handout` to workers on any number of machines.

    Word that is lost or comes twice is harmless: whoever hears it claims what is due, and the clock says it again.
    """

    def start(self) -> None: ...

    def wake(self) -> None:
        """Something is due."""

    def drain(self) -> None:
        """Take nothing more, and wait until what is in hand is settled."""
