import logging
import sys

from pydantic import BaseModel, SecretStr

from scheduler.transport.redact import RedactingFormatter, redactor, remember, secrets_of


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
