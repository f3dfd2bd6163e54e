"""Words about single lines of a file: what is wrong with one, what is to be known, what it changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.dialogs.wording.builders import cut, either
from bot.lifecycle.importing import Finding

HEAD: Final = ("Line", "Column", "What", "In words")
_KINDS: Final = {"problem": "Problem", "note": "To know", "change": "Change"}
_SHOWN: Final = 6
"""Options that a sentence names."""

SAID: Final[Mapping[str, str]] = {
    # The whole file
    "empty": "There is nothing in it.",
    "workbook": "This is a workbook or a document. Save it as CSV in your spreadsheet, and send that.",
    "not_text": "This is no text that can be read. Save it as “CSV UTF-8” in your spreadsheet, and send that.",
    "too_large": "It is larger than 5 MB. Please send it in parts.",
    "too_many_rows": "It has more than {most:,} lines. Please send it in parts.",
    "too_many_columns": "A line has more than {most:,} columns: is something missing between two lines?",
    "broken": "Quotation marks do not fit here: one is opened and not closed, or stands inside a cell.",
    "long_cell": "A cell has more than {most:,} characters.",
    "no_head": "There is no line of headings with {missing}. The columns can be had as an empty file, by the button.",
    "column_twice": "This column stands twice; only the first is read.",
    "column_unknown": "Nobody knows this column, so it is left out.{meant}",
    # One line
    "no_address": "There is no e-mail address.",
    "not_an_address": "“{said}” is no e-mail address.",
    "line_twice": "The same person stands in line {line} already, in the same role.",
    "nobody": "Nobody here has the address {said}.",
    "about_yourself": "This is you: another member of the office can bring it in.",
    "no_role": "“{said}” is no role: write mentee or mentor.",
    "no_such_status": "“{said}” cannot be brought about by a file: write let in or taking part, or leave it empty.",
    "form_missing": "To take part, their {form} has to be filled in: give its columns, or write let in.",
    "no_places": "All {places} places of a {role} are taken.",
    "no_member": "{said} does not take part as {role} yet: bring the members in first.",
    "same_person": "Mentee and mentor are the same person.",
    "kept_apart": "These two are kept apart: their cards say so, and can allow it again.",
    "pair_ended": "Its time would be over already.",
    "budget_spent": "There is no budget for more than {budget} connections.",
    "over_limit": "The mentor has more mentees by it than the {limit} they take; it comes in all the same.",
    # One cell
    "not_an_option": "“{said}” is none of the answers: {options}.",
    "not_yes_or_no": "Write yes or no.",
    "not_a_number": "This is no whole number.",
    "out_of_range": "Write a number from {lowest:,} to {highest:,}.",
    "not_a_date": "This is no day: write it as 2026-11-30 or 30/11/2026.",
    "too_long": "This has more than {most:,} characters.",
    "no_rating": "“{said}” is no topic with its number: write Leadership: 4; Wellbeing: 3, from 0 to {highest}.",
    "formula": "This is a formula: paste what it shows.",
    "needed": "This is needed, and there is nothing.",
    "later": "This day has not come yet.",
    "change": "“{was}” becomes “{is}”.",
}  # fmt: skip
"""The words for everything that can be found, by why."""


def sentence(finding: Finding) -> str:
    """What there is to say of it."""
    facts = {name: _fact(value) for name, value in finding.facts.items()}
    if finding.why == "column_unknown":
        meant = finding.facts.get("meant")
        facts["meant"] = f" Is {meant} meant?" if meant else ""
    if finding.why == "change" and not facts["was"]:
        return f"Becomes “{facts['is']}”."
    return SAID[finding.why].format(**facts)


def _fact(value: object) -> object:
    if isinstance(value, list | tuple):
        more = ("others",) if len(value) > _SHOWN else ()
        return either((*map(str, value[:_SHOWN]), *more)) if value else "none"
    return cut(value, 200) if isinstance(value, str) and value else value


def place(finding: Finding) -> str:
    """Where it is: "Line 12, E-mail"."""
    where = f"Line {finding.line}" if finding.line else ""
    column = f"“{cut(finding.column, 40)}”" if finding.column else ""
    return ", ".join(filter(None, (where, column)))


def rows(found: Iterable[Finding]) -> Iterator[Sequence[str]]:
    """Each as a line below `HEAD`."""
    return ((str(each.line or ""), each.column, _KINDS[each.kind], sentence(each)) for each in found)


def template_title(what: str) -> str:
    """The empty file with the columns."""
    return f"The columns for {what}, to be filled in"


def findings_title(name: str) -> str:
    """All that was found in a file."""
    return f"Everything that was found in {name}"
