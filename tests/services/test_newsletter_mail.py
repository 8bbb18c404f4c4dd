from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session

from scheduler.domain.errors import Permanent
from scheduler.domain.message import Copy
from scheduler.domain.piece import Content, Passage
from scheduler.domain.suppression import Reason
from scheduler.render.email import CompiledIssue
from scheduler.render.environment import environment
from scheduler.services import newsletter, subscribe
from scheduler.store import suppressions
from scheduler.store.engine import writing
from scheduler.store.tables import (
    ArticleRow,
    ChannelRow,
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


def test_a_copy_that_another_batch_took_over_is_not_sent_by_the_first_as_well(
    session: Session, issue: PieceRow, channel: ChannelRow, weekly: ListRow
) -> None:
    readers(session, weekly, 2)
    [first] = freeze(session, issue, channel, weekly)
    newsletter.fail(session, first, "the sender is not known", NOW)
    [second] = freeze(session, issue, channel, weekly)  # the person queues the issue again …
    assert len(letter(session, second).recipients) == 2
    with pytest.raises(Permanent, match="Everybody in this batch"):
        letter(session, first)  # … and tries the old batch again as well


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


def test_the_headline_is_said_once(session: Session) -> None:
    title = "Dana Okafor: “It reads the rain”"
    said = (
        Passage("It reads the rain", "Dana Okafor", ((0, 17),)),
        Passage("We listen.", "Dana Okafor", ((18, 28),)),
    )
    made = edition(session, Content(passages=said), title=title, body=f"{title.upper()}\n\nThe river rose.")
    assert "> “We listen.”" in made.text
    assert made.text.count("It reads the rain") == 1
    assert title.upper() not in made.text


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
    made = letter(session, row, base=base)
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
