from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, SQLModel

from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.subscriber import ImportReport, Invalid
from scheduler.domain.suppression import Reason
from scheduler.services import subscribe
from scheduler.store import events, subscribers, suppressions
from scheduler.store.engine import writing
from scheduler.store.tables import ListRow, SubscriberRow, SubscriptionRow
from scheduler.store.vault import Vault
from tests import world

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
VAULT = Vault([b"k" * 32])


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        world.workspace(session, NOW)
        yield session


@pytest.fixture
def weekly(session: Session) -> ListRow:
    return subscribe.create_list(session, 1, "Weekly", now=NOW)


def add(session: Session, weekly: ListRow, address: str, name: str = "") -> SubscriptionRow:
    return subscribe.add_subscriber(session, weekly, address, name, source="form", now=NOW)


def load(session: Session, text: str, *, name: str = "Weekly") -> ImportReport:
    return subscribe.import_csv(session, 1, name, text.encode(), source="import people.csv", now=NOW)


def rows(session: Session) -> list[dict[str, object]]:
    tables: list[type[SQLModel]] = [SubscriberRow, SubscriptionRow]
    return [row.model_dump() for table in tables for row in session.execute(select(table)).scalars()]


def test_a_list_has_a_name_of_its_own(session: Session, weekly: ListRow) -> None:
    assert subscribe.find_list(session, 1, "Weekly") == weekly
    with pytest.raises(PullquoteError, match="already"):
        subscribe.create_list(session, 1, " Weekly ", now=NOW)
    with pytest.raises(NotFound, match="Monthly"):
        subscribe.find_list(session, 1, "Monthly")


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\x00b", "a\u200bb"])
def test_a_list_is_named_in_print(session: Session, name: str) -> None:
    with pytest.raises(PullquoteError, match="1 to 80"):
        subscribe.create_list(session, 1, name, now=NOW)


@pytest.mark.parametrize(
    ("address", "stored"),
    [("Jane.Doe@Example.COM", "jane.doe@example.com"), ("jane@bücher.example", "jane@xn--bcher-kva.example")],
)
def test_an_address_is_stored_in_one_form(address: str, stored: str) -> None:
    assert subscribe.normalised(address) == stored


@pytest.mark.parametrize(
    "address",
    ["jane", "jane@", "jane@localhost", "a@b@example.com", "Jane <j@example.com>", "jané@example.com"],
)
def test_what_cannot_be_mailed_is_refused(address: str) -> None:
    with pytest.raises(PullquoteError, match="cannot be mailed"):
        subscribe.normalised(address)


def test_joining_twice_is_joining_once(session: Session, weekly: ListRow) -> None:
    first = add(session, weekly, "jane@example.com", "Jane")
    assert add(session, weekly, "JANE@example.com") == first
    assert first.status == "confirmed"
    assert len(rows(session)) == 2


def test_a_name_cannot_break_a_header(session: Session, weekly: ListRow) -> None:
    add(session, weekly, "jane@example.com", "Jane\r\nDoe")
    assert session.execute(select(SubscriberRow.name)).scalar_one() == "Jane Doe"
    with pytest.raises(PullquoteError, match="control character"):
        add(session, weekly, "bob@example.com", "Bob\x00")


def test_only_the_person_returns_after_leaving(session: Session, weekly: ListRow) -> None:
    row = add(session, weekly, "jane@example.com")
    subscribe.unsubscribe(session, subscribe.token_for(VAULT, row.id), VAULT, NOW)
    with pytest.raises(PullquoteError, match="left this list"):
        add(session, weekly, "jane@example.com")


def test_who_is_suppressed_cannot_be_added(session: Session, weekly: ListRow) -> None:
    suppressions.add(session, 1, "jane@example.com", Reason.COMPLAINT, NOW)
    with pytest.raises(PullquoteError, match="suppressed"):
        add(session, weekly, "Jane@example.com")


def test_an_import_reports_every_row(session: Session, weekly: ListRow) -> None:
    suppressions.add(session, 1, "gone@example.com", Reason.HARD, NOW)
    add(session, weekly, "here@example.com")
    report = load(
        session,
        "email;name\nnew@example.com;New\nNEW@example.com;Again\nhere@example.com;Here\n"
        "gone@example.com;Gone\nnobody\n;\n",
    )
    assert (report.added, report.known, report.suppressed, report.rows) == (1, 2, 1, 5)
    assert [each.line for each in report.invalid] == [6]
    assert report.invalid[0].reason == ("“nobody” cannot be mailed: An email address must have an @-sign")
    row = subscribers.subscription(session, weekly, "new@example.com")
    assert row
    assert (row.status, row.source) == ("confirmed", "import people.csv")


