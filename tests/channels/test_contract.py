"""Every channel keeps the same promises. A new kind is held to them on the day its file is added."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from dataclasses import replace
from typing import Any

import pytest

from scheduler.channels import Adapter, ChannelConfig, Flow, adapter, kinds, preview
from scheduler.domain.capabilities import Capabilities, Dedupe
from scheduler.domain.errors import DeliveryError, NotFound, NotSupported
from scheduler.domain.message import Message, Receipt
from tests.channels.cases import BATCH, CASES, COMMON, Case, Refusal
from tests.channels.drive import Driven, drive, reply

each_kind = pytest.mark.parametrize("cls", kinds().values(), ids=list(kinds()))
each_case = pytest.mark.parametrize("case", CASES, ids=[case.kind for case in CASES])
refusals = [(case, refusal) for case in CASES for refusal in COMMON + case.refusals]
each_refusal = pytest.mark.parametrize(
    ("case", "refusal"),
    refusals,
    ids=[f"{case.kind}-{answer.status}-{code}" for case, (answer, _, code) in refusals],
)
#: What reading a good but senseless answer may raise: the transport makes it "in doubt".
SENSELESS = (KeyError, TypeError, ValueError, IndexError, AttributeError, DeliveryError)
IMPURE = {"os", "io", "pathlib", "random", "secrets", "uuid", "time", "socket", "ssl", "logging", "threading"}


def send(case: Case, message: Message | None = None) -> Flow:
    message = message or case.message
    channel = case.adapter()
    return channel.send_batch(message) if message.letter else channel.publish(message)


def secrets_in(value: Any) -> list[str]:
    """The values of a case's configuration and session that must never be seen."""
    return [
        part for part in json.dumps(value).replace('"', " ").split() if "s3cr3t" in part or "whsec_" in part
    ]


@each_kind
def test_has_a_case_here(cls: type[Adapter]) -> None:
    assert cls.kind in {case.kind for case in CASES}


@each_kind
def test_declares_itself(cls: type[Adapter]) -> None:
    assert cls.kind == cls.__module__.rsplit(".", 1)[-1]
    assert cls.label
    assert cls.docs.startswith("https://")
    assert isinstance(cls.can, Capabilities)
    assert issubclass(cls.Config, ChannelConfig)


@each_kind
def test_describes_every_field(cls: type[Adapter]) -> None:
    for name, field in cls.Config.model_fields.items():
        assert field.description, f"{cls.kind}.{name} is prompted for without a word"
        assert not field.description.endswith(".")


@each_kind
def test_every_credential_is_a_secret(cls: type[Adapter]) -> None:
    words = ("token", "password", "secret", "webhook_url", "api_key")
    credentials = {n for n in cls.Config.model_fields if any(word in n for word in words)}
    assert credentials <= cls.Config.secrets()


@each_kind
def test_reads_no_clock_no_randomness_and_no_disk(cls: type[Adapter]) -> None:
    tree = ast.parse(inspect.getsource(sys.modules[cls.__module__]))
    imports = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    imports |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not imports & IMPURE
    assert not attributes & {"now", "utcnow", "today"}


@each_case
def test_a_good_flow_commits_once_and_ends_in_a_receipt(case: Case) -> None:
    driven = drive(send(case), *case.replies)

    assert sum(call.commits for call in driven.calls) == 1
    assert isinstance(driven.result, Receipt)
    assert driven.result.remote_id


@each_case
def test_a_batch_has_a_result_for_each_recipient(case: Case) -> None:
    letter = case.message.letter
    recipients = letter.recipients if letter else ()
    results = drive(send(case), *case.replies).result.recipients
    assert [(r.recipient, r.ok) for r in results] == [(r.id, True) for r in recipients]


@each_case
def test_every_attempt_makes_the_same_calls(case: Case) -> None:
    first, second = drive(send(case), *case.replies), drive(send(case), *case.replies)
    assert first.calls == second.calls


@each_case
def test_uses_the_dedupe_it_claims(case: Case) -> None:
    channel, key = case.adapter(), case.message.dedupe_key
    commit = drive(send(case), *case.replies).commit
    other = drive(send(case, replace(case.message, dedupe_key="f" * 32)), *case.replies).commit
    match channel.can.dedupe:
        case Dedupe.KEY:
            assert key in commit.headers.values()
            assert key not in other.headers.values()
        case Dedupe.CLIENT_ID:
            assert commit.json != other.json
        case Dedupe.LOOKUP:
            looked = next(channel.probe(case.message))  # type: ignore[attr-defined]
            assert key in json.dumps(commit.json)
            assert key in json.dumps(dict(looked.params))


@each_kind
def test_can_find_again_what_it_says_it_can_find(cls: type[Adapter]) -> None:
    if cls.can.dedupe is Dedupe.LOOKUP or cls.can.key_window is not None:
        assert cls.has("probe")


@each_refusal
def test_maps_each_refusal(case: Case, refusal: Refusal) -> None:
    answer, expected, code = refusal
    error = case.adapter().error(answer)

    assert type(error) is expected
    assert error.code == code
    assert error.reason
    assert not error.reason.endswith(".")
    assert not any(secret in str(error) for secret in secrets_in([case.config, case.session]))


@each_refusal
def test_a_refused_commit_raises_its_error(case: Case, refusal: Refusal) -> None:
    answer, expected, _ = refusal
    with pytest.raises(expected):
        drive(send(case), *case.replies[:-1], answer)


@each_case
def test_a_senseless_answer_is_no_receipt(case: Case) -> None:
    for body in (b"", b"<html>", b"[]", b"null", b'"ok"', b'{"ok": true}', b"[" * 100_000):
        promised_nothing = case.kind == "webhook" and "id_field" not in case.config
        if not promised_nothing:
            with pytest.raises(SENSELESS):
                drive(send(case), *case.replies[:-1], reply(200, body))
        case.adapter().error(reply(400, body))


@each_case
def test_shows_no_secret(case: Case) -> None:
    channel, driven = case.adapter(), Driven()
    drive(send(case), *case.replies, driven=driven)
    shown = repr([channel, channel.config, str(channel.config), driven.calls, case.replies])
    assert not any(secret in shown for secret in secrets_in([case.config, case.session]))


@each_case
def test_previews_without_network(case: Case) -> None:
    made = drive(send(case), *case.replies).calls
    previewed = preview(case.adapter(), case.message)
    assert [(c.method, c.url, c.commits) for c in previewed] == [(c.method, c.url, c.commits) for c in made]


@each_case
def test_previews_before_it_has_signed_in(case: Case) -> None:
    cls = adapter(case.kind)
    calls = preview(cls(cls.Config(**case.config)), case.message)
    assert sum(call.commits for call in calls) == 1


@each_case
def test_refuses_what_it_is_not_for(case: Case) -> None:
    channel = case.adapter()
    refused = channel.send_batch if channel.can.mail is None else channel.publish
    with pytest.raises(NotSupported, match="choose another channel"):
        refused(BATCH)


@each_case
def test_takes_the_message_of_its_case(case: Case) -> None:
    case.adapter().fit(case.message)


@each_case
def test_takes_no_field_it_does_not_know(case: Case) -> None:
    with pytest.raises(ValueError, match="extra"):
        adapter(case.kind).Config(**case.config, nonsense=1)


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(NotFound, match=r"'fax'\. Kinds: bluesky, discord, mailpit"):
        adapter("fax")


def test_kinds_are_found_by_their_files() -> None:
    assert set(kinds()) >= {"webhook", "mastodon", "bluesky", "discord", "postmark", "mailpit"}
