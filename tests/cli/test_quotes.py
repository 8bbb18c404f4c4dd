import json
import subprocess
import sys

from tests.cli.conftest import ARTICLE, Pullquote


def test_shows_each_quote_with_its_speaker_and_score(made: Pullquote) -> None:
    page = made("quotes", "1").stdout
    assert "“The river does not read our plans. It reads the rain.”" in " ".join(page.split())
    assert "Dana Okafor" in page
    assert "Tomas Reyes" in page


def test_says_why_where_it_is_asked(made: Pullquote) -> None:
    reasons = [reason for row in made.json("quotes", "1") for reason in row["reasons"]]
    told = " ".join(made("quotes", "1", "--why").stdout.split())
    assert all(reason.split()[0] in told for reason in reasons)


def test_json_has_offsets_into_the_body(made: Pullquote) -> None:
    body = made.json("articles", "show", "1")["body"]
    first = made.json("quotes", "1")[0]
    assert [body[start:end] for start, end in first["segments"]] == [
        "The river does not read our plans,",
        "It reads the rain.",
    ]
    assert first["speaker"] == "Dana Okafor"
    assert first["number"] == 1


def test_jsonl_answers_each_line_and_needs_no_database(bare: Pullquote) -> None:
    lines = [{"id": "a", "text": ARTICLE}, {"id": 2, "text": "Nobody speaks here."}]
    typed = "\n".join(json.dumps(line) for line in lines) + "\n\n"
    answers = [json.loads(line) for line in bare("quotes", "--jsonl", typed=typed).stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2]
    assert answers[0]["quotes"][0]["speaker"] == "Dana Okafor"
    assert answers[1]["quotes"] == []
    assert list(bare.folder.iterdir()) == []


def test_jsonl_says_which_line_is_wrong(bare: Pullquote) -> None:
    result = bare("quotes", "--jsonl", typed='{"id": 1, "text": "Fine."}\nnot json\n', code=1)
    assert "Line 2 of the input" in result.stderr


def test_wants_to_know_which_article(pullquote: Pullquote) -> None:
    pullquote("quotes", code=2)


def test_the_stream_starts_without_what_only_people_need() -> None:
    """Other programs start it for one article: it imports the extractor and nothing that draws or stores."""
    code = "import sys; from scheduler.cli import main; main(); print(*sys.modules)"
    typed = json.dumps({"id": 1, "text": ARTICLE})
    command = [sys.executable, "-c", code, "quotes", "--jsonl"]
    answer, modules = subprocess.run(
        command, input=typed, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert json.loads(answer)["quotes"][0]["speaker"] == "Dana Okafor"
    assert not {"typer", "rich", "sqlalchemy", "pydantic", "asyncio"} & set(modules.split())


def test_the_stream_refuses_in_one_sentence() -> None:
    command = [sys.executable, "-m", "scheduler.cli", "quotes", "--jsonl"]
    refused = subprocess.run(command, input="not json\n", capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == '✗ Line 1 of the input is not {"id": …, "text": …}: mend it.\n'


def test_own_shows_the_authors_words_apart_from_the_quotes(made: Pullquote) -> None:
    own = made.json("quotes", "1", "--own")
    body = made.json("articles", "show", "1")["body"]
    assert own[0]["kind"] == "standfirst"
    assert all(body[each["start"] : each["end"]] == each["text"] for each in own)
    assert not {each["text"] for each in own} & {row["text"] for row in made.json("quotes", "1")}
    told = " ".join(made("quotes", "1", "--own", "--why").stdout.split())
    assert "opens the article" in told


def test_a_quote_is_corrected_and_its_words_stay(made: Pullquote) -> None:
    before = made.json("quotes", "1")[0]
    done = made("correct", "1", "1", "--speaker", "Dana Okafor-Lind", "--leave-out")
    assert "Dana Okafor-Lind" in done.stdout
    after = made.json("quotes", "1")[0]
    assert (after["speaker"], after["used"]) == ("Dana Okafor-Lind", False)
    assert (after["text"], after["segments"]) == (before["text"], before["segments"])
    assert "left out" in made("quotes", "1").stdout
    made("correct", "1", "1", "--speaker", "", "--use", "--sentences", "all")
    assert made.json("quotes", "1")[0] == before
