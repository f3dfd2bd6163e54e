"""Words about sheets: what people fill in about themselves, their connection or a session."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bot.dialogs import file_fields, forms, subjects
from bot.dialogs.parts import Bold, Bullets, Button, Divider, Form, Message, Note, Notice, Part, Shown, When
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.sheets import FeedbackView, SheetView
from bot.dialogs.wording import buttons, files
from bot.dialogs.wording.builders import cut, heading, notice, office_message, say, small
from bot.lifecycle import sheets as rules
from bot.lifecycle import surveys
from bot.lifecycle.figures import SMALLEST
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Session
from bot.lifecycle.permissions import readable
from bot.lifecycle.sessions import next_session
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Moment, Sheet

VERSION: Final = "version"
"""What the form carries along: how often the sheet had been written when it was opened; 0: never."""
ACTIONS: Final = 3
"""How many open actions one message names."""
MOMENT: Final[Mapping[Moment, str]] = {
    "start": "at the start", "middle": "in the middle", "end": "at the end"
}  # fmt: skip
FILE: Final = "file:"
"""Before the key of a field, for what it carries besides: the id of the file that it shows there."""


def form(view: SheetView) -> Form:
    """A sheet to fill in, with what stands in it; or to read."""
    if view.filled or not view.carried:
        return _form(view, view.filled.answers if view.filled else {})
    return _form(view, view.carried, small("What was still open after the session before is carried over."))


def written_meanwhile(view: SheetView, typed: Mapping[str, Any]) -> Form:
    """The same with what somebody has just typed, beside what has been written since they opened it."""
    assert view.filled, "nobody has written anything meanwhile"
    theirs = forms.facts(view.sheet, view.filled.answers, readable("party"))
    said = say("This was written in while you had it open, so yours is not saved yet.")
    below = small("Yours is below. Put in what is to stay of both, and save it.")
    return _form(view, typed, said, *((theirs,) if theirs else ()), below, Divider())


def _form(view: SheetView, answers: Mapping[str, Any], *besides: Part) -> Form:
    sheet, subject = view.sheet, subjects.sheet(view.sheet.key, view.about, view.moment)
    head: list[Part] = [*besides, *_head(view)]
    if view.why_not:
        facts = forms.facts(sheet, answers, readable("party"))
        read = (facts or small("Nothing stands in it."), *files.to_read(sheet, answers))
        return Form(Verb.OPEN_SHEET, sheet.title, (*head, *read), subject)
    carried = {VERSION: str(view.filled.version if view.filled else 0)}
    carried |= {FILE + key: each["file"] for key, each in file_fields.of(sheet, answers).items()}
    parts = (*head, *files.to_read(sheet, answers), *forms.inputs(sheet, view.scheme.topics, answers))
    return Form(Verb.FILL_IN_SHEET, sheet.title, parts, subject, "Save", carried)


def _head(view: SheetView) -> list[Part]:
    """What it is about, what it is for, who sees it, and when it was last written in."""
    parts: list[Part] = [say(_whose(view.pair, view.session))] if view.pair else []
    parts += [say(view.sheet.intro)] if view.sheet.intro else []
    return [*parts, small(seen_by(view)), *([_last(view, view.filled)] if view.filled else [])]


def _whose(pair: PairView, session: Session | None) -> str:
    of = f"Session {session.number} with" if session else "With"
    return f"{of} {pair.other.name}"


def seen_by(view: SheetView) -> str:
    """Who reads it."""
    if view.sheet.is_survey:
        return _of_survey(view)
    if view.sheet.seen_by == "office":
        nobody = f", and {view.pair.other.name} cannot" if view.pair else ""
        return f"You and the {view.scheme.words.office} can read it{nobody}."
    if view.pair and view.sheet.seen_by == "both":
        return f"You and {view.pair.other.name} can read it, and nobody else."
    return "Only you can read it."


def _of_survey(view: SheetView) -> str:
    office, told = view.scheme.words.office, f"with those of others, and told of groups of {SMALLEST} and more alone."
    counted = f"Nobody reads your answers: they are counted {told}"
    if view.sheet.seen_by == "office":
        counted = f"The {office} can read your answers, and they are counted {told} Your own words are in no report."
    other = f" {view.pair.other.name} sees nothing of it." if view.pair else ""
    return f"{counted}{other} You are asked once, and what you save counts."


def _last(view: SheetView, filled: FilledSheet) -> Note:
    by = "you" if filled.written_by == view.me.id else view.pair.other.name if view.pair else "somebody else"
    return small(f"Last written by {by} on ", When(filled.written_at), ".")


def feedback(view: FeedbackView) -> Message:
    """The office reads what one of a pair says about it."""
    head = say(Bold(view.author.name), f" on the mentoring with {view.other.name}:")
    facts = forms.facts(view.sheet, view.filled.answers, readable("party"))
    return office_message(head, facts or small("Nothing stands in it."))


def saved(view: SheetView) -> Notice:
    """The answer to a saved sheet."""
    if view.moment:
        return notice("Thank you", f"“{view.sheet.title}” is saved. It is counted with the answers of others.")
    seen = f" {view.pair.other.name} can read it too." if view.pair and view.sheet.seen_by == "both" else ""
    where = "under View on Home" if view.pair else "on Home"
    return notice("Saved", f"“{view.sheet.title}” is saved.{seen} You can go on with it at any time {where}.")


def of_session(view: PairView, session: Session) -> tuple[Button, ...]:
    """The sheets about one session that the viewer can fill in or read."""
    of = f"session {session.number} with {view.other.name}"
    return _offered(view, session, session.id, of)


def of_pair(view: PairView) -> tuple[Button, ...]:
    """The same about the pair, what is asked now first."""
    return (*asked_now(view), *_offered(view, None, view.pair.id, view.other.name))


def asked_now(view: PairView, moment: Moment | None = None) -> tuple[Button, ...]:
    """The surveys that the viewer is asked and has not answered; `moment`: of that one alone."""
    wanted = surveys.wanted(view.scheme, view.pair, view.viewer, view.sheets, view.now)
    return tuple(survey_button(view, sheet, at) for sheet, at in wanted if moment in (None, at))


def survey_button(view: PairView, sheet: Sheet, moment: Moment, *, primary: bool = False) -> Button:
    """One survey, at one of its moments."""
    subject, of = subjects.sheet(sheet.key, view.pair.id, moment), f"{MOMENT[moment]} with {view.other.name}"
    return buttons.sheet(sheet.pressed, subject, of, primary=primary)


def _offered(view: PairView, session: Session | None, about: str, of: str) -> tuple[Button, ...]:
    kind = "session" if session else "pair"
    some = (each for each in view.scheme.sheets if each.about == kind and not each.is_survey)
    return tuple(button(each, about, of) for each in some if _opens(view, each, session, about))


def _opens(view: PairView, sheet: Sheet, session: Session | None, about: str) -> bool:
    """Whether there is something for the viewer to fill in, or to read."""
    if allowed(rules.may_fill_in, sheet, view.pair, session, view.viewer):
        return True
    owner = rules.owner_of(sheet, view.pair, view.viewer)
    written = rules.found(view.sheets, sheet, about, owner) is not None
    return written and allowed(rules.may_read, sheet, view.pair, view.viewer)


def asked_of_member(view: MemberView, moment: Moment) -> tuple[Button, ...]:
    """The surveys that a member is asked at that moment and has not answered."""
    wanted = surveys.wanted(view.scheme, view.member, view.member.person, view.sheets, view.now)
    return tuple(member_survey_button(view.member, sheet, at) for sheet, at in wanted if at == moment)


def member_survey_button(member: Member, sheet: Sheet, moment: Moment) -> Button:
    """One of them."""
    subject = subjects.sheet(sheet.key, member.id, moment)
    return buttons.sheet(sheet.pressed, subject, f"{MOMENT[moment]} as {member.role}")


def of_member(
    scheme: Scheme, member: Member, filled: tuple[FilledSheet, ...], now: datetime
) -> tuple[Button, ...]:  # fmt: skip
    """The sheets that a member keeps about themselves, and what they are asked; one that is still required has a task
    of its own."""
    wanted = rules.wanted_of_member(scheme, member, filled)
    kept = (each for each in rules.of_role(scheme, member) if each not in wanted)
    asked = ((each, at) for each, at in surveys.wanted(scheme, member, member.person, filled, now) if not each.required)
    own = tuple(button(each, member.id, f"as {member.role}") for each in kept)
    return (*own, *(member_survey_button(member, each, at) for each, at in asked))


def button(sheet: Sheet, about: str, of: str, *, primary: bool = False) -> Button:
    """One sheet; `of` says which where there are several."""
    return buttons.sheet(sheet.pressed, subjects.sheet(sheet.key, about), of, primary=primary)


def last_open(view: PairView, *, primary: bool = True) -> tuple[Button, ...]:
    """The sheets in which something is still open."""
    found = rules.latest_open(view.scheme, view.pair, view.sheets, view.viewer)
    number = {each.id: each.number for each in view.pair.sessions}
    return tuple(
        button(sheet, filled.about, f"session {number[filled.about]} with {view.other.name}", primary=primary)
        for sheet, filled in found
    )


def afterwards(view: PairView) -> tuple[Button, ...]:
    """What is asked of the viewer once the pair has ended, and not given yet."""
    wanted = rules.asked_afterwards(view.scheme, view.pair, view.viewer, view.sheets)
    return tuple(button(each, view.pair.id, view.other.name, primary=True) for each in wanted)


def due(view: PairView) -> tuple[Note, ...]:
    """What the two said they would do before they meet again."""
    left, session = rules.due_before_next(view.scheme, view.pair, view.sheets, view.viewer), next_session(view.pair)
    if not left or view.pair.state != "active":
        return ()
    actions = "1 action is" if left == 1 else f"{left} actions are"
    return (small(f"{actions} due before {f'session {session.number}' if session else 'you meet again'}."),)


def open_actions(view: PairView) -> tuple[Shown, ...]:
    """What the reader said they would do before the two meet again, a few of it line by line."""
    mine = rules.own_open(view.scheme, view.pair, view.sheets, view.viewer)
    if not mine:
        return ()
    more = len(mine) - ACTIONS
    left = (small(f"And {more} more."),) if more > 0 else ()
    return (
        say("Still to do before then:"),
        Bullets(tuple((cut(each, 200),) for each in mine[:ACTIONS])),
        *left,
    )


def answers_of(scheme: Scheme, filled: tuple[FilledSheet, ...]) -> list[Part]:
    """What the office reads of a member's sheets."""
    shown = ((sheet, each) for sheet in scheme.sheets if sheet.seen_by == "office" for each in filled)
    parts = list[Part]()
    for sheet, each in shown:
        facts = forms.facts(sheet, each.answers, readable("party")) if each.sheet == sheet.key else None
        if facts:
            parts += [heading(cut(sheet.title, 150)), facts, *files.to_read(sheet, each.answers)]
    return parts
