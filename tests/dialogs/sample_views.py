"""Views of invented people in every state that words can show, with the shipped scheme."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

from bot.dialogs.view_models.choosing import (
    ColleagueView,
    Directory,
    InDirectory,
    Look,
    Ranked,
    RankedSeeker,
    Seekers,
    Shortlist,
)
from bot.dialogs.view_models.decisions import Decision
from bot.dialogs.view_models.home import HomeView
from bot.dialogs.view_models.members import MemberView, PlaceList, TalkView
from bot.dialogs.view_models.office import Figures, Waiting, WaitingList
from bot.dialogs.view_models.offices import Holder, OfficeList, OfficeView
from bot.dialogs.view_models.pairs import AnotherView, PairView
from bot.dialogs.view_models.requests import Asked, InvitationView, RequestView, WrittenView
from bot.dialogs.view_models.sessions import PlanView, Proposals, SessionView
from bot.dialogs.view_models.sheets import FeedbackView
from bot.dialogs.view_models.standing import LeavingView, StandingView
from bot.lifecycle.attention import Need
from bot.lifecycle.colleagues import Colleague
from bot.lifecycle.documents import Consent
from bot.lifecycle.exchange import Written
from bot.lifecycle.figures import Met
from bot.lifecycle.member import Member, MemberState
from bot.lifecycle.offices import Holding
from bot.lifecycle.pairs import Because, Pair, Session
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.lifecycle.planning import Day
from bot.lifecycle.request import Invitation, InvitationState, Request, RequestState
from bot.lifecycle.sessions import Meeting
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.step import Refused
from bot.lifecycle.talks import Talk
from bot.lifecycle.terms import Terms
from bot.lifecycle.undoing import FOR
from bot.matching.criteria import Seeker
from bot.matching.ranking import Candidate, rank
from bot.schemes.loading import load
from bot.schemes.period import period
from bot.schemes.roles import Role
from bot.schemes.scheme import Power, Scheme
from tests.support.schemes import with_role, with_sheets, without_training

SCHEME = load("british_cardiovascular_society")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DUE = NOW + timedelta(days=5)

AMARA = Person("amara", "slack", "T0", "U0AMARA", "Dr Amara Okafor", "amara@example.org", "Europe/London")
KATHERINE = Person(
    "katherine", "slack", "T0", "U0KATHERINE", "Prof. Katherine Bell", "katherine@example.org", "America/New_York"
)
THIJS = Person("thijs", "slack", "T0", "U0THIJS", "Thijs de Vries", "thijs@example.org", "Europe/Amsterdam")
DEVI = Person("devi", "slack", "T0", "U0DEVI", "Devi Rao", None, "Europe/London")
RUTH = Person("ruth", "slack", "T0", "U0RUTH", "Ruth Adeyemi", "ruth@example.org", "Europe/London")
MENTORS = (KATHERINE, THIJS, DEVI)

TOPICS = ["Career progression, early career", "Leadership", "Wellbeing"]
ANSWERS = {
    "topics": TOPICS,
    "foremost": ["Leadership"],
    "current_post": "Specialist registrar, St Aldate’s",
    "year": "ST7",
    "sought": "Somebody who has led a department & kept <their> weekends.",
    "gender": "Woman",
    "location": "Leeds",
}
PREFERENCES = {"ways": ["Video call"], "mentor_gender": "A woman", "mentor_region": "Anywhere", "times": ["Mornings"]}
PROFILE = {
    "current_role": "Consultant cardiologist, St Aldate’s",
    "about": "Twenty years in, and still curious.",
    "expertise": {"Leadership": 5, "Wellbeing": 3},
    "gender": "A woman",
    "region": "London",
    "mentees_at_most": 2,
}
OFFICER = Actor(RUTH.id, frozenset({"approve_members", "approve_requests", "record_training", "manage_members"}))
"""Somebody of the office whom nothing here is about."""
QUESTION = "Which hospital are you at?"
FAREWELL = "Thank you both. The scheme closes this year."
WHY = "We have little in common."
REPLY = "The places of this year are for trainees near CCT. Do ask again next year."


def scheme(**changes: Any) -> Scheme:
    """The shipped scheme with other settings; a dict changes settings within a table."""
    update = {
        key: getattr(SCHEME, key).model_copy(update=value) if value and isinstance(value, dict) else value
        for key, value in changes.items()
    }
    return SCHEME.model_copy(update=update)


UNHURRIED = without_training(
    scheme(
        route={"reply_within": period("P21D"), "on_silence": "ask_next", "mentors": 2},
        words={"office": "Mentoring Desk"},
        documents=(SCHEME.documents[0].model_copy(update={"key": "contract", "called": "learning contract"}),),
        approvals={"within": None},
        sessions={"expected": None, "length": None, "modes": ("Video call",), "minutes_at_most": 90, "advice": None},
        contact_details={"connected": "none"},
        capacity={"recommended": None, "own_limit_field": None},
    )
)
"""A scheme of other habits: nothing of the first may be left in its words."""


UNMET = {"membership_number": "1234", "stage": "Something else"}


def member(role: Role = "mentor", state: MemberState = "approved", held: Scheme = SCHEME, **more: Any) -> MemberView:
    """A membership with everything filled in."""
    person = KATHERINE if role == "mentor" else AMARA
    filled = Member(
        f"m-{role}", held.key, person.id, role, state, NOW - 2 * DAY, {"membership_number": "1234"},
        preferences=PREFERENCES, profile=PROFILE if role == "mentor" else None, waiting_since=NOW - DAY,
        trainings={"training": date(2026, 9, 1)} if role == "mentor" else {}, revision=1,
    )  # fmt: skip
    return MemberView(held, replace(filled, **more), person, NOW)


def members(held: Scheme = SCHEME) -> dict[str, MemberView]:
    """Memberships in every state."""
    new: dict[str, Any] = {"preferences": None, "profile": None, "trainings": {}}
    found: dict[str, MemberView] = {}
    on_list: dict[str, Any] = {"place_wanted_since": NOW - 3 * DAY, "waiting_since": None}
    roles: tuple[Role, ...] = ("mentee", "mentor")
    for role in roles:
        found |= {
            f"{role} asks": member(role, "asked", held, **new),
            f"{role} is asked back": member(role, "asked", held, question=QUESTION, waiting_since=None, **new),
            f"{role} let in": member(role, "admitted", held, **new),
            f"{role} turned down": member(role, "turned_down", held, reply=REPLY, **new),
            f"{role} approved": member(role, "approved", held),
            f"{role} waits for a place": member(role, "waiting", held, **on_list, **new),
            f"{role} has a place held": member(role, "waiting", held, place_held_until=NOW + 7 * DAY, **on_list, **new),
            f"{role} has a place held, asks": member(role, "asked", held, place_held_until=NOW + 7 * DAY, **new),
            f"{role} has left": member(role, "left", held, waiting_since=None),
            f"{role} taken out": member(role, "left", held, waiting_since=None, reply=REPLY),
        }
    return found | {
        "mentee asks, a criterion not met": member("mentee", "asked", held, joining=UNMET, **new),
        "mentee let in, preferences given": member("mentee", "admitted", held),
        "mentor let in, profile given": member("mentor", "admitted", held, preferences=None),
        "mentor in review": member("mentor", "in_review", held, trainings={}),
        "mentor in review, asked back": member("mentor", "in_review", held, question=QUESTION, trainings={}),
        "mentor approved, training to come": member("mentor", "approved", held, trainings={}),
        "mentor paused, silent twice": member("mentor", "approved", held, paused_until=NOW + 90 * DAY, silences=2),
        "mentor resting": member("mentor", "approved", held, rests_until=NOW + 14 * DAY),
        "mentor's profile turned down": member("mentor", "turned_down", held, reply=REPLY),
    }


def offices(held: Scheme = SCHEME) -> dict[str, OfficeView]:
    """An office that was given or taken."""
    return {"first office": OfficeView(held, held.offices[0], RUTH)}


def office_list(held: Scheme = SCHEME, *, nobody: bool = False) -> OfficeList:
    """The offices: one holder by the settings, one in chat, one who cannot be spared, and more; or nobody."""
    key = held.offices[0].key
    made = [
        Holder(Holding(KATHERINE.id, key, NOW - DAY, "settings"), KATHERINE, Refused("by_settings")),
        Holder(Holding(RUTH.id, key, NOW, "chat"), RUTH, None),
        Holder(Holding(DEVI.id, key, NOW, "chat"), DEVI, Refused("last_holder", {"power": "approve members"})),
    ]
    for number in range(1, 12):
        thijs = replace(THIJS, id=f"p{number}", name=f"Thijs {number}")
        made.append(Holder(Holding(thijs.id, key, NOW, "chat"), thijs, None))
    return OfficeList(held, {each.key: () if nobody else tuple(made) for each in held.offices})


def place_lists(held: Scheme = SCHEME) -> dict[str, PlaceList]:
    """Those who wait for a place: nobody, one, some, a page of several."""
    some = [members(held)[name] for name in ("mentee has a place held", "mentor waits for a place")]
    return {
        "nobody waits": PlaceList(held, (), 0),
        "one waits": PlaceList(held, (some[1],), 1),
        "some wait": PlaceList(held, tuple(some), 2),
        "second of three pages": PlaceList(held, tuple(some), 1070, 1, 3, 26),
    }


def ways_out(held: Scheme = SCHEME) -> dict[str, LeavingView]:
    """Memberships that may end, with more and less that hangs on them."""
    mentee, mentor = member("mentee", "approved", held), member("mentor", "approved", held)
    return {
        "mentee, nothing under way": LeavingView(held, mentee.member, AMARA),
        "mentee, all under way": LeavingView(held, mentee.member, AMARA, (KATHERINE,), 1),
        "mentor, all under way": LeavingView(held, mentor.member, KATHERINE, (AMARA, RUTH), 2),
        "mentor, one is asking": LeavingView(held, mentor.member, KATHERINE, (), 1),
    }


_LISTS: dict[RequestState, tuple[InvitationState, ...]] = {
    "asking": ("declined", "open", "queued"),
    "accepted": ("declined", "accepted", "not_needed"),
    "expired": ("declined", "expired", "not_needed"),
    "withdrawn": ("withdrawn", "not_needed", "not_needed"),
}


def request(
    state: RequestState = "in_review",
    states: tuple[InvitationState, ...] | None = None,
    held: Scheme = SCHEME,
    approved: bool = True,
    offered: int = 0,
    **more: Any,
) -> RequestView:
    """A request in that state with a list that fits it. `offered`: the position of an offer."""
    listed = _LISTS.get(state, ()) if states is None else states
    invitations = tuple(_invitation(n, each, held) for n, each in enumerate(listed, 1))
    invitations = tuple(replace(each, asker="mentor") if each.position == offered else each for each in invitations)
    made = Request(
        "r1", held.key, AMARA.id, state, ANSWERS, NOW - DAY, invitations=invitations,
        question=QUESTION if state == "clarifying" else None, reply=REPLY if state == "turned_down" else None,
        waiting_since=NOW - DAY if state in {"in_review", "assigning"} else None,
        approved_at=NOW - DAY if approved and state not in {"in_review", "clarifying", "turned_down"} else None,
    )  # fmt: skip
    asked = tuple(Asked(each, MENTORS[each.position - 1]) for each in invitations)
    return RequestView(held, made, AMARA, asked, NOW, **more)


def _invitation(position: int, state: InvitationState, held: Scheme) -> Invitation:
    asked = state not in {"queued", "not_needed"}
    window = held.route.reply_within
    due_at = window.after(NOW) if window and asked else None
    reason = "Two mentees already" if state == "declined" else None
    return Invitation(
        f"i{position}", MENTORS[position - 1].id, position, state, NOW if asked else None, due_at, reason=reason
    )


def requests(held: Scheme = SCHEME) -> dict[str, RequestView]:
    """Requests in every state."""
    states: tuple[RequestState, ...] = (
        "in_review", "clarifying", "choosing", "assigning", "asking", "accepted", "turned_down", "withdrawn",
        "expired",
    )  # fmt: skip
    return {each: request(each, held=held) for each in states} | {
        "in_review, with a mentor": request(held=held, mentors_now=1),
        "choosing, without a review": request("choosing", held=held, approved=False),
        "assigning, all have failed": request("assigning", ("declined", "expired", "unavailable"), held),
        "asking two at once": request("asking", ("open", "open", "queued"), held),
        "naming": request("naming", held=held, approved=False),
        "naming again": request("naming", ("declined", "expired", "unavailable"), held),
        "asking, with an offer": request("asking", ("open", "open"), held, offered=2),
        "accepted, an offer": request("accepted", ("accepted",), held, offered=1),
        "asking, the first named was passed over": request("asking", ("unavailable", "open", "queued"), held),
        "choosing again": request("choosing", ("declined", "declined", "unavailable"), held),
    }


def invitation(
    state: InvitationState = "open", position: int = 1, held: Scheme = SCHEME, load: int = 0, **more: Any
) -> InvitationView:
    """An invitation as its mentor sees it; who was asked before has declined."""
    before: list[InvitationState] = ["declined"] * (position - 1)
    after: list[InvitationState] = ["queued"] * (3 - position)
    states = (*before, state, *after)
    asked = request("asking", states, held).request
    one = replace(asked.invitations[position - 1], **more)
    listed = tuple(one if each.id == one.id else each for each in asked.invitations)
    asked = replace(asked, invitations=listed)
    return InvitationView(held, asked, one, AMARA, MENTORS[position - 1], NOW, load)


def _undoable(view: InvitationView) -> InvitationView:
    one = replace(view.invitation, undo_until=NOW + FOR)
    return replace(view, request=replace(view.request, invitations=(one, *view.request.invitations[1:])))


def invitations(held: Scheme = SCHEME) -> dict[str, InvitationView]:
    """Invitations in every state."""
    silent = invitation("open", 2, held)
    before = replace(silent.request.invitations[0], state="expired")
    silent = replace(silent, request=replace(silent.request, invitations=(before, *silent.request.invitations[1:])))
    states: tuple[InvitationState, ...] = ("accepted", "declined", "expired", "withdrawn", "unavailable", "not_needed")
    unsaid = invitation(held=held)
    route = held.route.model_copy(update={"suggestions": True, "invites": True})
    suggests = invitation("declined", held=held.model_copy(update={"route": route}))
    return {
        "declined, who may suggest a colleague": suggests,
        "declined a moment ago, who may suggest a colleague": _undoable(suggests),
        "open": invitation(held=held),
        "open, the office asks and nothing was said": replace(unsaid, request=replace(unsaid.request, answers={})),
        "open, third and last": invitation("open", 3, held),
        "open, the one before was silent": silent,
        "open, two mentees": invitation(held=held, load=2),
        "open, talk offered": invitation(held=held, talk_offered_at=NOW),
        "open, last day": invitation(held=held, due_at=NOW + timedelta(hours=3)),
        "open, time just over": invitation(held=held, due_at=NOW),
        "open, no window": invitation(held=held, due_at=None),
        "declined a moment ago": invitation("declined", held=held, undo_until=NOW + FOR),
        **{each: invitation(each, held=held) for each in states},
    }


def offer(state: InvitationState = "open", held: Scheme = SCHEME, **more: Any) -> InvitationView:
    """Katherine's offer to Amara, who was about to choose."""
    asked = request("choosing", (state,), held).request
    one = replace(asked.invitations[0], asker="mentor", seat=None, **more)
    whole = replace(asked, invitations=(one,))
    if state in {"accepted", "withdrawn"}:
        whole = replace(whole, state="accepted" if state == "accepted" else "withdrawn")
    return InvitationView(held, whole, one, AMARA, KATHERINE, NOW, 0, member("mentor", "approved", held).member)


