from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from scheduler.domain import accounts as rules
from scheduler.domain.accounts import NotSignedIn, Role, TooManyTries
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.services import accounts
from scheduler.store import people
from scheduler.store.engine import writing
from scheduler.store.tables_people import PersonRow, SignInRow
from tests import world

EMAIL, PASSWORD = "ada@example.com", "nine harbour gulls"


@pytest.fixture
def session(engine, clock):
    with writing(engine) as session:
        world.workspace(session, clock.now)
        yield session


@pytest.fixture
def ada(session: Session, clock) -> PersonRow:
    token = accounts.owner_link(session, clock.now)
    return accounts.accept(session, token, email=EMAIL, name="Ada Quist", password=PASSWORD, now=clock.now)


def signed_in(session: Session, person: PersonRow, clock) -> str:
    return accounts.begin(session, person, browser="Firefox", place="192.0.2.7", now=clock.now)


def test_the_first_account_is_the_owners_and_its_link_is_good_once(session, clock):
    token = accounts.owner_link(session, clock.now)
    person = accounts.accept(
        session, token, email=" Ada@Example.com ", name="Ada  Quist", password=PASSWORD, now=clock.now
    )
    assert (person.email, person.name) == (EMAIL, "Ada Quist")
    who, _ = accounts.visitor(session, signed_in(session, person, clock), clock.now)
    assert who.role is Role.OWNER
    assert who.may_edit
    with pytest.raises(NotFound, match="no longer good"):
        accounts.invited(session, token, clock.now)
    assert accounts.owner_link(session, clock.now) is None


def test_a_newer_link_replaces_an_older_one_and_each_runs_out(session, clock):
    first = accounts.owner_link(session, clock.now)
    second = accounts.owner_link(session, clock.now)
    with pytest.raises(NotFound):
        accounts.invited(session, first, clock.now)
    assert accounts.invited(session, second, clock.now).role == Role.OWNER
    with pytest.raises(NotFound):
        accounts.invited(session, second, clock.now + rules.INVITED + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("email", "password", "complaint"),
    [
        ("ada", PASSWORD, "not an email address"),
        (EMAIL, "short", "10 to 256 characters"),
        (EMAIL, "x" * 257, "10 to 256 characters"),
        (EMAIL, "ada-ada-ada-1", "too easy"),
        (EMAIL, "aaaaaaaaaaaa", "too easy"),
    ],
)
def test_what_makes_no_account_is_said_in_a_sentence(session, clock, email, password, complaint):
    token = accounts.owner_link(session, clock.now)
    with pytest.raises(PullquoteError, match=complaint):
        accounts.accept(session, token, email=email, name="Ada", password=password, now=clock.now)
    assert accounts.invited(session, token, clock.now)  # and the link is still good


def test_passwords_and_tokens_are_stored_as_hashes(session, clock, ada):
    token = signed_in(session, ada, clock)
    stored = session.exec(select(SignInRow)).one()
    assert token not in stored.model_dump_json()
    assert PASSWORD not in ada.password
    assert ada.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_only_the_right_password_signs_in(session, clock, ada):
    assert accounts.identify(session, "ADA@example.com ", PASSWORD) is ada
    assert accounts.identify(session, EMAIL, "wrong") is None
    assert accounts.identify(session, "nobody@example.com", PASSWORD) is None


def fail(session: Session, clock, times: int, place: str = "192.0.2.7") -> None:
    for _ in range(times):
        accounts.count_try(session, EMAIL, place, clock.now)


def test_guessing_is_stopped_for_a_while_and_only_where_it_comes_from(session, clock, ada):
    fail(session, clock, rules.TRIES)
    with pytest.raises(TooManyTries, match="wait 15 minutes"):
        fail(session, clock, 1)
    fail(session, clock, 1, place="198.51.100.1")
    clock.advance(minutes=15, seconds=1)
    fail(session, clock, 1)


def test_guessing_from_everywhere_is_stopped_as_well(session, clock, ada):
    for n in range(rules.TRIES_OF_ACCOUNT):
        fail(session, clock, 1, place=f"192.0.2.{n}")
    with pytest.raises(TooManyTries):
        fail(session, clock, 1, place="198.51.100.1")


def test_one_password_for_many_addresses_is_stopped_too(session, clock, ada):
    for n in range(rules.TRIES_OF_PLACE):
        accounts.count_try(session, f"reader{n}@example.com", "192.0.2.7", clock.now)
    with pytest.raises(TooManyTries):
        fail(session, clock, 1)


def test_signing_in_forgives_the_slips_before_it(session, clock, ada):
    fail(session, clock, rules.TRIES - 1)
    signed_in(session, ada, clock)
    fail(session, clock, 0)
    assert people.wrong_passwords(session, clock.now - rules.WINDOW, email=EMAIL, place="192.0.2.7") == 0


def test_a_session_ends_when_nobody_uses_it_and_at_last_in_any_case(session, clock, ada):
    token, started = signed_in(session, ada, clock), clock.now
    clock.advance(days=13)
    who, note = accounts.visitor(session, token, clock.now)
    assert note  # its use is worth writing down
    people.used(session, who.token_digest, clock.now)
    assert not accounts.visitor(session, token, clock.now)[1]
    clock.advance(days=13)
    assert accounts.visitor(session, token, clock.now)
    clock.advance(days=2)
    with pytest.raises(NotSignedIn):
        accounts.visitor(session, token, clock.now)
    people.used(session, who.token_digest, started + rules.LIFE)
    with pytest.raises(NotSignedIn):
        accounts.visitor(session, token, started + rules.LIFE + timedelta(seconds=1))


@pytest.mark.parametrize("token", ["", "guessed", "x" * 5000])
def test_what_is_no_token_of_ours_is_nobody(session, clock, ada, token):
    with pytest.raises(NotSignedIn):
        accounts.visitor(session, token, clock.now)


def test_a_new_password_signs_the_other_browsers_out(session, clock, ada):
    here, there = signed_in(session, ada, clock), signed_in(session, ada, clock)
    who, _ = accounts.visitor(session, here, clock.now)
    with pytest.raises(PullquoteError, match="present password"):
        accounts.new_password(session, who, old="wrong", new="twelve other gulls")
    stored = accounts.new_password(session, who, old=PASSWORD, new="twelve other gulls")
    accounts.change_password(session, who, stored)
    assert accounts.visitor(session, here, clock.now)
    with pytest.raises(NotSignedIn):
        accounts.visitor(session, there, clock.now)
    session.expire_all()
    assert accounts.identify(session, EMAIL, "twelve other gulls")


def test_one_browser_can_be_signed_out_and_nobody_elses(session, clock, ada):
    token = signed_in(session, ada, clock)
    row = people.sign_ins(session, ada.id)[0]
    people.sign_out_of(session, ada.id + 1, sign_in_id=row.id)
    assert accounts.visitor(session, token, clock.now)
    people.sign_out_of(session, ada.id, sign_in_id=row.id)
    with pytest.raises(NotSignedIn):
        accounts.visitor(session, token, clock.now)
