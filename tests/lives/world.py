"""People of a scheme and all that they could press, sensible or not; what they did press, and what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from typing import Any, Protocol

from bot.actions import round_steps
from bot.actions.context import Channels
from bot.actions.deadlines import RULES, Rules, sweep
from bot.actions.dispatcher import Dispatcher
from bot.actions.verbs import FUNCTIONS, Function
from bot.dialogs.parts import Errors, Notice, Reply
from bot.lifecycle import planning
from bot.lifecycle.gates import next_gate
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import MOMENTS
from bot.schemes.together import Schemes
from bot.storage.database import Database
from demo.driver import Driver
from tests.lives.snapshot import Snapshot, snapshot
from tests.support.dispatchers import MONDAY

MENTEES = ("UADA", "UBEN", "UCLEO")
MENTORS = ("UMIA", "UNOOR", "UOWEN")
OFFICERS = ("UADMIN", "USECOND")
ROLES: Mapping[str, Role] = {**dict.fromkeys(MENTEES, "mentee"), **dict.fromkeys(MENTORS, "mentor")}
_FORMS: Mapping[str, Mapping[str, Any]] = {
    "join": {"why": "To learn", "office:answer": "Yes"},
    "preferences": {"ways": ("Video call",)},
    "profile": {"office:answer": "Yes", "about": "Glad", "offers": ("Leadership",), "most": 2, "free": "Yes"},
    "request": {"topics": ("Leadership",), "office:answer": "Yes"},
}


class Draw(Protocol):
    """Where chance comes from."""

    def choice(self, some: list[Any]) -> Any:
        """One of these."""


@dataclass(frozen=True)
class Press:
    """Something that somebody could press."""

    user: str
    verb: str
    subject: str = ""
    values: Mapping[str, Any] | None = None
    carried: Mapping[str, str] = field(default_factory=dict)


class World(Driver):
    """One scheme and its people. `played`: the scheme as the bot reads it; a bot that misreads a setting plays another
    one than that which the invariants hold against."""

    def __init__(
        self,
        database: Database,
        scheme: Scheme,
        played: Scheme | None = None,
        functions: Mapping[Verb, Function] = FUNCTIONS,
        rules: Rules = RULES,
    ) -> None:
        self.now = MONDAY
        self.scheme = scheme
        self.done: list[Press] = []
        self.known: dict[str, str] = {}
        self._rules = rules
        self._numbers = iter(range(10**9))
        dispatcher = Dispatcher(
            database, Schemes((played or scheme,)), lambda: self.now, self.new_id, Channels(),
            administrators=list(OFFICERS), functions=functions,
        )  # fmt: skip
        super().__init__(dispatcher)

    def new_id(self) -> str:
        """Ids in the order in which they were given out, in this scheme."""
        return f"{self.scheme.key}-{next(self._numbers):06d}"

    async def begin(self) -> None:
        """Everybody comes; people are known in every scheme."""
        for user in (*OFFICERS, *MENTEES, *MENTORS):
            met = await self.introduce(user, user.title(), f"{user.lower()}@example.org", "Europe/London")
            self.known[user] = met.id

    async def look(self) -> Snapshot:
        """Everything as it is."""
        return await self.dispatcher.database.read(lambda db: snapshot(db, self.scheme, self.now))

    async def press(self, press: Press) -> Reply:
        """Press it, and note it where it was not refused."""
        reply = await self.click(press.user, press.verb, press.subject, press.values, press.carried)
        if not refused(reply):
            self.done.append(press)
        return reply

    async def turn(self, by: timedelta, *, swept: bool = True) -> None:
        """Turn the clock; without a sweep it is an outage, and answers may come before the timers do."""
        self.now += by
        while swept and await sweep(self.dispatcher, self._rules):
            pass
        if swept:
            await round_steps.go_on(self.dispatcher)

    async def bring_in(self, user: str) -> None:
        """Somebody goes through as many gates as there are."""
        for _ in range(10):
            seen = await self.look()
            member = seen.of(self.known[user], ROLES[user])
            press = self.next_step(user, member)
            if press is None or refused(await self.press(press)):
                return

    def next_step(self, user: str, member: Member | None) -> Press | None:
        """What brings somebody one gate on; None where they are in, or it is not in their hands."""
        role = ROLES[user]
        if member is None or member.state in {"left", "turned_down"}:
            return Press(user, "join", role, _FORMS["join"])
        if member.question:
            form = "join" if member.state == "asked" else "profile"
            return Press(user, form, role, _FORMS[form])
        match "asked" if member.state == "asked" else next_gate(member, self.scheme, self.now):
            case "asked":
                return Press("UADMIN", "approve_joining", member.id)
            case "profile" | "preferences" as form:
                return Press(user, form, role, _FORMS[form])
            case "code":
                return Press(user, "agree", f"{role}:code_{role}")
            case "training":
                day = {"trained_on:course": self.now.date()}
                return Press("UADMIN", "record_training", f"{member.id}:course", day)
            case "review":
                return Press("UADMIN", "approve_member", member.id, {})
            case _:
                return None


def refused(reply: Reply) -> bool:
    """Whether nothing came of it."""
    return isinstance(reply, Errors) or (isinstance(reply, Notice) and reply.title == "Nothing has changed")


def presses(seen: Snapshot, draw: Draw) -> dict[str, list[Press]]:
    """All that could be pressed now, by verb: on what is there, by whom it is for and by others."""
    found: dict[str, list[Press]] = {}
    of_all = (_of_members(seen), _of_requests(seen, draw), _of_invitations(seen), _of_pairs(seen), _of_rounds(seen))
    for each in chain.from_iterable(of_all):
        found.setdefault(each.verb, []).append(each)
    return found


def _of_members(seen: Snapshot) -> Iterator[Press]:
    for user, role in ROLES.items():
        yield Press(user, "join", role, _FORMS["join"])
        yield Press(user, "wait_for_place", role)
        yield Press(user, "stop_waiting", role)
        yield Press(user, "leave", role)
        yield Press(user, "pause", role, {"until": (seen.now + timedelta(days=9)).date()})
        yield Press(user, "resume", role)
        yield Press(user, "preferences", role, _FORMS["preferences"])
        yield Press(user, "preferences", role, {"ways": ("In person",)})
        for free in ("Yes", "No"):
            yield Press(user, "profile", role, {**_FORMS["profile"], "free": free})
        yield from (Press(user, "agree", f"{role}:{each.key}") for each in seen.scheme.documents)
    for each in seen.members:
        office = OFFICERS[0]
        yield Press(office, "approve_joining", each.id)
        yield Press(office, "approve_member", each.id, {})
        yield Press(office, "record_training", f"{each.id}:course", {"trained_on:course": seen.now.date()})
        yield Press(office, "clarify", f"member:{each.id}", {"question": "Which year?"})
        yield Press(office, "turn_down", f"member:{each.id}", {"reply": "Not this time."})
        yield Press(office, "remove_member", each.id, {"reply": "The scheme closes."})
        yield Press(office, "undo", f"member:{each.id}")
        yield Press(office, "change_role", each.id, {"reply": ""})
    yield from _of_two(seen)


def _of_two(seen: Snapshot) -> Iterator[Press]:
    """The office keeps people apart, or pins them to each other, and thinks better of it."""
    for each in seen.members:
        for user in (*MENTEES, *MENTORS):
            yield Press(OFFICERS[0], "keep_apart", each.person, {"person": user, "reason": ""})
            yield Press(OFFICERS[0], "pin", each.person, {"person": user})
    yield from (
        Press(OFFICERS[1], "lift_pairing", f"{each.one}:{each.other}") for each in seen.pairings if not each.record
    )


def _of_requests(seen: Snapshot, draw: Draw) -> Iterator[Press]:
    mentors = [each.person for each in seen.members if each.role == "mentor"]
    for user in MENTEES:
        yield from (Press(user, "invite_somebody", "", {"person": other}) for other in (*MENTORS, *MENTEES))
        yield Press(user, "request", "", _FORMS["request"])
        yield Press(user, "request", "", {**_FORMS["request"], "manager": draw.choice([*MENTORS])})
    yield from (Press(OFFICERS[0], "undo", f"request:{each}") for each in seen.requests)
    for each in seen.going_on():
        mentee, office = seen.users[each.mentee], OFFICERS[0]
        yield Press(mentee, "request", each.id, _FORMS["request"])
        yield Press(mentee, "request", each.id, {**_FORMS["request"], "manager": draw.choice([*MENTORS])})
        yield Press(mentee, "withdraw", each.id)
        for by in (mentee, draw.choice([*MENTEES])):
            order = {"order": ",".join(_some(mentors, draw))}
            yield Press(by, "send", each.id, carried=order)
            yield Press(by, "name_mentors", each.id, carried=order)
        yield Press(office, "approve_request", each.id)
        yield Press(office, "clarify", f"request:{each.id}", {"question": "Which year?"})
        yield Press(office, "turn_down", f"request:{each.id}", {"reply": "Not this time."})
        yield Press(office, "give_back", each.id, {"words": "Whom else?"})
        yield from (Press(office, "assign", f"{each.id}:{mentor}") for mentor in mentors)
        yield from (Press(user, "offer", each.id) for user in MENTORS)


def _of_rounds(seen: Snapshot) -> Iterator[Press]:
    """The office has mentors found for many at once, changes what comes of it, and publishes it or not."""
    yield Press(OFFICERS[0], "run_round", "")
    for each in seen.rounds:
        for mentor in seen.members:
            if mentor.role == "mentor":
                yield Press(OFFICERS[1], "set_round_places", f"{each.id}:{mentor.person}", {"places": 1})
        yield Press(OFFICERS[1], "run_round", each.id)
        yield Press(OFFICERS[0], "publish_round", f"{each.id}:{each.run}", {"day": None, "time": None, "place": ""})
        yield Press(OFFICERS[0], "drop_round", each.id)


def _some(of: list[str], draw: Draw) -> list[str]:
    picked = [draw.choice(of) for _ in range(draw.choice([1, 2, 3]))] if of else []
    return list(dict.fromkeys(picked))


def _of_invitations(seen: Snapshot) -> Iterator[Press]:
    for each in seen.invitations.values():
        request = seen.requests[each.request]
        asked, other = (request.mentee, each.mentor) if each.asker == "mentor" else (each.mentor, request.mentee)
        for person in (asked, asked, other):
            yield Press(seen.users[person], "accept", each.id)
            yield Press(seen.users[person], "decline", each.id, {"reason": ""})
            yield Press(seen.users[person], "undo", f"invitation:{each.id}")
        yield from (
            Press(seen.users[asked], "suggest_colleague", each.id, {"person": user}) for user in (*MENTORS, *MENTEES)
        )
        yield Press(seen.users[asked], "offer_conversation", each.id)
        yield Press(seen.users[other], "write", each.id, {"message": "When?"})
        yield Press(seen.users[each.mentor], "take_back_offer", each.id)


def _of_pairs(seen: Snapshot) -> Iterator[Press]:
    for each in seen.pairs.values():
        for person in (each.mentee, each.mentor):
            user = seen.users[person]
            yield from (Press(user, "agree", f"{each.id}:{one.key}") for one in each.terms.documents)
            meeting = {
                "day": (seen.now + timedelta(days=1)).date(), "time": seen.now.time(), "minutes": 60, "place": "",
            }  # fmt: skip
            for session in each.sessions:
                yield Press(user, "schedule", session.id, meeting)
                yield Press(user, "complete", session.id)
                yield Press(user, "confirm_session", session.id)
                yield Press(user, "cancel_session", session.id, {"note": ""})
                yield Press(user, "not_held", session.id, {"note": ""})
                yield Press(user, "moved", session.id, meeting)
            year = {f"day:{n}": (seen.now + timedelta(weeks=4 * n + 1)).date() for n in range(3)}
            marker = str(planning.marker(each))
            yield Press(user, "plan_year", each.id, year, {"marker": marker, "time": "10:30:00", "minutes": "60"})
            yield Press(user, "confirm_all", f"{each.id}:{marker}")
            number = {"number": str(len(each.sessions) + 1)}
            yield Press(user, "add_session", each.id, meeting, number)
            yield Press(user, "rest", each.id, {"until": (seen.now + timedelta(days=9)).date()})
            yield Press(user, "go_on", each.id)
            yield Press(user, "ask_more_time", each.id)
            yield Press(user, "agree_more_time", each.id)
            yield Press(user, "ask_another_mentor", each.id, {"reason": ""})
            yield Press(user, "take_back_another", each.id)
            yield Press(user, "remove_connection", each.id, {"reason": ""})
            yield Press(user, "complete_connection", each.id)
        yield from _of_evidence(seen, each) if seen.scheme.sheets else ()
        yield Press(OFFICERS[0], "answer_another", each.id, {"words": "Let us talk."})
        yield Press(OFFICERS[0], "end_connection", each.id, {"reply": ""})
        longer = {"until": (seen.now + timedelta(days=400)).date(), "reply": "As you asked."}
        yield Press(OFFICERS[0], "extend", each.id, longer)
        yield Press(OFFICERS[0], "undo", f"pair:{each.id}")


def _of_evidence(seen: Snapshot, pair: Pair) -> Iterator[Press]:
    """What is asked of the two and what they can show, by them and by the office, which it is not for."""
    answers = {"confidence": 3, "stays": "Yes", "times": ("Mornings",)}
    for user in (seen.users[pair.mentee], seen.users[pair.mentor], OFFICERS[0]):
        yield from (Press(user, "fill_in_sheet", f"survey:{pair.id}:{each}", answers) for each in MOMENTS)
        yield Press(user, "bring_portfolio", pair.id)
        yield Press(user, "bring_hours", "all")


def sensible(seen: Snapshot, draw: Draw) -> list[Press]:
    """What brings a request or a pair on, for one of the mentees."""
    user = draw.choice([*MENTEES])
    mine = [each for each in seen.going_on() if seen.users[each.mentee] == user]
    pairs = [each for each in seen.pairs.values() if each.state == "active" and seen.users[each.mentee] == user]
    if pairs and draw.choice([True, False]):
        on, off = {"agree", "schedule", "complete"}, {"remove_connection", "complete_connection"}
        shown = {"fill_in_sheet", "bring_portfolio"}
        steps = draw.choice([shown, on, on, shown, off] if seen.scheme.sheets else [on, on, on, off])
        return [each for each in _of_pairs(seen) if each.verb in steps and _about(each, pairs[0])]
    if not mine:
        return [Press(user, "request", "", _FORMS["request"])]
    request = mine[0]
    free = [each.person for each in seen.members if each.role == "mentor" and each.state == "approved"]
    order = {"order": ",".join(_some(free, draw))}
    match request.state:
        case "in_review":
            return [Press(OFFICERS[0], "approve_request", request.id)]
        case "clarifying":
            return [Press(user, "request", request.id, _FORMS["request"])]
        case "choosing" | "naming" as state:
            offers = [Press(each, "offer", request.id) for each in MENTORS]
            return [Press(user, "send" if state == "choosing" else "name_mentors", request.id, carried=order), *offers]
        case "assigning":
            if draw.choice([True, False]):
                return [each for each in _of_rounds(seen) if each.verb in {"run_round", "publish_round"}]
            return [Press(OFFICERS[0], "assign", f"{request.id}:{mentor}") for mentor in free]
        case _:
            open_ = {each.id for each in seen.listed(request.id) if each.state == "open"}
            return [each for each in _of_invitations(seen) if each.subject in open_]


def _about(press: Press, pair: Pair) -> bool:
    return bool({*press.subject.split(":")} & {pair.id, *(each.id for each in pair.sessions)})
