from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from scheduler.channels import adapter
from scheduler.domain.capabilities import Mail
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.message import Receipt, RecipientResult
from scheduler.domain.subscriber import RecipientState
from scheduler.domain.suppression import Reason
from scheduler.services import newsletter, subscribe
from scheduler.store import recipients, suppressions
from scheduler.store.engine import writing
from scheduler.store.tables import (
    ChannelRow,
    DeliveryRow,
    ListRow,
    PieceRow,
    RecipientRow,
    WorkspaceRow,
)
from tests import world
from tests.services.mailing import (
    NOW,
    freeze,
    leave,
    letter,
    mail_channel,
    new_issue,
    readers,
    states,
)

POSTMARK = adapter("postmark").can.mail
assert POSTMARK is not None


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session


@pytest.fixture
def channel(session: Session) -> ChannelRow:
    return mail_channel(session, "the mail")


@pytest.fixture
def weekly(session: Session) -> ListRow:
    return subscribe.create_list(session, world.workspace(session, NOW).id, "Weekly", now=NOW)


@pytest.fixture
def issue(session: Session) -> PieceRow:
    return new_issue(session)


# The audience


def test_an_audience_is_frozen_in_batches(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    everybody = readers(session, weekly, 2501)
    for row in everybody[:37]:
        leave(session, row)
    for i in range(37, 49):
        suppressions.add(session, 1, f"reader{i}@example.com", Reason.HARD, NOW)
    for i in range(49, 52):
        suppressions.add(session, 1, f"reader{i}@example.com", Reason.COMPLAINT, NOW)
    assert POSTMARK
    rows = newsletter.freeze(
        session, issue, channel, POSTMARK, weekly.id, due_at=NOW, slot_key="2026-03-02T12:00", now=NOW
    )
    assert recipients.batch_sizes(session, rows) == [500, 500, 500, 500, 449]
    frozen = set(session.execute(select(RecipientRow.email)).scalars())
    assert frozen == {f"reader{i}@example.com" for i in range(52, 2501)}
    assert newsletter.progress(session, issue.id).counts == {"waiting": 2449}


def test_a_batch_is_a_delivery_like_any_other(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 5)
    issue.revision = 3
    rows = freeze(session, issue, channel, weekly, batch=2, slot_key="2026-03-02T13:00")
    assert [row.slot_key for row in rows] == ["2026-03-02T13:00", None, None]
    for row in rows:
        assert (row.status, row.revision, row.piece_id, row.channel_id) == (
            "scheduled",
            3,
            issue.id,
            channel.id,
        )
        assert row.next_at == row.due_at == NOW + timedelta(hours=1)


def test_a_batch_is_bounded_by_its_bytes_too(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 5)
    mail = Mail(batch=500, max_bytes=100)
    rows = newsletter.freeze(
        session, issue, channel, mail, weekly.id, due_at=NOW, slot_key=None, now=NOW, copy_bytes=40
    )
    assert recipients.batch_sizes(session, rows) == [2, 2, 1]


def test_whoever_has_not_confirmed_is_no_reader(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 2)[0].status = "unconfirmed"
    session.flush()
    assert recipients.batch_sizes(session, freeze(session, issue, channel, weekly)) == [1]


def test_an_empty_audience_is_an_error(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    with pytest.raises(PullquoteError, match="Nobody on “Weekly”"):
        freeze(session, issue, channel, weekly)
    assert session.execute(select(func.count(col(DeliveryRow.id)))).scalar() == 0


def test_nobody_gets_an_issue_twice(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 3)
    freeze(session, issue, channel, weekly)
    with pytest.raises(PullquoteError, match="has this issue already"):
        freeze(session, issue, channel, weekly)
    readers(session, weekly, 4)
    daily = subscribe.create_list(session, 1, "Daily", now=NOW)
    readers(session, daily, 4)
    assert recipients.batch_sizes(session, freeze(session, issue, channel, daily)) == [1]
    assert recipients.batch_sizes(session, freeze(session, new_issue(session), channel, daily)) == [4]
    other = mail_channel(session, "another mail")
    with pytest.raises(PullquoteError, match="has this issue already"):
        freeze(session, issue, other, weekly)


def test_a_cancelled_issue_can_be_scheduled_again(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 2)
    [row] = freeze(session, issue, channel, weekly)
    row.status = "cancelled"
    session.flush()
    assert newsletter.progress(session, issue.id).counts == {"cancelled": 2}
    freeze(session, issue, channel, weekly)
    assert newsletter.progress(session, issue.id).counts == {"cancelled": 2, "waiting": 2}


def test_those_whose_copy_failed_can_get_the_issue_again(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 2)
    [row] = freeze(session, issue, channel, weekly)
    first, second = recipients.of_delivery(session, row.id, RecipientState.WAITING)
    results = (RecipientResult(first.id, ok=True), RecipientResult(second.id, ok=False, reason="no"))
    newsletter.record(session, row, Receipt("b", recipients=results), NOW)
    [again] = freeze(session, issue, channel, weekly)
    assert [each.email for each in recipients.of_delivery(session, again.id, RecipientState.WAITING)] == [
        second.email
    ]


def test_only_an_issue_has_readers_and_only_its_own_workspace_s(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 1)
    with pytest.raises(PullquoteError, match="not an issue"):
        freeze(session, world.post(session, NOW), channel, weekly)
    elsewhere = WorkspaceRow(name="Elsewhere", created_at=NOW)
    session.add(elsewhere)
    session.flush()
    foreign = subscribe.create_list(session, elsewhere.id, "Foreign", now=NOW)
    with pytest.raises(PullquoteError, match="another workspace"):
        freeze(session, issue, channel, foreign)


def test_an_audience_that_comes_out_wrong_stops_everything(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers(session, weekly, 3)
    monkeypatch.setattr(recipients, "batch_sizes", lambda *_: [2])
    with pytest.raises(PullquoteError, match="nothing was scheduled"):
        freeze(session, issue, channel, weekly, batch=2)


def test_the_only_list_needs_no_name(session: Session, weekly: ListRow) -> None:
    assert newsletter.list_of(session, 1, None) == newsletter.list_of(session, 1, "Weekly") == weekly
    with pytest.raises(NotFound, match="“Daily”"):
        newsletter.list_of(session, 1, "Daily")
    with pytest.raises(NotFound, match="list of subscribers"):
        newsletter.list_of(session, 2, None)
    subscribe.create_list(session, 1, "Daily", now=NOW)
    with pytest.raises(PullquoteError, match=r"several lists \(Daily, Weekly\)"):
        newsletter.list_of(session, 1, None)


# What became of it


def test_each_copy_gets_its_own_result(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 5)
    [row] = freeze(session, issue, channel, weekly)
    ids = [each.id for each in letter(session, row).recipients]
    results = (
        RecipientResult(ids[0], ok=True, remote_id="m0"),
        RecipientResult(ids[1], ok=False, reason="inactive (406)", suppress="hard"),
        RecipientResult(ids[2], ok=False, reason="Invalid 'To' (300)", suppress="invalid"),
        RecipientResult(ids[3], ok=True, remote_id="m3"),
        RecipientResult(987654, ok=True),
    )
    newsletter.record(session, row, Receipt("batch", recipients=results), NOW + timedelta(minutes=1))
    assert states(session, row) == [
        ("sent", "m0", ""),
        ("failed", "", "inactive (406)"),
        ("failed", "", "Invalid 'To' (300)"),
        ("sent", "m3", ""),
        ("in-doubt", "", "the service said nothing about this copy"),
    ]
    hard, invalid = (suppressions.find(session, 1, f"reader{i}@example.com") for i in (1, 2))
    assert hard
    assert invalid
    assert (hard.reason, invalid.reason) == ("hard", "invalid")
    done = newsletter.progress(session, issue.id)
    assert done.counts == {"sent": 2, "failed": 2, "in-doubt": 1}
    assert not done.finished
    assert len(recipients.of_piece(session, issue.id, RecipientState.FAILED)) == 2


def test_a_service_that_answers_for_the_batch_alone_took_all_of_it(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 2)
    [row] = freeze(session, issue, channel, weekly)
    newsletter.record(session, row, Receipt("batch-1"), NOW)
    assert states(session, row) == [("sent", "batch-1", ""), ("sent", "batch-1", "")]
    assert newsletter.progress(session, issue.id).finished


def test_a_doubt_is_cleared_up_by_a_later_receipt(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 1)
    [row] = freeze(session, issue, channel, weekly)
    newsletter.doubt(session, row, NOW)
    assert states(session, row) == [("in-doubt", "", "its batch was never answered")]
    assert not newsletter.progress(session, issue.id).finished
    newsletter.record(session, row, Receipt("seen"), NOW)
    assert states(session, row) == [("sent", "seen", "")]


def test_a_batch_that_is_given_up_failed_for_all_who_were_open(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 2)
    [row] = freeze(session, issue, channel, weekly)
    first, _ = recipients.of_delivery(session, row.id, RecipientState.WAITING)
    newsletter.record(session, row, Receipt("b", recipients=(RecipientResult(first.id, ok=True),)), NOW)
    newsletter.fail(session, row, "dropped while in doubt", NOW)
    assert states(session, row) == [("sent", "", ""), ("failed", "", "dropped while in doubt")]


def test_a_post_has_no_recipients_and_nothing_is_recorded(session: Session, weekly: ListRow) -> None:
    channel, post = world.channel(session, NOW), world.post(session, NOW)
    [row] = world.due(session, post, channel, NOW)
    newsletter.record(session, row, Receipt("1"), NOW)
    newsletter.doubt(session, row, NOW)
    newsletter.fail(session, row, "no", NOW)
    assert newsletter.progress(session, post.id).total == 0
