"""The office's lists, with everything in them that can be found: every need, long names, and names of other scripts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from bot.dialogs import list_queries
from bot.dialogs.parts import Form, Notice
from bot.dialogs.view_models.lists import ListedMember, ListedRequest, ListView, NeedyPair, Pressing
from bot.dialogs.view_models.pairs import ListedPair
from bot.dialogs.wording import connections, lists
from bot.dialogs.wording import help as helping
from bot.lifecycle import attention
from bot.lifecycle.attention import Facts, Listed, Marks
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Power, Scheme
from tests.dialogs import sample_views as some
from tests.dialogs.sample_views import DAY, NOW

ALL: frozenset[Power] = frozenset({"approve_members", "approve_requests", "record_training", "manage_members", "match"})
LONG = replace(some.AMARA, id="long", name="Maximiliana-Alexandrina Hohenlohe")
ARABIC = replace(some.AMARA, id="arabic", name="د. عبد الرحمن الأنصاري")
CHINESE = replace(some.AMARA, id="chinese", name="歐陽 明月")
LONG_AGO = Facts(asked_since=NOW - 6 * DAY, question_since=NOW - 9 * DAY)


def listed(held: Scheme, query: str, rows: Any, of: Listed, **more: Any) -> ListView:
    """A page of that list."""
    read = replace(list_queries.read(of, query), page=more.pop("page", 0))
    viewer = Actor(more.pop("viewer", some.RUTH).id, more.pop("powers", ALL))
    total = more.pop("total", len(rows))
    return ListView(held, read, tuple(rows), total, more.pop("pages", 1), viewer, Marks.of(held, NOW))


def members(held: Scheme) -> list[ListedMember]:
    """Somebody for each need, and some who need nothing."""
    marks = Marks.of(held, NOW)
    training = {each.key: date(2026, 9, 1) for each in held.roles["mentor"].trainings}
    long_ago = {"approved_at": NOW - 40 * DAY}
    each: list[tuple[Any, Person, dict[str, Any], Facts]] = [
        (("mentee", "asked"), some.AMARA, {"waiting_since": NOW - 40 * DAY}, Facts()),
        (("mentor", "in_review"), LONG, {"waiting_since": NOW - DAY}, Facts()),
        (("mentor", "approved"), ARABIC, {"silences": 2, "trainings": training}, Facts()),
        (("mentor", "approved"), CHINESE, {"trainings": training}, LONG_AGO),
        (("mentor", "approved"), some.DEVI, {"trainings": {}, **long_ago}, Facts()),
        (("mentor", "approved"), some.THIJS, {"trainings": {key: date(2023, 12, 20) for key in training}}, Facts()),
        (("mentor", "approved"), some.KATHERINE, {"trainings": {key: date(2020, 1, 2) for key in training}}, Facts()),
        (("mentee", "in_review"), some.THIJS, {"question": some.QUESTION, "waiting_since": None}, LONG_AGO),
        (("mentor", "approved"), ARABIC, {"trainings": training, "paused_until": NOW + DAY}, Facts()),
        (("mentor", "approved"), CHINESE, {"trainings": training, "rests_until": NOW + DAY}, Facts()),
        (("mentee", "left"), some.AMARA, {}, Facts()),
    ]  # fmt: skip
    found = list[ListedMember]()
    for n, ((role, state), person, changes, facts) in enumerate(each):
        view = some.member(role, state, held)
        kept = {"waiting_since": None, **changes}
        view = replace(view, person=person, member=replace(view.member, id=f"m{n}", person=person.id, **kept))
        found.append(ListedMember(view, attention.of_member(view.member, facts, marks), facts))
    return found


def requests(held: Scheme) -> list[ListedRequest]:
    """A request in every state, and one for each need."""
    marks, found = Marks.of(held, NOW), list[ListedRequest]()
    changes: tuple[tuple[Any, dict[str, Any]], ...] = (
        ("in_review", {"waiting_since": NOW - 40 * DAY}), ("assigning", {"waiting_since": NOW - DAY}), ("expired", {}),
        ("asking", {}), ("clarifying", {}), ("choosing", {}), ("accepted", {}), ("withdrawn", {}),
    )  # fmt: skip
    for n, (state, more) in enumerate(changes):
        view = some.request(state, held=held)
        late = (
            replace(each, asked_at=NOW - 6 * DAY, answered_at=NOW - DAY if state == "expired" else None)
            for each in view.request.invitations
        )
        request = replace(view.request, id=f"r{n}", invitations=tuple(late), **more)
        view = replace(view, request=request, mentee=(some.AMARA, LONG, ARABIC, CHINESE)[n % 4])
        found.append(ListedRequest(view, attention.of_request(request, LONG_AGO, marks), LONG_AGO))
    return found


def pairs(held: Scheme, *, ended: bool = False) -> list[NeedyPair]:
    """Pairs that go on, and what they need; or those that have ended."""
    views, marks = some.pairs(held), Marks.of(held, NOW)
    over = ("removed by the other", "completed", "ended by the office, without words", "time over", "ended")
    names = over if ended else ("no time yet", "session completed", "five completed")
    found = [
        ListedPair(
            replace(views[f"mentee: {name}"].pair, id=f"c{n}"),
            some.AMARA,
            replace(some.KATHERINE, name=f"Katherine {n}"),
        )
        for n, name in enumerate(names, 1)
    ]
    if not ended:
        late = replace(found[0].pair, id="c9", began_at=NOW - 300 * DAY, ends_at=NOW + 20 * DAY)
        met = replace(found[1].pair, id="c8", began_at=NOW - 300 * DAY, ends_at=NOW + 20 * DAY)
        old = tuple(replace(each, starts_at=each.starts_at and each.starts_at - 90 * DAY) for each in met.sessions)
        found += [ListedPair(late, CHINESE, LONG), ListedPair(replace(met, sessions=old), ARABIC, some.THIJS)]
    return [NeedyPair(each, attention.of_pair(each.pair, marks)) for each in found]


def pressing(held: Scheme) -> dict[str, Pressing]:
    """What needs the office in the morning: one thing, several, and nothing any more."""
    first = [(row, listed(held, "needs", [row], "members")) for row in members(held) if row.needs][:1]
    asks = [(row, listed(held, "needs", [row], "requests")) for row in requests(held) if row.needs][:1]
    met = [(row, listed(held, "needs", [row], "connections")) for row in pairs(held) if row.needs][:1]
    return {
        "one thing": Pressing(held, tuple(first), 1), "many things": Pressing(held, (*first, *asks, *met), 1204),
        "nothing": Pressing(held, (), 0),
    }  # fmt: skip


def _mentor(number: int) -> Person:
    return replace(some.KATHERINE, name=f"Katherine {number}")


def words(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Form | Notice]]:
    """Every window about them."""
    everybody = members(held)
    yield "members", lists.form(listed(held, "", everybody[:6], "members", total=1234, pages=155, page=3))
    yield "members, found", lists.answer(listed(held, "mentor silent عبد", everybody[6:], "members"))
    yield "members, nobody", lists.form(listed(held, 'paused "mentor"', (), "members"))
    yield "members, none at all", lists.answer(listed(held, "", (), "members"))
    yield "members, oneself", lists.answer(listed(held, "okafor", everybody[:1], "members", viewer=some.AMARA))
    few: frozenset[Power] = frozenset({"manage_members"})
    yield "members, without a say", lists.answer(listed(held, "", everybody[:2], "members", powers=few))
    asking = requests(held)
    yield "requests", lists.form(listed(held, "silent", asking[:4], "requests"))
    yield (
        "requests, second of three pages",
        lists.answer(listed(held, "", asking[4:], "requests", total=20, pages=3, page=1)),
    )
    yield "connections", lists.form(listed(held, "no session", pairs(held), "connections"))
    yield "connections, none", lists.answer(listed(held, "", (), "connections"))
    yield "connections, about oneself", lists.form(listed(held, "", pairs(held)[:2], "connections", viewer=some.AMARA))
    yield "ended connections", lists.form(listed(held, "over", pairs(held, ended=True), "connections"))
    yield (
        "ended connections, about oneself",
        lists.form(listed(held, "over", pairs(held, ended=True), "connections", viewer=some.AMARA)),
    )
    one = pairs(held)[0].view
    yield "end connection form", connections.end_form(one)
    yield "connection ended", connections.ended_notice(one)
    yield "office, unknown words", helping.unknown_office_command(held, "memebrs silent")
    yield "office, words like nothing else", helping.unknown_office_command(held, "xyzzy")
