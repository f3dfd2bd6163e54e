"""Every move of a request and its invitations, on one request in its states."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, get_args

from bot.lifecycle import exchange, invitations, offers, permissions, requests
from bot.lifecycle.permissions import Actor
from bot.lifecycle.request import (
    STEP_OF,
    Invitation,
    InvitationState,
    Request,
    RequestState,
    approval_holds,
    from_directory,
)
from bot.lifecycle.routes import assign, choose, name, review, walk
from bot.lifecycle.undoing import FOR
from bot.schemes.loading import load

from .builders import DAY, DUE, MENTORS, NOW, SCHEME, member, request, silence, with_requests
from .whole_moves import Case

NAMES = load("asme")
ASSIGNS = load("employer")
OFFERS = load("bcs_it")
OFFICE_TAKES_OVER = with_requests(when_all_fail="office")
ASKED = request("asking", revision=2)
DECLINED = invitations.decline(ASKED, "i1", "Too busy", NOW).state
OFFERED = Invitation("o1", "eve", 4, "open", NOW, DUE, asker="mentor")
WITH_OFFER = replace(ASKED, invitations=(*ASKED.invitations, OFFERED))
MINUTE = timedelta(minutes=1)
ROOM, FULL = member(own_limit=2), member(own_limit=1)


def _in(state: RequestState, **more: Any) -> Request:
    return request(state, revision=2, waiting_since=NOW if state in {"in_review", "assigning"} else None, **more)


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _answers()
    yield from _slips()
    yield from _offers()
    yield from _office()
    yield from _lists()
    yield from _ways()
    yield from _looks()


def _answers() -> Iterator[Case]:
    for who, mentor, held in (("with room", ROOM, 0), ("full", FULL, 1), ("nobody there", None, 0)):
        for whom, id_ in (("an invitation", "i1"), ("an offer", "o1")):
            accept = partial(invitations.accept, WITH_OFFER, id_, mentor, held, SCHEME, NOW)
            yield Case(f"accept {whom}, the mentor {who}", accept, WITH_OFFER)
    states: tuple[InvitationState, ...] = get_args(InvitationState)
    for state in states:
        one = replace(ASKED, invitations=(Invitation("i1", "bea", 1, state, NOW, DUE),))
        yield Case(f"may answer, {state}", partial(invitations.may_answer, one, "i1", NOW))
        offer = replace(ASKED, invitations=(replace(OFFERED, id="i1", state=state),))
        yield Case(f"may answer an offer, {state}", partial(invitations.may_answer, offer, "i1", NOW))
    yield Case("may answer, its minute", partial(invitations.may_answer, ASKED, "i1", DUE))
    yield Case("may answer another's", partial(invitations.may_answer, ASKED, "i9", NOW))
    yield Case("decline", partial(invitations.decline, ASKED, "i1", "Too busy", NOW), ASKED)
    for answer in ("end", "ask_next"):
        for one, id_ in ((ASKED, "i1"), (WITH_OFFER, "i1"), (WITH_OFFER, "o1")):
            lapse = partial(invitations.lapse, one, id_, MENTORS, silence(answer), DUE)
            yield Case(f"lapse {id_} of {len(one.invitations)}, silence: {answer}", lapse, one)
    yield Case("lapse too early", partial(invitations.lapse, ASKED, "i1", MENTORS, SCHEME, DUE - MINUTE), ASKED)
    talk = partial(invitations.offer_conversation, scheme=SCHEME, now=NOW)
    yield Case("talk first", partial(talk, ASKED, "i1"), ASKED)
    talked = invitations.offer_conversation(ASKED, "i1", SCHEME, NOW).state
    yield Case("talk first, twice", partial(talk, talked, "i1"))
    yield Case("talk first about an offer", partial(talk, WITH_OFFER, "o1"))
    no_talk = with_requests(first_conversation=False)
    yield Case("talk first, not here", partial(invitations.offer_conversation, ASKED, "i1", no_talk, NOW))
    gone = partial(invitations.no_longer_there, available=MENTORS, scheme=SCHEME, now=NOW)
    yield Case("who is asked is there no more", partial(gone, WITH_OFFER, "bea"), WITH_OFFER)
    yield Case("who offered is there no more", partial(gone, WITH_OFFER, "eve"), WITH_OFFER)
    for id_ in ("i1", "i2"):
        yield Case(f"may read {id_}", partial(invitations.may_read, ASKED, id_))
    for person, id_ in (("ada", "i1"), ("bea", "i1"), ("cyd", "i1"), ("ada", "i2"), ("ada", "o1"), ("eve", "o1")):
        told = SCHEME.contact_details.model_copy(update={"before_acceptance": "messages"})
        open_ = SCHEME.model_copy(update={"contact_details": told})
        write = partial(exchange.write, "w1", WITH_OFFER, id_, person, "Hello", 1, open_, NOW)
        yield Case(f"{person} writes about {id_}", write)


def _slips() -> Iterator[Case]:
    for when, at in (("at once", NOW), ("in the last second", NOW + FOR - timedelta(seconds=1)), ("after", NOW + FOR)):
        stands = partial(invitations.decline_stands, DECLINED, "i1", MENTORS, SCHEME, at)
        yield Case(f"decline stands, {when}", stands, DECLINED)
        undo = partial(invitations.undo_decline, DECLINED, "i1", ROOM, 1, SCHEME, at)
        yield Case(f"undo decline, {when}", undo, DECLINED)
    undo = partial(invitations.undo_decline, DECLINED, "i1", scheme=SCHEME, now=NOW + MINUTE)
    yield Case("undo decline, the mentor full", partial(undo, FULL, 1))
    yield Case("undo decline, the mentor gone", partial(undo, None, 0))
    yield Case("undo decline, the mentor takes part no more", partial(undo, member(state="left"), 0))
    yield Case("undo decline, of one that is open", partial(invitations.may_undo_decline, ASKED, "i1", NOW))
    yield Case("undo decline, of one not there", partial(invitations.may_undo_decline, ASKED, "i9", NOW))
    soon = replace(DECLINED, invitations=(replace(DECLINED.invitations[0], due_at=NOW + MINUTE),))
    yield Case("undo decline, its time over first", partial(invitations.may_undo_decline, soon, "i1", NOW + MINUTE))
    endless = replace(DECLINED, invitations=(replace(DECLINED.invitations[0], due_at=None),))
    yield Case("undo decline, without a time", partial(invitations.may_undo_decline, endless, "i1", NOW + MINUTE))
    offered = invitations.decline(WITH_OFFER, "o1", None, NOW).state
    yield Case(
        "an offer's decline stands",
        lambda: invitations.decline_stands(offered, "o1", MENTORS, SCHEME, NOW + FOR),
        offered,
    )
    yield Case("as others see a decline", partial(invitations.as_others_see, DECLINED), DECLINED)
    yield Case("as others see an open one", partial(invitations.as_others_see, ASKED), ASKED)


def _offers() -> Iterator[Case]:
    choosing = replace(_in("choosing", approved_at=NOW), invitations=(Invitation("i1", "cyd", 1, "declined"),))
    takes = with_requests(offers=True)
    offer = partial(offers.offer, choosing, "i9", scheme=takes, now=NOW)
    yield Case("offer", partial(offer, ROOM, 1), choosing)
    yield Case(
        "offer without a time to answer",
        lambda: offers.offer(choosing, "i9", ROOM, 1, with_requests(offers=True, reply_within=None), NOW),
        choosing,
    )
    yield Case("offer without room", partial(offer, FULL, 1))
    yield Case("offer again", partial(offer, member(person="cyd"), 0))
    yield Case("offer to oneself", partial(offer, member(person="ada"), 0))
    for who, mentor in (
        ("a mentee", member("mentee")),
        ("nobody", None),
        ("paused", member(paused_until=NOW + DAY)),
        ("in review", member(state="in_review")),
        ("untrained", member(trainings={})),
    ):
        yield Case(f"may look, {who}", partial(offers.may_look, mentor, 0, takes, NOW))
    yield Case("may look, no offers here", partial(offers.may_look, ROOM, 0, SCHEME, NOW))
    states: tuple[RequestState, ...] = get_args(RequestState)
    for state in states:
        for approved in (NOW, None):
            one = _in(state, invitations=(), approved_at=approved)
            said = "approved" if approved else "not approved"
            yield Case(f"may offer, {state}, {said}", partial(offers.may_offer, one, ROOM, 0, takes, NOW))
    unreviewed = with_requests(offers=True, steps=("choose", "ask"))
    yield Case(
        "may offer, nothing is reviewed",
        lambda: offers.may_offer(_in("choosing", invitations=()), ROOM, 0, unreviewed, NOW),
    )
    yield Case("take back an offer", partial(offers.take_back, WITH_OFFER, "o1", "eve", NOW), WITH_OFFER)
    yield Case("take back another's", partial(offers.take_back, WITH_OFFER, "o1", "bea", NOW))
    yield Case("take back no offer", partial(offers.take_back, WITH_OFFER, "i1", "bea", NOW))


def _office() -> Iterator[Case]:
    review_ = _in("in_review")
    yield Case("approve", partial(requests.approve, review_, MENTORS, SCHEME, NOW), review_)
    yield Case("ask for clarification", partial(requests.ask_clarification, review_, "Where?"), review_)
    yield Case("turn down", partial(requests.turn_down, review_, "Sorry", NOW), review_)
    clarifying = _in("clarifying", question="Where?")
    yield Case(
        "the mentee answers",
        partial(requests.resubmit, clarifying, {"topics": ["Leadership"]}, SCHEME, NOW),
        clarifying,
    )
    assigning = replace(_in("assigning"), invitations=(Invitation("i1", "cyd", 1, "declined"), OFFERED))
    yield Case("turn down, with an offer", partial(requests.turn_down, assigning, "Sorry", NOW), assigning)
    for mentor in ("bea", "cyd", "ada", "zoe"):
        pick = partial(assign.assign, assigning, "i9", mentor, MENTORS)
        yield Case(f"pick {mentor}", pick, assigning)
    yield Case("assign", partial(requests.assign, assigning, "i9", ROOM, 1, ASSIGNS, NOW), assigning)
    yield Case("assign who is full", partial(requests.assign, assigning, "i9", FULL, 1, ASSIGNS, NOW))
    yield Case(
        "assign who rests", partial(requests.assign, assigning, "i9", member(rests_until=NOW + DAY), 0, ASSIGNS, NOW)
    )
    yield Case("give back", partial(requests.give_back, assigning, "Try Leeds", OFFICE_TAKES_OVER, NOW), assigning)
    yield Case("give back, not here", partial(requests.give_back, assigning, "Try Leeds", ASSIGNS, NOW))
    states: tuple[RequestState, ...] = get_args(RequestState)
    for state in states:
        one = _in(state)
        yield Case(f"may decide, {state}", partial(review.may_decide, one))
        yield Case(f"may assign, {state}", partial(assign.may_assign, one))
        yield Case(f"may choose, {state}", partial(choose.may_choose_mentors, one))
        yield Case(f"may name, {state}", partial(name.may_name_mentors, one))
        yield Case(f"may find mentors, {state}", partial(requests.may_find_mentors, one))
        yield Case(f"may answer the office, {state}", partial(requests.may_answer_office, one))
        yield Case(f"may change, {state}", partial(requests.may_change, one))
        yield Case(f"may withdraw, {state}", partial(requests.may_withdraw, one))
        yield Case(f"may turn down, {state}", partial(requests.may_turn_down, one))
        yield Case(f"may give back, {state}", partial(requests.may_give_back, one, OFFICE_TAKES_OVER))
        yield Case(f"who has power over it, {state}", partial(permissions.power_over, one))
        yield Case(f"withdraw, {state}", partial(requests.withdraw, one, NOW), one)


def _lists() -> Iterator[Case]:
    choosing, naming = _in("choosing", approved_at=NOW), _in("naming")
    three = [("i1", "bea"), ("i2", "cyd"), ("i3", "dan")]
    yield Case("send", partial(requests.send, choosing, three, MENTORS, SCHEME, NOW), choosing)
    at_once = with_requests(at_once=2)
    yield Case("send, two at once", partial(requests.send, choosing, three, MENTORS, at_once, NOW), choosing)
    for said, chosen, available in (
        ("nobody", [], MENTORS),
        ("one twice", [("i1", "bea"), ("i2", "bea")], MENTORS),
        ("oneself", [("i1", "ada")], MENTORS),
        ("who is not free", [("i1", "bea")], frozenset({"cyd"})),
        ("too many", [*three, ("i4", "eve")], MENTORS | {"eve"}),
    ):
        yield Case(f"send to {said}", partial(requests.send, choosing, chosen, available, SCHEME, NOW))
        named = partial(requests.name_mentors, naming, chosen, available, available, NAMES, NOW)
        yield Case(f"name {said}", named)
    yield Case("name", partial(requests.name_mentors, naming, three, MENTORS, MENTORS, NAMES, NOW), naming)
    nobody_there = partial(requests.name_mentors, naming, three, frozenset({"bea"}), MENTORS, NAMES, NOW)
    yield Case("name who takes part no more", nobody_there)
    asks = with_requests(steps=("name", "ask"), on_silence="ask_next")
    some_free = partial(requests.name_mentors, naming, three, MENTORS, frozenset({"cyd"}), asks, NOW)
    yield Case("name, and ask who is free", some_free, naming)


def _ways() -> Iterator[Case]:
    for step, enter in walk.STEPS.items():
        one = _in("in_review", question="Where?")
        listed = replace(one, invitations=(Invitation("i1", "bea", 1, "queued"), OFFERED))
        yield Case(f"enter {step}", partial(enter, listed, MENTORS, SCHEME, NOW), listed)
    clarifying = _in("clarifying", question="Where?")
    yield Case("answered", partial(review.answered, clarifying, SCHEME, NOW), clarifying)
    for scheme in (SCHEME, NAMES, ASSIGNS, OFFERS, load("bsw_hub"), OFFICE_TAKES_OVER):
        way = f"{' '.join(scheme.route.steps)} or {scheme.route.when_all_fail}"
        for state in sorted(each for each, step in STEP_OF.items() if step in scheme.route.steps or step == "assign"):
            for approved in (None, NOW - 40 * DAY, NOW):
                one = _in(state, invitations=(), approved_at=approved)
                said = f"{way}, {state}, {f'approved {(NOW - approved).days} days ago' if approved else 'not approved'}"
                yield Case(f"goes to, {said}", partial(walk.goes_to, one, scheme, NOW))
        failed = _in("asking", invitations=("declined", "unavailable"))
        yield Case(
            f"find again, {way}",
            partial(walk.find_again, failed, scheme, NOW),
            failed,
        )
        mentee = member("mentee", id="m2")
        create = partial(requests.create, "r9", mentee, 0, {"topics": ["Leadership"]}, scheme, NOW)
        yield Case(f"create, {way}", create)
    for days in (29, 30):
        before = request("expired", approved_at=NOW - days * DAY, revision=5)
        create = partial(requests.create, "r9", member("mentee"), 0, {"topics": ["Leadership"]}, SCHEME, NOW, before)
        yield Case(f"create again, approved {days} days ago", create)
        yield Case(f"the approval of {days} days ago", partial(approval_holds, before, SCHEME, NOW))
    yield Case("create a second", partial(requests.create, "r9", member("mentee"), 1, {}, SCHEME, NOW))
    yield Case("create, not in", partial(requests.create, "r9", member("mentee", "asked"), 0, {}, SCHEME, NOW))


def _looks() -> Iterator[Case]:
    for scheme in (SCHEME, OFFERS, NAMES):
        for state in ("choosing", "naming"):
            one = _in(state)
            yield Case(f"from the directory, {scheme.key}, {state}", partial(from_directory, one, scheme))
    for person, powers in (
        ("ada", ()),
        ("bea", ()),
        ("eve", ("match",)),
        ("eve", ("approve_requests",)),
        ("eve", ("approve_members",)),
    ):
        actor = Actor(person, frozenset(powers))  # type: ignore[arg-type]
        said = f"{person} {' '.join(powers)}".strip()
        yield Case(f"reads the request: {said}", partial(permissions.reads_request, actor, WITH_OFFER))
        yield Case(f"is the asker: {said}", partial(permissions.asker, actor, WITH_OFFER))
        for id_ in ("i1", "o1"):
            yield Case(f"is asked by {id_}: {said}", partial(permissions.invited, actor, WITH_OFFER, id_))
    for reader in ("oneself", "office", "party"):
        readers = (permissions.readable, permissions.reads_messages, permissions.reads_reasons)
        for rule in readers:
            yield Case(f"{rule.__name__}, {reader}", partial(rule, reader))
    for now in (0, 1):
        yield Case(f"enough mentors, {now}", partial(requests.enough_mentors, SCHEME, now))
