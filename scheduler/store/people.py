"""People, what they are in each workspace, and where they are signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from scheduler.store.tables_people import InvitationRow, MembershipRow, PersonRow, SignInRow, WrongPasswordRow


def by_email(session: Session, email: str) -> PersonRow | None:
    return session.execute(select(PersonRow).where(col(PersonRow.email) == email)).scalar_one_or_none()


def is_empty(session: Session) -> bool:
    """Nobody has an account yet."""
    return session.execute(select(col(PersonRow.id)).limit(1)).first() is None


def add(session: Session, row: PersonRow, workspace_id: int, role: str) -> PersonRow:
    session.add(row)
    session.flush()
    session.add(MembershipRow(person_id=row.id, workspace_id=workspace_id, role=role))
    session.flush()
    return row


def role_in(session: Session, person_id: int, workspace_id: int) -> str | None:
    query = select(col(MembershipRow.role)).where(
        col(MembershipRow.person_id) == person_id, col(MembershipRow.workspace_id) == workspace_id
    )
    return session.execute(query).scalar_one_or_none()


def set_password(session: Session, person_id: int, password: str) -> None:
    session.execute(update(PersonRow).where(col(PersonRow.id) == person_id).values(password=password))


# where they are signed in


def sign_in(session: Session, row: SignInRow) -> None:
    session.add(row)
    session.flush()


def signed_in(session: Session, digest: str) -> tuple[SignInRow, PersonRow] | None:
    query = (
        select(SignInRow, PersonRow)
        .join(PersonRow, col(PersonRow.id) == col(SignInRow.person_id))
        .where(col(SignInRow.digest) == digest)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1])


def used(session: Session, digest: str, now: datetime) -> None:
    session.execute(update(SignInRow).where(col(SignInRow.digest) == digest).values(used_at=now))


def sign_ins(session: Session, person_id: int) -> list[SignInRow]:
    query = (
        select(SignInRow)
        .where(col(SignInRow.person_id) == person_id)
        .order_by(col(SignInRow.used_at).desc(), col(SignInRow.id))
    )
    return list(session.execute(query).scalars())


def sign_out(session: Session, digest: str) -> None:
    session.execute(delete(SignInRow).where(col(SignInRow.digest) == digest))


def sign_out_of(session: Session, person_id: int, *, sign_in_id: int | None = None, but: str = "") -> None:
    """End one of a person's sessions, or all of them but one."""
    ended = delete(SignInRow).where(col(SignInRow.person_id) == person_id, col(SignInRow.digest) != but)
    if sign_in_id is not None:
        ended = ended.where(col(SignInRow.id) == sign_in_id)
    session.execute(ended)


def forget_before(session: Session, *, unused: datetime, wrong: datetime, now: datetime) -> None:
    """What is over and done with."""
    session.execute(delete(SignInRow).where(col(SignInRow.used_at) < unused))
    session.execute(delete(WrongPasswordRow).where(col(WrongPasswordRow.at) < wrong))
    session.execute(delete(InvitationRow).where(col(InvitationRow.good_until) < now))


# links that make an account


def invite(session: Session, row: InvitationRow) -> None:
    session.add(row)
    session.flush()


def invitation(session: Session, digest: str) -> InvitationRow | None:
    query = select(InvitationRow).where(col(InvitationRow.digest) == digest)
    return session.execute(query).scalar_one_or_none()


def forget_invitations(session: Session, workspace_id: int, role: str) -> None:
    session.execute(
        delete(InvitationRow).where(
            col(InvitationRow.workspace_id) == workspace_id, col(InvitationRow.role) == role
        )
    )


# wrong passwords


def wrong_password(session: Session, email: str, place: str, now: datetime) -> None:
    session.add(WrongPasswordRow(email=email, place=place, at=now))
    session.flush()


def wrong_passwords(
    session: Session, since: datetime, *, email: str | None = None, place: str | None = None
) -> int:
    query = select(func.count()).select_from(WrongPasswordRow).where(col(WrongPasswordRow.at) > since)
    if email is not None:
        query = query.where(col(WrongPasswordRow.email) == email)
    if place is not None:
        query = query.where(col(WrongPasswordRow.place) == place)
    return int(session.execute(query).scalar_one())


def forgive(session: Session, email: str, place: str) -> None:
    session.execute(
        delete(WrongPasswordRow).where(
            col(WrongPasswordRow.email) == email, col(WrongPasswordRow.place) == place
        )
    )
