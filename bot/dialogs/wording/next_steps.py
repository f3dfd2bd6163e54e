"""What comes next, in words: read from the scheme's gates and route, so that no sentence tells one scheme's way to the
members of another."""

from bot.dialogs.wording.builders import by_when
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


def looked_at(scheme: Scheme, role: Role) -> str:
    """What the office looks at once the forms of that role are filled in; empty where it does not."""
    gates = scheme.roles[role].gates
    if "review" not in gates:
        return ""
    return "both" if {"profile", "preferences"} <= set(gates) else "it"
