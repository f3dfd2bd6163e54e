"""Careless changes, one each: the bot misreads a setting of its scheme, or a verb or a deadline forgets a step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.actions.context import Click, Context
from bot.actions.deadlines import RULES, Rule, Rules
from bot.actions.keeping import MEMBER, PAIR, REQUEST, keep
from bot.actions.membership import own, role_of
from bot.actions.verbs import FUNCTIONS, Function
from bot.dialogs.parts import Nothing, Reply
from bot.lifecycle import endings, invitations, leaving
from bot.lifecycle import pairings as pairing_rules
from bot.lifecycle import pairs as pair_rules
from bot.lifecycle.deadlines import DeadlineKind
from bot.lifecycle.requests import stands
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme
from bot.storage import answering, members, pairings, pairs, people, requests
from tests.support.schemes import with_role, with_route


@dataclass(frozen=True)
class Defect:
    """`caught_by`: the invariant that finds it; `shows_in`: the schemes in which it can show; `misread`: what the bot
    takes the scheme for; `first`: the life to begin with, since it is caught late among them."""

    caught_by: str
    shows_in: Callable[[Scheme], bool] = lambda scheme: "ask" in scheme.route.steps
    misread: Callable[[Scheme], Scheme] = lambda scheme: scheme
    functions: Mapping[Verb, Function] = field(default_factory=dict)
    rules: Mapping[DeadlineKind, Rule] = field(default_factory=dict)
    first: int = 0

    @property
    def all_functions(self) -> Mapping[Verb, Function]:
        """Every verb's, with the broken ones."""
        return {**FUNCTIONS, **self.functions}

    @property
    def all_rules(self) -> Rules:
        """What follows deadlines, with the broken ones."""
        return {**RULES, **self.rules}


def _capacity(scheme: Scheme, **update: object) -> Scheme:
    return scheme.model_copy(update={"capacity": scheme.capacity.model_copy(update=update)})


def _no_places(scheme: Scheme) -> Scheme:
    return with_role(with_role(scheme, "mentee", places=None), "mentor", places=None)


def _without_gate(scheme: Scheme, gate: str) -> Scheme:
    gates = tuple(each for each in scheme.roles["mentor"].gates if each != gate)
    return with_role(scheme, "mentor", gates=gates, trainings=())


def _nothing_blocks(scheme: Scheme) -> Scheme:
    documents = (
        each.model_copy(update={"blocks": "nothing"}) if each.for_ == "pair" else each for each in scheme.documents
    )
    return scheme.model_copy(update={"documents": tuple(documents)})


def _without_review(scheme: Scheme) -> Scheme:
    return with_route(scheme, steps=tuple(step for step in scheme.route.steps if step != "review"))


def accept_by_anybody(context: Context, click: Click) -> Reply:
    """Who presses is not asked."""
    found = answering.load(context.db, context.scheme.key, click.subject)
    step = invitations.accept(found.request, click.subject, found.mentor, found.mentees, context.scheme, context.now)
    began = pair_rules.begin(context.new_id(), context.new_id(), step.state, context.scheme, context.now)
    pairs.save(context.db, None, began.state)
    keep(context, REQUEST, Verb.ACCEPT, found.request, step.joined_by(began), about=click.subject)
    return Nothing()


def declined_and_no_more(context: Context, invitation_id: str) -> bool:
    """The next is not asked: it goes back to its mentee, who hears nothing."""
    before = requests.by_invitation(context.db, context.scheme.key, invitation_id)
    listed = tuple(stands(each) for each in before.invitations)
    keep(context, REQUEST, "decline_stands", before, Step(replace(before, state="choosing", invitations=listed)))
    return True


def leave_and_no_more(context: Context, click: Click) -> Reply:
    """What hangs on the membership is left as it is."""
    before = own(context, role_of(click.subject))
    keep(context, MEMBER, Verb.LEAVE, before, leaving.leave(before))
    return Nothing()