def offers(held: Scheme = SCHEME) -> dict[str, InvitationView]:
    """Offers in every state."""
    found_another = offer("withdrawn", held)
    accepted = replace(found_another.request, state="accepted")
    states: tuple[InvitationState, ...] = ("open", "accepted", "declined", "expired", "withdrawn", "unavailable")
    return {each: offer(each, held) for each in states} | {
        "withdrawn, another found": replace(found_another, request=accepted),
        "open, no window": offer(held=held, due_at=None),
        "open, last day": offer(held=held, due_at=NOW + timedelta(hours=3)),
        "declined a moment ago": offer("declined", held, undo_until=NOW + FOR),
    }


def seekers(held: Scheme = SCHEME) -> dict[str, Seekers]:
    """Who seeks a mentor: two, a page of many, nobody."""
    match = shortlist(held).shown[0].match
    ruth = replace(request("asking", (), held).request, id="r2", mentee=RUTH.id, answers={"topics": ["Wellbeing"]})
    rows = (
        RankedSeeker(request("choosing", held=held).request, AMARA, match),
        RankedSeeker(ruth, RUTH, replace(match, preferences=(), percent=40)),
    )
    return {
        "two": Seekers(held, rows, 2, 0, 1),
        "second of three pages": Seekers(held, rows, 20, 1, 3),
        "nobody": Seekers(held, (), 0, 0, 1),
    }


