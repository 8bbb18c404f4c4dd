from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from scheduler.domain.errors import PullquoteError
from scheduler.domain.message import Copy, Letter, Recipient
from scheduler.domain.typography import quoted
from scheduler.render.context import IssueContext, QuoteContext
from scheduler.render.email import CompiledIssue, compile_issue
from scheduler.render.environment import environment
from scheduler.render.palette import by_day, by_night

VALUES = {
    "unsubscribe_url": "https://news.example.com/u/" + "A" * 32,
    "address": "jane@example.com",
    "name": "Jane",
    "list_name": "The Harbour letter",
    "literal": "%%PQ:",
}
CONTEXT = IssueContext(
    subject="The river reads the rain",
    title="A town and its river",
    outlet="The Harbour Ledger",
    postal_address=("1 Quay", "Harbour"),
    day=by_day({}),
    night=by_night({}),
    preheader="Nobody asked it to.",
    author="Ines Roth",
    published="1 March 2026",
    intro=("The river rose twice in April. " * 4, "Nobody had asked it to. " * 4),
    quotes=(
        QuoteContext("It reads the rain.", quoted("It reads the rain.", "en"), "Dana Okafor"),
        QuoteContext("We listen.", quoted("We listen.", "en"), ""),
    ),
    link="https://ledger.example/river?utm_medium=email&utm_source=newsletter",
)


@pytest.fixture
def templates() -> Environment:
    return environment([])


def compiled(**changes: object) -> CompiledIssue:
    return compile_issue(environment([]), "issue", replace(CONTEXT, **changes))  # type: ignore[arg-type]


def copy(issue: CompiledIssue, **values: str) -> Copy:
    recipient = Recipient(1, "jane@example.com", "Jane", VALUES | values)
    return Letter(issue.subject, issue.html, issue.text, (recipient,)).copy_for(recipient)


class Tags(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


def test_the_mail_is_accessible() -> None:
    tags = Tags(compiled().html)
    assert (tags.of("html")[0]["lang"], tags.of("html")[0]["dir"]) == ("en", "ltr")
    assert len(tags.of("h1")) == 1
    assert tags.of("h2")
    assert all(attrs.get("role") == "presentation" for attrs in tags.of("table"))
    assert all("alt" in attrs for attrs in tags.of("img"))
    assert {attrs.get("name") for attrs in tags.of("meta")} >= {"color-scheme", "supported-color-schemes"}
    assert not tags.of("script")
    assert "prefers-color-scheme: dark" in compiled().html


def test_the_mail_says_who_sends_it_and_how_to_leave() -> None:
    made = copy(compiled())
    for body in (made.html, made.text):
        assert VALUES["unsubscribe_url"] in body
        assert "1 Quay" in body
        assert "because you are on the list" in body
        assert "jane@example.com" in body


def test_the_text_part_begins_with_the_headline_and_ends_with_the_link() -> None:
    lines = copy(compiled()).text.splitlines()
    assert lines[0] == "A town and its river"
    assert lines[-1] == VALUES["unsubscribe_url"]
    assert max(len(line) for line in lines if "://" not in line) <= 72
    assert "> “It reads the rain.”" in lines
    assert "> — Dana Okafor" in lines


def test_a_long_quotation_keeps_its_mark_on_every_line() -> None:
    said = "It reads the rain and " * 12
    lines = copy(compiled(quotes=(QuoteContext(said, f"“{said}”", ""),))).text.splitlines()
    quotation = [line for line in lines if "reads the rain" in line]
    assert len(quotation) > 3
    assert all(line.startswith("> ") and len(line) <= 72 for line in quotation)


@pytest.mark.parametrize(
    "said",
    [
        "{{ user.email }} and %recipient.x% and {% if x %}",
        "%%PQ:unsubscribe_url%%",
        "%%PQ:nothing%% %%PQ:",
        "%%%PQ:name%%%% %%PQ:literal%%PQ:name%%",
        "%recipient.name% -pq_unsub- *|FNAME|*",
    ],
)
def test_what_an_article_says_is_never_filled_in(said: str) -> None:
    made = copy(compiled(title=said, intro=(said,), preheader=said, author=said, subject=said))
    assert made.html.count(said) >= 4
    assert made.text.count(said) >= 3
    assert made.subject == said


def test_what_an_article_says_is_never_markup() -> None:
    said = '<script>alert("x")</script> <b>&amp;</b> <mj-raw>'
    made = copy(compiled(title=said, intro=(said,)))
    assert "<script" not in made.html
    assert "&lt;script&gt;" in made.html
    assert said in made.text


def test_a_reader_s_values_are_escaped_in_html_alone() -> None:
    made = copy(compiled(), list_name="R&D <b>")
    assert "R&amp;D &lt;b&gt;" in made.html
    assert "R&D <b>" in made.text


@pytest.mark.parametrize("sign", ["\r\n", "\0", "\x85", "\u2028"])
def test_a_subject_cannot_smuggle_in_a_header(sign: str) -> None:
    with pytest.raises(PullquoteError, match="subject has a control character"):
        compiled(subject=f"Hi{sign}Bcc: x@example.com")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "\x01java\x03script:alert(1)", "%%PQ:unsubscribe_url%%"]
)
def test_a_link_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(PullquoteError, match="must begin with https"):
        compiled(link=link)


