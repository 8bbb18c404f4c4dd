from tests.cli.conftest import ARTICLE, Pullquote


def test_split_makes_what_the_recipe_asks_for(pullquote: Pullquote) -> None:
    pullquote("add", "-", "--as", "markdown", typed=ARTICLE)
    found = pullquote.json(
        "split",
        "1",
        "--cards",
        "1",
        "--posts",
        "1",
        "--threads",
        "0",
        "--recipe",
        "short",
        "--hashtag",
        "rivers",
    )
    assert found["made"] is True
    assert [piece["kind"] for piece in found["pieces"]] == ["card", "post", "issue"]
    assert {piece["recipe"] for piece in found["pieces"]} == {"short"}
    assert "#rivers" in found["pieces"][1]["texts"]["mastodon"][0]


def test_a_second_split_makes_nothing_unless_asked(made: Pullquote) -> None:
    first = made.json("pieces", "1")
    assert made.json("split", "1")["made"] is False
    assert made.json("pieces", "1") == first
    assert made.json("split", "1", "--again")["made"] is True
    assert len(made.json("pieces")) == 2 * len(first)


def test_lists_the_pieces_of_an_article_or_of_all(made: Pullquote) -> None:
    assert made("pieces", "1").stdout == made("pieces").stdout == made("pieces", "list", "1").stdout
    assert "“The river does not read our plans. It reads the rain.” Dana Okafor" in made("pieces").stdout


def test_shows_what_a_piece_says_on_each_kind(made: Pullquote) -> None:
    card = next(piece for piece in made.json("pieces") if piece["kind"] == "card")
    page = made("pieces", "show", str(card["id"])).stdout
    assert "Alternative text" in page
    assert "mastodon" in page
    assert made.json("pieces", "show", str(card["id"]))["content"]["alt"] == card["alt"]


def test_holds_and_releases(made: Pullquote) -> None:
    made("pieces", "hold", "1", "--why", "Ask the author")
    assert "held: Ask the author" in made("pieces").stdout
    assert made.json("pieces")[0]["status"] == "held"
    made("pieces", "release", "1")
    assert made.json("pieces")[0]["status"] == "ready"


def test_no_pieces_yet(pullquote: Pullquote) -> None:
    assert "pullquote split" in pullquote("pieces").stdout


def test_an_unknown_template_is_one_sentence(pullquote: Pullquote) -> None:
    pullquote("add", "-", "--as", "markdown", typed=ARTICLE)
    assert "brocade" in pullquote.refused("split", "1", "--template", "brocade")
    assert pullquote.json("pieces") == []


def test_shows_the_templates_of_a_card_and_takes_another(made: Pullquote) -> None:
    card = str(next(piece for piece in made.json("pieces") if piece["kind"] == "card")["id"])
    page = made("pieces", "card", card).stdout
    assert "chosen: there is nothing to show but its words" in page
    made("pieces", "card", card, "--template", "quiet", "--size", "story")
    assert [each["why"] for each in made.json("pieces", "card", card) if each["chosen"]] == [
        "a person chose it"
    ]
    assert "Template  quiet, story" in made("pieces", "show", card).stdout
