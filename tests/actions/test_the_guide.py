"""What the reference scheme's guide asks for, shown by what people do and hear."""

import pytest

from bot.actions.context import Channels
from bot.dialogs.parts import Form
from bot.screens.home import home
from bot.storage.database import Database
from tests.actions.population import Population, person, settle
from tests.support.databases import KEYS, rows
from tests.support.dispatchers import PREFERENCES, REQUEST, Office


@pytest.mark.covers("A15")
@pytest.mark.parametrize(("mail", "ways"), [(True, ["chat", "email"]), (False, ["chat"])])
async def test_a_mentor_hears_of_a_request_in_chat_and_by_mail_where_it_is_set_up(
    sqlite_url: str, mail: bool, ways: list[str]
) -> None:
    with Database(sqlite_url, KEYS) as database:
        population = await settle(database)
        population.office.dispatcher.channels = Channels(email=mail)
        await population.office.click(
            "UCHOOSER", "send", population.ids["approved"], carried={"order": population.ids["UOTHER"]}
        )
        asked = f"kind = 'invitation' AND person = '{population.ids['UOTHER']}' AND edits IS NULL"
        told = rows(database, f"SELECT by, about FROM outbox WHERE {asked} ORDER BY by")
        assert [by for by, _ in told] == ways
        assert len({about for _, about in told}) == 1, "it is the same invitation"


@pytest.mark.covers("A21")
async def test_one_person_is_mentor_and_mentee_at_the_same_time(database: Database) -> None:
    """Let in twice, asked as a mentor while their own request is under way, and never offered to themselves."""
    office = Office(database)
    await office.meet("UADMIN")
    await office.mentor("UBOTH")
    await office.mentor("UOTHER")
    for user in ("UBOTH", "UMENTEE"):
        await office.admitted(user, "mentee")
        await office.click(user, "preferences", "mentee", PREFERENCES)
        await office.click(user, "request", "", REQUEST)
    population = Population(office)
    both, other = [await person(population, user) for user in ("UBOTH", "UOTHER")]
    requests = {str(mentee): str(id_) for mentee, id_ in rows(database, "SELECT mentee, id FROM requests")}
    for request in requests.values():
        await office.click("UADMIN", "approve_request", request)

    found = await office.click("UBOTH", "open_find", requests[both])
    assert isinstance(found, Form)
    assert found.carried["order"] == other, "nobody is their own mentor"
    await office.click("UBOTH", "send", requests[both], carried={"order": other})
    mentee = next(each for each in requests if each != both)
    await office.click("UMENTEE", "send", requests[mentee], carried={"order": both})
    page = database.read_now(lambda db: home(db, office.scheme, both, office.now))
    assert set(page.members) == {"mentee", "mentor"}
    assert page.request is not None
    assert page.request.request.state == "asking"
    assert [each.mentee.id for each in page.invitations] == [mentee]
