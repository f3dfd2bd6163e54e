"""Who may press what: every verb, pressed by every kind of person. Who is refused changes nothing."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.actions.context import Caller, Channels, Click
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.actions.verbs import FUNCTIONS
from bot.dialogs.parts import Errors, Notice, Reply
from bot.dialogs.wording import help as words_of_help
from bot.dialogs.wording import refusals
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.schemes.together import Schemes
from bot.storage.database import Database
from tests.actions.dry_run import DryRun, dump
from tests.actions.population import JOINING, Population, add_offer, meeting, settle
from tests.support.databases import KEYS
from tests.support.dispatchers import PREFERENCES, PROFILE, REQUEST
from tests.support.schemes import with_role

KINDS = ("stranger", "member", "mentee", "mentor", "other", "administrator", "themselves")
"""stranger: never met · member: has no part in the case · mentee: whose case it is (for an application, the applicant)
· mentor: who is asked · other: another mentor, later on the list · themselves: an administrator, about their own case,
or without a part where they have none of that sort."""
USERS = {
    "stranger": "USTRANGER", "member": "UMEMBER", "mentee": "UMENTEE", "mentor": "UASKED", "other": "UOTHER",
    "administrator": "UADMIN", "themselves": "USECOND",
}  # fmt: skip

OFFICERS = ("UADMIN", "USECOND")
REACHED = Channels(public_url="https://bot.example.org")
OK = ""
NO = "not_yours"
OWN = "about_yourself"
LIST = "for the office only"  # not a refusal: the command says who it is for


@dataclass(frozen=True, slots=True)
class Row:
    """A verb, the case it is pressed about (a name in `Population.ids` or words), and what each kind of person gets."""

    verb: str
    about: str
    outcomes: tuple[str, ...]
    own: str = ""
    """The case of the administrator's own, where there is one."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Who stands for a kind in this case, if not the usual one."""
    values: Mapping[str, Any] | None = None
    shut: bool = False
    """Pressed while nobody can join in any role."""
    carried: tuple[str, ...] = ()
    """Names in `Population.ids` of what the form carries."""


