"""Bytes → answers, read by either parser: the whole, in pieces, and what is none."""

from __future__ import annotations

import pytest

from scheduler.transport import answers
from scheduler.transport.answers import Answer, Answers, FastAnswers, Garbled, PlainAnswers, open_answers

OK = b"HTTP/1.1 200 OK\r\n"
PLAIN = OK + b"Content-Type: text/plain\r\nX-Left: 5\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
UNTIL_THE_END = OK + b"\r\nhello"


@pytest.fixture(params=[PlainAnswers, FastAnswers])
def reader(request: pytest.FixtureRequest) -> Answers:
    made: Answers = request.param()
    return made


def body(answer: Answer | None) -> bytes | None:
    return None if answer is None else answer.body


def test_an_answer_has_its_status_headers_and_body(reader: Answers) -> None:
    headers = {"content-type": "text/plain", "x-left": "5", "content-length": "5"}
    assert reader.feed(PLAIN) == Answer(200, headers, b"hello", last=False)


@pytest.mark.parametrize("whole", [PLAIN, CHUNKED])
def test_one_that_comes_byte_by_byte_is_whole_at_its_last(reader: Answers, whole: bytes) -> None:
    found = [reader.feed(whole[i : i + 1]) for i in range(len(whole))]
    assert [body(each) for each in found] == [None] * (len(whole) - 1) + [b"hello"]


def test_a_connection_carries_one_after_another(reader: Answers) -> None:
    assert [body(reader.feed(each)) for each in (PLAIN, CHUNKED, PLAIN)] == [b"hello"] * 3


def test_what_comes_before_the_answer_is_none(reader: Answers) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    answer = reader.feed(b"HTTP/1.1 100 Continue\r\n\r\n" + early + PLAIN)
    assert answer is not None
    assert (answer.status, "link" in answer.headers, answer.last) == (200, False, False)


@pytest.mark.parametrize("status", [b"204 No Content", b"304 Not Modified"])
def test_some_have_no_body(reader: Answers, status: bytes) -> None:
    assert body(reader.feed(b"HTTP/1.1 " + status + b"\r\n\r\n")) == b""


@pytest.mark.parametrize(
    "whole",
    [
        PLAIN.replace(b"Content-Type", b"Connection: close\r\nContent-Type"),
        PLAIN.replace(b"HTTP/1.1", b"HTTP/1.0"),
        PLAIN + PLAIN,  # more than was asked for: what is the next answer to?
    ],
)
def test_after_some_nothing_more_can_be_asked(reader: Answers, whole: bytes) -> None:
    answer = reader.feed(whole)
    assert answer is not None
    assert (answer.body, answer.last) == (b"hello", True)


def test_one_without_a_length_ends_with_its_connection(reader: Answers) -> None:
    assert reader.feed(UNTIL_THE_END) is None
    answer = reader.end()
    assert answer is not None
    assert (answer.body, answer.last) == (b"hello", True)


@pytest.mark.parametrize("part", [b"", OK, PLAIN[:-1], CHUNKED[:-1]])
def test_half_of_one_is_none(reader: Answers, part: bytes) -> None:
    assert part == b"" or reader.feed(part) is None
    try:
        assert reader.end() is None
    except Garbled:
        return


@pytest.mark.parametrize(
    "garbage",
    [
        b"SSH-2.0-OpenSSH_9\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        PLAIN.replace(b"Length: 5", b"Length: five"),
        PLAIN.replace(b"X-Left: 5", b"Content-Length: 6"),
        CHUNKED.replace(b"3\r\nhel", b"z\r\nhel"),
    ],
)
def test_what_is_no_answer_is_garbled(reader: Answers, garbage: bytes) -> None:
    with pytest.raises(Garbled):
        reader.feed(garbage)


def test_one_that_never_ends_is_not_read_for_ever(reader: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MAX_REPLY", 1000)
    reader.feed(OK + b"Content-Length: 2000\r\n\r\n")
    with pytest.raises(Garbled):
        reader.feed(b"x" * 1001)


def test_without_the_extra_they_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "FAST", False)
    assert isinstance(open_answers(), PlainAnswers)
