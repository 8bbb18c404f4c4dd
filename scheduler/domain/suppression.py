"""Why an address is never mailed again. The gravest reason is kept."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    #: A person marked our mail as spam.
    COMPLAINT = "complaint"
    #: The mailbox does not exist, or its server will never take our mail.
    HARD = "hard"
    #: The service says that it is no address.
    INVALID = "invalid"
    #: Somebody here put it on the list.
    MANUAL = "manual"


_GRAVEST_FIRST = tuple(Reason)


def graver(known: str, new: str) -> bool:
    """Whether `new` replaces the reason that is kept."""
    return _GRAVEST_FIRST.index(Reason(new)) < _GRAVEST_FIRST.index(Reason(known))
