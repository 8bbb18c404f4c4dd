from __future__ import annotations

import pytest
from pydantic import SecretStr, TypeAdapter, ValidationError

from scheduler.channels._fields import Line, MailAddress, SecretAddress, Server


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://social.example/", "https://social.example"),
        (" http://127.0.0.1:8025 ", "http://127.0.0.1:8025"),
        ("https://example.com/base/", "https://example.com/base"),
    ],
)
def test_a_server_has_no_slash_at_its_end(typed: str, kept: str) -> None:
    assert TypeAdapter(Server).validate_python(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "social.example",
        "ftp://a.example",
        "https://",
        "https://a b",
        "https://u:p@a.example",
        "https://:p@a.example",
        "https://a/?x",
        "https://[1",
    ],
)
def test_what_is_not_a_server(typed: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Server).validate_python(typed)


def test_a_mistake_in_a_secret_does_not_show_it() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(SecretAddress).validate_python(SecretStr("hush-hush"))
    assert "hush" not in str(caught.value)
    assert "it should begin with https://" in str(caught.value)


def test_a_mail_address_is_kept_in_ascii() -> None:
    assert TypeAdapter(MailAddress).validate_python(" news@bücher.example ") == "news@xn--bcher-kva.example"


@pytest.mark.parametrize("typed", ["news", "ü@example.com", "a@b@c.com", "a@example.com\r\nBcc: x@y.com"])
def test_what_is_not_a_mail_address(typed: str) -> None:
    with pytest.raises(ValidationError, match="not a mail address"):
        TypeAdapter(MailAddress).validate_python(typed)


@pytest.mark.parametrize("sign", ["\r", "\n", "\0", "\x85", "\u2028", "\u2029", "\x7f"])
def test_a_line_has_no_control_characters(sign: str) -> None:
    with pytest.raises(ValidationError, match="one line"):
        TypeAdapter(Line).validate_python(f"a{sign}b")
