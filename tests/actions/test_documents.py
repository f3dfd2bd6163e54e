"""Documents: what waits until a pair or somebody in a role has accepted them, and what is kept of it."""

from datetime import timedelta

import pytest

from bot.dialogs.home import home as drawn
from bot.dialogs.parts import Buttons, Form
from bot.dialogs.plain import plain
from bot.schemes.documents import Document
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from bot.screens import home as screens
from bot.storage import members, pairs
from bot.storage.candidates import candidates
from bot.storage.database import Database
from tests.actions.population import settle
from tests.support.databases import rows
from tests.support.dispatchers import PREFERENCES, PROFILE, Office
from tests.support.schemes import with_role

REFERENCE = load("british_cardiovascular_society")
CODE = Document.model_validate(
    {
        "key": "code", "title": "Code of conduct", "called": "code of conduct", "for": "mentor", "blocks": "matching",
        "text": ["Either may end it at any time.", "I work within what I know, and refer on."],
    }
)  # fmt: skip


def with_code() -> Scheme:
    """The reference scheme, whose mentors accept a code last of all."""
    coded = REFERENCE.model_copy(update={"documents": (*REFERENCE.documents, CODE)})
    return with_role(coded, "mentor", gates=(*coded.roles["mentor"].gates, "code"))


async def home(database: Database, office: Office, user: str) -> str:
    """What somebody's home shows, its buttons by their labels."""
    person = (await office.person(user)).id
    seen = database.read_now(lambda db: screens.home(db, office.scheme, person, office.now))
    parts = drawn([seen]).parts
    labels = [f"[{each.label}]" for part in parts if isinstance(part, Buttons) for each in part.buttons]
    return "\n".join((plain(parts), *labels))


@pytest.mark.covers("B12")
async def test_a_mentor_takes_part_once_they_have_accepted_the_code(database: Database) -> None:
    office = Office(database, with_code())
    await office.meet("UADMIN")
    id_ = await office.admitted("UBEA", "mentor")
    await office.click("UBEA", "preferences", "mentor", PREFERENCES)
    await office.click("UBEA", "profile", "mentor", {**PROFILE, "mentees_at_most": 2})
    await office.click("UADMIN", "approve_member", id_, {"trained_on:training": office.now.date() - timedelta(days=9)})
    assert "Read and accept the code of conduct" in await home(database, office, "UBEA")
    form = await office.click("UBEA", "open_document", "mentor:code")
    assert isinstance(form, Form)
    assert (form.submit, form.verb) == ("Accept code", "agree")
    said = str(await office.click("UBEA", "agree", "mentor:code"))
    assert "Requests come to you as messages from now on." in said
    assert "Read and accept" not in await home(database, office, "UBEA")
    assert "[Read code]" in await home(database, office, "UBEA")
    assert "already" in str(await office.click("UBEA", "agree", "mentor:code"))
    held = database.read_now(lambda db: members.get(db, REFERENCE.key, id_))
    assert [(each.document, each.at) for each in held.consents] == [("code", office.now)]
    assert rows(database, "SELECT about, document, person, text FROM consents") == [
        (id_, "code", held.person, "Code of conduct\n\nEither may end it at any time.\n\n" + CODE.text[1])
    ]


async def test_nobody_can_ask_a_mentor_who_has_not_accepted_the_code(database: Database) -> None:
    office = Office(database, with_code())
    await office.meet("UADMIN")
    await office.mentor("UBEA")

    def available() -> list[bool]:
        return [each.available for each in database.read_now(lambda db: candidates(db, office.scheme, office.now))]

    assert available() == [False]
    await office.click("UBEA", "agree", "mentor:code")
    assert available() == [True]


@pytest.mark.covers("A22")
async def test_the_text_is_kept_as_each_of_the_two_accepted_it(database: Database) -> None:
    population = await settle(database)
    office, pair = population.office, population.ids["fresh"]
    await office.click("UASKED", "agree", f"{pair}:agreement")
    await office.click("UASKED", "agree", f"{pair}:agreement")
    kept = f"SELECT person, text FROM consents WHERE about = '{pair}'"
    ((person, text),) = rows(database, kept)
    held = database.read_now(lambda db: pairs.get(db, office.scheme.key, pair))
    assert (person, text) == (held.mentor, "\n\n".join(("Mentoring agreement", *REFERENCE.documents[0].text)))
    assert not held.agreed
    await office.click("UMENTEE", "agree", f"{pair}:agreement")
    assert database.read_now(lambda db: pairs.get(db, office.scheme.key, pair)).agreed
    assert len(rows(database, kept)) == 2


@pytest.mark.parametrize("subject", ["{pair}:nothing", "{pair}", "mentor:agreement", "mentor:code", "nobody:agreement"])
async def test_what_was_never_put_to_them_cannot_be_accepted(database: Database, subject: str) -> None:
    population = await settle(database)
    office, pair = population.office, population.ids["fresh"]
    for verb in ("open_document", "agree"):
        assert "no longer there" in str(await office.click("UASKED", verb, subject.format(pair=pair)))
    assert rows(database, f"SELECT person FROM consents WHERE about = '{pair}'") == []


async def test_where_there_is_nothing_to_accept_sessions_can_be_set_at_once(database: Database) -> None:
    population = await settle(database, documents=())
    office = population.office
    assert "Set a time for session 1" in await home(database, office, "UMENTEE")
    view = await office.click("UMENTEE", "open_connection", population.ids["fresh"])
    assert isinstance(view, Form)
    assert "agreement" not in plain(part for part in view.parts if not hasattr(part, "key"))
