"""What comes next, in words: read from the scheme's gates and route, so that no sentence tells one scheme's way to the
members of another."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.dialogs.wording.builders import by_when
from bot.lifecycle.documents import Document, put_to
from bot.lifecycle.request import STEP_OF, Request, route_of
from bot.schemes.roles import Role
from bot.schemes.route import RouteStep
from bot.schemes.scheme import Scheme


def after_request(scheme: Scheme) -> str:
    """What follows once a mentoring request is sent, as a sentence: "The office looks at the request; then you …"."""
    office = scheme.words.office
    phrases: dict[RouteStep, str] = {
        "review": f"the {office} looks at the request{by_when(scheme)}",
        "choose": "you choose whom to ask",
        "name": "you name the mentors you would like, in order",
        "assign": f"the {office} finds a mentor for you",
    }
    said = "; then ".join(phrases[step] for step in scheme.route.steps if step in phrases)
    return f"{said[0].upper()}{said[1:]}."


def called(documents: Iterable[Document]) -> str:
    """Several documents in a sentence, after "the": "mentoring agreement and the ground rules"."""
    return " and the ".join(each.called for each in documents)


def after_acceptance(scheme: Scheme) -> str:
    """What follows once two are connected, as a sentence."""
    first = called(each for each in put_to("pair", scheme) if each.blocks == "sessions")
    if not first:
        return "Either of you can set the first session now."
    return f"Next, you both accept the {first}; then either of you sets the first session."


def looked_at(scheme: Scheme, role: Role) -> str:
    """What the office looks at once the forms of that role are filled in; empty where it does not."""
    gates = scheme.roles[role].gates
    if "review" not in gates:
        return ""
    return "both" if {"profile", "preferences"} <= set(gates) else "it"


_ONCE_APPROVED: Final[Mapping[RouteStep | None, str]] = {
    None: "",
    "choose": "Once it is approved, you choose whom to ask.",
    "name": "Once it is approved, you name the mentors you would like.",
    "assign": "Once it is approved, it finds a mentor for you.",
    "ask": "Once it is approved, the mentors you named are asked.",
}


def once_approved(step: RouteStep | None) -> str:
    """What follows the office's yes, by the step that comes then."""
    return _ONCE_APPROVED[step]


def again(scheme: Scheme, *, approved: bool) -> str:
    """What follows the same request sent once more. `approved`: its approval still counts."""
    office, finding = scheme.words.office, {
        "choose": "you choose whom to ask", "name": "you name the mentors you would like",
        "assign": "we find somebody for you",
    }  # fmt: skip
    then = next(words for step, words in finding.items() if step in scheme.route.steps)
    if approved:
        return f"As long as you leave it as it is, its approval holds, and {then} at once."
    if "review" not in scheme.route.steps:
        return f"Then {then}."
    return f"The {office} looks at it again{by_when(scheme)}, and {then}."


def finding_label(scheme: Scheme) -> str:
    """What the button is called by which mentors are found."""
    return "Name mentors" if "name" in scheme.route.steps else "Find mentors"


def looks_first(request: Request, scheme: Scheme) -> str:
    """Who looks at a list of mentors before anybody is asked, as a sentence; empty where nobody does."""
    steps = route_of(request, scheme).steps
    after = steps[steps.index(STEP_OF[request.state]) :] if STEP_OF[request.state] in steps else ()
    if "review" not in after or request.approved_at is not None:
        return ""
    return f" The {scheme.words.office} looks at your request first{by_when(scheme)}."
