"""Whoever does not meet the criteria is let in by an office that has been told, and says so twice."""

import pytest

from bot.dialogs.parts import Form
from bot.dialogs.plain import plain
from bot.dialogs.wording.reviews import office_card
from bot.lifecycle.vocabulary import Verb
from bot.screens import members as screens
from bot.storage import members
from bot.storage.database import Database
from tests.support.dispatchers import Office

STAGES = {"Something else": Verb.OPEN_APPROVE_JOINING, "Resident doctor within one year of CCT": Verb.APPROVE_JOINING}


@pytest.mark.covers("A2")
@pytest.mark.parametrize("stage", STAGES)
async def test_approve_asks_first_where_a_criterion_is_not_met(database: Database, stage: str) -> None:
    office = Office(database)
    for user in ("UADMIN", "UADA"):
        await office.meet(user)
    await office.click("UADA", "join", "mentee", {"membership_number": "77", "stage": stage})
    id_ = await office.member("UADA", "mentee")
    card = office_card(database.read_now(lambda db: screens.member(db, office.scheme, id_, office.now)))
    assert ("Does not meet what the scheme asks for: Career stage." in card.text) == (stage == "Something else")
    assert stage not in card.text, "what was answered stays out of the channel"
    (approve,) = [each for each in card.parts[-1].buttons if each.label == "Approve"]  # type: ignore[union-attr]
    assert approve.verb == STAGES[stage]
    if approve.opens_form:
        form = await office.click("UADMIN", approve.verb, approve.subject)
        assert isinstance(form, Form)
        assert "within five years of a first appointment" in plain(form.parts)  # type: ignore[arg-type]
        assert "Career stage: Something else" in plain(form.parts)  # type: ignore[arg-type]
        assert (form.verb, form.subject, form.submit) == (Verb.APPROVE_JOINING, id_, "Approve all the same")
    await office.click("UADMIN", Verb.APPROVE_JOINING, id_, {})
    assert database.read_now(lambda db: members.get(db, office.scheme.key, id_)).state == "admitted"
