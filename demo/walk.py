"""Brings the people of any scheme to where its demo begins, by what the scheme asks of them next: whatever its file
says comes about by the clicks that its members and its office would make."""

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import Connection as Db

from bot.dialogs import subjects
from bot.dialogs.parts import Errors, Form, Reply
from bot.lifecycle.gates import code_wanted, next_gate
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import Request
from bot.schemes.roles import Role
from bot.schemes.scheme import Power, Scheme
from bot.storage import members, pairs, people
from demo.cast import Cast, Mentee, Officer, Player
from demo.clock import TurnedClock
from demo.driver import Driver
from demo.typing_in import typed

T = TypeVar("T")

LATELY: Final = 1
DAYS_AGO: Final[Mapping[int, str]] = {12: "before", 4: "held", LATELY: "lately"}
"""When what of a walk took place, by how many days ago."""
_PAUSE: Final = timedelta(minutes=3)
_STEPS: Final = 16
"""More than any route or way in has."""


class WalkError(Exception):
    """Somebody could not do what their part in the demo asks of them: the cast and the scheme do not fit together."""


class Walk:
    """The people of one scheme. `users`: the platform's user ids by name."""

    def __init__(
        self, driver: Driver, scheme: Scheme, cast: Cast, users: Mapping[str, str], clock: TurnedClock
    ) -> None:
        self._driver = driver
        self._scheme = scheme
        self._cast = cast
        self._users = users
        self._clock = clock
        self._pairs: list[tuple[Mentee, Player]] = []

    async def before(self) -> None:
        """Mentors take part, and those who are meeting are connected, with a time for their first session."""
        for mentor in self._cast.mentors:
            await self._come_in(mentor, "mentor", whole=mentor.approved)
        for mentee in self._at("meeting"):
            await self._connected(mentee)

    async def held(self) -> None:
        """Their first session took place, and the next has a time."""
        for mentee, _ in self._pairs:
            first = (await self._pair(mentee)).sessions[0]
            await self._click(mentee, "complete", first.id)
            pair = await self._pair(mentee)
            ahead = next((each for each in pair.sessions if each.starts_at is None), None)
            if ahead is not None:
                await self._click(mentee, "schedule", ahead.id, self._meeting(days=11))
            else:
                await self._click(mentee, "add_session", pair.id, self._meeting(days=11), {"number": "2"})

    async def lately(self) -> None:
        """The others come to where the demo finds them."""
        for mentee in (*self._at("admitted"), *self._at("filed"), *self._at("asking")):
            await self._come_in(mentee, "mentee")
        for mentee in (*self._at("filed"), *self._at("asking")):
            await self._file(mentee, until="asking" if mentee.stage == "asking" else "filed")

    def _at(self, stage: str) -> tuple[Mentee, ...]:
        return tuple(each for each in self._cast.mentees if each.stage == stage)

    # --- the way in -------------------------------------------------------------------------------------------
    async def _come_in(self, who: Player, role: Role, *, whole: bool = True) -> None:
        """Gate by gate, until they take part; not `whole`: until the office has something to decide."""
        for _ in range(_STEPS):
            member = await self._member(who, role)
            gate = next_gate(member, self._scheme, self._clock()) if member else None
            waits = member is not None and member.state in ("asked", "in_review")
            if member and ((waits and not whole and member.state == "in_review") or self._is_in(member, gate)):
                return
            await self._step_in(who, role, member, gate)
        raise WalkError(f"{who.name} does not come in as {role}")

    def _is_in(self, member: Member, gate: str | None) -> bool:
        return (member.state == "approved" and gate is None) or gate == "first_request"

    async def _step_in(self, who: Player, role: Role, member: Member | None, gate: str | None) -> None:
        rules = self._scheme.roles[role]
        if member is None:
            await self._click(who, "join", role, self._typed(rules.application, who))
        elif member.state == "asked":
            await self._decide("approve_members", who, "approve_joining", member.id)
        elif member.state == "in_review":
            trained = {f"trained_on:{each.key}": self._last_month() for each in rules.trainings}
            await self._decide("approve_members", who, "approve_member", member.id, trained)
        elif gate in ("profile", "preferences"):
            await self._click(who, gate, role, self._typed(getattr(rules, gate), who))
        elif gate == "training":
            for each in rules.trainings:
                if each.key not in member.trainings:
                    about, done = subjects.training(member.id, each.key), {f"trained_on:{each.key}": self._last_month()}
                    await self._decide("record_training", who, "record_training", about, done)
        elif gate == "code" and (wanted := code_wanted(member, self._scheme)):
            await self._click(who, "agree", f"{role}:{wanted.key}")

    # --- a request --------------------------------------------------------------------------------------------
    async def _file(self, mentee: Mentee, until: str) -> None:
        """A request, and what comes of it: filed, or brought to a mentor who is asked, or connected."""
        await self._click(mentee, "request", "", self._typed(self._scheme.request, mentee))
        for _ in range(_STEPS):
            request = await self._driver.request(self._users[mentee.name])
            if request.state in ("accepted", until) or (until == "filed" and not self._still_naming(request)):
                return
            await self._step_on(mentee, request)
        raise WalkError(f"the request of {mentee.name} comes to nobody")

    def _still_naming(self, request: Request) -> bool:
        """Where mentees name mentors, a request is filed once they have."""
        return request.state == "naming"

    async def _step_on(self, mentee: Mentee, request: Request) -> None:
        mentors = await self._preferred(mentee)
        match request.state:
            case "in_review":
                await self._decide("approve_requests", mentee, "approve_request", request.id)
            case "choosing" | "naming":
                found = await self._click(mentee, "open_find", request.id)
                if not isinstance(found, Form):
                    raise WalkError(f"{mentee.name} finds no mentors")
                order = {"order": ",".join(mentors[: self._scheme.route.mentors])}
                await self._click(mentee, found.verb, found.subject, {}, {**found.carried, **order})
            case "assigning":
                await self._decide("match", mentee, "assign", subjects.choice(request.id, mentors[0]))
            case "asking":
                (asked, *_) = request.open_invitations
                await self._click(await self._who(asked.mentor), "accept", asked.id)
            case _:
                raise WalkError(f"the request of {mentee.name} is {request.state}")

    async def _connected(self, mentee: Mentee) -> None:
        await self._come_in(mentee, "mentee")
        await self._file(mentee, until="accepted")
        pair = await self._pair(mentee)
        mentor = await self._who(pair.mentor)
        for document in self._scheme.documents:
            if document.for_ == "pair":
                for who in (mentor, mentee):
                    await self._click(who, "agree", f"{pair.id}:{document.key}")
        await self._click(mentee, "schedule", pair.sessions[0].id, self._meeting(days=6))
        self._pairs.append((mentee, mentor))

    def _meeting(self, days: int) -> dict[str, Any]:
        day, sessions = (self._clock() + timedelta(days=days)).date(), self._scheme.sessions
        return {"day": day, "time": time(16, 30), "minutes": sessions.minutes, "mode": sessions.modes[0], "place": ""}

    async def _preferred(self, mentee: Mentee) -> list[str]:
        """The persons of the mentors who take part: the one they have in mind first, then by the topics they share."""
        some = [each for each in self._cast.mentors if each.approved and each.says.get("available") != "No"]
        some.sort(key=lambda each: (each.name != mentee.mentor, -len({*each.topics} & {*mentee.topics})))
        return [(await self._driver.person(self._users[each.name])).id for each in some]

    # --- pressing ---------------------------------------------------------------------------------------------
    def _typed(self, form: Any, who: Player) -> dict[str, Any]:
        number = [each.name for each in self._cast.everybody].index(who.name)
        return typed(form, who, number, self._scheme, self._users)

    async def _decide(self, power: Power, about: Player, verb: str, subject: str, values: Any = None) -> None:
        await self._click(self._officer(power, about), verb, subject, values)

    def _officer(self, power: Power, about: Player) -> Officer:
        """Whoever may decide, and is somebody else."""
        for one in self._cast.officers:
            held = one.offices or [each.key for each in self._scheme.offices]
            if one.name != about.name and any(power in self._scheme.powers_of(key) for key in held):
                return one
        raise WalkError(f"nobody of the cast has the power {power}")

    async def _click(
        self, who: Player, verb: str, subject: str, values: Any = None, carried: Mapping[str, str] | None = None
    ) -> Reply:
        reply = await self._driver.click(self._users[who.name], verb, subject, values, carried)
        if isinstance(reply, Errors):
            raise WalkError(f"{who.name} cannot {verb}: {dict(reply.fields)}")
        self._clock.turn(_PAUSE)
        return reply

    def _last_month(self) -> Any:
        return (self._clock() - timedelta(days=30)).date()

    async def _member(self, who: Player, role: Role) -> Member | None:
        id_ = (await self._driver.person(self._users[who.name])).id
        return (await self._read(lambda db: members.of(db, self._scheme.key, id_))).get(role)

    async def _pair(self, mentee: Mentee) -> Pair:
        id_ = (await self._driver.person(self._users[mentee.name])).id
        return (await self._read(lambda db: pairs.of(db, self._scheme.key, id_)))[0]

    async def _who(self, person: str) -> Player:
        name = (await self._read(lambda db: people.get(db, person))).name
        return next(each for each in self._cast.mentors if each.name == name)

    async def _read(self, look: Callable[[Db], T]) -> T:
        return await self._driver.dispatcher.database.read(look)