def test_control_characters_of_an_article_are_left_out() -> None:
    assert "river" in compiled(title="A ri\x01ver\x00", intro=("x\x1fy",)).html


def test_without_a_link_there_is_no_button() -> None:
    made = compiled(link="", rest=("And so it goes.",))
    assert "Read the article" not in made.html + made.text
    assert "And so it goes." in made.html
    assert "And so it goes." in made.text


def test_optional_parts_leave_no_traces() -> None:
    made = copy(compiled(author="", published="", quotes=(), postal_address=(), preheader="", outlet=""))
    assert "In their words" not in made.html
    assert "By " not in made.text
    assert "\n\n\n" not in made.text


def test_a_language_from_right_to_left() -> None:
    html = compiled(language="ar", direction="rtl").html
    tags = Tags(html)
    assert "direction:ltr" not in html
    assert (tags.of("html")[0]["lang"], tags.of("html")[0]["dir"]) == ("ar", "rtl")
    assert any("text-align:right" in (attrs.get("style") or "") for attrs in tags.of("div"))


def test_a_mail_that_gmail_would_clip_is_refused() -> None:
    paragraph = "All work and no play makes a long issue. " * 24
    sizes = {count: (paragraph,) * count for count in (50, 70, 100)}
    assert compiled(intro=sizes[50]).warnings == ()
    warned = compiled(intro=sizes[70])
    assert 80 * 1024 < len(warned.html.encode()) <= 100 * 1024
    assert "Gmail clips" in warned.warnings[0]
    with pytest.raises(PullquoteError, match=r"is 1\d\d KB.*leave out quotes"):
        compiled(intro=sizes[100])


def test_the_size_of_a_copy_covers_what_a_service_is_sent() -> None:
    made = compiled()
    assert made.copy_bytes > len(made.html.encode()) + len(made.text.encode())


def test_a_template_without_a_way_to_leave_is_refused(tmp_path: Path) -> None:
    own = environment([tmp_path])
    (tmp_path / "email").mkdir()
    text = tmp_path / "email" / "issue.txt.j2"
    text.write_text("{{ title }}\n")
    with pytest.raises(PullquoteError, match=r"issue.txt.j2 has no way to unsubscribe"):
        compile_issue(own, "issue", CONTEXT)
    text.write_text("{{ title }} %%PQ:unsubscribe_url%% %%PQ:first_name%%\n")
    with pytest.raises(PullquoteError, match=r"%%PQ:first_name%%, which nothing fills"):
        compile_issue(own, "issue", CONTEXT)


def test_an_override_keeps_what_it_does_not_change(tmp_path: Path) -> None:
    (tmp_path / "email").mkdir()
    (tmp_path / "email" / "issue.mjml.j2").write_text(
        '{% extends "default:email/issue.mjml.j2" %}{% block masthead %}{% endblock %}'
    )
    made = compile_issue(environment([tmp_path]), "issue", CONTEXT)
    assert "The Harbour Ledger" in made.html  # in the footer
    assert "1 March 2026" not in made.html
    assert "A town and its river" in made.html


def test_a_missing_template_is_named() -> None:
    with pytest.raises(PullquoteError, match=r"email/weekly.mjml.j2"):
        compile_issue(environment([]), "weekly", CONTEXT)