def messages(held: Scheme = SCHEME) -> dict[str, WrittenView]:
    """Messages inside an invitation and inside an offer, for the one and for the other."""
    contact = held.contact_details.model_copy(update={"before_acceptance": "messages"})
    held = held.model_copy(update={"contact_details": contact})
    texts = ((AMARA, "Do you meet *in the evening*?"), (KATHERINE, "I do; on Tuesdays, mostly."))
    both = tuple(
        Written(f"w{n}", held.key, "i1", who.id, NOW - DAY + timedelta(hours=n), text)
        for n, (who, text) in enumerate(texts)
    )
    asked, offered = replace(invitation(held=held), exchange=both), replace(offer(held=held), exchange=both)
    over = replace(invitation("declined", held=held), exchange=both)
    return {
        "to the mentor who is asked": WrittenView(asked, both[0], KATHERINE),
        "to the mentee": WrittenView(asked, both[1], AMARA),
        "to the mentee who has an offer": WrittenView(offered, both[1], AMARA),
        "to the mentor who offers": WrittenView(offered, both[0], KATHERINE),
        "decided": WrittenView(over, both[0], KATHERINE),
    }


def written_to(held: Scheme = SCHEME) -> RequestView:
    """A request inside whose open invitation messages have passed."""
    view = messages(held)["to the mentee"].invitation
    asked = request("asking", ("open", "queued"), view.scheme)
    return replace(asked, exchanges={"i1": view.exchange})


