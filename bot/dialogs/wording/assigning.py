"""Words for the office where it picks the mentor: who suits a request and why, and what follows the choice."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogs import subjects
from bot.dialogs.own_fields import WORDS
from bot.dialogs.parts import Bold, Divider, Form, Notice, Part
from bot.dialogs.view_models.choosing import Shortlist
from bot.dialogs.view_models.person import TwoPeople
from bot.dialogs.view_models.requests import RequestView
from bot.dialogs.wording import buttons_of_office, pairings, shortlist
from bot.dialogs.wording.builders import cut, press, say, small
from bot.dialogs.wording.office import done
from bot.dialogs.wording.request_states import title_of
from bot.lifecycle.people import Person
from bot.lifecycle.request import route_of
from bot.lifecycle.vocabulary import Verb

TITLE = "Assign mentor"


def form(best: Shortlist, view: RequestView, said: Sequence[TwoPeople]) -> Form:
    """The mentors who suit a request, best first, each with the terms of its match; or why there is nobody. `said`: of
    their mentee and others, as far as this reader may know."""
    apart = pairings.to_whoever_matches(said)
    head = say(Bold(view.mentee.name), " asks for a mentor: ", Bold(title_of(view)), ".")
    if not best.shown:
        waits = small("The request waits with you until somebody can take it on; new mentors join from time to time.")
        return Form(
            Verb.OPEN_ASSIGN, TITLE, (head, say(shortlist.why_nobody(best, "their")), waits, *apart), best.request.id
        )
    parts: list[Part] = [head, small(_follows(view))]
    for n, ranked in enumerate(best.shown, start=1):
        assign = buttons_of_office.assign(subjects.choice(best.request.id, ranked.mentor.id), ranked.mentor.name)
        parts += shortlist.to_office(ranked, n, best.scheme, assign, pairings.warning(said, ranked.mentor.id))
    skipped = ",".join([*best.skipped, *(each.mentor.id for each in best.shown)])
    if best.more > 0:
        parts += [Divider(), press(buttons_of_office.more_mentors(best.request.id))]
    return Form(Verb.OPEN_ASSIGN, TITLE, (*parts, *apart), best.request.id, carried={"skipped": skipped})


def _follows(view: RequestView) -> str:
    route = route_of(view.request, view.scheme)
    if "ask" not in route.steps:
        return "Whoever you choose is connected at once, and both are told."
    window = f" and has {route.reply_within.words} to answer" if route.reply_within else ""
    return f"Whoever you choose is asked at once{window}. If it is a no, the request comes back to you."


def assigned(view: RequestView, mentor: Person) -> Notice:
    """What came of the choice."""
    if view.request.state == "accepted":
        return done(f"{view.mentee.name} and {mentor.name} are connected; both have been told.")
    return done(f"{mentor.name} has been asked. {view.mentee.name} hears as soon as there is an answer.")


def give_back_form(request: str, name: str) -> Form:
    """Leaving the choice to the mentee again."""
    hint = "They read exactly this. Say what you found out, and whom they could think of."
    parts = (
        say(f"{name} is told at once, and can choose again for the same request."),
        replace(WORDS, label=cut(f"{WORDS.label} to {name}", 150), hint=hint),
    )
    return Form(Verb.GIVE_BACK, "Let them choose again", parts, subject=request, submit="Send")
