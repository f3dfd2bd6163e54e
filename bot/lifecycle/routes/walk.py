"""The way from one step of a route to the next, and what follows when everybody on a list has failed."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.lifecycle.notices import tell
from bot.lifecycle.request import STEP_OF, Request, approval_holds, route_of
from bot.lifecycle.routes import ask, assign, choose, name, review
from bot.lifecycle.routes.step import RouteStep
from bot.lifecycle.step import Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes import route as data
from bot.schemes.route import FINDING
from bot.schemes.scheme import Scheme

STEPS: Final[Mapping[data.RouteStep, RouteStep]] = {
    "review": review.enter,
    "choose": choose.enter,
    "name": name.enter,
    "assign": assign.enter,
    "ask": ask.enter,
}


def begin(request: Request, scheme: Scheme, now: datetime) -> Step[Request]:
    """A request at the first step of its route. A review that it has behind it already is not asked for again."""
    return _enter(request, route_of(request, scheme).steps, (), scheme, now)


def go_on(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """The request at the step after the one it is at; connected, where that was the last."""
    return _enter(request, _left(request, scheme), available, scheme, now)


def goes_to(request: Request, scheme: Scheme, now: datetime) -> data.RouteStep | None:
    """The step that comes after the one the request is at; None: it connects the two."""
    return next((step for step in _left(request, scheme) if not _behind(step, request, scheme, now)), None)


def _left(request: Request, scheme: Scheme) -> tuple[data.RouteStep, ...]:
    steps, at = route_of(request, scheme).steps, STEP_OF[request.state]
    if at in steps:
        return steps[steps.index(at) + 1 :]
    return tuple(step for step in steps if step == "ask")  # the office has taken over: it picks, and that is asked


def _behind(step: data.RouteStep, request: Request, scheme: Scheme, now: datetime) -> bool:
    return step == "review" and approval_holds(request, scheme, now)


def _enter(
    request: Request,
    steps: tuple[data.RouteStep, ...],
    available: Collection[str],
    scheme: Scheme,
    now: datetime,
) -> Step[Request]:
    for step in steps:
        if not _behind(step, request, scheme, now):
            return _unless_failed(STEPS[step](request, available, scheme, now), scheme, now)
    return Step(replace(request, state="accepted", waiting_since=None))


def ask_next(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """Somebody who was asked is asked no more: the next is, or all have failed."""
    return _unless_failed(ask.ask_next(request, available, scheme, now), scheme, now)


def _unless_failed(step: Step[Request], scheme: Scheme, now: datetime) -> Step[Request]:
    """The step, or where it asks and nobody is left to be asked, what the scheme says follows."""
    if step.state.state != "asking" or ask.being_asked(step.state):
        return step
    return find_again(step.state, scheme, now).preceded_by(*step.notices)


def find_again(request: Request, scheme: Scheme, now: datetime) -> Step[Request]:
    """Everybody has failed: the mentee finds others, or the office takes it up with them. The mentee hears which."""
    to_office = route_of(request, scheme).when_all_fail == "office"
    step = "assign" if to_office else finding_step(request, scheme)
    entered = STEPS[step](request, (), scheme, now)
    return entered.preceded_by(tell(Kind.CHOOSE_AGAIN, request.mentee, request.id, len(request.invitations)))


def finding_step(request: Request, scheme: Scheme) -> data.RouteStep:
    """The step of the request's route by which a mentor is found."""
    return next(step for step in route_of(request, scheme).steps if step in FINDING)
