"""The demo of any scheme begins where its cast says, by what the scheme asks; all of them run in one bot, too."""

from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Connection as Db

from bot.handlers.slack.users import PLATFORM
from bot.lifecycle.gates import may_take_part
from bot.lifecycle.step import allowed
from bot.schemes.loading import load, names, starting_file
from bot.schemes.scheme import Scheme
from bot.storage import members, pairs, people, requests
from demo.cast import Cast, Player, cast_of
from demo.demo import Demo
from demo.players import REFERENCE, schemes_of

WAITS: Final = {"asme": "in_review", "bsw_hub": "assigning", "employer": "assigning", "wards": "choosing"}
"""How the request stands of somebody who has filed one, by the scheme's key."""


async def as_cast(demo: Demo, key: str, cast: Cast) -> None:
    """Everybody is where their part begins."""
    await demo.app.database.read(lambda db: _as_cast(db, demo, demo.app.schemes[key], cast))


def _as_cast(db: Db, demo: Demo, scheme: Scheme, cast: Cast) -> None:
    def person_of(one: Player) -> str:
        found = people.find(db, PLATFORM, demo.workspace.team_id, demo.users[one.email])
        assert found is not None
        return found.id

    for mentor in cast.mentors:
        member = members.of(db, scheme.key, person_of(mentor))["mentor"]
        assert allowed(may_take_part, member, scheme, demo.clock()) == mentor.approved, mentor.name
    for mentee in cast.mentees:
        assert ("mentee" in members.of(db, scheme.key, person_of(mentee))) == (mentee.stage != "outside")
        latest = requests.latest_of(db, scheme.key, person_of(mentee))
        stands = {"filed": WAITS.get(scheme.key), "asking": "asking", "meeting": "accepted"}
        assert (latest.state if latest else None) == stands.get(mentee.stage), mentee.name
        if mentee.stage == "meeting":
            (pair,) = pairs.of(db, scheme.key, person_of(mentee))
            assert pair.sessions[0].state == "completed"
            assert mentee.mentor in ("", people.get(db, pair.mentor).name)


@pytest.mark.parametrize("name", [each for each in names() if each != REFERENCE])
async def test_each_scheme_that_comes_along(name: str) -> None:
    async with Demo(schemes=schemes_of(name)) as demo:
        await as_cast(demo, name, cast_of(name))
        assert abs(demo.clock.offset) < timedelta(hours=1)


async def test_a_scheme_of_ones_own_is_filled_with_anybody(tmp_path: Path) -> None:
    file = tmp_path / "wards.toml"
    text = starting_file("wards", "Wards")
    required = """[[roles.mentee.application.fields]]
key = "manager"
label = "Who is your line manager?"
kind = "person"
seen_by = "office"
keeps_apart = true
"""
    file.write_text(text.replace("[roles.mentee.preferences]\n", f"{required}[roles.mentee.preferences]\n"), "utf-8")
    async with Demo(schemes=schemes_of(str(file))) as demo:
        await as_cast(demo, "wards", cast_of("wards"))


async def test_all_of_them_in_one_bot() -> None:
    async with Demo(schemes=schemes_of("all")) as demo:
        assert [*demo.app.schemes] == [REFERENCE, *sorted({*names()} - {REFERENCE})]
        for name in demo.app.schemes:
            if name != REFERENCE:
                await as_cast(demo, name, cast_of(name))
        assert abs(demo.clock.offset) < timedelta(hours=1)
        assert load(REFERENCE) == demo.app.schemes.first


def test_nobody_is_in_two_casts() -> None:
    addresses = [one.email for name in (*names(), "anybody") if name != REFERENCE for one in cast_of(name).everybody]
    assert len(addresses) == len(set(addresses))
    assert schemes_of("") == (REFERENCE,)
