"""Whoever else stands in the table of authority: a former mentor, a holder of each office and a former one."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import delete

from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.request import Invitation
from bot.lifecycle.terms import Terms
from bot.schemes.scheme import Office as SchemeOffice
from bot.schemes.together import Schemes
from bot.storage import pairs, requests
from bot.storage.tables import outbox
from tests.actions.authority_kinds import OFFICES, USERS
from tests.actions.population import Population, add_offer, person, seeking


async def add_everybody(population: Population) -> Population:
    """A mentee to whom a mentor offers, and all kinds of person that `settle` leaves out."""
    await add_offer(population)
    await _offices(population)
    await _former_mentor(population)
    await _mentor_of_themselves(population)
    # Nothing waits to be sent any more: a Home that waits to be drawn would not be asked for once more.
    await population.office.dispatcher.database.write(lambda db: db.execute(delete(outbox)))
    return population


async def _offices(population: Population) -> None:
    """An office for each power and its holder; and somebody who was an administrator once."""
    office = population.office
    single = (SchemeOffice(key=power, title=power.replace("_", " ").title(), powers=(power,)) for power in OFFICES)
    office.scheme = office.scheme.model_copy(update={"offices": (*office.scheme.offices, *single)})
    office.dispatcher.schemes = Schemes((office.scheme,))
    for key in (*OFFICES, "administrator"):
        user = USERS.get(key, "") if key in OFFICES else USERS["former officer"]
        await office.meet(user)
        await office.click("UADMIN", "appoint", key, {"person": user})
    retired = await person(population, USERS["former officer"])
    await office.click("UADMIN", "dismiss", f"administrator:{retired}")


async def _former_mentor(population: Population) -> None:
    """Somebody whose connection with the mentee is over, and who has declined the request that is open now."""
    office, ids = population.office, population.ids
    await office.mentor("UFORMER", mentees_at_most=6)
    former, mentee = [await person(population, user) for user in ("UFORMER", "UMENTEE")]
    database = office.dispatcher.database
    terms, began = Terms.of(office.scheme), office.now - timedelta(days=400)
    ids["ended"], ids["past session"] = office.new_id(), office.new_id()
    held = Session(ids["past session"], 1, state="completed", starts_at=began, mode="Video call", marked_by=former)
    over = Pair(
        ids["ended"], office.scheme.key, None, None, mentee, former, "ended", terms, began, None, sessions=(held,),
        origin="import", ended_at=office.now - timedelta(days=9), ended_by=mentee, end="removed",
    )  # fmt: skip
    await database.write(partial(pairs.save, before=None, after=over))
    ids["declined"] = office.new_id()
    asked = await database.read(lambda db: requests.by_invitation(db, office.scheme.key, ids["open"]))
    no = Invitation(
        ids["declined"], former, len(asked.invitations) + 1, "declined", office.now, None, office.now, "Too busy."
    )
    declined = replace(asked, invitations=(*asked.invitations, no))
    await database.write(partial(requests.save, before=asked, after=declined))


async def _mentor_of_themselves(population: Population) -> None:
    """Two who are mentees and mentors: one chooses whom to ask, for the other the office does."""
    office, ids, database = population.office, population.ids, population.office.dispatcher.database
    for user in ("UBOTH", "UTWICE"):
        ids[f"member {user}"] = await office.mentor(user, mentees_at_most=6)
        ids[user] = await person(population, user)
        ids[f"request {user}"] = await seeking(population, user)
    ids["order of request UBOTH"] = ids["UBOTH"]
    asked = await office.request("UTWICE")
    waits = replace(asked, state="assigning")
    await database.write(partial(requests.save, before=asked, after=waits))