_AGREED = {"nobody": (), "mentee": (AMARA,), "mentor": (KATHERINE,), "both": (AMARA, KATHERINE)}


def pair(viewer: Person = AMARA, agreed: str = "both", session: Session | None = None, **more: Any) -> PairView:
    """A pair of Amara and Katherine, as one of them sees it. agreed: nobody, mentee, mentor or both."""
    held: Scheme = more.pop("held", SCHEME)
    length = held.sessions.length
    terms = Terms.of(held)
    made = Pair(
        "c1", held.key, "r1", "i1", AMARA.id, KATHERINE.id, "active", terms, NOW - DAY,
        length.after(NOW - DAY) if length else None,
        tuple(Consent(terms.documents[0].key, each.id, NOW) for each in _AGREED[agreed]),
        (session or Session("s1", 1),),
    )  # fmt: skip
    asked = request("accepted", ("accepted", "not_needed"), held).request
    profile = member("mentor", "approved", held).member
    return PairView(held, replace(made, **more), AMARA, KATHERINE, viewer.id, NOW, asked, profile)


def planned(hours: float, revision: int = 1) -> Session:
    """A session with a time, so many hours from now."""
    return Session(
        "s1", 1, "scheduled", NOW + timedelta(hours=hours), 60, "Video call", "https://meet.example.org", revision
    )


MEETING = Meeting(NOW + 10 * DAY, 60, "Video call", "https://meet.example.org")
DAYS = (
    Day(date(2026, 12, 3)),
    Day(date(2027, 1, 7), date(2026, 12, 31), "New Year’s Eve"),
    Day(date(2027, 2, 4), date(2027, 1, 28)),
)


def plan(view: PairView) -> PlanView:
    """A plan of the pair's year, in which one day less fits than was wanted."""
    return PlanView(view, MEETING, DAYS, len(DAYS) + 1)


def plans(view: PairView) -> dict[str, PlanView]:
    """The same, as far as the two's own calendars are looked at."""
    looked_at = replace(plan(view), wanted=len(DAYS), looked_until=datetime(2027, 11, 24, tzinfo=UTC))
    return {
        "calendars waited for": replace(looked_at, waits_for=("ada@example.org", "bea@example.org")),
        "calendars looked at": looked_at,
        "calendars looked at so far": replace(looked_at, looked_until=datetime(2027, 1, 10, tzinfo=UTC)),
        "one calendar unknown": replace(looked_at, unknown=(view.other,)),
        "no calendar known": replace(looked_at, unknown=(view.me, view.other)),
        "others busy": replace(looked_at, wanted=4, crowded=True),
    }


DONE = replace(planned(-48), state="completed")


def pairs(held: Scheme = SCHEME) -> dict[str, PairView]:
    """Pairs in every state, seen by either."""
    year = tuple(
        replace(planned(24 * 30 * n), id=f"s{n}", number=n, set_by=KATHERINE.id, confirmed_at=NOW if n == 2 else None)
        for n in range(1, 5)
    )
    sessions = {
        "no time yet": None, "session ahead": planned(30), "session under way": planned(-0.5),
        "session over": planned(-5), "session completed": DONE,
    }  # fmt: skip
    found: dict[str, PairView] = {}
    for who, viewer in (("mentee", AMARA), ("mentor", KATHERINE)):
        found |= {f"{who}: agreed by {each}": pair(viewer, each, held=held) for each in ("nobody", "mentee", "mentor")}
        found |= {f"{who}: {name}": pair(viewer, session=one, held=held) for name, one in sessions.items()}
        five = tuple(replace(DONE, id=f"s{n}", number=n) for n in range(1, 6))
        found[f"{who}: the year planned"] = pair(viewer, held=held, sessions=year)
        other = KATHERINE if viewer == AMARA else AMARA
        found[f"{who}: asked for more time"] = pair(viewer, held=held, more_time_by=other.id, ends_at=NOW + 60 * DAY)
        asks = held.model_copy(update={"pairs": held.pairs.model_copy(update={"another_mentor": "office"})})
        found[f"{who}: another mentor can be asked for"] = pair(viewer, held=asks)
        found[f"{who}: asked for another mentor"] = pair(viewer, held=held, another_asked_at=NOW, another_reason=WHY)
        found[f"{who}: another mentor, answered"] = pair(viewer, held=held, another_reply=REPLY)
        found[f"{who}: with more time"] = pair(viewer, held=held, extended_at=NOW, ends_at=NOW + 240 * DAY)
        found[f"{who}: resting"] = pair(viewer, held=held, rests_until=NOW + 30 * DAY)
        found[f"{who}: five completed"] = pair(viewer, held=held, sessions=five)
        found |= {f"{who}: {name}": pair(viewer, held=held, **how) for name, how in _endings(viewer).items()}
        replaced = found[f"{who}: ended by the office"]
        for state in ("asking", "accepted"):
            found[f"{who}: replaced, {state}"] = replace(replaced, next_request=request(state, held=held).request)
        found[f"{who}: by an offer"] = pair(viewer, "nobody", held=held, origin="offer")
        found[f"{who}: without a request"] = replace(pair(viewer, held=held, origin="assignment"), request=None)
    return found


