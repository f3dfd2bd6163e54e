"""A scheme in full swing, with a case for every verb, so that who may press what can be tried on it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.dialogs import subjects
from bot.dialogs.parts import Form
from bot.lifecycle.calendars import CalendarAddress
from bot.lifecycle.colleagues import Colleague
from bot.lifecycle.files import GivenFile
from bot.lifecycle.importing import Import
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.rounds import Round
from bot.lifecycle.talks import Talk
from bot.lifecycle.terms import Terms
from bot.lifecycle.undoing import FOR
from bot.matching.ranking import Match
from bot.schemes.documents import Document
from bot.schemes.loading import load
from bot.schemes.scheme import Office as SchemeOffice
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage import (
    calendar_addresses,
    colleagues,
    concerns,
    imports,
    keyring,
    members,
    pairs,
    requests,
    rounds,
    sheets,
    talks,
)
from bot.storage.database import Database
from bot.storage.rounds import RoundRow
from tests.support.dispatchers import PREFERENCES, PROFILE, REQUEST, Office
from tests.support.post import Post
from tests.support.schemes import with_power, with_route, with_sheets
from tests.support.snapshots import Rows, engine_of, fill, rows_of

PDF = GivenFile("plan.pdf", b"%PDF-1.7 an unlikely secret")
HELPER = SchemeOffice(key="helper", title="Helper", powers=())
"""An office that may do nothing, for somebody whom nothing here concerns."""
JOINING = {"membership_number": "1234", "stage": "Something else"}


@dataclass
class Population:
    """An office and the ids of its cases, by name."""

    office: Office
    ids: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A population as it was before any test, to be had again without pressing every button anew."""

    rows: Rows
    ids: dict[str, str]
    ids_given: int
    now: datetime


_SETTLED: dict[str, _Settled] = {}


async def settle(
    database: Database, documents: tuple[Document, ...] | None = None, *, delivered: bool = False, **route: Any
) -> Population:
    """Bring everybody where the table of authority wants them, in a database without a row; `delivered`: all that they
    are told by it has reached them."""
    population = Population(Office(database, _scheme(documents, route)))
    office, which = population.office, repr((engine_of(database), documents, delivered, sorted(route.items())))
    if before := _SETTLED.get(which):
        fill(database, before.rows)
        population.ids |= before.ids
        office.ids_given, office.now = before.ids_given, before.now
        return population
    await _bring_everybody(population)
    if delivered:
        await Post(office).deliver()
    _SETTLED[which] = _Settled(rows_of(database), dict(population.ids), office.ids_given, office.now)
    return population


def _scheme(documents: tuple[Document, ...] | None, route: dict[str, Any]) -> Scheme:
    scheme = with_route(
        with_power(load("british_cardiovascular_society"), "match"), when_all_fail="office", offers=True,
        suggestions=True, invites=True, **route,
    )  # fmt: skip
    scheme = scheme.model_copy(update={"offices": (*scheme.offices, HELPER)})
    scheme = with_sheets(scheme).model_copy(update={"pay": "hours_exported"})
    several = scheme.capacity.model_copy(update={"asked_at_once": None})
    asks = scheme.pairs.model_copy(update={"another_mentor": "office", "last_agreed": True})
    talks_first = scheme.approvals.model_copy(update={"talk_first": True})
    scheme = scheme.model_copy(update={"capacity": several, "pairs": asks, "approvals": talks_first})
    return scheme if documents is None else scheme.model_copy(update={"documents": documents})


