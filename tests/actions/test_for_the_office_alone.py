"""What somebody says for the office alone: that mentoring is a condition of their practice, or that they belong to the
group for which a scheme is meant. Administrators read it, and it decides who is let in; nobody else ever comes upon it.
"""

from typing import Any

import pytest

from bot.dialogs.parts import Notice
from bot.schemes.fields import FormField
from bot.schemes.loading import load
from bot.schemes.scheme import Office as SchemeOffice
from bot.schemes.scheme import Scheme
from bot.storage.database import Database
from tests.actions.test_evidence import brought
from tests.actions.test_export import lines, table
from tests.actions.test_stepping_in import text
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.papers import text_of
from tests.support.post import Post
from tests.support.schemes import with_role

GROUP = FormField.model_validate(
    {
        "key": "group", "label": "Do you belong to one of these groups?", "short": "Group for which it is meant",
        "kind": "choice", "options": ["Quetzal", "Narwhal"], "meets": ["Quetzal"], "seen_by": "office",
    }
)  # fmt: skip
NUMBERS = SchemeOffice(key="numbers", title="Funder", powers=("see_reports",))
SECRET = ("Quetzal", "Narwhal", "Group for which", "Condition of practice", "condition of your practice", "Zebra ward")


def targeted() -> Scheme:
    """An employer's scheme for one group, with somebody in an office who sees numbers alone."""
    scheme = load("employer")
    form = scheme.roles["mentee"].application
    assert form is not None
    form = form.model_copy(update={"fields": (*form.fields, GROUP)})
    scheme = with_role(scheme, "mentee", gates=("application",), trainings=(), application=form)
    scheme = with_role(scheme, "mentor", gates=("application", "profile"), trainings=())
    return scheme.model_copy(update={"offices": (*scheme.offices, NUMBERS)})


async def connected(database: Database) -> tuple[Office, Post]:
    """Ada, who has said all of it, and Ben, her mentor."""
    office = Office(database, targeted())
    for user in ("UADMIN", "USECOND", "UADA", "UBEN", "UFUND"):
        await office.meet(user)
    await office.click("UADMIN", "appoint", "numbers", {"person": "UFUND"})
    await office.click("UBEN", "join", "mentor", {"why": "To listen"})
    await office.click("UADMIN", "approve_joining", await office.member("UBEN", "mentor"))
    await office.click(
        "UBEN", "profile", "mentor", {"current_role": "Matron", "field": "Nursing", "offers": ("Leadership",)}
    )
    await joins(office, "UADA", "Quetzal")
    await office.click("UADMIN", "approve_joining", await office.member("UADA", "mentee"))
    await office.click("UADA", "request", "", {"topics": ("Leadership",), "field": "No preference"})
    request, ben = await office.request("UADA"), await office.person("UBEN")
    await office.click("UADMIN", "assign", f"{request.id}:{ben.id}")
    (invitation,) = (await office.request("UADA")).open_invitations
    return office, await answered(office, invitation.id)


async def joins(office: Office, user: str, group: str) -> None:
    answers = {"department": "Zebra ward", "condition": "Yes", "line_manager": "USECOND", "group": group}
    assert "answers you here" in text(await office.click(user, "join", "mentee", answers))


async def answered(office: Office, invitation: str) -> Post:
    """The mentor looks at all that they are shown before they say yes."""
    nothing_of_it(await office.click("UBEN", "open_invitation", invitation))
    await office.click("UBEN", "accept", invitation)
    post = Post(office)
    await post.deliver()
    return post


def nothing_of_it(shown: Any) -> None:
    assert [word for word in SECRET if word in str(shown)] == []


@pytest.mark.covers("E3", "E15")
async def test_the_office_reads_it_and_nobody_else_comes_upon_it(database: Database) -> None:
    office, post = await connected(database)
    ada = await office.member("UADA", "mentee")
    whole = text(await office.click("UADMIN", "open_member", ada))
    assert "Condition of practice: Yes" in whole
    assert "Group for which it is meant: Quetzal" in whole
    for user in ("UBEN", "UADA", "UFUND"):
        assert isinstance(await office.click(user, "open_member", ada), Notice), user
    for each in post.sent:
        if each.user not in ("UADMIN", "USECOND"):
            nothing_of_it(each.message)
    ((pair,),) = rows(database, "SELECT id FROM connections")
    for verb, subject in (("open_connection", str(pair)), ("open_own_connections", "0"), ("open_portfolio", str(pair))):
        nothing_of_it(await office.click("UBEN", verb, subject))
    kept = rows(database, "SELECT joining, known_for FROM members")
    assert "Quetzal" not in str(kept), "encrypted, and found by nobody"


@pytest.mark.covers("E3", "E15")
async def test_no_paper_and_no_table_tells_it_to_whoever_may_not_read_it(database: Database) -> None:
    office, _ = await connected(database)
    ((pair,),) = rows(database, "SELECT id FROM connections")
    for user in ("UADA", "UBEN"):
        office.now = office.now.replace(microsecond=office.now.microsecond + 1)
        said = await office.click(user, "bring_portfolio", str(pair))
        assert isinstance(said, Notice), said
        paper = brought(office, "portfolio")
        assert paper is not None
        nothing_of_it(text_of(paper.attachment))
    nothing_of_it(text(await office.click("UFUND", "open_report", "")))
    assert isinstance(await office.click("UFUND", "export", "members"), Notice)
    assert rows(database, "SELECT count(*) FROM outbox WHERE kind = 'table'") == [(0,)], "refused"
    nothing_of_it((await table(office, "days", "UFUND")).lines)
    nothing_of_it((await table(office, "connections")).lines)
    members = lines(await table(office, "members"))
    (hers,) = [each for each in members if each["E-mail"] == "uada@example.org"]
    assert (hers["Condition of practice"], hers["Group for which it is meant"]) == ("Yes", "Quetzal")


@pytest.mark.covers("E15")
async def test_whoever_does_not_belong_to_it_is_let_in_by_an_office_that_says_so_twice(database: Database) -> None:
    office, _ = await connected(database)
    await office.meet("UCAT")
    await joins(office, "UCAT", "Narwhal")
    cat = await office.member("UCAT", "mentee")
    form = await office.click("UADMIN", "open_approve_joining", cat)
    assert "Narwhal" in text(form)
    assert rows(database, f"SELECT state FROM members WHERE id = '{cat}'") == [("asked",)]