def talks(held: Scheme = SCHEME) -> dict[str, TalkView]:
    """Somebody who would like to talk first, before and after."""
    one = Talk("t1", held.key, AMARA.id, NOW - 2 * DAY, "Is it for me?")
    seen = TalkView(held, one, AMARA, None, NOW)
    done = replace(one, done_at=NOW, done_by=RUTH.id)
    late = replace(one, asked_at=NOW - 90 * DAY, words=None)
    return {
        "asked": seen, "long ago, without a word": replace(seen, talk=late, person=replace(AMARA, email=None)),
        "done": replace(seen, talk=done, by=RUTH),
    }  # fmt: skip


def colleagues(held: Scheme = SCHEME) -> dict[str, ColleagueView]:
    """Somebody who is thought of, by a mentee or by a mentor, at every point of the way."""
    one = Colleague("k1", held.key, AMARA.id, DEVI.id, AMARA.id, NOW, "asked")
    seen = ColleagueView(held, one, AMARA, DEVI, AMARA, None, NOW)
    by_mentor = replace(seen, by=KATHERINE, colleague=replace(one, by=KATHERINE.id, invitation="i1"))
    found: dict[str, ColleagueView] = {}
    for who, view in (("by the mentee", seen), ("by a mentor", by_mentor)):
        for state in ("asked", "refused", "joined", "suggested"):
            found[f"{who}: {state}"] = replace(view, colleague=replace(view.colleague, state=state))
    return found


def another_mentor(held: Scheme = SCHEME) -> dict[str, AnotherView]:
    """Mentees who have asked for another mentor, as whoever matches sees them."""
    going_on = pair(AMARA, held=held).pair
    asked = replace(going_on, another_asked_at=NOW - 2 * DAY, another_reason=WHY)
    viewer = Actor(RUTH.id, frozenset({"match", "manage_members"}))
    seen = {
        "asked": asked,
        "long ago, without a word": replace(asked, another_asked_at=NOW - 90 * DAY, another_reason=None),
        "taken back": going_on, "ended": replace(asked, state="ended", another_asked_at=None),
    }  # fmt: skip
    found = {name: AnotherView(held, one, AMARA, KATHERINE, viewer, NOW) for name, one in seen.items()}
    matches = Actor(RUTH.id, frozenset({"match"}))
    return found | {"asked, to one who ends nothing": replace(found["asked"], viewer=matches)}


def _endings(viewer: Person) -> dict[str, dict[str, Any]]:
    """Every way in which a pair ends."""
    other = KATHERINE if viewer == AMARA else AMARA
    four = tuple(replace(DONE, id=f"s{n}", number=n) for n in range(1, 5))
    off = replace(planned(30), state="called_off")
    over: dict[str, Any] = {"state": "ended", "ended_at": NOW}
    return {
        "ended": {"state": "ended"},
        "removed by the other": {**over, "end": "removed", "ended_by": other.id, "reason": "We never met."},
        "the other has left": {**over, "end": "left", "ended_by": other.id},
        "removed by the reader": {**over, "end": "removed", "ended_by": viewer.id, "reason": "We never met."},
        "removed, a session was set": {**over, "end": "removed", "ended_by": other.id, "session": off},
        "completed": {**over, "end": "completed", "ended_by": other.id, "sessions": four},
        "ended by the office": {**over, "end": "office", "ended_by": RUTH.id, "reply": FAREWELL},
        "ended by the office, without words": {**over, "end": "office", "ended_by": RUTH.id},
        "time over": {**over, "end": "time"},
    }


def sessions(held: Scheme = SCHEME) -> dict[str, SessionView]:
    """Sessions in every state, as the other party sees them."""
    each = {
        "no time": Session("s1", 1), "set": planned(30), "changed": planned(54, revision=2), "over": planned(-5),
        "completed": DONE, "called off": replace(planned(30), state="called_off"),
        "bare": replace(planned(30), mode="", place=""),
        "asked to confirm": replace(planned(30), set_by=AMARA.id),
        "moved by the other": replace(
            planned(54, 2), set_by=AMARA.id, was_at=NOW + timedelta(hours=30), note="Theatre ran *late*, sorry."
        ),
        "set by the reader": replace(planned(30), set_by=KATHERINE.id, place="Room 4, by the *lifts*"),
        "confirmed": replace(planned(30), set_by=AMARA.id, confirmed_at=NOW),
        "confirmed by the other": replace(planned(30), set_by=KATHERINE.id, confirmed_at=NOW),
        "cancelled": Session("s1", 1, revision=2, set_by=AMARA.id, was_at=NOW + timedelta(hours=30), note="I am ill."),
        **{f"did not happen, {because}, says {who.first}": Session(
            "s1", 1, revision=2, set_by=who.id, was_at=NOW - timedelta(hours=5), because=because
        ) for because in get_args(Because) for who in (AMARA, KATHERINE)},
        "on its way into calendars": replace(planned(30), set_by=AMARA.id, placing="placing"),
        "in calendars, with a link to join": replace(
            planned(30), set_by=KATHERINE.id, place="", placing="placed", join_url="https://teams.example.org/l/1"
        ),
        "in no calendar that is reached": replace(planned(30), set_by=KATHERINE.id, placing="failed"),
        "its time taken": Session("s1", 1, revision=2, set_by=AMARA.id, placing="taken", taken_at=NOW + 2 * DAY),
        "its time taken, others offered": Session(
            "s1", 1, revision=2, set_by=AMARA.id, placing="taken", taken_at=NOW + 2 * DAY,
            offers=(NOW + 3 * DAY, NOW + 4 * DAY, NOW + 7 * DAY),
        ),
        "moved to a time that is taken": replace(
            planned(54, 3), set_by=AMARA.id, placing="placed", was_at=NOW + 2 * DAY, taken_at=NOW + 2 * DAY
        ),
        "moved in the calendar": replace(planned(54, 2), placing="placed", was_at=NOW + timedelta(hours=30)),
        "made longer in the calendar": replace(
            planned(54, 2), placing="placed", minutes=90, was_at=NOW + timedelta(hours=54)
        ),
        "moved in the calendar to what is over": replace(
            planned(-5, 2), placing="placed", was_at=NOW + timedelta(hours=30)
        ),
        "off in the calendar": Session("s1", 1, revision=2, was_at=NOW + timedelta(hours=30)),
        "off in the calendar, with other times": Session(
            "s1", 1, revision=2, was_at=NOW + timedelta(hours=30), offers=(NOW + 2 * DAY, NOW + 3 * DAY)
        ),
        "completed, may be corrected": replace(DONE, marked_by=AMARA.id, marked_at=NOW - DAY),
        "completed, silence agreed": replace(DONE, marked_by=AMARA.id, marked_at=NOW - 7 * DAY),
    }  # fmt: skip
    off: dict[str, Any] = {"state": "ended", "ended_at": NOW, "end": "removed", "ended_by": AMARA.id}
    return {
        name: SessionView(pair(KATHERINE, session=one, held=held, **(off if name == "called off" else {})), one)
        for name, one in each.items()
    }


