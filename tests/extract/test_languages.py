"""What a quote is in other languages. One file of data each makes the difference."""

from __future__ import annotations

import pytest

from scheduler.extract import extract, to_json
from scheduler.extract.lexicon import CODES, detect, load

SPOKEN = {
    "de": [
        ("„Wir haben lange gewartet“, sagte Anna Kern. „Jetzt ist es da.“", "Anna Kern", 2),
        ("Anna Kern war dabei. „Das Haus ist offen“, erklärt sie.", "Anna Kern", 1),
        ("Der Trainer Karl Brandt meinte: „Das Spiel war schön für uns alle.“", "Karl Brandt", 1),
        ("»Das war nicht leicht«, so Bürgermeisterin Anna Kern.", "Anna Kern", 1),
        ("Dazu sagte Anna Kern: „Wir machen weiter und das ist gut.“", "Anna Kern", 1),
    ],
    "fr": [
        ("« Nous avons attendu longtemps », a déclaré Claire Fontaine. « C’est là. »", "Claire Fontaine", 2),
        ("Claire Fontaine est venue. « La maison est ouverte », explique-t-elle.", "Claire Fontaine", 1),
        ("Selon Claire Fontaine, « la maison est ouverte à tous les voisins ».", "Claire Fontaine", 1),
        ("Jean Morel raconte : « Je suis venu pour voir la mer, et elle était là. »", "Jean Morel", 1),
    ],
    "es": [
        ("«Hemos esperado mucho tiempo», dijo María López. «Ya está aquí.»", "María López", 2),
        ("“La casa está abierta para todos”, explicó ella en la puerta.", None, 1),
        ("Según María López, “la casa está abierta para todos los vecinos”.", "María López", 1),
        ("Juan Pérez añadió: “No es fácil, pero lo vamos a hacer juntos.”", "Juan Pérez", 1),
    ],
    "it": [("«Abbiamo aspettato a lungo per questo», ha detto Maria Rossi.", "Maria Rossi", 1)],
    "pt": [("“Esperámos muito tempo por isto”, disse Maria Costa.", "Maria Costa", 1)],
    "nl": [("‘We hebben er lang op gewacht,’ zei Anna de Vries.", "Anna de Vries", 1)],
    "sv": [("”Vi har väntat länge på det här”, säger Anna Berg.", "Anna Berg", 1)],
    "pl": [("„Czekaliśmy na to bardzo długo”, powiedziała Anna Nowak.", "Anna Nowak", 1)],
    "ru": [("«Мы очень долго этого ждали», сказала Анна Петрова.", "Анна Петрова", 1)],
    "ja": [("佐藤さんは「とても長い一日でした。」と話した。", None, 1)],
    "zh": [("她说：“我们等了很久很久。”然后笑了。", None, 1)],
}


@pytest.mark.parametrize(
    ("code", "body", "speaker", "segments"),
    [(code, *case) for code, cases in SPOKEN.items() for case in cases],
)
def test_quotes(code: str, body: str, speaker: str | None, segments: int) -> None:
    assert detect(body) == code
    rows = to_json(body)
    assert [row["speaker"] for row in rows] == [speaker] * segments
    assert len({row["utt"] for row in rows}) == 1


@pytest.mark.parametrize("code", CODES)
def test_every_language_is_one_file_with_its_code(code: str) -> None:
    language = load(code)
    assert language.code == code
    assert language is load(f"{code.upper()}-XX")
    words = language.function | language.verbs | language.determiners | language.dangling
    assert all(w == w.lower() for w in words)


def test_the_verbs_are_what_they_seem() -> None:
    english = load("en")
    assert {"said", "insisted", "replies", "begged", "cried"} <= english.verbs
    assert not {"report", "reports", "claim", "claims", "question"} & english.verbs
    assert {"saying", "begging", "agreeing", "noting"} <= english.participles


@pytest.mark.parametrize("text", ["", "12345 !?", "Lorem ipsum dolor", "Ann Bell and Tom Moss"])
def test_what_is_of_no_language_is_read_as_english(text: str) -> None:
    assert detect(text) == "en"


def test_an_unknown_language_is_read_as_english() -> None:
    assert load("tlh").code == "en"


def test_nobody_is_both_a_man_and_a_woman_by_name() -> None:
    english = load("en")
    assert english.sex_of_first_name("nora") == "f"
    assert english.sex_of_first_name("peter") == "m"
    assert english.sex_of_first_name("xanthippos") == ""
    assert not english.male & english.female


ABROAD = [
    ("de", "„Das ist ein Skandal“, rief die Stadträtin Petra Vogt dazwischen.", "Petra Vogt"),
    (
        "de",
        "Vogt, die selbst dort war, kündigte Widerstand an: „Wir werden klagen.“ Petra Vogt ging.",
        "Petra Vogt",
    ),
    ("de", "Petra Vogt kam spät. Dazu sagte Vogt: „Das werden wir sehen.“", "Petra Vogt"),
    ("de", "Auf die Frage danach antwortete Jonas Weber: „Nein.“", "Jonas Weber"),
    (
        "fr",
        "« Nous n’avons plus d’argent », a déclaré lundi Julien Moreau devant le conseil.",
        "Julien Moreau",
    ),
    ("fr", "« C’est un scandale », s’est indignée la conseillère Claire Fontaine.", "Claire Fontaine"),
    ("nl", "“We hebben geen geld meer”, zei Jan de Vries maandag in de raad.", "Jan de Vries"),
]


@pytest.mark.parametrize(("language", "body", "speaker"), ABROAD)
def test_days_reflexives_and_objects_beside_the_verb(language: str, body: str, speaker: str) -> None:
    assert [quote.speaker for quote in extract(body, language=language)] == [speaker]