async def _bring_everybody(population: Population) -> None:
    office, ids = population.office, population.ids
    for user in ("UADMIN", "USECOND"):
        await office.meet(user)
    for mentor in ("UASKED", "UOTHER"):
        ids[f"member {mentor}"] = await office.mentor(mentor, mentees_at_most=6)
    for mentee in ("UMENTEE", "UMEMBER", "UCHOOSER", "UWAITING", "UPLACED", "UNAMER", "USECOND"):
        await _mentee(office, mentee)
    for name in ("agreed", "fresh"):
        await _send(population, "UMENTEE")
        await office.click("UASKED", "accept", await _invitation(population, "UMENTEE", "UASKED"))
        ids[name] = await _pair(population)
    for user in ("UMENTEE", "UASKED"):
        await office.click(user, "agree", f"{ids['agreed']}:agreement")
    await _send(population, "UMENTEE")
    ids["open"] = await _invitation(population, "UMENTEE", "UASKED")
    ids["queued"] = await _invitation(population, "UMENTEE", "UOTHER")
    ids["approved"] = await _approved(population, "UCHOOSER")
    for user in ("UWAITING", "USECOND"):
        await office.click(user, "request", "", REQUEST)
        ids[f"request {user}"] = await _request(population, user)
    await _to_assign(population, "UPLACED")
    await _naming(population, "UNAMER")
    await _newcomers(population)
    await _concerns(population)
    await _session(population)
    await _imported(population)
    await _on_the_list(population)
    await _import(population)
    await office.meet("UHELPER")
    await office.click("UADMIN", "appoint", HELPER.key, {"person": "UHELPER"})
    ids["UHELPER"] = await person(population, "UHELPER")
    for user in ("UOTHER", "UASKED"):
        ids[user] = await person(population, user)
    await _bulk(population)
    await _round(population)
    for user in ("USECOND", "UMENTEE"):
        ids[f"{user} id"] = await person(population, user)
    ids["member UMENTEE"] = await office.member("UMENTEE", "mentee")
    await _thought_of(population)
    await _files(population)
    await _addresses(population)
    ids["version"] = "0"
    ids["number"] = "2"
    ids |= {"marker": "2", "time": "10:30:00", "minutes": "60", "mode": "Video call"}
    ids["order"] = ",".join([ids["UOTHER"], await person(population, "UASKED")])


async def _files(population: Population) -> None:
    """A file that the two of a pair share, and one of a mentee for the office."""
    office, ids = population.office, population.ids
    paper, proof = f"papers:{ids['agreed']}", f"proof:{ids['member UMENTEE']}"
    await office.click("UMENTEE", "fill_in_sheet", paper, {"file": PDF, "why": "To read"}, {"version": "0"})
    await office.click("UMENTEE", "fill_in_sheet", proof, {"file": PDF}, {"version": "0"})
    find = partial(sheets.of, scheme_key=office.scheme.key)
    for name, about in (("paper", ids["agreed"]), ("proof", ids["member UMENTEE"])):
        (filled,) = office.dispatcher.database.read_now(partial(find, abouts=[about]))
        ids[name] = filled.answers["file"]["file"]


async def _bulk(population: Population) -> None:
    """An officer looks at what could be approved at once."""
    office = population.office
    form = await office.click("UADMIN", "open_approve_all", "members:ureviewed")
    assert isinstance(form, Form)
    population.ids["bulk"] = form.subject


async def _addresses(population: Population) -> None:
    """The two of a pair each have an address for their calendar."""
    for user in ("UMENTEE", "UASKED"):
        kept = CalendarAddress(await person(population, user), keyring.digest(user), population.office.now)
        await population.office.dispatcher.database.write(partial(calendar_addresses.save, address=kept))


async def add_offer(population: Population) -> Population:
    """A mentee to whom a mentor offers, besides; and whoever is asked can be written to."""
    office = population.office
    contact = office.scheme.contact_details.model_copy(update={"before_acceptance": "messages"})
    office.scheme = office.scheme.model_copy(update={"contact_details": contact})
    office.dispatcher.schemes = Schemes((office.scheme,))
    await seeking(population, "UOFFERED")
    await office.click("UOTHER", "offer", await _request(population, "UOFFERED"))
    population.ids["offered"] = await _invitation(population, "UOFFERED", "UOTHER")
    return population


async def seeking(population: Population, user: str) -> str:
    """A mentee whose request is approved, and who has sent it to nobody; the request's id."""
    await _mentee(population.office, user)
    return await _approved(population, user)


async def person(population: Population, user: str) -> str:
    """Somebody's id."""
    return (await population.office.person(user)).id


async def _mentee(office: Office, user: str) -> None:
    await office.admitted(user, "mentee")
    if user == "USECOND":  # nobody decides about themselves: the other administrator lets them in
        await office.click("UADMIN", "approve_joining", await office.member(user, "mentee"))
    await office.click(user, "preferences", "mentee", PREFERENCES)


async def _request(population: Population, user: str) -> str:
    return (await population.office.request(user)).id


