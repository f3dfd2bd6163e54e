"""Words for the office about who is kept apart from whom, and who is pinned to whom. Nobody else reads them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Button, Divider, Form, Heading, Notice, Part
from bot.dialogs.plain import day
from bot.dialogs.view_models.person import PersonCard, TwoPeople
from bot.dialogs.wording import buttons_of_office
from bot.dialogs.wording.builders import notice, press, say, small
from bot.lifecycle.named import DIRECTORY, heading
from bot.lifecycle.pairings import may_say
from bot.lifecycle.people import Person
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme

_OFFERED = "Pin a mentor who stands first for them, or keep them apart from somebody."
_OFFERED_OF_MENTORS = "Keep them apart from somebody: the two are never put to each other."
OTHER = "other"
"""Under which a form carries whom a round would put somebody together with."""
_SHOWN = 6
"""So many of what there may be many of."""


def lines(card: PersonCard) -> list[Part]:
    """What was said of somebody, and saying more."""
    found: list[Part] = []
    may = allowed(may_say, card.viewer, card.person.id)
    for two in card.pairings[:_SHOWN]:
        found.append(small(_said(two)))
        found += [press(_lift(two))] if may and _by_office(two) else []
    more = len(card.pairings) - _SHOWN
    found += [small(f"And {more} more.")] if more > 0 else []
    if may:
        found += [small(_OFFERED if _is_mentee(card) else _OFFERED_OF_MENTORS), press(*_add(card))]
    return [Divider(), Heading("Who with whom"), *found] if found else []


def _by_office(two: TwoPeople) -> bool:
    return two.pairing.record is None and two.pairing.said != "suggested"


def _suggested(two: TwoPeople) -> str:
    """Who has been thought of for whom."""
    mentee, mentor = (two.person, two.other) if two.pairing.one == two.person.id else (two.other, two.person)
    how = "invited by themselves" if two.pairing.by == mentee.id else "suggested by a mentor who could not take it on"
    return f"{mentor.name} stands first for {mentee.name}, {how}"


def _in_record(two: TwoPeople) -> str:
    """By which answer, and whose: the two have no say in it beyond that."""
    if two.pairing.record == DIRECTORY:
        return f"“{because(two)}” in the directory of the organisation"
    whose = "their own record" if two.pairing.one == two.person.id else f"{two.other.name}’s record"
    return f"“{because(two)}” in {whose}"


def because(two: TwoPeople) -> str:
    """What the answer is called by which a record says it."""
    meant = "Line manager" if two.pairing.said == "apart" else "Manages their performance"
    return heading(two.pairing.record or "", two.scheme) or meant


def _said(two: TwoPeople) -> str:
    if two.pairing.said == "suggested":
        return _suggested(two)
    if two.pairing.record is not None:
        said = "Kept apart from" if two.pairing.said == "apart" else "You are warned of"
        return f"{said} {two.other.name}: {_in_record(two)}"
    since, reason = f"since {day(two.pairing.at)}", f": {two.pairing.reason}" if two.pairing.reason else ""
    if two.pairing.said == "apart":
        return f"Kept apart from {two.other.name} {since}{reason}"
    if two.pairing.one == two.person.id:
        return f"{two.other.name} is pinned, and stands first for them, {since}"
    return f"Pinned to {two.other.name}, for whom they stand first, {since}"


def to_whoever_matches(said: Sequence[TwoPeople]) -> list[Part]:
    """Which mentors are kept apart from a mentee, and why, below those who suit them."""
    apart = [each for each in said if each.pairing.said == "apart"]
    named = [f"{each.other.name}{_why(each)}" for each in apart[:_SHOWN]]
    named += [f"and {len(apart) - _SHOWN} more"] if len(apart) > _SHOWN else []
    return [small(f"Kept apart from them, so not listed: {', '.join(named)}. Neither is told.")] if named else []


def _why(two: TwoPeople) -> str:
    return f" ({because(two)})" if two.pairing.record is not None else ""


def warning(said: Sequence[TwoPeople], mentor: str) -> list[Part]:
    """What whoever matches is to know of a mentor before they choose them."""
    warned = [each for each in said if each.pairing.said == "warned" and each.other.id == mentor]
    return [small(f"Best avoided: “{because(each)}” in the record of one of the two.") for each in warned[:1]]


def _lift(two: TwoPeople) -> Button:
    subject = subjects.two(two.person.id, two.other.id)
    if two.pairing.said == "apart":
        return buttons_of_office.allow_again(subject, two.person.name, two.other.name)
    mentee, mentor = (two.person, two.other) if two.pairing.one == two.person.id else (two.other, two.person)
    return buttons_of_office.unpin(subject, mentee.name, mentor.name)


def _add(card: PersonCard) -> list[Button]:
    pin = [buttons_of_office.pin(card.person.id, card.person.name)] if _is_mentee(card) else []
    return [*pin, buttons_of_office.keep_apart(card.person.id, card.person.name)]


def _is_mentee(card: PersonCard) -> bool:
    return any(each.view.member.role == "mentee" for each in card.members)


def keep_apart_form(person: Person, other: Person | None = None) -> Form:
    """From whom; from `other`, where a round would put them together."""
    whom = other.name if other else "whoever you choose"
    parts = (
        say(f"{person.name} and {whom} are never put to each other, whoever of them is the mentor."),
        small("Neither is told. Whoever is being asked for the other now is asked no more; a connection goes on."),
        *(() if other else (replace(own_fields.PERSON, label="Apart from whom?"),)),
        replace(own_fields.REASON, label="Why", hint="For the office alone. Leave it empty if you like."),
    )
    return Form(Verb.KEEP_APART, "Keep apart", parts, person.id, "Keep apart", _carried(other))


def _carried(other: Person | None) -> dict[str, str]:
    return {OTHER: other.id} if other else {}


def kept_apart(two: TwoPeople, *, connected: bool, asked: bool) -> Notice:
    """The answer to it. `asked`: one of them was being asked for the other."""
    text = f"{two.person.name} and {two.other.name} are kept apart from now on, and are not told so."
    more = [say("The request that waited between them has gone on, and no answer is needed any more.")] if asked else []
    more += [say("They are connected, and go on: the connection can be ended from their card.")] if connected else []
    return notice("Done", "", say(text), *more, press(_lift(two)))


def pin_form(scheme: Scheme, mentee: Person, other: Person | None = None) -> Form:
    """Which mentor; `other`, unless somebody else is chosen, where a round would put them together."""
    chooses = bool({"choose", "name"} & set(scheme.route.steps))
    whom = other.name if other else "The mentor whom you choose"
    reads = f"{mentee.name} reads that the {scheme.words.office} suggests them, and still chooses."
    parts = (
        say(f"{whom} stands first for {mentee.name} whenever they can be asked."),
        small(reads if chooses else "Whoever assigns a mentor sees it. The two are not told."),
        replace(own_fields.PERSON, label="Another mentor instead", required=False)
        if other
        else replace(own_fields.PERSON, label="Which mentor?"),
    )
    return Form(Verb.PIN, "Pin", parts, mentee.id, "Pin", _carried(other))


def pinned(two: TwoPeople) -> Notice:
    """The answer to it."""
    text = f"{two.other.name} stands first for {two.person.name} from now on."
    return notice("Done", "", say(text), press(_lift(two)))


def lifted(two: TwoPeople) -> Notice:
    """The answer to lifting it."""
    if two.pairing.said == "pinned":
        return notice("Done", f"{two.other.name} and {two.person.name} are matched as anybody is from now on.")
    return notice("Done", f"{two.person.name} and {two.other.name} can be matched again from now on.")
