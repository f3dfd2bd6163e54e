"""CSV files as they really come, and what is written for spreadsheets to open."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.csv_files import (
    LARGEST,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Unreadable,
    defused,
    is_formula,
    plain,
    read,
    written,
)

PEOPLE = "Name,E-mail\nZoë Ångström,zoe@example.org\n"
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u200b"), max_size=20)
TIDY = CELLS.map(lambda cell: cell.replace("\xa0", " ").strip()).filter(lambda cell: plain(cell) == cell)


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read(content).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_todays_encodings_are_read_without_a_guess(encoding: str) -> None:
    found = read(PEOPLE.encode(encoding))
    assert found.guessed == ""
    assert [line.cells for line in found.lines] == [("Name", "E-mail"), ("Zoë Ångström", "zoe@example.org")]


def test_an_old_encoding_is_guessed_and_said() -> None:
    found = read(PEOPLE.encode("cp1252"))
    assert found.guessed == "cp1252"
    assert found.lines[1].cells[0] == "Zoë Ångström"
    cyrillic = read(("Имя;Почта\r\n" + "Александра Иванова;a@example.org\r\n" * 20).encode("cp1251"))
    assert cyrillic.lines[1].cells[0] == "Александра Иванова"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = f'Members 2026\n"a,b;c"{separator}E-mail{separator}Role\nx{separator}y{separator}z\n'
    assert [len(each) for each in cells(text.encode())] == [1, 3, 3]


def test_a_line_that_names_the_separator_is_none_of_the_table() -> None:
    found = read(b"sep=;\r\nName;E-mail\r\nA, B;c@example.org\r\n")
    assert [(line.number, line.cells) for line in found.lines] == [
        (2, ("Name", "E-mail")), (3, ("A, B", "c@example.org")),
    ]  # fmt: skip


def test_lines_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    found = read(b'Name,E-mail\n\n"two\nlines",x\n , \nlast,y\n')
    assert [line.number for line in found.lines] == [1, 3, 5]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\n \n,,,\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04rest of a workbook", "workbook"),
        (b"\xd0\xcf\x11\xe0old workbook", "workbook"),
        (b"%PDF-1.7", "workbook"),
        (b"x" * (LARGEST + 1), "too_large"),
        (b"a,b\n" * (MOST_ROWS + 1), "too_many_rows"),
        (b"," * MOST_COLUMNS, "too_many_columns"),
        (b'"' + b"x" * (LONGEST_CELL + 1) + b'"', "long_cell"),
        (b'"' + b"x" * 200_000 + b'"', "broken"),
        (b'a,b\n"never closed,c\n', "broken"),
        (b'a,b\n"x"y,c\n', "broken"),
        (b"\xff\xfe\x00", "not_text"),
        (b"\x00\x01\x02\x03\x00\x00\x00\x00", "not_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not_text"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.why == why


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = read(content)
    except Unreadable:
        return
    assert all(any(line.cells) for line in found.lines)


@given(st.lists(st.lists(TIDY, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    content = written(("Head", "Line"), rows)
    expected = [tuple(row) for row in rows if any(row)]
    assert [tuple(map(plain, line.cells)) for line in read(content).lines[1:]] == expected


@given(st.text(max_size=12))
def test_no_spreadsheet_reckons_with_what_is_written(text: str) -> None:
    assert not is_formula(defused(text))
    if "\r" not in text and "\0" not in text:
        (row,) = csv.reader(io.StringIO(written((text, "x"), ()).decode("utf-8-sig"), newline=""))
        assert row == [defused(text), "x"]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")']
)
def test_formulas_are_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["+44 20 7946 0000", "-3", "-3.5", "a=b", "x-y", "", "'quoted"])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == cell
