"""One life of one scheme: everybody comes, and then anybody presses anything, while the clock turns."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection as Db
from sqlalchemy import select

from bot.dialogs.home import home as draw_home
from bot.schemes.together import Schemes
from bot.screens import home, render
from bot.storage.optimistic import columns, names
from bot.storage.outbox import Letter
from bot.storage.tables import outbox
from tests.lives.invariants import broken
from tests.lives.world import MENTEES, MENTORS, OFFICERS, Draw, World, presses, sensible

TURNS = [timedelta(hours=5), timedelta(days=1), timedelta(days=3), timedelta(days=6), timedelta(days=61)]


async def live(world: World, draw: Draw, moves: int) -> None:
    """So many moves; after each all that must hold does. Raises AssertionError with what does not."""
    await world.begin()
    for user in (*MENTEES, *MENTORS):
        if draw.choice([True, True, True, False]):
            await world.bring_in(user)
    for number in range(moves):
        what = await _move(world, draw)
        wrong = broken(await world.look(), world.done)
        assert not wrong, f"after move {number}, {what}: {'; '.join(wrong)}"
    await world.dispatcher.database.read(lambda db: draw_everything(db, world))


def draw_everything(db: Db, world: World) -> None:
    """Every message there has been, as it would be drawn now, and everybody's Home: none fails."""
    sent = db.execute(select(*columns(outbox, names(Letter))).where(outbox.c.scheme == world.scheme.key))
    for row in sent.all():
        letter = Letter(*row)
        render.draw(db, Schemes((world.scheme,)), replace(letter, edits=letter.edits or letter.id), world.now)
    for user in (*OFFICERS, *MENTEES, *MENTORS):
        person = world.known[user]
        draw_home([home.home(db, world.scheme, person, world.now)])


KINDS = [*["sensible"] * 6, *["bring in"] * 2, *["turn"] * 2, *["any"] * 3]
"""Lives that get somewhere, with all that comes in between."""


async def _move(world: World, draw: Draw) -> str:
    """Something sensible about somebody's request or pair, one gate on for somebody, time, or anything at all."""
    kind, seen = draw.choice(KINDS), await world.look()
    if kind == "turn":
        await world.turn(draw.choice(TURNS), swept=draw.choice([True, True, False]))
        return "time passes"
    if kind == "bring in":
        await world.bring_in(user := draw.choice([*MENTEES, *MENTORS]))
        return f"{user} goes on"
    found = presses(seen, draw)
    next_ = sensible(seen, draw) if kind == "sensible" else []
    press = draw.choice(next_ or found[draw.choice(sorted(found))])
    await world.press(press)
    return str(press)
