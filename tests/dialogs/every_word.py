"""Everything the bot says, by noun and state: what the tests of the words draw, read and hold."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from bot.dialogs.home import home
from bot.dialogs.parts import Button, Buttons, Form, Home, Message, Notice, Part
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.requests import InvitationView, RequestView
from bot.dialogs.view_models.sessions import CalendarView, OwnTimesView, SessionView
from bot.dialogs.wording import (
    another_mentor,
    assigning,
    calendars,
    colleagues,
    directory,
    documents,
    endings,
    exports,
    identities,
    imports,
    intake,
    invitations,
    leaving,
    members,
    mentors,
    more_time,
    offers,
    office,
    offices,
    own_times,
    pairs,
    places,
    planning,
    refusals,
    reports,
    requests,
    reviews,
    schemes,
    session_cards,
    session_forms,
    shortlist,
    standing,
    talks,
    trouble,
)
from bot.dialogs.wording import help as helping
from bot.dialogs.wording import messages as writing
from bot.lifecycle.calendars import CalendarAddress
from bot.lifecycle.gates import unmet
from bot.lifecycle.paying import last_month
from bot.lifecycle.permissions import Actor
from bot.lifecycle.questions import Question
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Kind
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.screens import another_mentor as screens_of_another_mentor
from bot.screens import bulk as screens_of_bulk
from bot.screens import colleagues as screens_of_colleagues
from bot.screens import evidence as screens_of_evidence
from bot.screens import exports as screens_of_exports
from bot.screens import going as screens_of_going
from bot.screens import imports as screens_of_imports
from bot.screens import notices
from bot.screens import offices as screens_of_offices
from bot.screens import rounds as screens_of_rounds
from bot.screens import talks as screens_of_talks
from tests.dialogs import (
    audit_views,
    concern_words,
    evidence_samples,
    going_samples,
    list_views,
    office_words,
    parting_samples,
    reminder_words,
    round_views,
    survey_samples,
    typed_words,
)
from tests.dialogs import sample_views as some
from tests.dialogs.import_samples import import_views, table_view
from tests.dialogs.intake_samples import intakes
from tests.dialogs.report_samples import report_views
from tests.dialogs.sheet_words import file_views, sheets_and_pages

MEND = "turn on the Messages tab of the app, under App Home (Slack says “messages_tab_disabled”)"
KINDS: dict[Kind, Callable[[Any], Message | None]] = {kind: said.words for kind, said in notices.NOTICES.items()}
"""How each kind of message is said."""


def views_of(kind: Kind, held: Scheme = some.SCHEME) -> dict[str, Any]:
    """Views of what a kind of message is about, in every state: also in those it is drawn anew in."""
    views: dict[Any, Callable[[], dict[str, Any]]] = {
        screens_of_offices.office: lambda: some.offices(held),
        screens_of_going.gone: lambda: going_samples.gone(held),
        screens_of_going.newcomers: lambda: going_samples.newcomers(held),
        screens_of_going.back: lambda: going_samples.back(held),
        screens_of_bulk.of_bulk: lambda: office_words.bulks(held),
        screens_of_rounds.told: lambda: round_views.messages(held),
        notices.the_text: lambda: {"something to mend": MEND},
        notices.the_person: lambda: {"somebody": some.AMARA},
        notices.the_member: lambda: some.members(held),
        notices.the_case_of_a_member: lambda: some.decided(some.members(held)),
        notices.the_case_of_a_request: lambda: some.decided(some.requests(held)),
        notices.the_member_questioned: lambda: _questioned(some.members(held)),
        notices.the_request_questioned: lambda: _questioned(some.requests(held)),
        notices.the_request: lambda: some.requests(held),
        notices.the_invitation: lambda: some.invitations(held),
        notices.the_offer: lambda: some.offers(held),
        notices.the_message: lambda: some.messages(held),
        notices.the_file: file_views,
        screens_of_imports.the_import: lambda: import_views(held),
        screens_of_exports.the_table: lambda: {"columns": table_view(held)},
        screens_of_evidence.hours_on_paper: lambda: evidence_samples.hours_on_paper(held),
        screens_of_evidence.portfolio_on_paper: lambda: evidence_samples.portfolio_on_paper(held),
        notices.the_pair: lambda: some.pairs(held),
        notices.the_two: lambda: _at_once(some.pairs(held)) | some.pairs(held),
        notices.the_feedback: lambda: some.feedback(held),
        notices.the_session: lambda: some.sessions(held),
        screens_of_talks.talk: lambda: some.talks(held),
        screens_of_colleagues.colleague: lambda: some.colleagues(held),
        screens_of_another_mentor.asked: lambda: some.another_mentor(held),
        notices.the_concern: lambda: concern_words.of_kind(kind, held),
    }
    if kind in (Kind.PARTNER_GONE, Kind.PARTNER_BACK):
        return dict(going_samples.partners(held))
    if kind in (Kind.SESSION_SET, Kind.SESSION_LAST, Kind.SESSION_COMPLETED):
        return {**some.sessions(held), **parting_samples.sessions(held)}
    return views[notices.NOTICES[kind].view]()


def _questioned(views: dict[str, Any]) -> dict[str, Any]:
    """The same, asked something by the office: it has its answer by now, or is answered no more."""
    asked = Question("q1", "s", "a", some.RUTH.id, some.QUESTION, some.NOW - 3 * some.DAY)
    told = replace(asked, answer=some.REPLY, answered_at=some.NOW)
    return {name: replace(view, questions=(told,)) for name, view in views.items()} | {
        f"{name}, unanswered": replace(view, questions=(asked,)) for name, view in views.items()
    }


def _at_once(views: dict[str, Any]) -> dict[str, Any]:
    """The two at once, who are neither of them."""
    return {f"both{name[6:]}": replace(view, viewer="") for name, view in views.items() if name.startswith("mentee")}


def _in_calendar(one: SessionView) -> bool:
    """Whether a calendar has brought about how it stands."""
    return one.session.set_by is None and one.session.was_at is not None


_AS_MENTOR: tuple[Role, ...] = ("mentor",)
_SENT: dict[Kind, Callable[[Any], bool]] = {
    Kind.JOIN_ASKED: lambda one: one.member.state in {"asked", "admitted", "turned_down"},
    Kind.PROFILE_READY: lambda one: one.member.profile is not None and one.member.state != "admitted",
    Kind.ADMITTED: lambda one: one.member.state == "admitted",
    Kind.MEMBER_APPROVED: lambda one: one.member.role == "mentor" and one.member.state == "approved",
    Kind.TRAINING_NEXT: lambda one: one.member.state in {"admitted", "approved"} and one.member.role == "mentor",
    Kind.TRAINING_RECORDED: lambda one: one.member.role == "mentor" and one.member.state == "approved",
    Kind.MEMBER_TURNED_DOWN: lambda one: one.member.state == "turned_down",
    Kind.PLACE_FREE: lambda one: one.member.place_held_until is not None,
    Kind.PLACE_PASSED_ON: lambda one: one.member.state == "left" and not one.member.reply,
    Kind.MEMBER_REMOVED: lambda one: one.member.state == "left" and one.member.reply,
    Kind.ROLE_CHANGED: lambda one: one.member.state == "left",
    Kind.BROUGHT_IN: lambda one: one.member.state in {"admitted", "approved"},
    Kind.IMPORT_OVER: lambda one: one.one.state in {"done", "stopped"},
    Kind.MEMBER_LEFT: lambda one: one.member.state == "left" and not one.member.reply,
    Kind.REQUEST_APPROVED: lambda one: one.request.state in {"choosing", "naming", "assigning", "asking", "accepted"},
    Kind.REQUEST_TURNED_DOWN: lambda one: one.request.state == "turned_down",
    Kind.REQUEST_EXPIRED: lambda one: one.request.state == "expired",
    Kind.CHOOSE_AGAIN: lambda one: one.request.state in {"choosing", "naming", "assigning"} and bool(one.asked),
    Kind.TO_ASSIGN: lambda one: one.request.state in {"assigning", "asking", "accepted", "turned_down"},
    Kind.GIVEN_BACK: lambda one: one.request.state == "choosing",
    Kind.FOUND_ANOTHER: lambda one: one.invitation.state == "withdrawn",
    Kind.INVITATION_LAPSED: lambda one: one.invitation.state == "expired",
    Kind.INVITATION_WITHDRAWN: lambda one: one.invitation.state == "withdrawn",
    Kind.COLLEAGUE_SUGGESTED: lambda one: one.colleague.state == "suggested" and one.by.id != one.mentee.id,
    Kind.ASKED_TO_JOIN: lambda one: one.colleague.state != "suggested",
    Kind.COLLEAGUE_ANSWERED: lambda one: one.colleague.state in {"refused", "joined"},
    Kind.NOW_ASKING: lambda one: one.invitation.state == "open" and one.invitation.position > 1,
    Kind.FIRST_CONVERSATION: lambda one: one.invitation.state == "open" and one.invitation.position == 1,
    Kind.OFFER_DECLINED: lambda one: one.invitation.state == "declined",
    Kind.OFFER_LAPSED: lambda one: one.invitation.state == "expired",
    Kind.ROUND_PUBLISHED: lambda one: one.view.one.state == "published",
    Kind.NOBODY_YET: lambda one: one.request.state == "assigning",
    Kind.PAUSE_OVER: lambda one: one.member.role == "mentor" and one.member.state == "approved",
    Kind.MENTOR_PAUSED: lambda one: one.member.silences,
    Kind.MENTOR_SILENT: lambda one: one.member.silences,
    Kind.MORE_TIME_ASKED: lambda one: one.pair.more_time_by == one.other.id,
    Kind.MORE_TIME: lambda one: one.pair.extended_at,
    Kind.ANOTHER_MENTOR_ANSWERED: lambda one: one.pair.another_reply and one.viewer == one.mentee.id,
    Kind.PAIR_RESTS: lambda one: one.pair.rests_until,
    Kind.PAIR_GOES_ON: lambda one: one.pair.state == "active",
    Kind.INTRODUCED: lambda one: one.pair.state == "active",
    Kind.ACCEPTED: lambda one: one.viewer == one.mentee.id,
    Kind.CONNECTED: lambda one: one.viewer == one.mentor.id,
    Kind.BOTH_AGREED: lambda one: one.pair.agreed,
    Kind.APPOINTMENT: lambda one: one.session.starts_at,
    Kind.SESSION_OVER: lambda one: one.session.revision and (one.session.starts_at or some.NOW) <= some.NOW,
    Kind.SESSION_CONFIRMED: lambda one: one.session.confirmed_at and one.session.set_by == one.pair.viewer,
    Kind.SESSION_TIME_TAKEN: lambda one: one.session.taken_at,
    Kind.SESSION_MOVED_IN_CALENDAR: lambda one: _in_calendar(one) and one.session.starts_at,
    Kind.SESSION_CANCELLED_IN_CALENDAR: lambda one: _in_calendar(one) and not one.session.starts_at,
    Kind.SESSION_DECLINED_IN_CALENDAR: lambda one: _in_calendar(one) and not one.session.starts_at,
    Kind.SESSION_LAST: lambda one: one.pair.scheme.pairs.last_agreed and one.session.last_by != one.pair.viewer,
    Kind.SESSION_CANCELLED: lambda one: one.session.was_at and one.session.set_by and not one.session.starts_at,
    Kind.SESSION_NOT_HELD: lambda one: one.session.was_at and one.session.set_by and not one.session.starts_at,
    Kind.SESSION_COMPLETED: lambda one: one.session.state == "completed",
    Kind.CONNECTION_REMOVED: lambda one: one.pair.end in {"removed", "left"} and one.pair.ended_by != one.viewer,
    Kind.CONNECTION_COMPLETED: lambda one: one.pair.end == "completed",
    Kind.CONNECTION_ENDED: lambda one: one.pair.end == "office",
    Kind.CONNECTION_OVER: lambda one: one.pair.end == "time",
    Kind.CONCERN_RECEIVED: lambda one: len(one.story) == 2 and one.keepers,
    Kind.CONCERN_RAISED: lambda one: one.story[-1].what in {"handed_on", "contact", "closed"},
    Kind.CONCERN_REMINDER: lambda one: one.story[-1].what == "handed_on",
    Kind.CONCERN_OVERDUE: lambda one: any(each.what == "overdue" for each in one.story),
    Kind.CONCERN_NEWS: lambda one: one.story[-1].what in {"added", "denied", "away"},
    Kind.CONCERN_DELAYED: lambda one: one.story[-1].what in {"overdue", "away"},
    Kind.CONCERN_HANDED_ON: lambda one: not one.keepers or len(one.keepers) > 1,
    Kind.CONCERN_CONTACTED: lambda one: one.story[-1].what in {"contact", "denied"},
    Kind.CONCERN_CLOSED: lambda one: one.concern.state == "closed",
    Kind.CONCERN_TAKEN_BACK: lambda one: one.story[-1].what == "taken_back",
}
"""The states in which a kind is sent, or soon drawn anew; a kind that is not here comes in all of them."""


def messages_as_sent() -> Iterator[tuple[str, Message]]:
    """Every kind of message in the states in which people get it, to be read."""
    for kind, say in KINDS.items():
        for name, view in views_of(kind).items():
            said = say(view) if kind not in _SENT or _SENT[kind](view) else None
            if said is not None:
                yield f"{kind}, {name}", said
    yield from _left_of_them(some.SCHEME)
    yield from reminder_words.messages()


def messages(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Message]]:
    """Every kind of message in every state in which it says anything."""
    for kind, say in KINDS.items():
        for name, view in views_of(kind, held).items():
            said = say(view)
            if said is not None:
                yield f"{kind}, {name}", said
    yield from _left_of_them(held)
    yield from reminder_words.messages(held)


def _left_of_them(held: Scheme) -> Iterator[tuple[str, Message]]:
    """What is left in the chat of messages that no longer need saying, or have been followed by later ones."""
    there = set[tuple[Kind, str]]()
    for kind, said in notices.NOTICES.items():
        for name, view in views_of(kind, held).items():
            over = said.afterwards if said.afterwards and said.words(view) is None else None
            for when, words in (("afterwards", over), ("followed", said.followed)):
                left = words(view) if words else None
                if left and (kind, left.text) not in there:
                    there.add((kind, left.text))
                    yield f"{kind}, {when}, {name}", left


def forms_and_notices(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Form | Notice]]:
    """Every form and notice in every state."""
    yield from reminder_words.forms_and_notices()
    yield from concern_words.forms_and_notices(held)
    yield from audit_views.forms_and_notices(held)
    yield from evidence_samples.forms_and_notices(held)
    yield from _of_standing(held)
    yield from _of_plans(held)
    for name, one in some.members(held).items():
        yield from _named(name, _of_member(one))
    for name, asked in some.requests(held).items():
        yield from _named(name, _of_request(asked))
    for name, each in some.invitations(held).items():
        yield from _named(name, _of_invitation(each))
    for name, each in some.offers(held).items():
        yield from _named(f"offer {name}", _of_offer(each))
    for name, seekers in some.seekers(held).items():
        yield f"seekers, {name}", offers.seekers_form(seekers)
        for seeker in seekers.found[:1]:
            yield f"seeker, {name}", offers.seeker_form(held, seeker.request, seeker.mentee, seeker.match)
    for name, written in some.messages(held).items():
        yield f"write to them, {name}", writing.write_form(written.invitation, written.reader)
        yield f"written to them, {name}", writing.sent(written.invitation, written.reader)
        yield f"view with messages, {name}", invitations.view_form(written.invitation)
    yield "mentee's view with messages", requests.view_form(some.written_to(held), office=False)
    yield "office's view without messages", requests.view_form(some.written_to(held), office=True)
    for name, listed in some.shortlists(held).items():
        yield f"find mentors, {name}", shortlist.form(listed)
    for name, page in some.directories(held).items():
        yield f"directory, {name}", directory.form(page)
    for name, pair in some.pairs(held).items():
        yield from _named(name, _of_pair(pair))
    for name, session in some.sessions(held).items():
        yield from _named(name, _of_session(session))
    parting = parting_samples.sessions(held)
    for name in ("can be the last", "the last", "the last, held"):
        yield from _named(name, _of_last_session(parting[name]))
    for name, session in some.proposed(held).items():
        yield f"schedule form, {name}", session_forms.schedule(session)
    for n, several in ((0, ()), (0, some.many_pairs(held)), (1, some.many_pairs(held))):
        yield f"own connections, {len(several)}, page {n + 1}", pairs.own_form(several, n)
    yield "connection view, many sessions", pairs.view_form(some.long_pair(held))
    yield "connection view, many sessions, the first", pairs.view_form(some.long_pair(held), 0)
    yield from _of_scheme(held)


def _of_last_session(view: SessionView) -> dict[str, Form | Notice]:
    return {
        "connection": pairs.view_form(view.pair),
        "made the last": session_cards.made_last_notice(view),
        "not the last": session_cards.not_last_notice(view),
        "session completed": session_cards.completed_notice(view),
    }


def _named(state: str, said: dict[str, Form | Notice]) -> Iterator[tuple[str, Form | Notice]]:
    return ((f"{name}, {state}", each) for name, each in said.items())


def _of_member(view: MemberView) -> dict[str, Form | Notice]:
    held, one = view.scheme, view.member
    said: dict[str, Form | Notice] = {
        "join form": members.join_form(held, one.role, one),
        "preferences form": members.preferences_form(held, one),
        "saved": members.saved(view),
        "entry confirmed": members.entry_confirmed(view),
        "office view": reviews.office_view(view, some.OFFICER),
    }
    if unmet(one, held):
        said["approve all the same form"] = reviews.approve_joining_form(view)
    if one.role == "mentor":
        said["profile form"] = members.profile_form(held, one)
        said["mentor's profile"] = mentors.profile_view(held, one, view.person)
        said["approve mentor form"] = reviews.approve_member_form(view)
        said["mentor approved"] = office.member_approved(view)
        for training in held.roles["mentor"].trainings:
            said["training form"] = reviews.training_form(view, training.key)
    return said


def _of_request(view: RequestView) -> dict[str, Form | Notice]:
    return {
        "request form": requests.request_form(view.scheme, view.request),
        "mentee's view": requests.view_form(view, office=False),
        "office's view": requests.view_form(view, office=True),
        "office's view, with the card": requests.view_form(view, office=True, card=True),
        "withdraw form": requests.withdraw_form(view),
    }


def _of_invitation(view: InvitationView) -> dict[str, Form | Notice]:
    return {
        "mentor's view": invitations.view_form(view),
        "decline form": invitations.decline_form(view),
        "accepted": invitations.accepted_notice(view),
        "declined": invitations.declined_notice(view),
        "conversation offered": invitations.conversation_notice(view),
    }


def _of_offer(view: InvitationView) -> dict[str, Form | Notice]:
    return {
        "mentee's view": offers.view_form(view),
        "decline form": offers.decline_form(view),
        "accepted": offers.accepted_notice(view),
        "declined": offers.declined_notice(view),
        "offered": offers.offered(view),
    }


def _of_pair(view: PairView) -> dict[str, Form | Notice]:
    of_its_end = _of_ended(view) if view.pair.state == "ended" else {**_of_ways_out(view), **_of_plan(view)}
    return {
        "connection": pairs.view_form(view),
        "agreement": documents.of_pair(view, view.pair.terms.documents[0]),
        "agreed": documents.accepted_by_party(view),
        **of_its_end,
    }


def _of_calendar(view: PairView) -> dict[str, Form | Notice]:
    offered = CalendarView(view, offered=True, mailed=False)
    has_one = replace(offered, address=CalendarAddress(view.viewer, "d", some.NOW - 3 * some.DAY))
    return {
        "calendar": calendars.form(offered),
        "calendar with an address": calendars.form(replace(has_one, mailed=view.me.email is not None)),
        "calendar in Outlook": calendars.form(replace(offered, in_outlook=True)),
        "calendar without addresses": calendars.form(replace(offered, offered=False)),
        "calendar without addresses but mine": calendars.form(replace(has_one, offered=False)),
        "address given": calendars.given(has_one, f"https://bot.example.org/calendar/{'x' * 43}.ics"),
        "address stopped": calendars.stopped(offered),
        **_of_own_times(view),
    }


def _of_own_times(view: PairView) -> dict[str, Form | Notice]:
    nothing = OwnTimesView(view.pair.id, view.me.zone)
    said = replace(nothing, busy="Tuesdays 14:00–16:00\nThu 10 Dec 2026 – Sun 20 Dec 2026", version=2)
    both = replace(said, free="Thursdays 18:00–20:00")
    return {
        "own times": own_times.form(nothing),
        "own times, some said": own_times.form(both),
        "own times changed meanwhile": own_times.changed_meanwhile(said, replace(nothing, free="Sat, Sun")),
        "own times forgotten meanwhile": own_times.changed_meanwhile(replace(nothing, version=3), both),
        "own times saved": own_times.saved(both),
        "own times taken back": own_times.saved(nothing),
    }


def _of_ways_out(view: PairView) -> dict[str, Form | Notice]:
    return {"remove form": endings.remove_form(view), "complete form": endings.complete_form(view)}


def _of_ended(view: PairView) -> dict[str, Form | Notice]:
    return {"connection removed": endings.removed_notice(view), "connection completed": endings.completed_notice(view)}


def _of_session(view: SessionView) -> dict[str, Form | Notice]:
    return {
        "schedule form": session_forms.schedule(view),
        "add session form": session_forms.add(view),
        "cancel session form": session_forms.cancel(view),
        "not held form": session_forms.not_held(view),
        "moved form": session_forms.moved(view),
        "session set": session_cards.scheduled_notice(view),
        "session for a calendar": session_cards.on_its_way(view),
        "session confirmed": session_cards.confirmed_notice(view),
        "session without time": session_cards.without_time_notice(view),
        "session completed": session_cards.completed_notice(view),
    }


def _of_standing(held: Scheme) -> Iterator[tuple[str, Form | Notice]]:
    for name, view in some.standings(held).items():
        yield f"pause form, {name}", standing.pause_form(view)
        yield f"paused, {name}", standing.paused(view)
    yield "resumed", standing.resumed()


def _of_plans(held: Scheme) -> Iterator[tuple[str, Form]]:
    """What keeps the two busy, for one pair: it says the same for all."""
    view = next(view for name, view in some.pairs(held).items() if "no time yet" in name)
    yield "rhythm form once more", planning.rhythm_form(view, crowded=True)
    for name, plan in some.plans(view).items():
        yield f"plan form, {name}", planning.plan_form(plan)


def _of_plan(view: PairView) -> dict[str, Form | Notice]:
    return {
        "rhythm form": planning.rhythm_form(view),
        "plan form": planning.plan_form(some.plan(view)),
        "planned": planning.planned_notice(view, 4),
        "plan confirmed": planning.confirmed_notice(view),
        "more time asked": more_time.asked_notice(view),
        "more time agreed": more_time.agreed_notice(view),
        "another mentor form": another_mentor.ask_form(view),
        "another mentor asked": another_mentor.asked_notice(view),
        "another mentor taken back": another_mentor.taken_back_notice(view),
        "rest form": standing.rest_form(view),
        "rests": standing.rests_notice(view),
        "goes on": standing.goes_on_notice(view),
    }


_FOR_ONE = {
    "when": {"decided_by"},
    "gate": {"gate_first"},
    "role": {"intake_closed", "no_places", "place_is_free", "role_full"},
}
"""Facts that would change how any other refusal is said."""


def _of_scheme(held: Scheme) -> Iterator[tuple[str, Form | Notice]]:
    asks, waiting_list = some.request(held=held), some.waiting_list(held)
    yield from _of_calendar(next(iter(some.pairs(held).values()))).items()
    yield "join form, new", members.join_form(held, "mentee", None)
    yield "request form, new", requests.request_form(held, None)
    yield "joined", members.joined(some.member("mentee", "asked", held))
    yield "sent to the office", requests.filed(asks)
    yield "withdrawn", requests.withdrawn()
    yield "list sent, others wait", shortlist.sent(some.request("asking", ("declined", "open", "queued"), held))
    yield "list sent, one alone", shortlist.sent(some.request("asking", ("declined", "open"), held))
    yield "mentors named", directory.named(some.request("asking", ("unavailable", "open", "queued"), held))
    yield "mentors named, review first", directory.named(some.request("in_review", ("queued", "queued"), held))
    yield "mentors named, nobody can be asked", directory.named(some.request("naming", ("unavailable",), held))
    said = office_words.said_of_mentors(held)
    yield "assign mentor", assigning.form(some.shortlist(held), some.request("assigning", held=held), said)
    yield "talk first form", talks.form(held)
    yield "talk first asked", talks.asked(held)
    for name, talk in some.talks(held).items():
        yield f"talked, {name}", talks.talked(talk)
    yield "suggest form", colleagues.suggest_form(some.invitation(held=held))
    yield "suggested", colleagues.suggested_notice(some.invitation(held=held))
    yield "invite form", colleagues.invite_form(held)
    for name, thought_of in some.colleagues(held).items():
        yield f"invited, {name}", colleagues.invited_notice(thought_of)
        yield f"no thank you, {name}", colleagues.refused_notice(thought_of)
    yield "give back form", assigning.give_back_form("r1", "Amara")
    yield "assigned and asked", assigning.assigned(some.request("asking", held=held), some.KATHERINE)
    yield "assigned and connected", assigning.assigned(some.request("accepted", held=held), some.KATHERINE)
    yield "filed, approval holds", requests.filed(some.request("choosing", held=held))
    yield "filed, to name mentors", requests.filed(some.request("naming", held=held))
    yield "filed, to be assigned", requests.filed(some.request("assigning", held=held))
    yield "clarify form", reviews.clarify_form("member:m1", "Amara")
    yield "turn down form", reviews.turn_down_form("request:r1", "Amara")
    yield "let in", office.let_in(some.member("mentee", "admitted", held))
    for state in ("choosing", "naming", "assigning", "asking"):
        yield f"request approved, {state}", office.request_approved(some.request(state, held=held))
    yield "told", office.told("Amara Okafor")
    yield "queue", office.waiting_list_form(waiting_list)
    yield "queue, empty", office.waiting_list_form(some.waiting_list(held, total=0))
    yield "queue, second of three pages", office.waiting_list_notice(some.waiting_list(held, page=1, pages=3))
    yield "queue, about oneself", office.waiting_list_notice(some.waiting_list(held, some.AMARA, total=1))
    for name, way_out in some.ways_out(held).items():
        yield f"leave form, {name}", leaving.leave_form(way_out)
        yield f"remove form, {name}", leaving.remove_form(way_out)
        yield f"change role form, {name}", leaving.change_role_form(way_out)
        yield f"role changed, {name}", leaving.role_changed_notice(way_out)
        yield f"removed from the scheme, {name}", leaving.removed_notice(way_out)
    listed = some.office_list(held)
    office_key, holder = held.offices[0].key, listed.holders[held.offices[0].key][1]
    yield "offices", offices.offices_form(listed)
    yield "offices, nobody", offices.offices_notice(some.office_list(held, nobody=True))
    yield "appoint form", offices.appoint_form(held, office_key, None)
    yield "appoint form, of somebody", offices.appoint_form(held, office_key, some.AMARA)
    yield "appointed", offices.appointed_notice(held, office_key, some.RUTH)
    yield "dismiss form", offices.dismiss_form(held, holder.holding, holder.person)
    yield "dismissed", offices.dismissed_notice(held, office_key, some.RUTH)
    for name, of_places in some.place_lists(held).items():
        yield f"place list, {name}", places.list_form(of_places)
    yield "place list as an answer", places.list_notice(some.place_lists(held)["some wait"])
    yield "import form", imports.form(held)
    for name, of_file in import_views(held).items():
        yield f"import taken, {name}", imports.taken(of_file.one)
        yield f"import begun, {name}", imports.begun(of_file.one)
        yield f"import cancelled, {name}", imports.cancelled(of_file.one)
    officer = Actor(some.RUTH.id, frozenset({"manage_members", "see_reports"}))
    yield "export", exports.form(held, officer)
    yield "export as an answer", exports.export_notice(held, officer)
    yield "export, numbers alone", exports.form(held, Actor(some.RUTH.id, frozenset({"see_reports"})))
    for name, figures in report_views(held).items():
        yield f"report, {name}", reports.form(figures)
        yield f"report as an answer, {name}", reports.report_notice(figures)
    paying_scheme = held.model_copy(update={"pay": "hours_exported"})
    yield "export, where sessions are paid for", exports.form(paying_scheme, officer)
    yield "sessions to pay for", exports.payment_form(paying_scheme, last_month(some.NOW))
    yield "join form where sessions are paid for", members.join_form(paying_scheme, "mentor", None)
    yield "table on its way", exports.on_its_way("The columns for members, to be filled in")
    views = intakes(held)
    yield "intake", intake.intake_form(views)
    yield "intake as an answer", intake.intake_notice(views)
    for each in views:
        yield f"intake of {each.role}s", intake.set_form(each)
        yield f"intake of {each.role}s, set", intake.saved(each, offered=each.role == "mentee")
    yield "scheme", schemes.scheme_notice(held)
    yield "on the list", places.on_the_list(held, "mentee")
    yield "off the list", places.off_the_list("mentee")
    yield "left", leaving.left_notice(held, "mentee")
    yield "one person in two places", identities.one_person(some.AMARA)
    yield "two persons", identities.two_persons()
    yield "written to here", identities.written_here()
    yield "help", helping.member_help(held)
    yield "help, a mentee", helping.member_help(held, _AS_MENTOR)
    yield "help, in both roles", helping.member_help(held, ())
    yield "ways in", helping.ways_in(held)
    yield "ways in, a mentee", helping.ways_in(held, _AS_MENTOR)
    yield "ways in, in both roles", helping.ways_in(held, ())
    yield "unknown command", helping.unknown_command(held, "find me <!here> a mentor")
    yield "office help", helping.office_help(held)
    yield "for the office only", helping.for_office_only(held)
    yield "help of several", helping.of_several([held, some.UNHURRIED])
    yield "no rule, somebody from elsewhere", trouble.not_from_here()
    yield "no rule, unknown", trouble.cannot_look_up()
    yield "no rule, trouble", trouble.trouble()
    yield "no rule, too late", trouble.too_late()
    yield "unknown verb", refusals.unknown_verb()
    for reason in refusals.WORDS:
        facts = {
            "places": 60, "most": held.route.mentors, "limit": 2, "load": 1, "topic": "Leadership", "shortest": 10,
            "longest": 240, "budget": 30, "who": "Ruth Adeyemi", "what": "approve_request", "when": some.NOW,
            "power": "approve members",
            "gate": "preferences",
            "role": "mentee",
            "called": held.documents[0].called,
            "noun": held.documents[0].called.split()[-1],
        }  # fmt: skip
        facts = {name: value for name, value in facts.items() if name not in _FOR_ONE or reason in _FOR_ONE[name]}
        yield f"refused: {reason}", refusals.notice(Refused(reason, facts), held)


def homes(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Home]]:
    """Every home page."""
    every = (*some.homes(held).items(), *concern_words.homes(held), *parting_samples.homes(held).items())
    return ((f"home, {name}", home([view])) for name, view in every)


Said = tuple[str, Message | Form | Notice | Home]
_SAID: dict[int, tuple[Scheme, tuple[Said, ...]]] = {}


def everything(held: Scheme = some.SCHEME) -> Iterator[Said]:
    """Every message, form, notice and home page; of one scheme, written once."""
    if id(held) not in _SAID:
        _SAID[id(held)] = (held, tuple(_everything(held)))
    return iter(_SAID[id(held)][1])


def _everything(held: Scheme) -> Iterator[Said]:
    yield from messages(held)
    yield from forms_and_notices(held)
    yield from homes(held)
    yield from sheets_and_pages(held)
    yield from survey_samples.forms_and_notices(held)
    yield from typed_words.answers(held)
    yield from list_views.words(held)
    yield from office_words.words(held)
    yield from round_views.words(held)


def pressed(parts: Iterable[Part]) -> list[Button]:
    """The buttons among these parts."""
    return [button for part in parts if isinstance(part, Buttons) for button in part.buttons]
