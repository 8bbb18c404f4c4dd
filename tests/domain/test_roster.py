from __future__ import annotations

import pytest

from scheduler.domain import roster
from scheduler.domain.errors import PullquoteError
from scheduler.domain.roster import Person, read_roster
from scheduler.domain.subscriber import Invalid


def read(text: str, encoding: str = "utf-8") -> list[Person | Invalid]:
    return list(read_roster(text.encode(encoding)))


def test_the_columns_come_in_any_order_and_case() -> None:
    assert read("Name,Country,EMAIL\nJane Doe,NL,jane@example.com\n") == [
        Person(2, "jane@example.com", "Jane Doe")
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_spreadsheets_write_is_read(delimiter: str, ending: str) -> None:
    lines = [delimiter.join(("email", "name")), delimiter.join(("jane@example.com", "Zoë")), ""]
    assert read(ending.join(lines), "utf-8-sig") == [Person(2, "jane@example.com", "Zoë")]


def test_a_name_is_not_needed() -> None:
    assert read("email\njane@example.com\n") == [Person(2, "jane@example.com")]
    assert read("email,name\njane@example.com\n") == [Person(2, "jane@example.com")]


def test_quoted_cells_may_hold_delimiters_marks_and_line_breaks() -> None:
    rows = read('email,name\njane@example.com,"Doe, ""Jane""\nof Delft"\nbob@example.com,Bob\n')
    assert rows == [
        Person(2, "jane@example.com", 'Doe, "Jane" of Delft'),
        Person(4, "bob@example.com", "Bob"),
    ]


def test_a_mark_that_is_never_closed_costs_one_row() -> None:
    people = "".join(f"p{i}@example.com,P\n" for i in range(50))
    rows = read(f'email,name\njane@example.com,"Jane\n{people}')
    assert isinstance(rows[0], Invalid)
    assert rows[0].line == 2
    assert "quotation mark" in rows[0].reason
    assert [row.line for row in rows[1:]] == list(range(3, 53))


def test_the_guard_before_a_formula_comes_off() -> None:
    assert read("email,name\n'+jane@example.com,'=HYPERLINK(1)\n'o@example.com,'tHooft\n") == [
        Person(2, "+jane@example.com", "=HYPERLINK(1)"),
        Person(3, "'o@example.com", "'tHooft"),
    ]


def test_empty_rows_are_left_out_and_the_line_numbers_stay_true() -> None:
    assert read("\nemail,name\n\n,\njane@example.com,Jane,,\n") == [Person(5, "jane@example.com", "Jane")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Jane", "it has no address"),
        ("jane@example.com,Doe, Jane", "it has 3 cells where the first line names 2"),
        (f"jane@example.com,{'J' * 201}", "its name is longer than 200 characters"),
        ("jane@example.com,Ja\x00ne", "its name has a control character"),
    ],
)
def test_a_bad_row_is_reported_with_its_line(row: str, reason: str) -> None:
    assert read(f"email,name\n{row}\nbob@example.com,Bob\n") == [
        Invalid(2, reason),
        Person(3, "bob@example.com", "Bob"),
    ]


def test_other_encodings_are_refused_with_the_line() -> None:
    with pytest.raises(PullquoteError, match=r"not UTF-8 \(line 2\)"):
        read("email,name\njane@example.com,Zoë\n", "latin-1")


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_says_so(text: str) -> None:
    with pytest.raises(PullquoteError, match="empty"):
        read(text)


def test_a_file_without_a_header_says_what_is_needed() -> None:
    with pytest.raises(PullquoteError, match="must name the columns"):
        read("jane@example.com,Jane\n")


def test_files_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "MAX_ROWS", 1)
    with pytest.raises(PullquoteError, match="more than 1 lines"):
        read("email\na@example.com\nb@example.com\n")
    monkeypatch.setattr(roster, "MAX_BYTES", 10)
    with pytest.raises(PullquoteError, match="larger than"):
        read("email\na@example.com\n")