def test_importing_twice_changes_nothing(session: Session, weekly: ListRow) -> None:
    text = "email,name\njane@example.com,Jane\nbob@example.com,Bob\n"
    assert load(session, text) == ImportReport(added=2)
    before = rows(session)
    assert load(session, text.replace("Jane", "Janet")) == ImportReport(known=2)
    assert rows(session) == before


def test_an_import_lifts_no_unsubscription_and_no_suppression(session: Session, weekly: ListRow) -> None:
    jane, bob = add(session, weekly, "jane@example.com"), add(session, weekly, "bob@example.com")
    subscribe.unsubscribe(session, subscribe.token_for(VAULT, jane.id), VAULT, NOW)
    suppressions.add(session, 1, "bob@example.com", Reason.COMPLAINT, NOW)
    before = rows(session)
    assert load(session, "email\njane@example.com\nbob@example.com\n") == ImportReport(known=1, suppressed=1)
    assert rows(session) == before
    assert bob.status == "confirmed"
    assert suppressions.find(session, 1, "bob@example.com")


def test_one_person_joins_two_lists(session: Session, weekly: ListRow) -> None:
    subscribe.create_list(session, 1, "Daily", now=NOW)
    text = "email\njane@example.com\n"
    assert load(session, text).added == load(session, text, name="Daily").added == 1
    assert [(row.name, count) for row, count in subscribers.lists(session, 1)] == [
        ("Daily", 1),
        ("Weekly", 1),
    ]


def test_an_import_is_larger_than_one_statement(session: Session, weekly: ListRow) -> None:
    text = "email\n" + "".join(f"reader{i}@example.com\n" for i in range(1201))
    assert load(session, text) == ImportReport(added=1201)
    assert load(session, text) == ImportReport(known=1201)


def test_bad_rows_cost_no_good_ones(session: Session, weekly: ListRow) -> None:
    report = load(session, 'email,name\n"a@example.com,A\nb@example.com,B\nc@,C\n')
    assert report.added == 1
    assert [each.line for each in report.invalid] == [2, 4]
    assert all(isinstance(each, Invalid) and each.reason for each in report.invalid)


def test_a_token_is_short_stable_and_its_own(session: Session) -> None:
    assert len(subscribe.token_for(VAULT, 1)) == 32
    assert subscribe.token_for(VAULT, 1) == subscribe.token_for(VAULT, 1)
    assert len({subscribe.token_for(VAULT, i) for i in range(100)}) == 100


def test_leaving_is_said_once_and_holds_for_ever(session: Session, weekly: ListRow) -> None:
    row = add(session, weekly, "jane@example.com")
    token = subscribe.token_for(VAULT, row.id)
    years_later = NOW + timedelta(days=5 * 365)
    left = subscribe.unsubscribe(session, token, VAULT, years_later)
    assert left
    assert (left.status, left.changed_at) == ("unsubscribed", years_later)
    again = subscribe.unsubscribe(session, token, VAULT, years_later + timedelta(hours=1))
    assert again
    assert again.changed_at == years_later
    said = [event.text for event in events.latest(session) if event.kind == "unsubscribed"]
    assert said == ["Somebody left the list “Weekly”."]


def test_a_token_outlives_the_key_it_was_signed_with(session: Session, weekly: ListRow) -> None:
    row = add(session, weekly, "jane@example.com")
    token = subscribe.token_for(VAULT, row.id)
    rotated = Vault([b"n" * 32, b"k" * 32])
    assert subscribe.unsubscribe(session, token, rotated, NOW)


def test_a_token_that_was_tampered_with_changes_nothing(session: Session, weekly: ListRow) -> None:
    row = add(session, weekly, "jane@example.com")
    token = subscribe.token_for(VAULT, row.id)
    other = subscribe.token_for(VAULT, row.id + 1)
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        other[:11] + token[11:],
        token[:-1],
        token + "A",
    ]
    forged += ["", "é" * 32, "=" * 32, other]
    for each in forged:
        assert subscribe.unsubscribe(session, each, VAULT, NOW) is None
    assert row.status == "confirmed"
