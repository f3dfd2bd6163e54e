"""Words of the forms of a round: a mentor's places in it, and who hears of it when it is published."""

from dataclasses import replace

from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Bold, Form, Notice, Part, Shown
from bot.dialogs.view_models.rounds import RoundPlaces, RoundView
from bot.dialogs.wording import buttons_of_rounds
from bot.dialogs.wording.builders import notice, press, say, small
from bot.lifecycle import rounds
from bot.lifecycle.rounds import Round
from bot.lifecycle.vocabulary import Verb


def places_form(view: RoundPlaces) -> Form:
    """How many mentees a mentor gets in the round."""
    most = rounds.most_places(view.load, view.limit)
    field = replace(own_fields.ROUND_PLACES, highest=most, initial=min(view.given, most))
    placed = "1 mentee is" if view.placed == 1 else f"{view.placed} mentees are"
    parts: tuple[Part, ...] = (
        say(Bold(view.mentor.name), f": {placed} placed with them in this round."),
        small(f"{_takes(view)} It counts once the round is run again, and for this round alone."),
        field,
    )
    return Form(
        Verb.SET_ROUND_PLACES, "Change places", parts, subjects.choice(view.one.id, view.mentor.id), "Save"
    )  # fmt: skip


def _takes(view: RoundPlaces) -> str:
    if view.limit is None:
        return "They say themselves whether they can be asked, and nobody counts."
    whose = "by their own limit" if view.own_limit else "as the scheme has it unless they set another number"
    return f"They take {view.limit} at one time, {whose}, and {view.load} of these places are taken: that limit holds."


def places_set(view: RoundPlaces) -> Notice:
    """The answer to it."""
    given = "1 mentee" if view.given == 1 else f"{view.given} mentees"
    text = f"{view.mentor.name} gets {given} at most in this round. It counts once the round is run again."
    return notice("Places changed", text, press(buttons_of_rounds.run_again(view.one)))


def publish_form(view: RoundView) -> Form:
    """Who hears of it, and of what."""
    one, scheme = view.one, view.scheme
    asks = "ask" in scheme.route.steps
    hear = view.mentors if asks else view.mentors + one.placed
    parts: list[Part] = [
        say(
            Bold("1 person hears of it now." if hear == 1 else f"{hear:,} people hear of it now."),
            f" {_who(view, asks=asks)}",
        )
    ]
    if view.unplaced and scheme.rounds.tell_unplaced:
        whom = "The mentee" if view.unplaced == 1 else f"The {view.unplaced:,} mentees"
        parts.append(say(f"{whom} without a mentor are told once that they are in the next round."))
    changed = "a request that was withdrawn, a mentor who has paused or is full, two who are kept apart"
    parts.append(small(f"What no longer holds by then is left out, and named to the office: {changed}."))
    if scheme.rounds.introduction:
        also = "If there is an introductory meeting, both read of it in their message and see it at their connection."
        parts += [say(also), own_fields.MEETS_ON, own_fields.MEETS_AT, own_fields.MEETS_IN]
    return Form(Verb.PUBLISH_ROUND, "Publish", tuple(parts), subjects.round_run(one.id, one.run), "Publish")


def _who(view: RoundView, *, asks: bool) -> str:
    pairs = "1 pair" if view.one.placed == 1 else f"{view.one.placed:,} pairs"
    if not asks:
        return f"{pairs} are connected at once, and each is told." if view.one.placed > 1 else "The two are connected."
    route = view.scheme.route
    window = f" and has {route.reply_within.words} to answer" if route.reply_within else ""
    return f"For {pairs}, the mentor is asked{window}. If it is a no, the request comes back to the office."


def place_missing() -> str:
    """A day was given, and no place."""
    return "Please say where it is, or give the link to join."


def counts_again(one: Round) -> tuple[Shown, ...]:
    """The way back to a round in which something was said of two people."""
    again = small("In the round it counts once that is run again.")
    return (again, press(buttons_of_rounds.run_again(one), buttons_of_rounds.view(one)))
