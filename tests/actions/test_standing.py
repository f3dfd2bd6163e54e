"""A mentor who pauses, rests or is silent, and a pair who rest, as it reaches everybody."""

from datetime import date, timedelta

import pytest

from bot.dialogs.parts import Choice, Errors, Form, Notice
from bot.lifecycle.undoing import FOR
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.storage import candidates, members, pairs
from bot.storage.database import Database
from tests.actions.population import Population, settle
from tests.actions.test_reminding import buttons
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.post import Post

DAY = timedelta(days=1)
BACK = date(2027, 1, 4)


@pytest.fixture
async def post(database: Database) -> Post:
    settled = await settle(database, delivered=True)
    office = settled.office
    office.scheme = office.scheme.model_copy(update={"capacity": load(office.scheme.key).capacity})
    office.dispatcher.schemes = Schemes((office.scheme,))
    post = Post(office)
    await post.deliver()
    post.sent.clear()
    post.population = settled  # type: ignore[attr-defined]
    return post


def ids(post: Post) -> dict[str, str]:
    found: Population = post.population  # type: ignore[attr-defined]
    return found.ids


async def can_be_asked(office: Office, user: str) -> bool:
    person = (await office.person(user)).id
    read = office.dispatcher.database.read_now
    (found,) = read(lambda db: candidates.for_people(db, office.scheme, [person], office.now))
    return found.available


@pytest.mark.covers("A33", "L3")
async def test_a_mentor_pauses_with_a_choice_for_whatever_is_open(post: Post) -> None:
    office, asked = post.office, ids(post)["open"]
    form = await office.click("UASKED", "open_pause", "mentor")
    assert isinstance(form, Form)
    chosen = {each.label: each.key for each in form.parts if isinstance(each, Choice)}
    assert set(chosen) == {"The request of Umentee", "Your mentoring with Umentee"} or len(chosen) >= 2
    (request,) = [key for label, key in chosen.items() if label.startswith("The request")]
    resting = f"about:{ids(post)['agreed']}"
    values = {"until": BACK, request: "Ask somebody else", resting: "We rest until I am back"}
    for wrong in (None, date(2026, 1, 1), date(2029, 1, 1)):
        errors = await office.click("UASKED", "pause", "mentor", {**values, "until": wrong})
        assert isinstance(errors, Errors)
        assert set(errors.fields) == {"until"}
    reply = await office.click("UASKED", "pause", "mentor", values)
    assert isinstance(reply, Notice)
    assert reply.title == "Paused"
    await post.deliver()
    state = f"SELECT state FROM invitations WHERE id = '{asked}'"
    assert rows(office.dispatcher.database, state) == [("unavailable",)], "the next is asked, and nobody declined"
    assert [each.kind for each in post.sent if each.user == "UMENTEE" and not each.edited] == [
        "now_asking",
        "pair_rests",
    ]
    assert "pauses your mentoring until Mon 4 Jan 2027" in post.sent[-1].message.text or any(
        "pauses your mentoring until Mon 4 Jan 2027" in each.message.text for each in post.sent
    )
    assert not await can_be_asked(office, "UASKED")
    post.sent.clear()
    await post.pass_(*[DAY] * 45)
    kinds = [each.kind for each in post.sent if each.user == "UASKED" and not each.edited]
    assert {"pause_over", "pair_goes_on"} <= set(kinds)
    assert kinds.count("pause_over") == 1
    assert await can_be_asked(office, "UASKED")


async def test_resume_ends_it_before(post: Post) -> None:
    office = post.office
    await office.click("UASKED", "pause", "mentor", {"until": BACK})
    reply = await office.click("UASKED", "resume", "mentor")
    assert isinstance(reply, Notice)
    assert reply.title == "Welcome back"
    assert "Nothing is paused" in str(await office.click("UASKED", "resume", "mentor"))
    await post.pass_(*[DAY] * 45)
    assert not [each for each in post.sent if each.kind == "pause_over"]


@pytest.mark.covers("L3")
async def test_a_pair_rests_and_either_goes_on(post: Post) -> None:
    office, pair = post.office, ids(post)["agreed"]
    reply = await office.click("UMENTEE", "rest", pair, {"until": BACK}, shows_itself=False)
    assert isinstance(reply, Notice)
    await post.deliver()
    (heard,) = [each for each in post.sent if each.user == "UASKED" and each.kind == "pair_rests"]
    assert list(buttons(heard.message)) == ["Resume", "View"]
    await office.click("UASKED", "go_on", pair, shows_itself=False)
    read = office.dispatcher.database.read_now
    assert read(lambda db: pairs.get(db, office.scheme.key, pair)).rests_until is None
    await post.deliver()
    assert [each.kind for each in post.sent if each.user == "UMENTEE" and not each.edited][-1] == "pair_goes_on"


@pytest.mark.covers("A33")
async def test_a_mentor_who_is_silent_twice_is_paused_told_kindly_and_seen_by_the_office(post: Post) -> None:
    office, scheme = post.office, post.office.scheme.key
    await post.pass_(timedelta(days=6))
    assert not await can_be_asked(office, "UASKED"), "left alone for a while"
    person = (await office.person("UASKED")).id
    read = office.dispatcher.database.read_now
    assert read(lambda db: members.of(db, scheme, person))["mentor"].silences == 1
    await post.pass_(timedelta(days=15))
    assert await can_be_asked(office, "UASKED")
    request = ids(post)["approved"]
    await office.click("UCHOOSER", "send", request, carried={"order": person})
    await post.pass_(timedelta(days=6))
    (told,) = [each for each in post.sent if each.kind == "mentor_paused"]
    assert told.user == "UASKED"
    assert "may be a busy time" in told.message.text
    assert list(buttons(told.message)) == ["Resume"]
    assert {each.user for each in post.sent if each.kind == "mentor_silent"} == {"UADMIN", "USECOND"}
    await office.click("UASKED", "resume", "mentor")
    assert await can_be_asked(office, "UASKED")


async def test_a_decline_leaves_a_mentor_alone_for_a_while(post: Post) -> None:
    office = post.office
    await office.click("UASKED", "decline", ids(post)["open"], {"reason": ""})
    await post.pass_(FOR)
    assert not await can_be_asked(office, "UASKED")
    assert "Nobody else asks you before" in await home(office, "UASKED")
    await post.pass_(timedelta(days=14))
    assert await can_be_asked(office, "UASKED")


async def home(office: Office, user: str) -> str:
    from tests.actions.test_sheets import home as shown

    return await shown(office, user)


async def test_one_request_at_a_time_waits_for_a_mentor(post: Post) -> None:
    office = post.office
    assert not await can_be_asked(office, "UASKED"), "one waits already"
    await office.click("UASKED", "accept", ids(post)["open"])
    assert await can_be_asked(office, "UASKED")
