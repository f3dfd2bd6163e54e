"""Words about rounds, in which whoever matches finds mentors for many at once: what one is about, who is in it with
whom and why, and what came of it."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.dialogs.parts import Bold, Bullets, Button, Divider, Form, Message, Notice, Run, Shown
from bot.dialogs.subjects import RoundShown
from bot.dialogs.view_models.requests import RequestView
from bot.dialogs.view_models.rounds import RoundMessage, RoundPreview, RoundView
from bot.dialogs.wording import buttons, round_lines
from bot.dialogs.wording import buttons_of_rounds as of_rounds
from bot.dialogs.wording.builders import HOME, message, notice, office_message, one_primary, press, say, small, turning
from bot.lifecycle import rounds
from bot.lifecycle.rounds import Round
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

TITLE: Final = "Round"
_ORDERS: Final[Mapping[RoundShown, str]] = {"best": "Best first", "weakest": "Weakest first"}
OWN: Final = "You are left out of it yourself: another member of the office decides about you."
NOT_HEARD: Final = "Nobody has heard of it yet."


def preview_form(view: RoundPreview) -> Form:
    """What a round would be about, before it is run."""
    return Form(Verb.OPEN_ROUND, TITLE, one_primary(_preview(view)))


def preview_notice(view: RoundPreview) -> Notice:
    """The same as the answer to a command."""
    return notice(TITLE, "", *_preview(view))


def _preview(view: RoundPreview) -> tuple[Shown, ...]:
    own = (small(OWN),) if view.own else ()
    if not view.waiting:
        return (say("No request waits for a mentor at the moment, so there is nobody to run a round for."), *own)
    wait = "1 request waits" if view.waiting == 1 else f"{view.waiting:,} requests wait"
    between = "" if view.places is None else f", with {_places(view.places)} between them"
    money = () if view.budget is None else (say(_affords(view.budget)),)
    how = (
        "A round finds a mentor for as many as it can, and puts those together who suit each other best. You read who "
        "suits whom and why, and can pin, keep apart, change places and run it again. Nobody hears of it before you "
        "publish it."
    )
    head = say(Bold(f"{wait} for a mentor."), f" {_mentors(view.mentors)} can be asked{between}.")
    return (head, *money, small(how), *own, press(of_rounds.run()))


def _mentors(number: int) -> str:
    return "1 mentor" if number == 1 else f"{number:,} mentors"


def _places(number: int) -> str:
    return "1 place" if number == 1 else f"{number:,} places"


def _affords(number: int) -> str:
    return f"The scheme can pay for {number:,} more connection{'' if number == 1 else 's'}, so no more are placed."


def begun(one: Round) -> Notice:
    """The answer to Run round."""
    text = "Who suits whom is being worked out. You are told here as soon as it is ready; nobody else hears of it."
    return notice("Round begun", text, press(of_rounds.look_again(one)))


def form(view: RoundView) -> Form:
    """How far a round is; then who is in it with whom."""
    return Form(Verb.OPEN_ROUND, TITLE, one_primary(_parts(view)))


def answer(view: RoundView) -> Notice:
    """The same as the answer to a command."""
    return notice(TITLE, "", *_parts(view))


def _parts(view: RoundView) -> tuple[Shown, ...]:
    one = view.one
    if one.state in rounds.AT_WORK:
        return (*_progress(view), press(of_rounds.look_again(one)))
    if one.state == "dropped":
        return (say("This round was dropped, and nobody has heard of it."), press(of_rounds.look()))
    pressed = [press(*_ways_on(view))] if one.state == "ready" else [press(of_rounds.as_file(one))]
    turned = tuple(_turned(view))
    return (*_totals(view), *pressed, *((press(*turned),) if turned else ()), *_page(view))


def _ways_on(view: RoundView) -> Iterator[Button]:
    one = view.one
    if allowed(rounds.may_publish, one, view.viewer):
        yield of_rounds.publish(one)
    yield of_rounds.run_again(one)
    yield of_rounds.as_file(one)
    yield of_rounds.drop(one)


def _progress(view: RoundView) -> tuple[Shown, ...]:
    """A step, and how many of how many."""
    one = view.one
    if one.state == "publishing":
        head = say(Bold("The round is being published."))
        return (head, small(f"{one.done:,} of {one.total:,} have had their turn."))
    if not one.total:
        return (say(Bold("Step 1 of 2: who suits whom is being worked out.")),)
    done = f"{one.done:,} of {one.total:,} mentees are written down."
    return (say(Bold("Step 2 of 2: it is being written down.")), small(done))


def _totals(view: RoundView) -> tuple[Shown, ...]:
    """How many are placed, how well they suit, what it costs, and how it stands."""
    one, parts = view.one, list[Shown]()
    if not one.total:
        return (say("No request waited for a mentor when this round was run."), *((small(OWN),) if view.own else ()))
    parts.append(say(*_placed(view)))
    if one.budget is not None and one.state == "ready":
        parts.append(say(f"They take {one.placed:,} of the {_places(one.budget)} that the scheme can still pay for."))
    parts.append(small(NOT_HEARD) if one.state == "ready" and not {*view.came} - {None} else say(*_outcome(view)))
    return (*parts, *((small(OWN),) if view.own else ()))


def _placed(view: RoundView) -> tuple[Run, ...]:
    """How many of how many have a mentor, and how well they suit."""
    one = view.one
    if not one.placed:
        wait = "1 mentee waits" if one.total == 1 else f"{one.total:,} mentees wait"
        return (Bold("Nobody could be placed"), f": {wait} on.")
    are, suit = ("is", "suits") if one.placed == 1 else ("are", "suit")
    head = f"{one.placed:,} of {one.total:,} {are} placed"
    return (Bold(head), f" with {_mentors(view.mentors)}, and {suit} by {one.average} % on average.")


def _outcome(view: RoundView) -> tuple[Run, ...]:
    """What came of it, in numbers."""
    came = view.came
    connected, asked = came.get("connected", 0), came.get("asked", 0)
    missed = sum(came.values()) - connected - asked - came.get(None, 0)
    counts = {"connected": connected, "being asked": asked, "left out": missed, "without a mentor": view.unplaced}
    said = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number) or "nobody was placed"
    return (Bold("Published: "), f"{said}.")


def _turned(view: RoundView) -> Iterator[Button]:
    """The other orders, and other pages."""
    one = view.one
    for shown, label in _ORDERS.items():
        if shown != view.shown and one.placed > 1:
            yield of_rounds.show(one, label, shown)
    if view.unplaced and view.shown != "unplaced":
        yield of_rounds.show(one, f"Without a mentor ({view.unplaced:,})", "unplaced")
    yield from turning(view.page, view.pages, lambda label, page: of_rounds.show(one, label, view.shown, page))


def _page(view: RoundView) -> Iterator[Shown]:
    for line in view.lines:
        yield Divider()
        yield from round_lines.line(line, view)
    if view.hidden:
        yield Divider()
        yield small("What is about you is not shown to you here.")
    if view.pages > 1:
        yield Divider()
        yield small(f"Page {view.page + 1} of {view.pages}")


def publishing(one: Round) -> Notice:
    """The answer to Publish."""
    text = "Each pair is told now, a few at a time. The office is told what came of it when all have had their turn."
    return notice("Being published", text, press(of_rounds.look_again(one)))


def dropped() -> Notice:
    """The answer to Drop round."""
    text = "Nobody has heard of it. The requests wait on, and you can run a new round at any time."
    return notice("Round dropped", text, press(of_rounds.look()))


def ready(told: RoundMessage) -> Message:
    """To whoever ran it: it can be looked at; how it stands, once somebody has gone on with it."""
    view, one = told.view, told.view.one
    if one.state in rounds.AT_WORK:
        return _message(told, *_progress(view), press(of_rounds.look_again(one)))
    if one.state == "dropped":
        text = say("This round was dropped, and nobody has heard of it. The requests wait on.")
        return _message(told, text, press(of_rounds.look()))
    if one.state == "published":
        return _message(told, *_totals(view), press(of_rounds.view(one)))
    next_ = " Look at who suits whom, and publish it when it is right." if one.placed else ""
    head = say(Bold("The round is ready."), next_) if next_ else say(Bold("The round is ready."))
    return _message(told, head, *_totals(view), press(of_rounds.view(one)))


def published(told: RoundMessage) -> Message:
    """To the office: what came of it."""
    view, parts = told.view, list[Shown]()
    parts.append(say(Bold("A round has been published. "), *_outcome(view)[1:]))
    missed = [(round_lines.not_held(each),) for each in told.not_held]
    if missed:
        parts += [say(Bold("Left out, since things had changed:")), Bullets(tuple(missed))]
    more = sum(view.came.values()) - sum(view.came.get(each, 0) for each in ("connected", "asked")) - len(missed)
    if more > 0:
        parts.append(small(f"And {more:,} more, in the round."))
    if missed or view.unplaced:
        parts.append(small("Whoever has no mentor yet waits on, and is in the next round."))
    return _message(told, *parts, press(of_rounds.view(view.one)))


def _message(told: RoundMessage, *parts: Shown) -> Message:
    return message(told.reader, *parts) if told.reader else office_message(*parts)


def nobody_yet(view: RequestView) -> Message | None:
    """To a mentee for whom a round has found nobody; nothing, once somebody has been found."""
    if view.request.state != "assigning":
        return None
    office = view.scheme.words.office
    head = say("We have looked for a mentor for you, and there is ", Bold("nobody yet"), " who suits and has room.")
    stays = f"Your request stays with the {office}, and you are in the next round: you need do nothing."
    then = f"{stays} You hear from us here as soon as there is somebody."
    return message(view.mentee, head, say(then), press(buttons.view_request(view.request.id, "your request")))


def found_since(view: RequestView) -> Message:
    """What is left of it then."""
    return message(view.mentee, say("Your request has gone on since. How it stands is on Home: ", HOME, "."))
