"""Valid schemes of every kind: whatever the model takes, in any combination that it takes."""

from typing import Any

from hypothesis import strategies as st

from bot.schemes.evidence import Evidence
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Moment
from tests.support.schemes import SURVEY

TOPICS = ("Leadership", "Wellbeing")
WHY = {"title": "Join", "fields": [{"key": "why", "label": "Why?", "kind": "text"}]}
ABOUT = {"title": "Your profile", "fields": [{"key": "about", "label": "About you", "kind": "text", "required": False}]}
OFFERS = {
    "title": "Mentor profile",
    "fields": [
        {"key": "offers", "label": "What do you offer?", "kind": "topics"},
        {"key": "most", "label": "How many mentees?", "kind": "number", "lowest": 1, "highest": 5},
        {"key": "free", "label": "Can you be asked?", "kind": "yes_no"},
    ],
}
HOW: dict[str, Any] = {"key": "ways", "label": "How?", "kind": "choices", "options": ["Video call", "In person"]}
ASK = {
    "title": "Ask",
    "fields": [
        {"key": "topics", "label": "On what?", "kind": "topics"},
        {
            "key": "manager", "label": "Who manages you?", "kind": "person", "required": False, "seen_by": "office",
            "keeps_apart": True,
        },
    ],
}  # fmt: skip
POWERS = [
    "approve_members", "approve_requests", "record_training", "match", "manage_members", "manage_roles", "see_reports",
]  # fmt: skip


@st.composite
def schemes(draw: st.DrawFn, key: str = "any") -> Scheme:
    """A valid scheme; nothing is thrown away on the way to it."""
    route = draw(routes())
    roles = {
        "mentee": draw(roles_of("mentee", reviewed="review" in route["steps"])),
        "mentor": draw(roles_of("mentor")),
    }
    return Scheme.model_validate(
        {
            "key": key, "name": "Any Scheme", "organisation": "Anybody", "contact": "office@example.org",
            "about": "Mentoring.", "topics": TOPICS, "roles": roles, "route": route,
            "request": ASK,
            "matching": {"topics_field": "topics", "ratings_field": "offers"},
            "capacity": draw(capacities()), "documents": draw(documents(roles)),
            "sessions": draw(meetings()), "pairs": draw(st.sampled_from([{}, {"kept": "P30D"}]))
            | {"another_mentor": draw(st.sampled_from(["none", "office", "choose"]))},
            "contact_details": {"before_acceptance": _messages(draw, route)},
            "offices": [{"key": "office", "title": "Office", "powers": POWERS}],
            "reminders": _reminders(draw, route),
        }
    )  # fmt: skip


def _messages(draw: st.DrawFn, route: dict[str, Any]) -> str:
    return draw(st.sampled_from(["none", "messages"])) if "ask" in route["steps"] else "none"


def _reminders(draw: st.DrawFn, route: dict[str, Any]) -> dict[str, Any]:
    return {"invitation_unanswered": draw(st.sampled_from([[], ["P1D"]]))} if "reply_within" in route else {}


@st.composite
def routes(draw: st.DrawFn) -> dict[str, Any]:
    """Steps in every order that leads somewhere, and what follows when they fail."""
    steps = draw(
        st.sampled_from(
            [
                ["review", "choose", "ask"], ["choose", "ask"], ["choose", "review", "ask"],
                ["name", "ask"], ["review", "name", "ask"], ["name", "review", "ask"],
                ["assign"], ["review", "assign"], ["assign", "ask"], ["review", "assign", "ask"],
            ]
        )
    )  # fmt: skip
    mentors = draw(st.integers(1, 3))
    route: dict[str, Any] = {"steps": steps, "mentors": mentors, "at_once": draw(st.integers(1, mentors))}
    route["mentors_per_mentee"] = draw(st.integers(1, 2))
    route["when_all_fail"] = draw(st.sampled_from(["choose_again", "office"]))
    if "choose" in steps:
        route["choose_from"] = draw(st.sampled_from(["ranking", "directory"]))
    if "review" in steps and draw(st.booleans()):
        route["approval_holds"] = "P10D"
    route["invites"] = draw(st.booleans())
    if "ask" in steps:
        route["offers"] = draw(st.booleans())
        route["first_conversation"] = draw(st.booleans())
        if draw(st.booleans()):
            route |= {"reply_within": "P5D", "on_silence": draw(st.sampled_from(["end", "ask_next"]))}
    return route