def kept_apart_and_no_more(context: Context, click: Click) -> Reply:
    """Whoever is being asked for the other is asked on."""
    me, user = context.person, str((click.values or {})["person"])
    other = people.find(context.db, me.platform, me.team, user)
    if other is None:
        raise Refused("gone")
    held = tuple(members.of(context.db, context.scheme.key, other.id).values())
    said = pairing_rules.keep_apart(
        context.scheme.key, click.subject, other.id, held, None, context.officer, context.now
    )
    pairings.save(context.db, said)
    return Nothing()


def remove_in_silence(context: Context, click: Click) -> Reply:
    """The other party hears nothing."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    step = endings.remove(before, context.person.id, None, context.now)
    keep(context, PAIR, Verb.REMOVE_CONNECTION, before, Step(step.state))
    return Nothing()


def nothing_follows(_: Context, __: str) -> bool:
    """A deadline that is taken for done."""
    return False


def _asks_in_time(scheme: Scheme) -> bool:
    return scheme.route.reply_within is not None


def _soon_connected(scheme: Scheme) -> bool:
    return scheme.route.steps[-1] == "assign" and not _blocked(scheme)


def _blocked(scheme: Scheme) -> bool:
    return any(each.for_ == "pair" and each.blocks == "sessions" for each in scheme.documents)


DEFECTS: Final[Mapping[str, Defect]] = {
    "a mentor's places are not counted": Defect(
        "no_mentor_has_more_than_their_places",
        lambda scheme: scheme.capacity.counted_by == "number" and scheme.capacity.own_limit == 1,
        lambda scheme: _capacity(scheme, own_limit=20, own_limit_field=None),
        first=4,
    ),
    "the budget is forgotten": Defect(
        "no_mentor_has_more_than_their_places",
        lambda scheme: scheme.capacity.budget == 1 and scheme.route.steps[-1] == "assign",
        lambda scheme: _capacity(scheme, budget=None),
        first=1,
    ),
    "one more is asked at once": Defect(
        "as_many_are_asked_at_once_as_the_scheme_says",
        lambda scheme: scheme.route.at_once == 1 and scheme.route.mentors > 1 and "ask" in scheme.route.steps,
        lambda scheme: with_route(scheme, at_once=2),
        first=25,
    ),
    "the review is left out": Defect(
        "nobody_is_connected_without_their_consent",
        lambda scheme: "review" in scheme.route.steps and "first_request" not in scheme.roles["mentee"].gates,
        _without_review,
        first=1,
    ),
    "a training is not asked for": Defect(
        "whoever_is_asked_takes_part",
        lambda scheme: "training" in scheme.roles["mentor"].gates,
        lambda scheme: _without_gate(scheme, "training"),
    ),
    "documents block nothing": Defect(
        "sessions_have_times_only_once_both_have_accepted", _blocked, _nothing_blocks, first=27
    ),
    "places are not counted": Defect(
        "no_role_has_more_people_than_places", lambda scheme: scheme.roles["mentee"].places == 2, _no_places
    ),
    "whoever presses Accept accepts": Defect(
        "nobody_is_connected_without_their_consent", functions={Verb.ACCEPT: accept_by_anybody}, first=28
    ),
    "a decline is the end of it": Defect(
        "whoever_was_asked_in_vain_has_a_successor_or_the_mentee_is_told",
        rules={DeadlineKind.DECLINE_STANDS: declined_and_no_more},
    ),
    "silence is not noticed": Defect(
        "what_waits_has_somebody_to_wait_for_or_a_deadline",
        _asks_in_time,
        rules={DeadlineKind.INVITATION_LAPSES: nothing_follows},
        first=10,
    ),
    "whoever leaves leaves it all behind": Defect(
        "whoever_has_left_holds_nothing", functions={Verb.LEAVE: leave_and_no_more}, first=12
    ),
    "who is kept apart is asked on": Defect(
        "who_is_kept_apart_is_not_put_to_each_other", functions={Verb.KEEP_APART: kept_apart_and_no_more}, first=67
    ),
    "removing says nothing": Defect(
        "an_ended_pair_has_gone_and_said_so", _soon_connected, functions={Verb.REMOVE_CONNECTION: remove_in_silence}
    ),
}  # fmt: skip