def proposed(held: Scheme = SCHEME) -> dict[str, SessionView]:
    """A session whose time is chosen: the first of several times, further ones, and where there is none."""
    view, starts = sessions(held)["no time"], tuple(NOW + timedelta(days=n + 1) for n in range(5))
    far = replace(view.pair, mentee=replace(view.pair.mentee, zone="Asia/Kolkata"))
    return {
        "times that suit both": replace(view, proposals=Proposals(starts, more=True)),
        "further times, other clocks": replace(view, pair=far, proposals=Proposals(starts[:2], after=5)),
        "no time that suits both": replace(view, proposals=Proposals(())),
        "calendars are looked at": replace(
            view, proposals=Proposals(starts, calendars="waited_for", waits_for=("a", "b"))
        ),
        "both calendars are free": replace(view, proposals=Proposals(starts, calendars="looked_at")),
        "one calendar is not known": replace(
            view, proposals=Proposals(starts, calendars="looked_at", unknown=(view.pair.other,))
        ),
        "no calendar is known": replace(
            view, proposals=Proposals(starts, calendars="looked_at", unknown=(view.pair.me, view.pair.other))
        ),
    }


def standings(held: Scheme = SCHEME) -> dict[str, StandingView]:
    """A mentor who may pause: with nothing open, and with a request and a mentee."""
    mentor = replace(member("mentor", "approved", held).member, paused_until=NOW + 30 * DAY)
    one = StandingView(held, mentor, KATHERINE, NOW)
    asked, seen = invitations(held)["open"], pair(KATHERINE, held=held)
    return {"nothing open": one, "a request and a mentee": replace(one, invitations=(asked,), pairs=(seen,))}


def refreshed(held: Scheme = SCHEME) -> dict[str, MemberView]:
    """Mentors whose entry in the directory is to be confirmed, or has been."""
    yearly = held.model_copy(update={"directory": held.directory.model_copy(update={"refreshed": "01-01"})})
    one = member("mentor", "approved", yearly)
    stale = replace(one, member=replace(one.member, approved_at=NOW - 400 * DAY))
    return {"entry of last year": stale, "entry confirmed": replace(one, member=replace(one.member, confirmed_at=NOW))}


def trained(held: Scheme = SCHEME) -> dict[str, MemberView]:
    """Mentors whose training lapses in a month, or did a month ago."""
    three_years = timedelta(days=3 * 365)
    days = {"lapses": NOW - three_years + 30 * DAY, "has lapsed": NOW - three_years - 30 * DAY}
    key = held.roles["mentor"].trainings[0].key if held.roles["mentor"].trainings else "training"
    return {name: member("mentor", "approved", held, trainings={key: at.date()}) for name, at in days.items()}


def feedback(held: Scheme = SCHEME) -> dict[str, FeedbackView]:
    """What a mentee says about it."""
    sheet = next(each for each in with_sheets(SCHEME).sheets if each.offered == "afterwards" and each.about == "pair")
    answers = {sheet.fields[0].key: "She *listened*, and asked."}
    filled = FilledSheet("f2", held.key, sheet.key, "c1", AMARA.id, answers, AMARA.id, NOW)
    return {"a mentee's": FeedbackView(held, sheet, filled, AMARA, KATHERINE)}


def asked_or_offered(held: Scheme = SCHEME) -> dict[str, InvitationView]:
    """Invitations and offers in every state."""
    return {**invitations(held), **{f"offer {name}": each for name, each in offers(held).items()}}


def waiting_lists(held: Scheme = SCHEME) -> dict[str, WaitingList]:
    """What waits for the office: nothing, one case, several."""
    return {str(total): waiting_list(held, total=total) for total in (0, 1, 3)}


def late_in_the_year(held: Scheme = SCHEME) -> dict[str, PairView]:
    """Pairs in every state, ten months later."""
    return {name: replace(each, now=NOW + 300 * DAY) for name, each in pairs(held).items()}


_OPEN = {"actions": [{"what": "Ask for a day", "who": "Mentee"}, {"what": "Read", "done": True}]}