CHOOSER, WAITING, APPLICANT = {"mentee": "UCHOOSER"}, {"mentee": "UWAITING"}, {"mentee": "UAPPLICANT"}
APPLICANT_AND_SELF = {**APPLICANT, "themselves": "UADMIN", "administrator": "USECOND"}
OFFERED = {"mentee": "UOFFERED"}
NAMER = {"mentee": "UNAMER"}
PLACED, HOPEFUL = {"mentee": "UPLACED"}, {"member": "UHOPEFUL"}
REVIEWED = {"mentee": "UREVIEWED"}
EVERYBODY = (NO, *[OK] * 6)
ASKER = (NO, NO, OK, NO, NO, NO, NO)
ASKER_OR_OWN = (NO, NO, OK, NO, NO, NO, OK)
INVITED = (NO, NO, NO, OK, NO, NO, NO)
NOT_YET = (NO, NO, NO, NO, "gone", NO, NO)
OFFERER = (NO, NO, NO, OK, OK, NO, "not_approved")
PAIR = (NO, NO, OK, OK, NO, NO, NO)
OFFICE = (NO, NO, NO, NO, NO, OK, OWN)
OFFICERS_ALONE = (NO, NO, NO, NO, NO, OK, OK)
NEWCOMERS = (NO, OK, OK, "already_member", "already_member", OK, "already_member")
MEMBER, LISTED, OFF = "already_member", "on_the_list", "not_on_the_list"
MENTEES = (NO, OK, OK, "not_admitted", "not_admitted", "not_admitted", OK)
MENTORS = (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", OK)
FREE = (NO, OK, "request_open", "not_admitted", "not_admitted", "not_admitted", "request_open")
QUESTION, REPLY, WORDS = {"question": "Which year?"}, {"reply": "Not this time."}, {"words": "Whom else?"}
SOME_DAY = {"trained_on:training": None}
BACK = {"until": date(2027, 1, 4)}

TABLE = [
    Row("command", "", EVERYBODY),
    Row("admin_command", "queue", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "roles", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "waiting", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "connections", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("hello", "", EVERYBODY),
    Row("open_home", "", EVERYBODY),
    Row("that_is_me", "UMENTEE", (NO, *["gone"] * 6)),
    Row("somebody_else", "UMENTEE", (NO, *["gone"] * 6)),
    Row("write_here", "", EVERYBODY),
    Row("open_join", "mentor", NEWCOMERS),
    Row("join", "mentor", NEWCOMERS, values=JOINING),
    Row("open_preferences", "mentee", MENTEES),
    Row("preferences", "mentee", MENTEES, values={**PREFERENCES, "times": ("Evenings",)}),
    Row("open_profile", "mentor", MENTORS),
    Row("profile", "mentor", MENTORS, values={**PROFILE, "about": "Another word."}),
    Row("open_request", "", FREE),
    Row("open_request", "request UWAITING", ASKER_OR_OWN, own="request USECOND", users=WAITING),
    Row("request", "", FREE, values=REQUEST),
    Row("request", "request UWAITING", ASKER_OR_OWN, "request USECOND", WAITING, {**REQUEST, "year": "ST6"}),
    Row("open_request_view", "request UWAITING", (NO, NO, OK, NO, NO, OK, OK), "request USECOND", WAITING),
    Row("open_find", "approved", ASKER, users=CHOOSER),
    Row("move_up", "approved:UOTHER", ASKER, users=CHOOSER, carried=("order",)),
    Row("move_down", "approved:UOTHER", ASKER, users=CHOOSER, carried=("order",)),
    Row("skip", "approved:UOTHER", ASKER, users=CHOOSER, carried=("order",)),
    Row("search_mentors", "naming:0", ASKER, users=NAMER, carried=("order",)),
    Row("add_mentor", "naming:UOTHER", ASKER, users=NAMER),
    Row("name_mentors", "naming", ASKER, users=NAMER, carried=("order",)),
    Row("open_mentor", "approved:UOTHER", ASKER, users=CHOOSER),
    Row("send", "approved", ASKER, users=CHOOSER, carried=("order",)),
    Row("open_withdraw", "request UWAITING", ASKER_OR_OWN, "request USECOND", WAITING),
    Row("withdraw", "request UWAITING", ASKER_OR_OWN, "request USECOND", WAITING),
    Row("open_invitation", "open", INVITED),
    Row("open_invitation", "queued", NOT_YET),
    Row("accept", "open", INVITED),
    Row("accept", "queued", NOT_YET),
    Row("open_decline", "open", INVITED),
    Row("open_decline", "queued", NOT_YET),
    Row("decline", "open", INVITED, values={"reason": "Too busy."}),
    Row("decline", "queued", NOT_YET, values={}),
    Row("undo", "invitation:open", (NO, NO, NO, "undo_too_late", NO, NO, NO)),
    Row("offer_conversation", "open", INVITED),
    Row("offer_conversation", "queued", NOT_YET),
    Row("open_seekers", "0", OFFERER),
    Row("open_seeker", "approved", OFFERER, users=CHOOSER),
    Row("offer", "approved", OFFERER, users=CHOOSER),
    Row("open_invitation", "offered", ASKER, users=OFFERED),
    Row("take_back_offer", "offered", (NO, NO, NO, NO, OK, NO, NO), users=OFFERED),
    Row("take_back_offer", "open", (NO, *[NO] * 6)),
    Row("accept", "offered", ASKER, users=OFFERED),
    Row("open_decline", "offered", ASKER, users=OFFERED),
    Row("decline", "offered", ASKER, users=OFFERED, values={}),
    Row("offer_conversation", "offered", (NO, NO, "gone", NO, NO, NO, NO), users=OFFERED),
    Row("open_write", "open", PAIR),
    Row("open_write", "queued", (NO, NO, "gone", NO, "gone", NO, NO)),
    Row("open_write", "offered", (NO, NO, OK, NO, OK, NO, NO), users=OFFERED),
    Row("write", "open", PAIR, values={"message": "When do you meet?"}),
    Row("write", "queued", (NO, NO, "gone", NO, "gone", NO, NO), values={"message": "When do you meet?"}),
    Row("open_connection", "agreed", PAIR),
    Row("open_document", "fresh:agreement", PAIR),
    Row("agree", "fresh:agreement", PAIR),
    Row("open_sheet", "goals:agreed", PAIR),
    Row("fill_in_sheet", "goals:agreed", PAIR, values={"goal": "To lead"}, carried=("version",)),
    Row("open_sheet", "thoughts:agreed", PAIR),
    Row("fill_in_sheet", "thoughts:agreed", PAIR, values={"text": "For me."}, carried=("version",)),
    Row("open_sheet", "record:session", (NO, NO, "sheet_later", "sheet_of_other", NO, NO, NO)),
    Row("open_sheet", "looking_back:agreed", (NO, NO, "sheet_later", "sheet_later", NO, NO, NO)),
    Row("open_sheet", "plan:member UMENTEE", ASKER),
    Row("fill_in_sheet", "plan:member UMENTEE", ASKER, values={"text": "A plan."}, carried=("version",)),
    Row("read_file", "paper", PAIR),
    Row("read_file", "proof", (NO, NO, OK, NO, NO, OK, OK)),
    Row("add_to_calendar", "ahead", PAIR),
    Row("open_calendar", "agreed", PAIR),
    Row("give_address", "agreed", PAIR),
    Row("stop_address", "agreed", PAIR),
    Row("open_own_times", "agreed", PAIR),
    Row("set_own_times", "agreed", PAIR, values={"busy": "every Friday", "free": "Tue 18-20"}),
    Row("open_pages", "", EVERYBODY),
    Row("open_own_connections", "0", EVERYBODY),
    Row("open_page", "first_session", (NO, OK, OK, OK, OK, NO, OK)),
    Row("open_page", "self_check", (NO, NO, NO, OK, OK, NO, OK)),
    Row("open_schedule", "session", PAIR),
    Row("schedule", "session", PAIR, values={"meeting": True}),
    Row("take_time", "offered time", PAIR),
    Row("open_plan", "agreed", PAIR),
    Row("open_pause", "mentor", (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", "not_approved")),
    Row("pause", "mentor", (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", "not_approved"), values=BACK),
    Row(
        "resume",
        "mentor",
        (NO, "not_admitted", "not_admitted", "not_paused", "not_paused", "not_admitted", "not_approved"),
    ),
    Row("ask_more_time", "agreed", (NO, NO, "more_time_early", "more_time_early", NO, NO, NO)),
    Row("agree_more_time", "agreed", (NO, NO, "more_time_not_asked", "more_time_not_asked", NO, NO, NO)),
    Row("open_rest", "agreed", PAIR),
    Row("rest", "agreed", PAIR, values=BACK),
    Row("go_on", "agreed", (NO, NO, "not_paused", "not_paused", NO, NO, NO)),
    Row("open_reminders", "", EVERYBODY),
    Row("set_reminders", "", EVERYBODY, values={"from": time(8), "to": time(9), "days": ("Monday",)}),
    Row("snooze", "session_ahead:ahead", (NO, *["gone"] * 6)),
    Row("stop_reminding", "session_ahead:ahead", (NO, NO, OK, OK, NO, NO, NO)),
    Row("show_plan", "agreed", PAIR, values={"rhythm": True}),
    Row("plan_year", "agreed", PAIR, values={"days": True}, carried=("marker", "time", "minutes", "mode")),
    Row("confirm_all", "imported:1", (NO, NO, "session_confirmed", OK, NO, NO, NO)),
    Row("confirm_session", "ahead", (NO, NO, NO, OK, NO, NO, NO)),
    Row("open_cancel_session", "ahead", PAIR),
    Row("cancel_session", "ahead", PAIR, values={"note": "I am ill."}),
    Row("complete", "session", PAIR),
    Row("open_not_held", "session", PAIR),
    Row("not_held", "session", PAIR, values={"note": ""}),
    Row("open_moved", "session", PAIR),
    Row("moved", "session", PAIR, values={"meeting": True}),
    Row("open_add_session", "agreed", PAIR),
    Row("add_session", "agreed", PAIR, values={"meeting": True}, carried=("number",)),
    Row("open_remove_connection", "fresh", PAIR),
    Row("remove_connection", "fresh", PAIR, values={"reason": "We never met."}),
    Row("open_complete_connection", "imported", PAIR),
    Row("complete_connection", "imported", PAIR),
    Row("open_complete_connection", "agreed", (NO, NO, "not_complete_yet", "not_complete_yet", NO, NO, NO)),
    Row("complete_connection", "agreed", (NO, NO, "not_complete_yet", "not_complete_yet", NO, NO, NO)),
    Row("open_connections", "active:0", (NO, NO, NO, NO, NO, OK, OK)),
    Row("open_end_connection", "agreed", OFFICE, "pair USECOND"),
    Row("end_connection", "agreed", OFFICE, "pair USECOND", values={"reply": "Thank you both."}),
    Row("open_queue", "0", (NO, NO, NO, NO, NO, OK, OK)),
    Row("open_member", "member UAPPLICANT", OFFICE, "member USECOND", APPLICANT),
    Row("open_approve_joining", "member UAPPLICANT", OFFICE, "member UADMIN", APPLICANT_AND_SELF),
    Row("approve_joining", "member UAPPLICANT", OFFICE, "member UADMIN", APPLICANT_AND_SELF),
    Row("wait_for_place", "mentor", (NO, LISTED, OK, MEMBER, MEMBER, OK, MEMBER), users=HOPEFUL, shut=True),
    Row("stop_waiting", "mentor", (NO, OK, "not_admitted", OFF, OFF, "not_admitted", OFF), users=HOPEFUL),
    Row("open_place_list", "0", (NO, NO, NO, NO, NO, OK, OK)),
    Row("open_offices", "", OFFICERS_ALONE),
    Row("open_appoint", "helper", OFFICERS_ALONE),
    Row("appoint", "helper", OFFICERS_ALONE, values={"person": "UMEMBER"}),
    Row("open_dismiss", "helper:UHELPER", OFFICERS_ALONE),
    Row("dismiss", "helper:UHELPER", OFFICERS_ALONE),
    Row("open_leave", "mentor", (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", OK)),
    Row("leave", "mentor", (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", OK)),
    Row("open_leave", "mentee", (NO, OK, OK, "not_admitted", "not_admitted", OK, OK)),
    Row("leave", "mentee", (NO, OK, OK, "not_admitted", "not_admitted", OK, OK)),
    Row("open_remove_member", "member UASKED", OFFICE, "member USECOND"),
    Row("remove_member", "member UASKED", OFFICE, "member USECOND", values=REPLY),
    Row("open_approve_member", "member UREVIEWED", OFFICE, "member USECOND", REVIEWED),
    Row("approve_member", "member UREVIEWED", OFFICE, "member USECOND", REVIEWED, SOME_DAY),
    Row("open_training", "member UASKED:training", OFFICE, "member USECOND:training"),
    Row(
        "record_training",
        "member UASKED:training",
        OFFICE,
        "member USECOND:training",
        values={"trained_on:training": True},
    ),
    Row("approve_request", "request UWAITING", OFFICE, "request USECOND", WAITING),
    Row("open_assign", "request UPLACED", OFFICE, "request USECOND", PLACED),
    Row("assign", "request UPLACED:UASKED", OFFICE, "request USECOND:UASKED", PLACED),
    Row("open_give_back", "request UPLACED", OFFICE, "request USECOND", PLACED),
    Row("give_back", "request UPLACED", OFFICE, "request USECOND", PLACED, WORDS),
    Row("open_clarify", "member:member UREVIEWED", OFFICE, "member:member USECOND", REVIEWED),
    Row("open_clarify", "request:request UWAITING", OFFICE, "request:request USECOND", WAITING),
    Row("clarify", "member:member UREVIEWED", OFFICE, "member:member USECOND", REVIEWED, QUESTION),
    Row("clarify", "request:request UWAITING", OFFICE, "request:request USECOND", WAITING, QUESTION),
    Row("undo", "member:member UREVIEWED", (*[NO] * 5, "undo_too_late", OWN), "member:member USECOND", REVIEWED),
    Row("undo", "request:request UWAITING", (*[NO] * 5, "undo_too_late", OWN), "request:request USECOND", WAITING),
    Row("open_turn_down", "member:member UAPPLICANT", OFFICE, "member:member UADMIN", APPLICANT_AND_SELF),
    Row("open_turn_down", "request:request UWAITING", OFFICE, "request:request USECOND", WAITING),
    Row("turn_down", "member:member UAPPLICANT", OFFICE, "member:member UADMIN", APPLICANT_AND_SELF, REPLY),
    Row("turn_down", "request:request UWAITING", OFFICE, "request:request USECOND", WAITING, REPLY),
]
COALESCED = {"open_home", "write_here"}
"""Home waits to be drawn already: asking once more adds nothing."""


@dataclass
class Stage:
    """The population, and a dispatcher whose acts are all taken back."""

    population: Population
    dry_run: DryRun

    def dispatcher(self, scheme_key: str = "", *, shut: bool = False) -> Dispatcher:
        """The dispatcher of the same scheme, or of another one in the same database; `shut`: nobody can join it."""
        office = self.population.office
        scheme = office.scheme.model_copy(update={"key": scheme_key}) if scheme_key else office.scheme
        if shut:
            scheme = with_role(with_role(scheme, "mentor", open=False), "mentee", open=False)
        return Dispatcher(self.dry_run, Schemes((scheme,)), lambda: office.now, office.new_id, REACHED, OFFICERS)

    def click(self, row: Row, kind: str) -> Click:
        """That kind of person presses it."""
        about = row.own if kind == "themselves" and row.own else row.about
        caller = Caller("slack", "T1", {**USERS, **row.users}[kind])
        carried = {name: self.population.ids[name] for name in row.carried}
        return Click(caller, row.verb, self.subject(about), carried, self._values(row))

    def subject(self, about: str) -> str:
        """The ids of what it is about."""
        if about in self.population.ids:
            return self.population.ids[about]
        return ":".join(self.population.ids.get(part, part) for part in about.split(":"))

    def _values(self, row: Row) -> Mapping[str, Any] | None:
        if row.values == {"meeting": True}:
            return meeting(self.population)
        if row.values == {"rhythm": True}:
            return {**meeting(self.population), "weeks": 12, "count": 3}
        if row.values == {"days": True}:
            return {f"day:{n}": (self.population.office.now + timedelta(weeks=12 * n + 1)).date() for n in range(3)}
        if row.values == {"trained_on:training": True}:
            return {"trained_on:training": self.population.office.now.date()}
        return row.values


@pytest.fixture
async def stage(database: Database, database_url: str) -> AsyncIterator[Stage]:
    """Everybody in their places, once on each engine."""
    population = await add_offer(await settle(database))
    dry_run = DryRun(database_url, KEYS)
    yield Stage(population, dry_run)
    dry_run.close_now()


@pytest.fixture
async def small_stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """The same on SQLite alone, for what no engine makes different."""
    dry_run = DryRun(sqlite_url, KEYS)
    with Database(sqlite_url, KEYS) as database:
        yield Stage(await add_offer(await settle(database)), dry_run)
    dry_run.close_now()


def outcome(reply: Reply, stage: Stage) -> str:
    """ "" for somebody who was let; otherwise the reason."""
    scheme = stage.population.office.scheme
    if reply == words_of_help.for_office_only(scheme):
        return LIST
    if isinstance(reply, Errors):  # a refused form keeps what was typed and says why at its first field
        said = next(iter(reply.fields.values()))
    elif isinstance(reply, Notice) and reply.title == "Nothing has changed":
        said = reply.text
    else:
        return OK
    known = (reason for reason in refusals.WORDS if "{" not in refusals.WORDS[reason].replace("{office}", ""))
    told = (*known, "not_admitted", "not_approved")
    reasons = {refusals.words(Refused(reason), scheme): str(reason) for reason in told}
    return reasons.get(said, said)


def test_every_verb_stands_in_the_table() -> None:
    assert {row.verb for row in TABLE} == set(Verb) == set(FUNCTIONS)
    assert all(len(row.outcomes) == len(KINDS) for row in TABLE)


def cells() -> Iterator[tuple[Row, str, str]]:
    """Every cell of the table."""
    for row in TABLE:
        for kind, expected in zip(KINDS, row.outcomes, strict=True):
            yield row, kind, expected


@pytest.mark.covers("A4", "A10", "A22")
async def test_who_may_press_what(stage: Stage, database: Database) -> None:
    before = database.read_now(dump)
    dispatchers = {shut: stage.dispatcher(shut=shut) for shut in (False, True)}
    wrong = []
    for row, kind, expected in cells():
        stage.dry_run.after = None
        got = outcome(await dispatchers[row.shut].answer(stage.click(row, kind)), stage)
        after = stage.dry_run.after
        if got != expected:
            wrong.append(f"{row.verb} ({row.about}) by {kind}: {got or 'done'} instead of {expected or 'done'}")
        if expected != OK and after is not None and after != before:
            wrong.append(f"{row.verb} ({row.about}) by {kind} is refused and changes {_tables(before, after)}")
        if expected == OK and Verb(row.verb).writes and after == before and row.verb not in COALESCED:
            wrong.append(f"{row.verb} ({row.about}) by {kind} does nothing")
    assert not wrong, "\n".join(wrong)
    assert database.read_now(dump) == before


def _tables(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return ", ".join(name for name in before if before[name] != after[name])


async def test_what_belongs_to_another_scheme_is_not_there(small_stage: Stage) -> None:
    stage, office = small_stage, small_stage.population.office
    elsewhere = stage.dispatcher("another")
    theirs = Dispatcher(
        office.dispatcher.database, elsewhere.schemes, lambda: office.now, office.new_id, REACHED, OFFICERS
    )
    for user in OFFICERS:  # they hold the other scheme's office, too
        await theirs.meet(Caller("slack", "T1", user), Introduction(user.title(), None, "UTC"))
    before = office.dispatcher.database.read_now(dump)
    for row, kind, expected in cells():
        if expected not in (OK, OWN) or stage.subject(row.about) == row.about:
            continue
        stage.dry_run.after = None
        reply = await elsewhere.answer(stage.click(row, kind))
        assert outcome(reply, stage) == "gone", f"{row.verb} ({row.about}) by {kind}: {reply}"
        assert stage.dry_run.after in (None, before), row.verb


NO_SUBJECTS = ("", ":", "::", "member:", "member:x", "request:x", "x:y", "²", "9" * 4999, "%s")
NEED_NONE = {"request", "profile", "open_home", "set_reminders"}
"""Verbs that take no subject, or an empty one."""


async def test_a_subject_that_is_none_changes_nothing(small_stage: Stage) -> None:
    stage, dispatcher = small_stage, small_stage.dispatcher()
    before = stage.population.office.dispatcher.database.read_now(dump)
    for row, kind, expected in cells():
        for subject in NO_SUBJECTS:
            if expected != OK or row.about in ("mentor", "mentee"):
                continue
            click = replace(stage.click(row, kind), subject=subject, carried={"order": subject, "skipped": subject})
            stage.dry_run.after = None
            await dispatcher.answer(click)
            if row.verb not in NEED_NONE:
                assert stage.dry_run.after in (None, before), f"{row.verb} about {subject[:20]!r}"