async def _approved(population: Population, user: str) -> str:
    await population.office.click(user, "request", "", REQUEST)
    id_ = await _request(population, user)
    await population.office.click("UADMIN", "approve_request", id_)
    return id_


async def _send(population: Population, user: str) -> None:
    id_ = await _approved(population, user)
    order = ",".join([await person(population, "UASKED"), await person(population, "UOTHER")])
    await population.office.click(user, "send", id_, carried={"order": order})


async def _to_assign(population: Population, user: str) -> None:
    """A request whose only mentor has declined, so that the office takes it up."""
    id_ = population.ids[f"request {user}"] = await _approved(population, user)
    await population.office.mentor("UBUSY")
    order = await person(population, "UBUSY")
    await population.office.click(user, "send", id_, carried={"order": order})
    await population.office.click("UBUSY", "decline", await _invitation(population, user, "UBUSY"), {})
    await population.office.sweep(FOR)


async def _naming(population: Population, user: str) -> None:
    """A request along another route, whose mentee is to name mentors."""
    dispatcher, scheme = population.office.dispatcher, population.office.scheme
    dispatcher.schemes = Schemes((with_route(scheme, steps=("name", "ask"), approval_holds=None),))
    await population.office.click(user, "request", "", REQUEST)
    dispatcher.schemes = Schemes((scheme,))
    population.ids["naming"] = await _request(population, user)


async def _invitation(population: Population, user: str, mentor: str) -> str:
    id_, scheme, asked = (
        await _request(population, user),
        population.office.scheme.key,
        await person(population, mentor),
    )
    found = await population.office.dispatcher.database.read(lambda db: requests.get(db, scheme, id_))
    return next(each.id for each in found.invitations if each.mentor == asked)


async def _pair(population: Population) -> str:
    id_, scheme, mentee = (
        await _request(population, "UMENTEE"),
        population.office.scheme.key,
        await person(population, "UMENTEE"),
    )
    found = await population.office.dispatcher.database.read(lambda db: pairs.of(db, scheme, mentee))
    return next(each.id for each in found if each.request == id_)


async def _newcomers(population: Population) -> None:
    """Somebody who asks to join, somebody whose profile waits; and both administrators among them."""
    office, ids = population.office, population.ids
    await office.meet("UAPPLICANT")
    await office.click("UAPPLICANT", "join", "mentor", JOINING)
    await office.click("UADMIN", "join", "mentee", JOINING)
    for user in ("UREVIEWED", "USECOND"):
        ids[f"member {user}"] = await office.admitted(user, "mentor")
        await office.click(user, "preferences", "mentor", {"ways": ("Video call",), "times": ("Mornings",)})
        await office.click(user, "profile", "mentor", PROFILE)
    ids["member UAPPLICANT"] = await office.member("UAPPLICANT", "mentor")
    ids["member UADMIN"] = await office.member("UADMIN", "mentee")


async def _concerns(population: Population) -> None:
    """Three of a mentee's: two about their mentor, of which one has been taken up, and one about an administrator."""
    office, database = population.office, population.office.dispatcher.database
    whose, key = await person(population, "UMENTEE"), office.scheme.key
    for name, about in (("concern", "UASKED"), ("taken up", "UASKED"), ("concern about USECOND", "USECOND")):
        await office.click("UMENTEE", "raise_concern", "", {"person": about, "text": "They shouted."})
        population.ids[name] = max(each.id for each in await database.read(lambda db: concerns.of(db, key, whose)))
    await office.click("UADMIN", "concern_contact", population.ids["taken up"], {"on": office.now.date()})


async def _session(population: Population) -> None:
    """A session of the agreed pair that has begun."""
    office, scheme, pair = population.office, population.office.scheme.key, population.ids["agreed"]
    held = await office.dispatcher.database.read(lambda db: pairs.get(db, scheme, pair))
    population.ids["session"] = held.sessions[0].id
    await office.click("UMENTEE", "schedule", population.ids["session"], meeting(population))
    await _other_time(population, pair)
    office.now += timedelta(hours=3)


async def _other_time(population: Population, pair: str) -> None:
    """A time that is offered for the same session, so that it can be had by one press."""
    database, key = population.office.dispatcher.database, population.office.scheme.key
    held = await database.read(lambda db: pairs.get(db, key, pair))
    other = population.office.now + timedelta(days=1)
    offered = replace(held, sessions=tuple(replace(each, offers=(other,)) for each in held.sessions))
    await database.write(lambda db: pairs.save(db, held, offered))
    population.ids["offered time"] = subjects.offered_time(population.ids["session"], other)


