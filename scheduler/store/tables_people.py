"""The tables of the people who use the pages. Nothing here opens anything: tokens are kept as their digests."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.store.tables import instant, to


class PersonRow(SQLModel, table=True):
    """Somebody who can sign in."""

    __tablename__ = "person"

    id: int = Field(default=None, primary_key=True)
    email: str = Field(unique=True)  # lower case
    name: str
    password: str  # argon2id, with its salt and costs
    created_at: datetime = instant()


class MembershipRow(SQLModel, table=True):
    """What a person may do in a workspace."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "workspace_id"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = to("person")
    workspace_id: int = to("workspace")
    role: str  # domain.accounts.Role


class SignInRow(SQLModel, table=True):
    """One browser in which a person is signed in."""

    __tablename__ = "sign_in"

    id: int = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)  # SHA-256 of the cookie's token, in hex
    person_id: int = to("person")
    browser: str = ""  # as it calls itself
    place: str = ""  # the address that it came from
    started_at: datetime = instant()
    used_at: datetime = instant(index=True)


class InvitationRow(SQLModel, table=True):
    """A link that makes an account, once."""

    __tablename__ = "invitation"

    id: int = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    workspace_id: int = to("workspace")
    role: str
    good_until: datetime = instant(index=True)


class WrongPasswordRow(SQLModel, table=True):
    """A try that failed. The address may be nobody's: the answer is the same."""

    __tablename__ = "wrong_password"

    id: int = Field(default=None, primary_key=True)
    email: str = Field(index=True)
    place: str
    at: datetime = instant(index=True)