def with_actions(held: Scheme = SCHEME) -> dict[str, SessionView]:
    """A session ahead, with something open from the one before."""
    sheet = FilledSheet("f1", held.key, "actions", "s1", "both", _OPEN, AMARA.id, NOW)
    ahead = replace(planned(72), id="s2", number=2)
    seen = replace(pair(KATHERINE, held=held, sessions=(DONE, ahead)), sheets=(sheet,))
    many = [{"what": f"Write *draft* {n}", "who": ("Mentor", "Both")[n % 2]} for n in range(5)]
    lines = [*_OPEN["actions"], {"who": "Mentor"}, *many]
    several = replace(seen, sheets=(replace(sheet, answers={"actions": lines}),))
    return {
        "one open": SessionView(seen, ahead),
        "several open": SessionView(several, ahead),
        "nothing open": SessionView(replace(seen, sheets=()), ahead),
    }


def looking_back(held: Scheme = SCHEME) -> dict[str, PairView]:
    """Pairs that have ended, in a scheme that asks how it was."""
    asks = with_sheets(held)
    ended = pair(held=held, state="ended", ended_at=NOW, end="time")
    return {"ended": replace(ended, scheme=asks), "nothing is asked": ended}


def shortlist(held: Scheme = SCHEME, shown: int = 3, skipped: tuple[str, ...] = (), **others: int) -> Shortlist:
    """A list of really ranked mentors. `full`, `strangers`: so many more who are full, or meet no must."""
    people = [Candidate(person.id, _answers(n), n, 2 + n) for n, person in enumerate(MENTORS)]
    people += [Candidate(f"full{n}", _answers(0), 2, 2) for n in range(others.get("full", 0))]
    strange = {**_answers(0), "ways": ["In person"]}
    people += [Candidate(f"strange{n}", strange, 0, 2) for n in range(others.get("strangers", 0))]
    by_id = {person.id: person for person in MENTORS}
    known = people if not others.get("nobody") else people[3:]
    ranking = rank(Seeker(AMARA.id, ANSWERS, PREFERENCES, asked=others.get("asked", 0) * tuple(by_id)), known, held)
    matches = [match for match in ranking.matches if match.person not in skipped][:shown]
    entries = tuple(Ranked(match, by_id[match.person], str(PROFILE["current_role"])) for match in matches)
    entries = tuple(
        replace(each, suggested=("mentor", "mentee")[n % 2]) if each.match.pinned and n else each
        for n, each in enumerate(entries)
    )
    return Shortlist(held, request("choosing", held=held).request, entries, skipped, ranking)


def directories(held: Scheme = SCHEME) -> dict[str, Directory]:
    """The directory: nothing found, some on the list, a full list, to name from and to choose from."""
    rows = [
        InDirectory(each, str(PROFILE["current_role"]), ("Leadership", "Wellbeing"), n < 2)
        for n, each in enumerate(MENTORS)
    ]
    rows.append(InDirectory(RUTH, "", (), True, confirmed=False))
    naming, choosing = (replace(request(each, held=held).request, state=each) for each in ("naming", "choosing"))
    many = held.route.mentors
    asked, every = Look(), Look("Leadership", can_be_asked=False, page=1)
    return {
        "to name, nobody found": Directory(held, naming, (), (), asked, 0, 1),
        "to name, one on the list": Directory(held, naming, (rows[0],), (*rows[1:],), asked, 3, 1),
        "to name, list full": Directory(held, naming, tuple(rows[:many]), tuple(rows[many:]), every, 20, 3),
        "to choose": Directory(held, choosing, (rows[0],), tuple(rows[1:]), every, 3, 1),
    }


def _answers(index: int) -> dict[str, Any]:
    return {
        **PROFILE,
        "expertise": {"Leadership": 5 - index, "Wellbeing": 3},
        "ways": ["Video call"],
        "times": ["Mornings"],
    }


def _one_pinned(held: Shortlist) -> Shortlist:
    first, *others = held.shown
    return replace(held, shown=(replace(first, match=replace(first.match, pinned=True)), *others))


def shortlists(held: Scheme = SCHEME) -> dict[str, Shortlist]:
    """The list of mentors: as many as may be asked, fewer, none for each cause."""
    every = tuple(person.id for person in MENTORS)
    return {
        "three": shortlist(held),
        "one pinned": _one_pinned(shortlist(held)),
        "three of more": shortlist(held, 2),
        "two, one skipped": shortlist(held, skipped=every[:1]),
        "one": shortlist(held, skipped=every[:2], full=1),
        "all skipped": shortlist(held, skipped=every),
        "all full": shortlist(held, nobody=1, full=2),
        "none fits": shortlist(held, nobody=1, strangers=2),
        "all asked": shortlist(held, asked=1),
        "none": shortlist(held, nobody=1),
    }


def waiting_list(
    held: Scheme = SCHEME, viewer: Person = RUTH, total: int = 3, page: int = 0, pages: int = 1
) -> WaitingList:
    """What waits for the office."""
    waiting = (
        Waiting(member("mentee", "asked", held), NOW - 12 * DAY, overdue=True),
        Waiting(member("mentor", "in_review", held), NOW - 3 * DAY, overdue=False),
        Waiting(request(held=held), NOW - DAY, overdue=False),
    )[:total]  # fmt: skip
    powers: frozenset[Power] = frozenset({"approve_members", "approve_requests"})
    return WaitingList(held, waiting, total, page, pages, Actor(viewer.id, powers))


def home(me: Person = AMARA, held: Scheme = SCHEME, *roles: MemberView, **more: Any) -> HomeView:
    """A home page of somebody with these memberships."""
    return HomeView(held, me, NOW, {each.member.role: each.member for each in roles}, **more)


def many_pairs(held: Scheme = SCHEME) -> tuple[PairView, ...]:
    """More connections than are shown at once, each waiting for something else."""
    ways = [each for name, each in pairs(held).items() if name.startswith("mentor") and each.pair.state == "active"]
    return tuple(
        replace(each, pair=_another(each.pair, n), mentee=replace(each.mentee, name=f"Dr Amara Okafor {n + 1}"))
        for n, each in enumerate((*ways, *ways))
    )