async def _imported(population: Population) -> None:
    """Pairs whose two were never asked, and who may end as completed whenever they find so; one is an officer's own."""
    office, terms = population.office, replace(Terms.of(population.office.scheme), sessions=None)
    alone = ("UMEMBER", "UOTHER")  # whose mentee has asked for nobody else
    for name, sides in (
        ("imported", ("UMENTEE", "UASKED")), ("pair USECOND", ("USECOND", "UOTHER")), ("alone", alone),
    ):  # fmt: skip
        mentee, mentor = [await person(population, side) for side in sides]
        population.ids[name] = office.new_id()
        session = Session(office.new_id(), 1)
        if name == "imported":  # the mentee has set its time, and the mentor is asked whether it suits
            ahead = office.now + timedelta(days=10)
            session = replace(session, state="scheduled", starts_at=ahead, mode="Video call", set_by=mentee)
            population.ids["ahead"] = session.id
        another = None if name == "alone" else office.now  # whoever matches has been asked for another mentor
        made = Pair(
            population.ids[name], office.scheme.key, None, None, mentee, mentor, "active", terms, office.now, None,
            sessions=(session,), origin="import", another_asked_at=another,
        )  # fmt: skip
        await office.dispatcher.database.write(partial(pairs.save, before=None, after=made))


async def _thought_of(population: Population) -> None:
    """Somebody who is asked whether they would like to be a mentor for somebody else."""
    office, (mentee, named) = population.office, [await person(population, each) for each in ("UCHOOSER", "UMENTEE")]
    one = Colleague(office.new_id(), office.scheme.key, mentee, named, mentee, office.now, "asked")
    population.ids["thought of"] = one.id
    for name, user in (("talk", "UREVIEWED"), ("talk of USECOND", "USECOND")):
        done = Talk(office.new_id(), office.scheme.key, await person(population, user), office.now, "Is it for me?")
        population.ids[name] = done.id
        await office.dispatcher.database.write(lambda db, done=done: talks.add(db, done))  # type: ignore[misc]
    await office.dispatcher.database.write(lambda db: colleagues.save(db, None, one))


async def _import(population: Population) -> None:
    """A file that an officer has handed in, and may let in now."""
    office, by = population.office, await person(population, "UADMIN")
    population.ids["handed in"] = office.new_id()
    one = Import(
        population.ids["handed in"], office.scheme.key, by, "members.csv", "members", False, "checked", office.now,
        lines=1, counted={"new": 1},
    )  # fmt: skip
    await office.dispatcher.database.write(lambda db: imports.add(db, one, b"E-mail,Role\n"))


async def _on_the_list(population: Population) -> None:
    """Somebody who waits for a place as a mentor."""
    office, person_ = population.office, await population.office.meet("UHOPEFUL")
    waits = Member(
        office.new_id(), office.scheme.key, person_, "mentor", "waiting", office.now, {}, place_wanted_since=office.now
    )
    await office.dispatcher.database.write(partial(members.save, before=None, after=waits))


async def _round(population: Population) -> None:
    """A round that has been run and can be published."""
    office, by = population.office, await person(population, "UADMIN")
    request = await office.request("UPLACED")
    population.ids["a round"] = office.new_id()
    one = Round(
        population.ids["a round"], office.scheme.key, by, "ready", office.now, total=1, done=1, placed=1, percent=80
    )
    match = Match(await person(population, "UASKED"), 80, 60, 20, (), (), 0)

    def keep(db: Connection) -> None:
        rounds.add(db, one)
        rounds.put(db, one, [RoundRow(1, request.id, request.mentee, match)])

    await office.dispatcher.database.write(keep)


def meeting(population: Population) -> dict[str, Any]:
    """What is typed to set a session two hours from now."""
    at = population.office.now + timedelta(hours=2)
    return {"day": at.date(), "time": at.time(), "minutes": 60, "mode": "Video call"}


def state_of(population: Population, id_: str) -> str:
    """How a membership stands."""
    return population.office.dispatcher.database.read_now(
        lambda db: members.get(db, population.office.scheme.key, id_)
    ).state
