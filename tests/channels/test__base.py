import pytest

from scheduler.channels import Reply


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (rb'{"error": "too long: \ud83d"}', "too long: ?"),  # cut in the middle of an emoji
        (rb'{"error": "too long: \ud83d\ude00"}', "too long: 😀"),
        (b"<html>", ""),
        (b'["error"]', ""),
    ],
)
def test_what_a_service_says_can_be_stored(body: bytes, said: str) -> None:
    assert Reply(422, body).said("error") == said
    Reply(422, body).said("error").encode()
