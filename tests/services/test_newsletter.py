from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest
from sqlalchemy import Engine, func, select, update
from sqlmodel import Session, col

from scheduler.channels import adapter
from scheduler.domain.capabilities import Mail
from scheduler.domain.errors import NotFound, Permanent, PullquoteError
from scheduler.domain.message import Copy, Letter, Receipt, RecipientResult
from scheduler.domain.piece import Content, Passage, PieceKind
from scheduler.domain.subscriber import RecipientState
from scheduler.domain.suppression import Reason
from scheduler.render.email import CompiledIssue
from scheduler.render.environment import environment
from scheduler.services import newsletter, subscribe
from scheduler.store import pieces, recipients, suppressions
from scheduler.store.engine import writing
from scheduler.store.tables import (
    ArticleRow,
    ChannelRow,
    DeliveryRow,
    ListRow,
    PieceRow,
    RecipientRow,
    SubscriptionRow,
    WorkspaceRow,
)
from tests import world

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BASE = "https://news.example.com/"
ISSUE = CompiledIssue("Rain", "<p>%%PQ:address%% %%PQ:unsubscribe_url%%</p>", "%%PQ:unsubscribe_url%%\n")
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


def mail_channel(session: Session, name: str) -> ChannelRow:
    row = ChannelRow(
        workspace_id=world.workspace(session, NOW).id,
        name=name,
        kind="postmark",
        zone="UTC",
        config="",
        created_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def new_issue(session: Session) -> PieceRow:
    content = Content(subject="Rain", template="issue")
    article = world.article(session, NOW)
    return pieces.add(
        session, article_id=article.id, kind=PieceKind.ISSUE, content=content, recipe="default", now=NOW
    )


def readers(session: Session, weekly: ListRow, count: int, prefix: str = "reader") -> list[SubscriptionRow]:
    text = "email,name\n" + "".join(f"{prefix}{i}@example.com,Reader {i}\n" for i in range(count))
    subscribe.import_csv(session, weekly.workspace_id, weekly.name, text.encode(), source="test", now=NOW)
    query = select(SubscriptionRow).where(col(SubscriptionRow.list_id) == weekly.id)
    return list(session.execute(query.order_by(col(SubscriptionRow.id))).scalars())


def leave(session: Session, row: SubscriptionRow) -> None:
    subscribe.unsubscribe(session, subscribe.token_for(world.VAULT, row.id), world.VAULT, NOW)


def freeze(
    session: Session,
    issue: PieceRow,
    channel: ChannelRow,
    weekly: ListRow,
    batch: int = 500,
    slot_key: str | None = None,
) -> list[DeliveryRow]:
    mail = Mail(batch=batch, max_bytes=50 * 2**20)
    due = NOW + timedelta(hours=1)
    return newsletter.freeze(session, issue, channel, mail, weekly.id, due_at=due, slot_key=slot_key, now=NOW)


def letter(session: Session, row: DeliveryRow, issue: CompiledIssue = ISSUE) -> Letter:
    return newsletter.letter(session, row, issue, vault=world.VAULT, base_url=BASE, now=NOW)


def states(session: Session, row: DeliveryRow) -> list[tuple[str, str, str]]:
    columns = (col(RecipientRow.state), col(RecipientRow.remote_id), col(RecipientRow.reason))
    query = select(*columns).where(col(RecipientRow.delivery_id) == row.id).order_by(col(RecipientRow.id))
    return [tuple(each) for each in session.execute(query)]


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


def test_nobody_gets_an_issue_twice_through_a_channel(
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
    assert recipients.batch_sizes(session, freeze(session, issue, other, weekly)) == [4]


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


# The letter


def test_each_copy_carries_its_reader_s_own_link(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    everybody = readers(session, weekly, 2)
    [row] = freeze(session, issue, channel, weekly)
    made = letter(session, row)
    assert [each.address for each in made.recipients] == ["reader0@example.com", "reader1@example.com"]
    for reader, subscription in zip(made.recipients, everybody, strict=True):
        url = f"https://news.example.com/u/{subscribe.token_for(world.VAULT, subscription.id)}"
        copy = made.copy_for(reader)
        assert copy.headers["List-Unsubscribe"] == f"<{url}>"
        assert copy.text == f"{url}\n"
        assert copy.html == f"<p>{reader.address} {url}</p>"
    assert made.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert made.headers["Feedback-ID"] == f"i{issue.id}:l{weekly.id}:newsletter:pullquote"


def test_whoever_left_after_the_freeze_gets_no_copy(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    everybody = readers(session, weekly, 4)
    [row] = freeze(session, issue, channel, weekly)
    leave(session, everybody[0])
    suppressions.add(session, 1, "reader1@example.com", Reason.COMPLAINT, NOW)
    suppressions.add(session, 1, "reader2@example.com", Reason.HARD, NOW)
    assert [each.address for each in letter(session, row).recipients] == ["reader3@example.com"]
    assert states(session, row) == [
        ("suppressed", "", "unsubscribed"),
        ("suppressed", "", "complaint"),
        ("suppressed", "", "hard"),
        ("waiting", "", ""),
    ]


def test_a_suppression_elsewhere_is_none_here(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 1)
    elsewhere = WorkspaceRow(name="Elsewhere", created_at=NOW)
    session.add(elsewhere)
    session.flush()
    suppressions.add(session, elsewhere.id, "reader0@example.com", Reason.HARD, NOW)
    [row] = freeze(session, issue, channel, weekly)
    assert len(letter(session, row).recipients) == 1


def test_a_batch_that_everybody_left_is_not_sent(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    [reader] = readers(session, weekly, 1)
    [row] = freeze(session, issue, channel, weekly)
    leave(session, reader)
    with pytest.raises(Permanent, match="Everybody in this batch") as error:
        letter(session, row)
    newsletter.fail(session, row, error.value.reason, NOW)
    assert states(session, row) == [("suppressed", "", "unsubscribed")]
    assert newsletter.progress(session, issue.id).finished


def test_a_batch_that_failed_can_be_composed_anew(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    everybody = readers(session, weekly, 2)
    [row] = freeze(session, issue, channel, weekly)
    newsletter.fail(session, row, "the sender is not known", NOW)
    assert newsletter.progress(session, issue.id).counts == {"failed": 2}
    leave(session, everybody[0])
    assert [each.address for each in letter(session, row).recipients] == ["reader1@example.com"]


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


# The edition


def edition(
    session: Session, content: Content, brand: dict[str, str] | None = None, **article: object
) -> CompiledIssue:
    row = world.article(session, NOW)
    for name, value in article.items():
        setattr(row, name, value)
    workspace = world.workspace(session, NOW)
    workspace.brand = brand or {}
    return newsletter.edition(content, cast("ArticleRow", row), workspace, environment([]))


def test_an_edition_is_made_of_the_article_and_the_brand(session: Session) -> None:
    content = Content(
        subject="The river reads the rain",
        preheader="And nobody asked it.",
        template="issue",
        passages=(Passage("It reads the rain.", "Dana Okafor", ((0, 18),)),),
        link="https://ledger.example/river?utm_medium=email",
    )
    brand = {"name": "The Ledger", "address": "1 Quay\nHarbour", "accent": "#005f73"}
    made = edition(session, content, brand, author="Ines Roth", published=date(2026, 3, 1), language="en-GB")
    assert made.subject == "The river reads the rain"
    for body in (made.html, made.text):
        for words in ("A town and its river", "The Ledger", "1 Quay", "“It reads the rain.”", "Dana Okafor"):
            assert words in body
        assert "utm_medium=email" in body
    assert "1 March 2026" in made.html
    assert "#005f73" in made.html
    assert made.warnings == ()


def test_without_a_page_to_read_it_on_the_whole_article_is_in_the_mail(session: Session) -> None:
    paragraphs = [f"Paragraph {i} " + "word " * 40 + "ends." for i in range(8)]
    body = "\n\n".join(paragraphs)
    with_page = edition(session, Content(link="https://ledger.example/river"), body=body)
    assert "Paragraph 2" in with_page.text
    assert "Paragraph 3" not in with_page.text
    whole = edition(session, Content(), body=body)
    assert all(f"Paragraph {i}" in whole.text and f"Paragraph {i}" in whole.html for i in range(8))
    assert "Read the article" not in whole.text


def test_an_edition_reads_in_its_language_s_direction(session: Session) -> None:
    assert 'lang="ar" dir="rtl"' in edition(session, Content(), language="ar").html
    made = edition(session, Content(), language="sv", published=date(2026, 3, 1))
    assert 'lang="sv" dir="ltr"' in made.html
    assert "2026-03-01" in made.html


def test_a_mail_program_finds_every_part_of_the_mail(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 1)
    [row] = freeze(session, issue, channel, weekly)
    made = letter(session, row, edition(session, Content(subject="Regen – наконец")))
    parsed = parse(made.copy_for(made.recipients[0]))
    assert parsed["Subject"] == "Regen – наконец"
    url = made.recipients[0].values["unsubscribe_url"]
    assert parsed["List-Unsubscribe"] == f"<{url}>"
    html, text = (parsed.get_body(("html",)), parsed.get_body(("plain",)))
    assert html
    assert text
    assert text.get_content().splitlines()[0] == "A town and its river"
    assert text.get_content().splitlines()[-1] == url
    assert url in html.get_content()


def parse(copy: Copy) -> EmailMessage:
    """Built and read by the standard library, as a relay and a mail program would."""
    mail = EmailMessage(policy=policy.SMTP.clone(max_line_length=998))
    mail["Subject"] = copy.subject
    for name, value in copy.headers.items():
        mail[name] = value
    mail.set_content(copy.text)
    mail.add_alternative(copy.html, subtype="html")
    return cast("EmailMessage", message_from_bytes(mail.as_bytes(), policy=policy.default))


def test_a_long_unsubscribe_link_comes_through_whole(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 1)
    [row] = freeze(session, issue, channel, weekly)
    base = (
        "https://newsletter.some-rather-long-organisation.example.com/where/the/mail/of/our/readers/is/kept"
    )
    made = newsletter.letter(session, row, ISSUE, vault=world.VAULT, base_url=base, now=NOW)
    copy = made.copy_for(made.recipients[0])
    assert len(copy.headers["List-Unsubscribe"]) > 120
    assert parse(copy)["List-Unsubscribe"] == copy.headers["List-Unsubscribe"]


def test_a_name_cannot_act_as_a_merge_token(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 1)
    [row] = freeze(session, issue, channel, weekly)
    session.execute(update(RecipientRow).values(name="%%PQ:address%% <b>"))
    made = letter(session, row, CompiledIssue("s", "%%PQ:name%%", "%%PQ:name%%"))
    copy = made.copy_for(made.recipients[0])
    assert (copy.html, copy.text) == ("%%PQ:address%% &lt;b&gt;", "%%PQ:address%% <b>")
