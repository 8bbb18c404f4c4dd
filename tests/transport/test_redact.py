import logging
import sys

import pytest
from pydantic import BaseModel, SecretStr

from scheduler.transport.redact import HIDDEN, RedactingFormatter, redactor, remember, secrets_of


class Config(BaseModel):
    hook: SecretStr
    headers: dict[str, SecretStr]
    names: list[SecretStr]
    open: str


CONFIG = Config(
    hook=SecretStr("https://hooks.example/T0/abcdef"),
    headers={"X-Key": SecretStr("k-12345")},
    names=[SecretStr("zzzz")],
    open="shown",
)


def test_finds_secrets_wherever_they_stand():
    assert list(secrets_of(CONFIG)) == ["https://hooks.example/T0/abcdef", "k-12345", "zzzz"]


def test_hides_secrets_and_the_values_of_a_query():
    redact = redactor(secrets_of(CONFIG))
    assert redact("POST https://hooks.example/T0/abcdef?wait=true with k-12345") == (
        "POST https://hooks.example/•••?wait=••• with •••"
    )
    assert redact("nothing to hide, shown") == "nothing to hide, shown"


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("https://chat.example/api/webhooks/12/tok-56", "Cannot POST /api/webhooks/12/tok-56"),
        ("https://chat.example/hook?key=0123456789abcdef", "no such key: 0123456789abcdef"),
        ("https://chat.example/T0/0123456789abcdef0", "bad token 0123456789abcdef0"),
        ("Bearer abcdefgh", "unknown token: abcdefgh"),
    ],
)
def test_hides_the_part_of_a_secret_that_a_service_repeats(secret, said):
    hidden = redactor([secret])(said)
    assert HIDDEN in hidden
    assert said.split()[-1] not in hidden


def test_the_log_hides_them_in_tracebacks_too():
    remember(["k-98765"])
    try:
        raise ValueError("bad key k-98765")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "sent %s", ("k-98765",), None)
        record.exc_info = sys.exc_info()
    text = RedactingFormatter("%(message)s").format(record)
    assert "k-98765" not in text
    assert "ValueError: bad key •••" in text
