"""A person's card, and where the office steps in: every window about it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from bot.dialogs.parts import Form, Notice
from bot.dialogs.view_models.bulk import BulkPreview, BulkView, Waits
from bot.dialogs.view_models.decisions import Decision
from bot.dialogs.view_models.person import Noted, PersonCard, ReplaceView, TwoPeople
from bot.dialogs.wording import another_mentor, bulk, pairings, person, stepping_in, undoing
from bot.lifecycle.attention import Marks
from bot.lifecycle.bulk import Because, Bulk, Case, Outcome
from bot.lifecycle.pairings import Pairing
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Power, Scheme
from bot.screens.person import NOTED
from tests.dialogs import list_views
from tests.dialogs import sample_views as some
from tests.dialogs.sample_views import DAY, NOW


def words(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Form | Notice]]:
    """Each of them."""
    for name, card in _cards(held).items():
        yield f"card, {name}", person.form(card)
    for name, preview in _previews(held).items():
        yield f"approve all, {name}", bulk.form(preview)
    for name, view in bulks(held).items():
        yield f"approved all, {name}", bulk.came_of_it(view)
    yield "approved all, begun", bulk.begun(bulks(held)["all"].bulk)
    yield "approved all, taken back", bulk.taken_back(bulks(held)["all"])
    yield from _of_pairings(held)
    for name, asked in some.another_mentor(held).items():
        yield f"another mentor, answer, {name}", another_mentor.answer_form(asked)
        yield f"another mentor, answered, {name}", another_mentor.answered_notice(asked)
    mentor = some.member("mentor", held=held)
    paused = replace(mentor, member=replace(mentor.member, paused_until=NOW + 9 * DAY))
    for asking in (0, 1, 3):
        yield f"pause form, {asking} asking", stepping_in.pause_form(mentor, asking)
    yield "paused by the office", stepping_in.paused(paused)
    yield "resumed by the office", stepping_in.resumed(mentor)
    yield "pass on form", stepping_in.pass_on_form(some.invitation(held=held))
    yield "passed on", stepping_in.passed_on(some.request("asking", held=held))
    listed = list_views.pairs(held)[0].view
    longer = replace(listed, pair=replace(listed.pair, terms=replace(listed.pair.terms, more_time="P6M")))
    for name, one in {"more time": longer, "no more time": listed}.items():
        yield f"extend form, {name}", stepping_in.extend_form(one)
    yield "extended", stepping_in.extended(listed)
    yield "extended, taken back", undoing.time_undone(listed)
    yield "replace form", stepping_in.replace_form(some.shortlist(held), listed, said_of_mentors(held))
    yield "replace form, nobody", stepping_in.replace_form(some.shortlists(held)["none"], listed, ())
    for asks in (True, False):
        by = ReplaceView(held, listed, some.THIJS, asks)
        yield f"replace by form, {'asks' if asks else 'connects'}", stepping_in.replace_by_form(by)
        yield f"replaced, {'asks' if asks else 'connects'}", stepping_in.replaced(by)


def _of_pairings(held: Scheme) -> Iterator[tuple[str, Form | Notice]]:
    yield "keep apart form", pairings.keep_apart_form(some.AMARA)
    yield "pin form", pairings.pin_form(held, some.AMARA)
    apart, pinned, _ = _pairings(held)
    for name, both in {"": False, ", connected, asked": True}.items():
        yield f"kept apart{name}", pairings.kept_apart(apart, connected=both, asked=both)
    yield "pinned", pairings.pinned(pinned)
    for two in (apart, pinned):
        yield f"lifted, {two.pairing.said}", pairings.lifted(two)


def _pairings(held: Scheme) -> tuple[TwoPeople, ...]:
    """Whom somebody is kept apart from, who is pinned to them, and to whom they are."""
    apart = Pairing(held.key, some.AMARA.id, some.THIJS.id, "apart", some.RUTH.id, NOW - 40 * DAY, "Her line manager.")
    pinned = replace(apart, said="pinned", reason=None, other=some.DEVI.id)
    return (
        TwoPeople(held, apart, some.AMARA, some.THIJS), TwoPeople(held, pinned, some.AMARA, some.DEVI),
        TwoPeople(held, replace(pinned, one=some.THIJS.id, other=some.AMARA.id), some.AMARA, some.THIJS),
    )  # fmt: skip


def said_of_mentors(held: Scheme) -> tuple[TwoPeople, ...]:
    """Who of the mentors is kept apart from somebody, and of whom whoever matches is warned, by their record."""
    apart, pinned, _ = _pairings(held)
    at = "mentee.application.appraiser"
    named = Pairing(held.key, some.AMARA.id, some.KATHERINE.id, "warned", "", NOW, record=at)
    manager = replace(named, other=some.DEVI.id, said="apart", record="mentee.application.line_manager")
    of = (TwoPeople(held, named, some.AMARA, some.KATHERINE), TwoPeople(held, manager, some.AMARA, some.DEVI))
    return (apart, pinned, *of)


def bulks(held: Scheme = some.SCHEME) -> dict[str, BulkView]:
    """What came of approving many at once."""
    cases = tuple(Case("member", f"m{n}", each.id, 1) for n, each in enumerate(_PEOPLE))
    names = {each.id: each.name for each in _PEOPLE}
    outcomes: dict[str, Outcome] = {"m0": "approved", "m1": "approved", "m2": "changed", "m3": "refused"}
    done = Bulk("b1", held.key, some.RUTH.id, "done", NOW, cases, NOW, len(cases), outcomes)
    all_: dict[str, Outcome] = {each.id: "approved" for each in cases}
    undone: dict[str, Outcome] = {"m0": "undone", "m1": "approved", "m2": "changed", "m3": "refused"}
    each = {
        "some": done, "all": replace(done, outcomes=all_), "too late to undo": replace(done, ended_at=NOW - DAY),
        "undone": replace(done, state="undone", outcomes=undone),
    }  # fmt: skip
    return {name: BulkView(held, one, some.RUTH, names, NOW) for name, one in each.items()}


def _previews(held: Scheme) -> dict[str, BulkPreview]:
    left = tuple(Waits(f"x{n}", each.name, "", why) for n, (each, why) in enumerate(
        zip(_PEOPLE, get_args(Because), strict=False)))  # fmt: skip
    one = next(iter(bulks(held).values())).bulk
    whats = ("would like to join as mentee", "has sent a mentor profile", "asks for a mentor: Leadership")
    several = tuple(Waits(f"m{n}", each.name, whats[n % 3]) for n, each in enumerate(_PEOPLE))
    return {
        "several": BulkPreview(held, one, several, left, 12),
        "one": BulkPreview(held, one, several[:1], ()),
        "many": BulkPreview(held, one, several * 10, left * 8),
        "nothing": BulkPreview(held, one, (), left),
    }


_PEOPLE = (some.AMARA, list_views.LONG, list_views.ARABIC, list_views.CHINESE)


def _cards(held: Scheme) -> dict[str, PersonCard]:
    """Of somebody with all there can be, of somebody with nothing, and for somebody who may do little."""
    everybody, asking = list_views.members(held), list_views.requests(held)
    decisions = (Decision(some.RUTH.name, verb, NOW - n * DAY) for n, verb in enumerate(NOTED))
    noted = tuple(Noted("as mentor", each) for each in decisions)
    holder = some.office_list(held).holders[held.offices[0].key][1]
    all_ = Actor(some.RUTH.id, list_views.ALL | {"manage_roles"})
    few: frozenset[Power] = frozenset({"record_training"})
    whole = PersonCard(
        held, some.AMARA, all_, Marks.of(held, NOW), (everybody[0], everybody[9]), (asking[3],),
        tuple(list_views.pairs(held)[:2]), tuple(each.view for each in list_views.pairs(held, ended=True)[2:4]),
        (replace(holder, why_kept=None),), noted, _pairings(held),
    )  # fmt: skip
    return {
        "all": whole,
        "bare": replace(
            whole, members=tuple(everybody[2:3]), requests=(), pairs=(), earlier=(), offices=(), noted=(), pairings=()
        ),
        "for somebody who records trainings": replace(
            whole, viewer=Actor(some.RUTH.id, few), requests=(), pairs=(), earlier=(), offices=(), pairings=()
        ),
    }
