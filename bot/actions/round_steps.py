"""What goes on with a round between clicks: it is read, worked out in a thread, and written down in batches; once it is
published, each pair is decided in its own right, a few in a transaction. Clicks go first.

Whoever works a round out claims it for a while, so that of several processes one does; it is begun anew if that one
dies, since what was not written is lost. What is published has its outcome in its row, in the very transaction that
decided it: whoever goes on after a kill begins where it stopped.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection as Db

from bot.actions import assigning, notify
from bot.actions.context import Caller, Click, Context
from bot.actions.dispatcher import Dispatcher
from bot.dialogs import subjects
from bot.lifecycle import rounds as rules
from bot.lifecycle.membership import may_be_asked
from bot.lifecycle.notices import tell, tell_office
from bot.lifecycle.rounds import LEASE, Came, Round
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Kind, Verb
from bot.matching.ranking import Match
from bot.schemes.scheme import Scheme
from bot.screens import round_table
from bot.screens.round_table import RoundTable
from bot.storage import intakes, members, offices, people, requests, rounds
from bot.storage.database import Conflict
from bot.storage.rounds import NotPlaced, RoundRow

if TYPE_CHECKING:
    from bot.matching.rounds import Outcome

log = logging.getLogger(__name__)

AT_ONCE: Final = 5
"""So many pairs are decided in one transaction: as long does a click wait for them at most."""
BATCH: Final = 100
"""So many rows are written in one."""


def _real_now() -> datetime:
    return datetime.now(UTC)


async def go_on(dispatcher: Dispatcher, real_now: Callable[[], datetime] = _real_now) -> None:
    """Do all that is still to be done; whoever presses something goes first. Leases go by real time."""
    keys = tuple(dispatcher.schemes)
    while (one := await dispatcher.database.read(lambda db: rounds.next_open(db, keys, real_now()))) is not None:
        await dispatcher.wait_until_idle()
        try:
            await (_work_out(dispatcher, one, real_now) if one.state == "working" else _publish(dispatcher, one))
        except Conflict:
            return  # another process goes on with it, or somebody has dropped it
        except Exception:
            log.exception("round %s could not go on: it is given up", one.id)
            await dispatcher.by_clock(one.scheme, partial(_give_up, id_=one.id))
        dispatcher.committed()


async def _work_out(dispatcher: Dispatcher, one: Round, real_now: Callable[[], datetime]) -> None:
    key = one.scheme
    claimed = await dispatcher.by_clock(key, partial(claim, one=one, until=real_now() + LEASE))
    scheme, table = await dispatcher.database.read(partial(_read, dispatcher=dispatcher, one=claimed))
    outcome = await asyncio.to_thread(_matched, table, scheme)
    rows = _rows(outcome, table)
    percent = sum(each.match.percent for each in outcome.placed)
    found = rules.worked_out(claimed, len(rows), len(outcome.placed), percent, table.places)
    so_far = await dispatcher.by_clock(key, lambda context: rounds.save(context.db, claimed, found))
    for at in range(0, max(1, len(rows)), BATCH):
        await dispatcher.wait_until_idle()
        kept = partial(_keep, before=so_far, some=rows[at : at + BATCH], until=real_now() + LEASE)
        so_far = await dispatcher.by_clock(key, kept)


def _matched(table: RoundTable, scheme: Scheme) -> "Outcome":
    """Who suits whom. What works it out is loaded when it is first wanted: a start need not wait for it."""
    from bot.matching.rounds import match_all

    return match_all(table.seekers, table.candidates, scheme, places=table.places)


def claim(context: Context, one: Round, until: datetime) -> Round:
    """Have it to work out, and nobody in it so far."""
    saved = rounds.save(context.db, one, replace(one, total=0, done=0, claimed_until=until))
    rounds.wipe(context.db, saved)
    return saved


def _read(db: Db, dispatcher: Dispatcher, one: Round) -> tuple[Scheme, RoundTable]:
    scheme = intakes.current(db, dispatcher.schemes)[one.scheme]
    return scheme, round_table.read(db, scheme, one, dispatcher.clock())


def _rows(outcome: "Outcome", table: RoundTable) -> Sequence[RoundRow]:
    """Those who are placed, best first; then those who are not, the longest-waiting first."""
    asked = table.requests
    best = sorted(outcome.placed, key=lambda each: (-each.match.percent, each.mentee))
    order = {mentee: number for number, mentee in enumerate(asked)}
    left = sorted(outcome.unplaced, key=lambda each: order[each.mentee])
    found: list[tuple[str, Match | NotPlaced]] = [(each.mentee, each.match) for each in best]
    found += [(each.mentee, NotPlaced(each.why, dict(each.left_out))) for each in left]
    return [
        RoundRow(number, asked[mentee].id, mentee, reasons) for number, (mentee, reasons) in enumerate(found, start=1)
    ]


def _keep(context: Context, before: Round, some: Sequence[RoundRow], until: datetime) -> Round:
    """Write some of it down; with the last, whoever ran it hears that it is ready."""
    rounds.put(context.db, before, some)
    saved = rounds.save(context.db, before, rules.gone_on(before, len(some), until, context.now))
    told = [tell(Kind.ROUND_READY, saved.by, saved.id, saved.run)] if saved.state == "ready" else []
    notify.publish(context, told, cards=[saved.id])
    return saved


async def _publish(dispatcher: Dispatcher, one: Round) -> None:
    await dispatcher.by_clock(one.scheme, partial(next_few, id_=one.id), tries=2)


def next_few(context: Context, id_: str) -> None:
    """Decide the next few pairs, by the authority of whoever has published it, if they may still do so."""
    before = rounds.get(context.db, context.scheme.key, id_)
    if before.state != "publishing":
        raise Conflict("somebody else has gone on with it")
    by = people.get(context.db, before.by)
    if not by.active or "match" not in offices.powers(context.db, context.scheme, by.id):
        _stop(context, before)
        return
    some = rounds.between(context.db, id_, before.done + 1, before.done + AT_ONCE)
    members.lock(context.db, context.scheme.key, [each.mentor for each in some if each.mentor])
    acting = replace(context, me=by)
    came = [(each.number, _decided(acting, each)) for each in some if each.mentor and each.came not in _HELD]
    rounds.came(context.db, before, came)
    _tell_unplaced(context, [each for each in some if each.mentor is None])
    saved = rounds.save(context.db, before, rules.gone_on(before, AT_ONCE, None, context.now))
    over = [tell_office(Kind.ROUND_PUBLISHED, "match", id_)] if saved.state == "published" else []
    notify.publish(context, over, cards=[id_])


_HELD: Final = frozenset({"connected", "asked"})


def _decided(context: Context, row: RoundRow) -> Came:
    """The two are put together by the act by which one alone is, in a savepoint; what is refused is left out."""
    mentor = row.mentor or ""
    try:
        with context.db.begin_nested():
            held = members.of(context.db, context.scheme.key, mentor).get("mentor")
            if held is None:
                raise Refused("mentor_unavailable")
            may_be_asked(held, context.scheme, context.now)
            subject = subjects.choice(row.request, mentor)
            assigning.assign(context, Click(Caller("", "", ""), Verb.ASSIGN, subject, shows_itself=True))
    except Refused as refused:
        return refused.reason
    except Conflict:
        return "conflict"
    state = requests.get(context.db, context.scheme.key, row.request).state
    return "connected" if state == "accepted" else "asked"


def _tell_unplaced(context: Context, some: Sequence[RoundRow]) -> None:
    """Once for each request, however many rounds find nobody for it."""
    if context.scheme.rounds.tell_unplaced and some:
        notify.publish(context, [tell(Kind.NOBODY_YET, each.mentee, each.request) for each in some])


def _give_up(context: Context, id_: str) -> None:
    """What cannot be worked out stands in nobody's way; what cannot be published waits for somebody."""
    before = rounds.get(context.db, context.scheme.key, id_)
    if before.state == "publishing":
        _stop(context, before)
    elif before.state == "working":
        dropped = replace(before, state="dropped", ended_at=context.now, claimed_until=None)
        _tell(context, rounds.save(context.db, before, dropped))
        context.note("round_given_up", id_)


def _stop(context: Context, before: Round) -> None:
    _tell(context, rounds.save(context.db, before, rules.stopped(before)))
    context.note("round_stopped", before.id)


def _tell(context: Context, one: Round) -> None:
    """Whoever ran it hears that it does not go on."""
    notify.publish(context, [tell(Kind.ROUND_READY, one.by, one.id, one.version)], cards=[one.id])
