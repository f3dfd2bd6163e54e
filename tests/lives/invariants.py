"""What holds at every moment of every scheme. Each gives what is wrong, in words; nothing where all is well."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from bot.lifecycle import endings
from bot.lifecycle.gates import may_take_part, next_gate
from bot.lifecycle.member import LET_IN
from bot.lifecycle.membership import outside
from bot.lifecycle.step import allowed
from bot.lifecycle.surveys import windows
from tests.lives.snapshot import AnyRow, Snapshot
from tests.lives.world import OFFICERS, Press

Invariant = Callable[[Snapshot, list[Press]], Iterator[str]]


def no_mentor_has_more_than_their_places(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """Mentees and what is open together, where numbers count; and never more pairs than the scheme pays for."""
    active = [each for each in seen.pairs.values() if each.state == "active"]
    budget = seen.scheme.capacity.budget
    if budget is not None and len(active) > budget:
        yield f"{len(active)} pairs with a budget of {budget}"
    if seen.scheme.capacity.counted_by == "flag":
        return
    for mentor, held in seen.holding.items():
        limit = limit_of(seen, mentor)
        if held > limit:
            yield f"{held} of {limit} places of {seen.users[mentor]} are held"


def an_ended_pair_holds_no_place(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """What the bot counts is what there is."""
    for mentor, load in seen.loads.items():
        if load != seen.holding[mentor]:
            yield f"{load} places of {seen.users[mentor]} are counted as held, and {seen.holding[mentor]} are"


def limit_of(seen: Snapshot, mentor: str) -> int:
    """How many mentees a mentor takes at one time."""
    capacity, member = seen.scheme.capacity, seen.of(mentor, "mentor")
    field = capacity.own_limit_field
    own = (member.profile or {}).get(field) if member and field else None
    return int(own) if own is not None else capacity.own_limit


def as_many_are_asked_at_once_as_the_scheme_says(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """One, unless it says otherwise; offers are not asked."""
    for request in seen.requests.values():
        asked = [each for each in seen.listed(request.id) if each.state == "open" and each.asker != "mentor"]
        if len(asked) > seen.scheme.route.at_once:
            yield f"{len(asked)} are asked for {request.id}"


def nobody_is_asked_twice(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """On one request's list everybody stands once."""
    for request in seen.requests.values():
        twice = [mentor for mentor, n in Counter(each.mentor for each in seen.listed(request.id)).items() if n > 1]
        if twice:
            yield f"{twice} twice for {request.id}"


def nobody_is_connected_without_their_consent(seen: Snapshot, done: list[Press]) -> Iterator[str]:
    """Whom the route asks has said yes: mentor, mentee or office; and the office has approved where it reviews."""
    by_verb = {(each.user, each.verb, each.subject) for each in done}
    for pair in seen.pairs.values():
        mentor, mentee = seen.users[pair.mentor], seen.users[pair.mentee]
        if pair.origin == "offer":
            said = (mentor, "offer", pair.request) in by_verb and (mentee, "accept", pair.invitation) in by_verb
        elif pair.origin == "assignment":
            assigned = {(user, "assign", f"{pair.request}:{pair.mentor}") for user in OFFICERS}
            assigned |= {
                (user, "publish_round", f"{id_}:{run}")
                for id_, request, mentor in seen.matched
                if (request, mentor) == (pair.request, pair.mentor)
                for user in OFFICERS
                for run in range(1, 1 + max(each.run for each in seen.rounds if each.id == id_))
            }
            said = "ask" not in seen.scheme.route.steps and bool(assigned & by_verb)
        else:
            said = (mentor, "accept", pair.invitation) in by_verb
        if not said:
            yield f"{pair.id}, by {pair.origin}: nobody who had to has said yes"
        theirs = {each.id for each in seen.requests.values() if each.mentee == pair.mentee}
        approved = any(verb == "approve_request" and subject in theirs for _, verb, subject in by_verb)
        if "review" in seen.scheme.route.steps and not approved:
            yield f"{pair.id}: the office has approved no request of {mentee}"


