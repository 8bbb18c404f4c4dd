"""Accounts: the link that makes the first one, signing in and out, and the browsers somebody is signed in from."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session

from scheduler.domain import accounts as rules
from scheduler.domain.accounts import NotSignedIn, Role
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.store import people, workspaces
from scheduler.store.tables_people import InvitationRow, PersonRow, SignInRow

#: OWASP's least for argon2id: 19 MiB, two rounds, one lane. The library's 64 MiB would let a few strangers at the
#: sign-in page use up a small machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
#: Looked at where an address has no account, so that the answer takes as long.
_NOBODY = _HASHER.hash(secrets.token_hex())

WRONG = "The address or the password is not right."
ACCOUNT = "account"  # the place of tries by somebody who is signed in
TOUCH = timedelta(minutes=1)  # a session's last use is written no more often


@dataclass(frozen=True)
class Visitor:
    """Who asks, as the pages need to know."""

    person_id: int
    name: str
    email: str
    workspace_id: int
    role: Role
    token_digest: str

    @property
    def may_edit(self) -> bool:
        return self.role in {Role.OWNER, Role.EDITOR}


def invite(session: Session, role: Role, now: datetime) -> str:
    """The token of a link that makes an account. An earlier one for the same role is no longer good."""
    workspace = workspaces.find(session)
    if workspace is None:
        raise NotFound("There is no workspace yet: run `pullquote init` first.")
    people.forget_invitations(session, workspace.id, role)
    token = secrets.token_urlsafe(32)
    people.invite(
        session,
        InvitationRow(
            digest=digest(token), workspace_id=workspace.id, role=role, good_until=now + rules.INVITED
        ),
    )
    return token


def owner_link(session: Session, now: datetime) -> str | None:
    """The token that makes the owner's account; None where there is one."""
    return invite(session, Role.OWNER, now) if people.is_empty(session) else None


def invited(session: Session, token: str, now: datetime) -> InvitationRow:
    found = people.invitation(session, digest(token))
    if found is None or found.good_until < now:
        raise NotFound("This link is no longer good: `pullquote people invite` makes another.")
    return found


def accept(session: Session, token: str, *, email: str, name: str, password: str, now: datetime) -> PersonRow:
    """Make the account that a link is for. The link is then used up."""
    invitation = invited(session, token, now)
    email, name = rules.checked_email(email), rules.checked_name(name)
    rules.checked_password(password, email)
    if people.by_email(session, email) is not None:
        raise PullquoteError("There is an account with that address: sign in with it.")
    row = PersonRow(email=email, name=name, password=_HASHER.hash(password), created_at=now)
    people.add(session, row, invitation.workspace_id, invitation.role)
    session.delete(invitation)
    session.flush()
    return row


def count_try(session: Session, email: str, place: str, now: datetime) -> None:
    """Before the password is looked at: a hundred tries sent at once are a hundred tries. Raises TooManyTries."""
    email, since = _known_as(email), now - rules.WINDOW
    here = people.wrong_passwords(session, since, email=email, place=place)
    of_place = people.wrong_passwords(session, since, place=place)
    rules.check_tries(here, people.wrong_passwords(session, since, email=email), of_place)
    people.wrong_password(session, email, place, now)


def identify(session: Session, email: str, password: str) -> PersonRow | None:
    """The person whose password this is, or None. It writes nothing: hashing takes its time, and no lock is held.

    The try is counted before, by `count_try`, and forgiven by `begin`.
    """
    row = people.by_email(session, _known_as(email))
    right = _is_right(password, row.password if row else _NOBODY)
    return row if right else None


def _is_right(password: str, hashed: str) -> bool:
    try:
        return _HASHER.verify(hashed, password[: rules.LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False


def _known_as(email: str) -> str:
    return email.strip().lower()[:320]


def begin(session: Session, person: PersonRow, *, browser: str, place: str, now: datetime) -> str:
    """Sign a person in: the cookie's token. It is new each time, so that none can be planted before."""
    token = secrets.token_urlsafe(32)
    people.forgive(session, person.email, place)
    people.forget_before(session, unused=now - rules.IDLE, wrong=now - rules.WINDOW, now=now)
    people.sign_in(
        session,
        SignInRow(
            digest=digest(token),
            person_id=person.id,
            browser=browser[:200],
            place=place,
            started_at=now,
            used_at=now,
        ),
    )
    return token


def visitor(session: Session, token: str, now: datetime) -> tuple[Visitor, bool]:
    """Whose token this is, and whether its use should be noted. Raises NotSignedIn."""
    found = people.signed_in(session, digest(token)) if token else None
    if found is None or rules.is_over(found[0].started_at, found[0].used_at, now):
        raise NotSignedIn("Sign in first.")
    signed, person = found
    workspace = workspaces.find(session)
    role = people.role_in(session, person.id, workspace.id) if workspace else None
    if workspace is None or role is None:
        raise NotSignedIn("This account belongs to no workspace any more.")
    who = Visitor(person.id, person.name, person.email, workspace.id, Role(role), signed.digest)
    return who, now - signed.used_at >= TOUCH


def new_password(session: Session, who: Visitor, *, old: str, new: str) -> str:
    """What is stored for `new`, once `old` is right. It writes nothing, as `identify`; the try is counted before."""
    if identify(session, who.email, old) is None:
        raise PullquoteError("Your present password is not right.")
    return _HASHER.hash(rules.checked_password(new, who.email))


def change_password(session: Session, who: Visitor, stored: str) -> None:
    """Every other browser is signed out: whoever knew the old password may sit there."""
    people.forgive(session, who.email, ACCOUNT)
    people.set_password(session, who.person_id, stored)
    people.sign_out_of(session, who.person_id, but=who.token_digest)


def digest(token: str) -> str:
    """Tokens are random: a plain hash is enough, and what is stored opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
