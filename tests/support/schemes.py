"""Schemes for tests: a shipped one with other settings."""

from typing import Any

from bot.schemes.fields import FormField
from bot.schemes.roles import Role
from bot.schemes.scheme import Power, Scheme
from bot.schemes.sheets import Page, Sheet


def with_role(scheme: Scheme, role: Role, **update: Any) -> Scheme:
    """The scheme with other settings for one role."""
    changed = scheme.roles[role].model_copy(update=update)
    return scheme.model_copy(update={"roles": {**scheme.roles, role: changed}})


def with_route(scheme: Scheme, **update: Any) -> Scheme:
    """The scheme with other settings for its route."""
    return scheme.model_copy(update={"route": scheme.route.model_copy(update=update)})


def with_power(scheme: Scheme, power: Power) -> Scheme:
    """The scheme with one power more for its first office."""
    first, *others = scheme.offices
    if power in first.powers:
        return scheme
    first = first.model_copy(update={"powers": (*first.powers, power)})
    return scheme.model_copy(update={"offices": (first, *others)})


def without_training(scheme: Scheme) -> Scheme:
    """The scheme as one that asks its mentors for no training."""
    gates = tuple(gate for gate in scheme.roles["mentor"].gates if gate != "training")
    return with_role(scheme, "mentor", trainings=(), gates=gates)


def sheet(key: str, about: str, **more: Any) -> Sheet:
    """A sheet of that kind; both write and read it, where the two are there, unless said otherwise."""
    title, fields = key.capitalize(), ({"key": "text", "label": "What?", "kind": "long_text", "required": False},)
    usual = {"key": key, "title": title, "about": about, "fields": fields}
    return Sheet.model_validate({**usual, "seen_by": "writer" if about == "member" else "both", **more})


ACTIONS = {
    "key": "actions", "label": "Actions", "kind": "rows", "rows": 4, "required": False,
    "columns": [{"key": "what", "label": "What"}, {"key": "by", "label": "By when", "kind": "date"}],
}  # fmt: skip
GOALS = sheet(
    "goals",
    "pair",
    intro="One small step is enough.",
    fields=(
        {"key": "goal", "label": "What would you like to reach?", "short": "Goal", "kind": "text"},
        ACTIONS,
        {"key": "helper", "label": "Who else can help?", "kind": "person", "required": False},
    ),
)
RECORD = sheet("record", "session", by="mentee", offered="afterwards", required=True)
THOUGHTS = sheet("thoughts", "pair", seen_by="writer")
PLAN = sheet("plan", "member", by="mentee", seen_by="office", required=True)
FILE = {"key": "file", "label": "A file", "short": "File", "kind": "file", "required": False}
WHY = {"key": "why", "label": "Why?", "kind": "text"}
PAPERS = sheet("papers", "pair", fields=(FILE, WHY))
PROOF = sheet("proof", "member", by="mentee", seen_by="office", fields=({**FILE, "required": True},))
LOOKING_BACK = sheet("looking_back", "pair", title="Looking back", offered="afterwards", required=True)
SURVEY = sheet(
    "survey",
    "pair",
    seen_by="writer",
    required=True,
    asked=("start", "middle", "end"),
    middle_after="P3M",
    end_after="P6M",
    fields=(
        {"key": "confidence", "label": "How confident are you?", "kind": "number", "lowest": 1, "highest": 5},
        {"key": "stays", "label": "Do you stay?", "kind": "choice", "options": ["Yes", "Perhaps", "No"]},
        {"key": "times", "label": "When do you meet?", "kind": "choices", "options": ["Mornings", "Evenings"]},
        {"key": "again", "label": "Would you do it again?", "kind": "yes_no", "required": False},
    ),
)
READ_SURVEY = SURVEY.model_copy(
    update={
        "seen_by": "office",
        "fields": (*SURVEY.fields, FormField(key="words", label="What else?", kind="long_text", required=False)),
    }
)
"""The same, which the office reads."""
FIRST_SESSION = Page.model_validate(
    {
        "key": "first_session", "title": "The first session: five things and five essentials",
        "text": ["What matters most to the mentee.", "How often you meet."],
        "links": [{"text": "More about it", "url": "https://example.org/first"}],
    }
)  # fmt: skip
SELF_CHECK = Page.model_validate({"key": "self_check", "title": "Going well?", "for": "mentor", "text": ["You meet."]})


def with_sheets(scheme: Scheme) -> Scheme:
    """The scheme with sheets about everything, pages, and a word on pay."""
    sheets, pages = (GOALS, RECORD, THOUGHTS, PLAN, PAPERS, PROOF, LOOKING_BACK), (FIRST_SESSION, SELF_CHECK)
    return scheme.model_copy(update={"sheets": sheets, "pages": pages, "pay": "banned"})