@st.composite
def roles_of(draw: st.DrawFn, role: str, *, reviewed: bool = False) -> dict[str, Any]:
    """Any of a role's gates, in any order in which they can be passed."""
    filled_in = draw(st.permutations(["profile", "preferences"]).flatmap(_some))
    after = draw(st.permutations(["training", "code"]).flatmap(_some))
    last = draw(st.sampled_from([[], ["review"], *([["first_request"]] if reviewed else [])]))
    first = ["application"] if draw(st.booleans()) else []
    early = draw(st.booleans()) and last != ["first_request"]
    gates = [*first, *filled_in, *(last + after if early else after + last)]
    # Either may ask for something of the other: how they meet.
    wish = draw(
        st.sampled_from([{}, *({"compare": {"with": "ways", "strength": each}} for each in ("must", "prefer"))])
    )
    ways = {"title": "What suits you", "fields": [{**HOW, **wish}]}
    rules: dict[str, Any] = {"gates": gates, "profile": OFFERS if role == "mentor" else ABOUT, "preferences": ways}
    if first:
        rules["application"] = WHY
    if "training" in after:
        rules["trainings"] = [{"key": "course", "name": "The course"}]
    rules["places"] = draw(st.sampled_from([None, None, 2, 3]))
    if draw(st.booleans()):
        rules["place_held"] = "P3D"
    return rules


def _some(ordered: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.booleans(), min_size=len(ordered), max_size=len(ordered)).map(
        lambda wanted: [each for each, is_wanted in zip(ordered, wanted, strict=True) if is_wanted]
    )


@st.composite
def capacities(draw: st.DrawFn) -> dict[str, Any]:
    """Counted by numbers or by a flag, within a budget or without."""
    counted: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"own_limit": 1}, {"own_limit": 2}, {"own_limit": 1, "own_limit_field": "most"},
                {"counted_by": "flag", "flag_field": "free"},
            ]
        )
    )  # fmt: skip
    return {**counted, **draw(st.sampled_from([{}, {"budget": 1}, {"budget": 2}]))}


@st.composite
def documents(draw: st.DrawFn, roles: dict[str, Any]) -> list[dict[str, Any]]:
    """Whatever the gates ask for, and some for the pair."""
    coded = [role for role in ("mentee", "mentor") if "code" in roles[role]["gates"]]
    found = [_document(f"code_{role}", role, "matching") for role in coded]
    found += (
        [_document("contract", "pair", draw(st.sampled_from(["sessions", "nothing"])))] if draw(st.booleans()) else []
    )
    found += [_document("rules", "pair", "sessions")] if draw(st.booleans()) else []
    found += [_document("advice", "mentor", "nothing")] if draw(st.booleans()) else []
    return found


def _document(key: str, whom: str, blocks: str) -> dict[str, Any]:
    return {"key": key, "title": key.title(), "called": key, "for": whom, "blocks": blocks, "text": ["We listen."]}


@st.composite
def meetings(draw: st.DrawFn) -> dict[str, Any]:
    """How many sessions, and for how long."""
    found: dict[str, Any] = {"expected": draw(st.sampled_from([None, 1, 2])), "modes": ["Video call"]}
    return {**found, **draw(st.sampled_from([{}, {"length": "P60D"}, {"length": "P60D", "length_at_least": "P20D"}]))}


def that_shows(scheme: Scheme, moments: list[Moment], by: str) -> Scheme:
    """The same, which asks a survey at these moments and gives people what they can show of their mentoring."""
    timed = [] if scheme.sessions.length else ["middle"]
    asked = tuple(each for each in moments if each not in timed) or ("end",)
    survey = SURVEY.model_copy(update={"asked": asked, "by": by, "middle_after": None, "end_after": None})
    evidence = Evidence(hours=True, portfolio=True)
    return scheme.model_copy(update={"sheets": (survey,), "evidence": evidence, "pay": "hours_exported"})