def _another(pair: Pair, number: int) -> Pair:
    sessions = tuple(replace(each, id=f"{number}.{each.id}") for each in pair.sessions)
    return replace(pair, id=f"many{number}", sessions=sessions)


def long_pair(held: Scheme = SCHEME) -> PairView:
    """Two that have met for years."""
    met = tuple(replace(DONE, id=f"s{n}", number=n) for n in range(1, 21))
    return pair(AMARA, held=held, sessions=(*met, replace(planned(30), id="s21", number=21)))


def homes(held: Scheme = SCHEME) -> dict[str, HomeView]:
    """Home of everybody at every point of the way."""
    found = {f"{name}": home(each.person, held, each) for name, each in members(held).items()}
    mentee, mentor = member("mentee", "approved", held), member("mentor", "approved", held)
    found |= {f"request {name}": home(AMARA, held, mentee, request=each) for name, each in requests(held).items()}
    for name, each in pairs(held).items():
        role = mentee if each.me == AMARA else mentor
        ended = each.pair.state == "ended"
        found[f"connection, {name}"] = home(
            each.me, held, role, pairs=() if ended else (each,), earlier=(each,) if ended else ()
        )
    powers: frozenset[Power] = frozenset({"approve_members", "approve_requests", "see_reports"})
    figures = Figures(mentees=1240, mentors=1, asking=3, pairs=9, met=Met(31, 2, 8))
    return found | {
        "stranger": home(AMARA, held, places_held={"mentee": 48, "mentor": 9}),
        "stranger, all places taken": home(AMARA, held, places_held={"mentee": 60, "mentor": 9}),
        "stranger, intake closed": home(AMARA, _closed(held)),
        "stranger, here already in another place": home(AMARA, held, other_self=replace(AMARA, name="Amara Okafor")),
        "mentee, a mentor would like to talk": home(AMARA, held, mentee, request=_talk(held)),
        "mentor is asked": home(KATHERINE, held, mentor, invitations=(invitation(held=held),)),
        "mentor is asked, time over": home(KATHERINE, held, mentor, invitations=(invitation(held=held, due_at=NOW),)),
        "mentee has an offer": home(
            AMARA, held, mentee, request=request("choosing", held=held), invitations=(offer(held=held),)
        ),
        "mentor, mentees are looking": home(KATHERINE, held, mentor, seekers=3),
        "mentor has offered": home(KATHERINE, held, mentor, offers=(offer(held=held),), seekers=1),
        "a task, and with the office": home(
            KATHERINE,
            held,
            replace(member("mentee", "admitted", held), person=KATHERINE, member=_unfilled(held)),
            member("mentor", "in_review", held),
        ),
        "both roles": home(AMARA, held, mentee, mentor, request=request("asking", held=held)),
        "many connections": home(KATHERINE, held, mentor, pairs=many_pairs(held)),
        "office": home(
            RUTH,
            held,
            powers=powers,
            waiting_list=waiting_list(held),
            figures=figures,
            needs={"members": {Need.SILENT: 1}, "requests": {}, "connections": {Need.QUIET: 2, Need.ENDING: 1}},
        ),
        "office without a waiting list": home(RUTH, held, powers=powers, needs={"connections": {Need.QUIET: 1}}),
        "office, more than fits": home(
            RUTH, held, powers=powers, waiting_list=replace(waiting_list(held), total=40), figures=figures
        ),
        "stranger, who may talk first": home(
            AMARA, held.model_copy(update={"approvals": held.approvals.model_copy(update={"talk_first": True})})
        ),
        "mentor, whose entry is to be confirmed": home(
            KATHERINE, refreshed(held)["entry of last year"].scheme, refreshed(held)["entry of last year"]
        ),
        "mentee, who may invite somebody": home(
            AMARA, held.model_copy(update={"route": held.route.model_copy(update={"invites": True})}), mentee
        ),
        "office, another mentor is asked for": home(
            RUTH, held, powers=powers | {"match"}, another=(*another_mentor(held).values(),)[:1]
        ),
        "office, nothing": home(RUTH, held, powers=powers, waiting_list=waiting_list(held, total=0)),
        "office, about oneself": home(AMARA, held, mentee, powers=powers, waiting_list=waiting_list(held, AMARA)),
        "who can raise a concern": home(AMARA, held, mentee, can_raise=True),
        "who has left": home(AMARA, held, can_raise=True),
    }


def _talk(held: Scheme) -> RequestView:
    view = request("asking", held=held)
    first, *others = view.asked
    return replace(view, asked=(replace(first, invitation=replace(first.invitation, talk_offered_at=NOW)), *others))


def _unfilled(held: Scheme) -> Member:
    return replace(member("mentee", "admitted", held).member, preferences=None)


_DECIDED = {
    "admitted": "approve_joining", "in_review": "approve_joining", "approved": "approve_member",
    "turned_down": "turn_down", "choosing": "approve_request", "naming": "approve_request", "asking": "approve_request",
    "accepted": "approve_request",
}  # fmt: skip


def decided(views: Mapping[str, Any]) -> dict[str, Any]:
    """The same as the office has them on its cards: with who decided, and when."""

    def one(view: Any) -> Any:
        state = view.member.state if isinstance(view, MemberView) else view.request.state
        verb = _DECIDED.get(state)
        return replace(view, decision=Decision(RUTH.name, verb, NOW) if verb else None)

    def just_now(view: Any) -> Any:
        return replace(view, decision=replace(view.decision, can_be_undone=True))

    made = {name: one(view) for name, view in views.items()}
    undoable = ("mentee let in", "mentor approved", "mentee turned down", "choosing", "turned_down")
    return made | {f"{name}, just now": just_now(made[name]) for name in undoable if name in made}


def _closed(held: Scheme) -> Scheme:
    return with_role(with_role(held, "mentee", open=False), "mentor", open=False)
