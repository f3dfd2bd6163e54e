"""Words and pictures of the scheme in figures. The same lines are read in chat and on paper."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.dialogs.parts import Bullets, Chart, Divider, Form, Notice, Shown
from bot.dialogs.plain import day, month
from bot.dialogs.view_models.report import Question, ReportView, RoleFigures, Told
from bot.dialogs.wording import buttons_of_office as buttons
from bot.dialogs.wording import survey_results
from bot.dialogs.wording.builders import cut, heading, notice, press, small
from bot.lifecycle.figures import SMALLEST, Days
from bot.lifecycle.vocabulary import Verb

TITLE: Final = "Report"
UNTOLD: Final = "not told"
_DAYS: Final[Mapping[str, str]] = {
    "approval": "From a request to the office’s approval", "answer": "From asking a mentor to their answer",
    "match": "From a request to a connection",
}  # fmt: skip
_ENDS: Final[Mapping[str, str]] = {
    "completed": "completed", "time": "their time was over", "removed": "removed by one of the two",
    "left": "one of the two left the scheme", "office": "ended by the office", "": "in another way",
}  # fmt: skip
PRIVACY: Final = (
    f"A number about fewer than {SMALLEST} people is not told, nor one beside it that would give it away. "
    "Nobody’s own words are in a report."
)


def form(view: ReportView) -> Form:
    """The report in a window, where charts are read as numbers."""
    return Form(Verb.OPEN_REPORT, TITLE, _parts(view))


def report_notice(view: ReportView) -> Notice:
    """The report as the answer to a command."""
    return notice(TITLE, "", *_parts(view))


def _parts(view: ReportView) -> tuple[Shown, ...]:
    parts: list[Shown] = [heading(cut(view.scheme.name, 150)), small(f"As of {day(view.at)}; a year back.")]
    for title, lines, chart in sections(view):
        parts += [heading(title)] if lines or chart else []
        parts += [chart] if chart else []
        parts += [Bullets(tuple((line,) for line in lines))] if lines else []
    return (*parts, Divider(), small(PRIVACY), press(buttons.export("report", "As a PDF")))


def sections(view: ReportView, *, on_paper: bool = False) -> Iterator[tuple[str, tuple[str, ...], Chart | None]]:
    """Each part: its title, its lines, and its picture if it has one. `on_paper`: there is room for a picture of each
    question of a survey, which in chat is a line."""
    yield "Places and waiting", tuple(line for role, of in view.roles.items() for line in _role(role, of)), None
    yield "Requests and connections", (), _changes(view)
    yield "Sessions", tuple(_pace(view.pace)), _sessions(view)
    yield "How long it takes", tuple(_took(_DAYS[name], of) for name, of in view.days.items()), None
    yield "Mentors", tuple(_mentors(view)), None
    ended = tuple(f"{_ENDS[end].capitalize()}: {_n(number)}." for end, number in view.ends.items())
    yield "How connections ended", ended, None
    for question in view.questions:
        yield cut(f"{question.sheet}: {question.asked}", 150), tuple(_answers(question)), None
    for survey, result in view.surveys:
        title = survey_results.title(survey, result)
        yield title, (survey_results.whom(result),) if on_paper else survey_results.lines(result), None
        yield from survey_results.pictures(result) if on_paper else ()


def _n(number: Told) -> str:
    return UNTOLD if number is None else f"{number:,}"


def _role(role: str, of: RoleFigures) -> Iterator[str]:
    places = f" of {of.places:,} places" if of.places else ""
    yield f"{role.capitalize()}s: {_n(of.held)}{places}; taking part: {_n(of.taking_part)}."
    yield f"Waiting as {role}, for the office: {_n(of.applicants)}; for a place: {_n(of.in_line)}."


def _month(view: ReportView) -> tuple[str, ...]:
    return tuple(month(each.first) for each in view.months)


def _changes(view: ReportView) -> Chart:
    series = (
        ("Requests", tuple(each.requests for each in view.months)),
        ("Connections begun", tuple(each.begun for each in view.months)),
        ("Connections ended", tuple(each.ended for each in view.months)),
    )
    return Chart("Requests and connections, by month", _month(view), series, UNTOLD)


def _sessions(view: ReportView) -> Chart:
    held = tuple(each.held for each in view.months)
    return Chart("Sessions held, by month", _month(view), (("Sessions held", held),), UNTOLD)


def _pace(pace: Mapping[str, Told]) -> Iterator[str]:
    yield f"Connections that run: {_n(pace['active'])}."
    yield f"Fewer sessions than were due by now: {_n(pace['behind'])}."
    yield f"No session for some time, and none set: {_n(pace['quiet'])}."


def _took(what: str, of: Days | None) -> str:
    if of is None:
        return f"{what}: {UNTOLD}, as there were fewer than {SMALLEST} in this time."
    return f"{what}: half of them within {_d(of.median)}, the longest {_d(of.worst)} (of {of.of:,})."


def _d(days: float) -> str:
    number = f"{days:.1f}".removesuffix(".0")
    return f"{number} day" if number == "1" else f"{number} days"


def _mentors(view: ReportView) -> Iterator[str]:
    yield f"Silent again and again: {_n(view.mentors['silent'])}."
    yield f"Paused: {_n(view.mentors['paused'])}."
    if recommended := view.scheme.capacity.recommended:
        yield f"With more than the {recommended} mentees that are recommended: {_n(view.mentors['overloaded'])}."


def _answers(question: Question) -> Iterator[str]:
    if not question.of:
        yield f"Answered by fewer than {SMALLEST}."
        return
    yield f"Answered by {question.of:,}."
    yield from (f"{answer}: {_n(number)}." for answer, number in question.answers.items())
