"""Sheets and pages in a scheme's file: what is taken, and what is refused with why."""

import pytest

from bot.schemes.loading import read
from tests.schemes.test_loading import edited, mistakes

SHEET = """[[sheets]]
key = "my_record"
title = "Session record"
about = "session"
seen_by = "both"
[[sheets.fields]]
key = "actions"
label = "Actions"
kind = "rows"
columns = [{ key = "what", label = "What" }, { key = "by", label = "By when", kind = "date" }]

[[pages]]
key = "first"
title = "The first session"
text = ["How often you meet."]

"""


def with_sheet(*edits: tuple[str, str]) -> str:
    """The reference file with a sheet and a page, these things changed in them."""
    text = SHEET
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return edited(("[contact_details]", f"{text}[contact_details]"))


def test_a_file_with_sheets_and_pages_is_a_scheme() -> None:
    scheme = read(with_sheet(), "mine")
    sheet, page = scheme.sheet("my_record"), scheme.page("first")
    assert sheet is not None
    assert (sheet.about, sheet.by, sheet.seen_by, sheet.offered, sheet.required) == (
        "session", "either", "both", "at_once", False,
    )  # fmt: skip
    assert [column.key for column in sheet.fields[0].columns] == ["what", "by"]
    assert page is not None
    assert page.for_ == "both"
    assert (scheme.sheet("first"), scheme.page("my_record")) == (None, None)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('about = "session"', 'about = "member"', "a member alone is not two"),
        ('seen_by = "both"', 'seen_by = "office"', "the office reads of a pair what is offered afterwards"),
        ('about = "session"\nseen_by = "both"', 'about = "member"\nseen_by = "writer"\noffered = "afterwards"',
         "belongs to a sheet about a pair or a session"),
        ('kind = "rows"', 'kind = "files"', "kind"),
        ('kind = "rows"', 'kind = "text"', "rows need columns, and nothing else has them"),
        ('kind = "rows"', 'kind = "rows"\nseen_by = "office"', "the sheet says who sees it"),
        ('key = "by"', 'key = "what"', "two columns have the same key"),
        ('kind = "rows"', 'kind = "rows"\ndone = "by"', "no yes_no column has the key 'by'"),
        ('kind = "rows"', 'kind = "rows"\nwhose = "what"', "no column of choices between Mentee and Mentor"),
        ('kind = "rows"', 'kind = "rows"\nwhose = "what"', "write done, too"),
        ('kind = "date"', 'kind = "choice"', "a choice needs options"),
        ('text = ["How often you meet."]', "", "a page needs text or links"),
        ('text = ["How often you meet."]', 'links = [{ text = "x", url = "http://x" }]', "url"),
        ("[[pages]]", SHEET.partition("[[pages]]")[0] + "[[pages]]", "another sheet has the key 'my_record' too"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_why(old: str, new: str, said: str) -> None:
    told = mistakes(with_sheet((old, new)))
    assert any(said in line for line in told), told


@pytest.mark.parametrize("kind", ['"file"', '"rows"\ncolumns = [{ key = "a", label = "A" }]'])
def test_rows_and_files_are_for_sheets_alone(kind: str) -> None:
    told = mistakes(edited(('kind = "text"\nmax_length = 120\nhint', f"kind = {kind}\nhint")))
    assert any("belongs to sheets" in line for line in told), told


SURVEY = """[[sheets]]
key = "survey"
title = "Survey"
about = "pair"
seen_by = "writer"
asked = ["start", "end"]
[[sheets.fields]]
key = "stays"
label = "Do you stay?"
kind = "yes_no"
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('about = "pair"', 'about = "session"', "not yet: a survey is about a pair or a member"),
        ('about = "pair"', 'about = "member"', "'end' needs end_after, where it is about a member"),
        ('about = "pair"', 'about = "member"\nmiddle_after = "P1M"', "needs 'middle' in asked"),
        ('"pair"\nseen_by = "writer"\nasked = ["start", "end"]', '"member"\nseen_by = "writer"\nasked = ["middle"]',
         "'middle' needs middle_after, where it is about a member"),
        ('seen_by = "writer"', 'seen_by = "both"', "each answers a survey for themselves"),
        ('["start", "end"]', '["start", "start"]', "'start' stands twice"),
        ('["start", "end"]', '["start"]\nend_after = "P6M"', "needs 'end' in asked"),
        ('["start", "end"]', '["middle", "end"]\nmiddle_after = "P6M"\nend_after = "P3M"', "is not before end_after"),
        ('["start", "end"]', '["start", "end"]\noffered = "afterwards"', "a survey says by asked when it comes"),
        ('kind = "yes_no"', 'kind = "long_text"', "a survey needs a question that is counted"),
        ('kind = "yes_no"', 'kind = "date"', "not yet: no survey asks for date"),
        ('kind = "yes_no"', 'kind = "number"', "a scale has 11 steps at most"),
        ('kind = "yes_no"\n', 'kind = "yes_no"\n[[sheets.fields]]\nkey = "more"\nlabel = "What else?"\nkind = "text"\n',
         "nobody reads it"),
    ],
)  # fmt: skip
def test_what_a_survey_cannot_be_is_refused(old: str, new: str, said: str) -> None:
    survey = read(edited(("[[offices]]", SURVEY + "\n[[offices]]")), "mine").sheet("survey")
    assert survey is not None
    assert survey.is_survey
    told = mistakes(edited(("[[offices]]", SURVEY.replace(old, new) + "\n[[offices]]")))
    assert any(said in line for line in told), told


def test_where_nothing_says_how_long_it_lasts_nothing_says_where_the_middle_is() -> None:
    survey = SURVEY.replace('["start", "end"]', '["middle"]')
    free = ('length = "P12M"\n', ""), ('more_time = "P6M"\n', "")
    told = mistakes(edited(("[[offices]]", survey + "\n[[offices]]"), *free))
    assert any("'middle' needs middle_after, or sessions.length" in line for line in told), told


@pytest.mark.parametrize("key", ["survey_start", "survey_middle", "survey_end", "record_wanted"])
def test_what_begins_today_is_in_no_message_of_today(key: str) -> None:
    told = mistakes(edited(("[reminders]\n", f'[reminders]\n{key} = ["P1D", "P8D"]\n')))
    assert any("write more than a day" in line for line in told), told
