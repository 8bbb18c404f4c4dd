from pathlib import Path

from PIL import Image

from tests.cli.conftest import Pullquote

MAIL = ("--set", "from_address=news@ledger.example", "--slots", "daily 06:00", "--no-check")


def test_shows_exactly_the_calls_that_sending_makes(connected: Pullquote) -> None:
    (item,) = connected.json("preview", "1", "--channel", "us")
    connected("queue", "add", "1", "--channel", "us")
    connected("send", "1")
    (attempt,) = connected.json("queue", "show", "1")["timeline"]
    assert [(call["method"], call["url"]) for call in item["calls"]] == [
        (call["method"], call["url"]) for call in attempt["calls"]
    ]


def test_shows_the_text_as_it_is_counted_and_the_card(connected: Pullquote) -> None:
    page = connected("preview", "1", "--channel", "us", "--open", "cards")
    assert "/500 characters" in page.stdout
    assert "1080 × 1080 pixels" in page.stdout
    assert "publishes" in page.stdout
    assert "cards/piece-1.png" in page.stderr
    with Image.open("cards/piece-1.png") as card:
        assert card.size == (1080, 1080)


def test_shows_each_item_of_a_thread(connected: Pullquote) -> None:
    number = next(piece["id"] for piece in connected.json("pieces") if piece["kind"] == "thread")
    items = connected.json("preview", str(number), "--channel", "us")
    assert len(items) > 1
    assert f"1 of {len(items)} on us" in connected("preview", str(number), "--channel", "us").stdout


def test_shows_an_issue_as_one_reader_gets_it(made: Pullquote) -> None:
    made("channels", "add", "mailpit", "news", *MAIL)
    number = next(piece["id"] for piece in made.json("pieces") if piece["kind"] == "issue")
    page = made("preview", str(number), "--channel", "news", "--open", "mails").stdout
    assert "A town and its river" in page
    assert "List-Unsubscribe" in page
    html = Path(f"mails/piece-{number}.html").read_text("utf-8")
    assert "/u/example" in html
    assert "%%PQ" not in html
    assert "/u/example" in Path(f"mails/piece-{number}.txt").read_text("utf-8")


def test_a_secret_in_an_address_is_hidden(made: Pullquote) -> None:
    made(
        "channels",
        "add",
        "discord",
        "--set",
        "webhook_url=https://discord.com/api/webhooks/1/s3cret",
        "--no-check",
    )
    result = made("preview", "1", "--channel", "discord")
    assert "https://discord.com/•••" in result.stdout
    assert "s3cret" not in result.output


def test_what_a_channel_cannot_carry_is_one_sentence(made: Pullquote) -> None:
    made("channels", "add", "mailpit", "news", *MAIL)
    assert "Mailpit" in made.refused("preview", "1", "--channel", "news")
