from __future__ import annotations

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.domain.headers import checked, newsletter_headers


def headers(base_url: str = "https://news.example.com", name: str = "The Saturday letter") -> dict[str, str]:
    return newsletter_headers(
        "%%PQ:unsubscribe_url%%", base_url=base_url, list_id=3, list_name=name, issue=12
    )


def test_a_newsletter_can_be_left_with_one_click() -> None:
    assert headers() == {
        "List-Unsubscribe": "<%%PQ:unsubscribe_url%%>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": '"The Saturday letter" <list-3.news.example.com>',
        "Feedback-ID": "i12:l3:newsletter:pullquote",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }


def test_one_click_is_promised_for_https_alone() -> None:
    assert "List-Unsubscribe-Post" not in headers("http://localhost:8080")


@pytest.mark.parametrize("name", ["Zaterdag – één", 'The "Letter"', "%%PQ:name%%"])
def test_a_name_that_a_header_cannot_hold_is_left_out(name: str) -> None:
    assert headers(name=name)["List-Id"] == "<list-3.news.example.com>"


def test_a_host_is_written_in_ascii() -> None:
    assert headers("https://bücher.example/mail")["List-Id"].endswith("<list-3.xn--bcher-kva.example>")


@pytest.mark.parametrize(
    "base_url",
    ["news.example.com", "ftp://news.example.com", "https://", "https://[::1", f"https://{'a' * 64}.example"],
)
def test_a_base_url_that_is_none_is_refused(base_url: str) -> None:
    with pytest.raises(PullquoteError, match="base_url"):
        headers(base_url)


@pytest.mark.parametrize(
    "sign", ["\r\n", "\r", "\n", "\0", "\x0b", "\x1f", "\x7f", "\x85", "\u2028", "\u2029"]
)
def test_a_header_cannot_be_smuggled_in(sign: str) -> None:
    with pytest.raises(PullquoteError, match="control character"):
        checked("subject", f"Hi{sign}Bcc: x@example.com")


def test_a_header_has_a_length() -> None:
    assert checked("subject", "é" * 995)
    with pytest.raises(PullquoteError, match="longer than 995"):
        checked("subject", "é" * 996)