def whoever_is_asked_takes_part(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """A mentor has passed every gate when they are asked and when they have a mentee; a mentee when they ask."""
    open_ = [each.mentor for each in seen.invitations.values() if each.state == "open"]
    mentors = {*open_, *(each.mentor for each in seen.pairs.values() if each.state == "active")}
    for person in mentors:
        member = seen.of(person, "mentor")
        if member is None or not allowed(may_take_part, member, seen.scheme, seen.now):
            yield f"{seen.users[person]} is asked, or has a mentee, and does not take part"
    for request in seen.going_on():
        mentee = seen.of(request.mentee, "mentee")
        gate = next_gate(mentee, seen.scheme, seen.now) if mentee else "application"
        if gate not in (None, "first_request"):
            yield f"{seen.users[request.mentee]} has a request before the gate {gate}"


_NEWS: Final = frozenset(
    {"now_asking", "choose_again", "request_expired", "given_back", "accepted", "request_turned_down", "to_assign"}
)


def whoever_was_asked_in_vain_has_a_successor_or_the_mentee_is_told(seen: Snapshot, done: list[Press]) -> Iterator[str]:
    """After a decline or silence somebody else is asked, or the mentee has heard of it."""
    for request in seen.requests.values():
        listed = seen.listed(request.id)
        failed = [each for each in listed if each.state in {"declined", "expired"} and each.asker != "mentor"]
        failed = [each for each in failed if each.undo_until is None]
        if not failed:
            continue
        about = {request.id, *(each.id for each in listed)}
        goes_on = request.state == "asking" and any(map(being_asked, listed))
        heard = any(kind in _NEWS and of in about and who == request.mentee for kind, of, who in seen.told)
        withdrawn = request.state in {"withdrawn", "turned_down", "accepted"}
        if not (goes_on or heard or withdrawn):
            yield f"{request.id} is {request.state} after {failed[-1].state}, and its mentee heard nothing"


def what_waits_has_somebody_to_wait_for_or_a_deadline(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """The office sees it in its list; or somebody is asked, and the clock says for how long."""
    for request in seen.going_on():
        with_office = request.state in {"in_review", "assigning"}
        if with_office != (request.waiting_since is not None):
            yield f"{request.id} is {request.state}, and in the office's list: {request.waiting_since is not None}"
        asked = [each for each in seen.listed(request.id) if being_asked(each)]
        if (request.state == "asking") != bool(asked):
            yield f"{request.id} is {request.state}, and {len(asked)} are asked"
    for member in seen.members:
        decided = member.state in {"asked", "in_review"} and member.question is None
        if decided != (member.waiting_since is not None):
            yield f"{member.id} is {member.state}, and in the office's list: {member.waiting_since is not None}"
        if member.state == "admitted" and next_gate(member, seen.scheme, seen.now) is None:
            yield f"{member.id} has passed every gate, and nobody has let them in"
    yield from _of_deadlines(seen)


def being_asked(invitation: AnyRow) -> bool:
    """Whether a mentor is being asked, or may take a decline back."""
    return invitation.asker != "mentor" and (invitation.state == "open" or invitation.undo_until is not None)


def _of_deadlines(seen: Snapshot) -> Iterator[str]:
    lapses = {about for about, kind in seen.deadlines if kind == "invitation_lapses"}
    due = {each.id for each in seen.invitations.values() if each.state == "open" and each.due_at is not None}
    if lapses != due:
        yield f"deadlines of {sorted(lapses ^ due)} do not fit"
    stand = {about for about, kind in seen.deadlines if kind == "decline_stands"}
    slips = {each.id for each in seen.invitations.values() if each.undo_until is not None}
    if stand != slips:
        yield f"declines of {sorted(stand ^ slips)} do not fit"
    for each in seen.invitations.values():
        window = seen.scheme.route.reply_within
        if each.state == "open" and each.asker != "mentor" and (each.due_at is None) != (window is None):
            yield f"{each.id} is asked until {each.due_at}"
    over = {about for about, kind in seen.deadlines if kind == "connection_over"}
    ends = {each.id for each in seen.pairs.values() if each.state == "active" and each.ends_at is not None}
    if over != ends:
        yield f"ends of {sorted(over ^ ends)} do not fit"


def whoever_has_left_holds_nothing(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """No request, no invitation and no pair of somebody who has no part in that role."""
    gone = {(each.person, each.role) for each in seen.members if outside(each)}
    for request in seen.going_on():
        if (request.mentee, "mentee") in gone:
            yield f"{seen.users[request.mentee]} has left, with a request {request.state}"
    held: list[AnyRow] = [each for each in seen.invitations.values() if each.state == "open"]
    held += [each for each in seen.pairs.values() if each.state == "active"]
    for each in held:
        if (each.mentor, "mentor") in gone or (getattr(each, "mentee", None), "mentee") in gone:
            yield f"{each.id} is {each.state}, and somebody of it has left"


def who_is_kept_apart_is_not_put_to_each_other(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """Neither of the two is asked for the other, offers to them, or is connected with them since."""
    for pairing in seen.pairings:
        if pairing.said != "apart":
            continue
        both = {pairing.one, pairing.other}
        # Whom a record has just come to name is seen to at once, in a transaction of its own.
        at_once = any((person, "named_apart") in seen.deadlines for person in both)
        for each in () if at_once else seen.invitations.values():
            if each.state == "open" and {each.mentor, seen.requests[each.request].mentee} == both:
                yield f"{each.id} is open, and the two are kept apart"
        for pair in seen.pairs.values():
            if {pair.mentee, pair.mentor} == both and pair.began_at > pairing.at:
                yield f"{pair.id} has begun, and the two are kept apart"


def no_role_has_more_people_than_places(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """Those let in, and those for whom a place is held."""
    for role, rules in seen.scheme.roles.items():
        held = [each for each in seen.members if each.role == role]
        taken = [each for each in held if each.state in LET_IN or each.place_held_until is not None]
        if rules.places is not None and len(taken) > rules.places:
            yield f"{len(taken)} {role}s for {rules.places} places"


def sessions_have_times_only_once_both_have_accepted(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """What blocks sessions blocks them."""
    wanted = {each.key for each in seen.scheme.documents if each.for_ == "pair" and each.blocks == "sessions"}
    for pair in seen.pairs.values():
        given = {(each.document, each.person) for each in pair.consents}
        both = all((key, person) in given for key in wanted for person in (pair.mentee, pair.mentor))
        if not both and any(each.starts_at for each in pair.sessions):
            yield f"{pair.id} has a session before both have accepted {wanted}"


def an_ended_pair_has_gone_and_said_so(seen: Snapshot, done: list[Press]) -> Iterator[str]:
    """What was ended is ended, has no session ahead and holds no place; the other has heard of it."""
    ended = {
        each.subject for each in done if each.verb in {"remove_connection", "complete_connection", "end_connection"}
    }
    for id_ in ended:
        if seen.pairs[id_].state == "active":
            yield f"{id_} was ended, and goes on"
    for pair in seen.pairs.values():
        if pair.ended_at is not None and endings.ahead(pair, pair.ended_at):
            yield f"{pair.id} has ended, with a session ahead"
        heard = {who for kind, about, who in seen.told if about == pair.id and kind.startswith("connection_")}
        if pair.state == "ended" and not {pair.mentee, pair.mentor} - {pair.ended_by} <= heard:
            yield f"{pair.id} has ended, and one of the two heard nothing"


def evidence_is_for_whom_it_is_about(seen: Snapshot, _: list[Press]) -> Iterator[str]:
    """A portfolio goes to the two of the pair alone; and a survey is answered by one of the two whom it asks, while it
    asks them."""
    for kind, about, person in seen.told:
        if kind == "portfolio" and person not in (seen.pairs[about].mentee, seen.pairs[about].mentor):
            yield f"{person} gets the portfolio of {about}"
    for row in seen.answered:
        pair, sheet = seen.pairs[row.about], seen.scheme.sheets[0]
        asked = {"mentee": (pair.mentee,), "mentor": (pair.mentor,)}.get(sheet.by, (pair.mentee, pair.mentor))
        if row.owner not in asked or row.written_by != row.owner:
            yield f"{row.owner} has answered what is asked of {asked}"
        window = windows(sheet, pair).get(row.moment)
        if window is not None and row.written_at < window.opens:
            yield f"{row.id} was answered before it was asked"


INVARIANTS: Final[tuple[Invariant, ...]] = (
    no_mentor_has_more_than_their_places,
    an_ended_pair_holds_no_place,
    as_many_are_asked_at_once_as_the_scheme_says,
    nobody_is_asked_twice,
    nobody_is_connected_without_their_consent,
    whoever_is_asked_takes_part,
    whoever_was_asked_in_vain_has_a_successor_or_the_mentee_is_told,
    what_waits_has_somebody_to_wait_for_or_a_deadline,
    whoever_has_left_holds_nothing,
    who_is_kept_apart_is_not_put_to_each_other,
    no_role_has_more_people_than_places,
    sessions_have_times_only_once_both_have_accepted,
    an_ended_pair_has_gone_and_said_so,
    evidence_is_for_whom_it_is_about,
)


def broken(seen: Snapshot, done: list[Press]) -> list[str]:
    """Everything that does not hold, each by the name of what is broken."""
    return [f"{each.__name__}: {said}" for each in INVARIANTS for said in each(seen, done)]
