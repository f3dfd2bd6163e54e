"""How the scheme stands when the demo begins, and what the page says of it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import Connection as Db

from bot.handlers.slack.users import PLATFORM
from bot.lifecycle.member import Member
from bot.lifecycle.membership import may_be_asked
from bot.lifecycle.request import Request
from bot.lifecycle.step import allowed
from bot.schemes.loading import load
from bot.schemes.roles import Role
from bot.schemes.scheme import Power
from bot.storage import members, offices, pairs, people, requests, sheets
from demo.demo import Demo
from demo.people import Somebody, read_people

pytestmark = pytest.mark.xdist_group("the demo, as it begins")
# They only look, so one demo does for all of them.
one_loop = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo() -> AsyncIterator[Demo]:
    async with Demo() as running:
        yield running


def person_of(db: Db, demo: Demo, who: Somebody) -> str:
    person = people.find(db, PLATFORM, demo.workspace.team_id, demo.users[who.email])
    assert person is not None
    return person.id


async def memberships(demo: Demo, who: Somebody) -> dict[Role, Member]:
    return await demo.app.database.read(
        lambda db: members.of(db, demo.app.schemes.first.key, person_of(db, demo, who)),
    )


async def request_of(demo: Demo, who: Somebody) -> Request | None:
    return await demo.app.database.read(
        lambda db: requests.open_of(db, demo.app.schemes.first.key, person_of(db, demo, who)),
    )


async def powers_of(demo: Demo, who: Somebody) -> frozenset[Power]:
    return await demo.app.database.read(
        lambda db: offices.powers(db, demo.app.schemes.first, person_of(db, demo, who)),
    )


def test_the_people_differ() -> None:
    people, scheme = read_people(), load("british_cardiovascular_society")
    assert len(people.mentors) >= 12
    assert len(people.mentees) == 5
    assert len(people.administrators) == 2
    assert {len(mentor.ratings) for mentor in people.mentors} <= {3, 4, 5}
    assert len({frozenset(mentor.ratings.items()) for mentor in people.mentors}) == len(people.mentors)
    assert {topic for mentor in people.mentors for topic in mentor.ratings} == set(scheme.topics)
    assert len({mentor.profile["region"] for mentor in people.mentors}) >= 7
    assert len({mentor.zone for mentor in people.mentors}) >= 4
    assert {mentor.profile["gender"] for mentor in people.mentors} == {"A woman", "A man", "Non-binary"}
    assert len({mentor.profile["mentees_at_most"] for mentor in people.mentors}) >= 3
    assert all(one.email.endswith("@example.org") for one in people.everybody)
    assert len(people.everybody) == len(people.mentors) + 5 + 1


@one_loop
async def test_the_scheme_is_filled(demo: Demo) -> None:
    people, app = demo.people, demo.app
    mentors = [(await memberships(demo, mentor))["mentor"] for mentor in people.mentors]
    assert sum(allowed(may_be_asked, mentor, app.schemes.first, demo.clock()) for mentor in mentors) >= 12
    for mentor, member in zip(people.mentors, mentors, strict=True):
        assert member.state == ("approved" if mentor.approved else "in_review"), mentor.name

    stages = {mentee.stage: (await memberships(demo, mentee)).get("mentee") for mentee in people.mentees}
    assert {stage: member and member.state for stage, member in stages.items()} == {
        "outside": None,
        "admitted": "admitted",
        "in_review": "admitted",
        "asking": "approved",
        "meeting": "approved",
    }
    under_way = [request for mentee in people.mentees if (request := await request_of(demo, mentee))]
    assert sorted(request.state for request in under_way) == ["asking", "in_review"]
    asking = next(request for request in under_way if request.state == "asking")
    assert len(asking.open_invitations) == 1
    assert len(asking.invitations) == app.schemes.first.route.mentors

    for officer in people.administrators:
        assert "approve_requests" in await powers_of(demo, officer)


@one_loop
async def test_all_of_it_was_sent_by_the_bot_over_four_weeks(demo: Demo) -> None:
    state = demo.workspace.state
    messages = [message for line in state.messages.values() for message in line]
    assert all(state.people[message.user].bot for message in messages)
    assert min(message.time for message in messages) < demo.clock() - timedelta(days=25)
    assert max(message.time for message in messages) <= demo.clock()
    assert abs(demo.clock.offset) < timedelta(minutes=1)
    assert not [call for call in demo.workspace.calls if call.error]
    ready, body = await demo.app.ready()
    assert ready
    assert (body["letters_waiting"], body["letters_given_up"]) == (0, 0)


@one_loop
async def test_the_page_says_what_to_do_first(demo: Demo) -> None:
    async with httpx.AsyncClient(base_url=demo.url, trust_env=False) as page:
        assert (await page.get("/")).status_code == 200
        answer = (await page.get("/page/people")).json()
    assert [one["name"] for one in answer["people"]] == [one.name for one in demo.people.everybody]
    assert answer["clock"]["can_turn"]
    assert answer["welcome"]["title"]
    names = [one.name for one in demo.people.everybody]
    steps = answer["welcome"]["steps"]
    assert any("Amara Okafor" in step for step in steps)
    assert sum(name in " ".join(steps) for name in names) >= 3
    assert answer["commands"] == ["/mentoring", "/mentoring-admin"]


@one_loop
async def test_a_pair_is_half_a_year_into_its_mentoring(demo: Demo) -> None:
    mentee = next(each for each in demo.people.mentees if each.stage == "meeting")
    key = demo.app.schemes.first.key
    (pair,) = await demo.app.database.read(lambda db: pairs.of(db, key, person_of(db, demo, mentee)))
    assert [each.state for each in pair.sessions] == ["completed", "completed", "scheduled", "scheduled"]
    assert all(each.confirmed_at for each in pair.sessions)
    assert pair.sessions[2].starts_at
    assert timedelta(days=7) < pair.sessions[2].starts_at - demo.clock() < timedelta(days=9)
    abouts = [pair.id, *(each.id for each in pair.sessions)]
    written = await demo.app.database.read(lambda db: sheets.of(db, key, abouts))
    assert sorted(each.sheet for each in written) == ["actions", "goals", "record"]
