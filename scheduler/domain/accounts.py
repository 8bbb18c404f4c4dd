"""Who may sign in, and how often somebody may try. Pure rules; the secrets are hashed elsewhere."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.errors import PullquoteError

SHORTEST = 10  # characters of a password; NIST SP 800-63B asks for 8 and no rules about kinds of characters
LONGEST = 256  # hashing more would only cost time
IDLE = timedelta(days=14)  # a session that nobody used for so long is over
LIFE = timedelta(days=90)  # and no session lasts longer than this
INVITED = timedelta(days=2)  # how long a link that makes an account is good
WINDOW = timedelta(minutes=15)
TRIES = 5  # wrong passwords within the window, for one account from one place
TRIES_OF_ACCOUNT = 50  # from everywhere: slow enough to be hopeless, high enough not to lock its owner out
TRIES_OF_PLACE = (
    100  # for any address: one password tried on many, and an office behind one address that is not
)

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")


class Role(StrEnum):
    OWNER = "owner"
    EDITOR = "editor"
    AUTHOR = "author"
    VIEWER = "viewer"


class NotSignedIn(PullquoteError):
    """Nobody, or nobody any more, is signed in here."""


class TooManyTries(PullquoteError):
    """Wait: too many wrong passwords."""


def checked_email(text: str) -> str:
    email = text.strip().lower()
    if not _EMAIL.fullmatch(email):
        raise PullquoteError("That is not an email address: write it like ada@example.com.")
    return email


def checked_name(text: str) -> str:
    name = " ".join(text.split())
    if not name.isprintable() or not 1 <= len(name) <= 80:
        raise PullquoteError("Your name has 1 to 80 printable characters.")
    return name


def checked_password(password: str, email: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise PullquoteError(f"A password has {SHORTEST} to {LONGEST} characters: take a longer sentence.")
    if email.partition("@")[0] in password.lower() or len(set(password)) < 5:
        raise PullquoteError("That password is too easy to guess: do not use your address or one letter.")
    return password


def check_tries(here: int, everywhere: int, of_place: int = 0) -> None:
    """Asked before the password is looked at, so that guessing on learns nothing."""
    if here >= TRIES or everywhere >= TRIES_OF_ACCOUNT or of_place >= TRIES_OF_PLACE:
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooManyTries(f"Too many wrong passwords: wait {minutes} minutes and try again.")


def is_over(started_at: datetime, used_at: datetime, now: datetime) -> bool:
    return now - used_at > IDLE or now - started_at > LIFE
