"""What must fit together across a scheme's keys, once each of them is right on its own."""

from typing import TYPE_CHECKING

from bot.schemes.fields import Form, FormField

if TYPE_CHECKING:
    from bot.schemes.scheme import Scheme


def misfits(scheme: "Scheme") -> list[str]:
    """One line for each thing that does not fit, headed by its key; none: the scheme is whole."""
    found = [f"intake.{role}: missing" for role in ("mentee", "mentor") if role not in scheme.intake]
    if len(set(scheme.topics)) != len(scheme.topics):
        found.append("topics: one stands twice")
    found += _misfits_of_matching(scheme)
    found += _compared_in_vain(scheme)
    names = [office.key for office in scheme.offices]
    if len(set(names)) != len(names):
        found.append("offices: two have the same key")
    for power in ("approve_members", "approve_requests"):
        if not any(power in office.powers for office in scheme.offices):
            found.append(f"offices: nobody holds the power {power}")
    limit = scheme.capacity.own_limit_field
    if limit is not None and _kind(scheme.forms.mentor_profile, limit) != "number":
        found.append(f"capacity.own_limit_field: forms.mentor_profile has no number field {limit!r}")
    window = scheme.requests.reply_within
    if scheme.reminders.invitation_unanswered and window is None:
        found.append("reminders.invitation_unanswered: needs requests.reply_within")
    elif window and any(before.rest >= window.at_least for before in scheme.reminders.invitation_unanswered):
        found.append("reminders.invitation_unanswered: is not inside requests.reply_within")
    if any(before.months for before in scheme.reminders.invitation_unanswered):
        found.append("reminders.invitation_unanswered: write days or hours, not months or years")
    return found


def _misfits_of_matching(scheme: "Scheme") -> list[str]:
    matching, forms, found = scheme.matching, scheme.forms, []
    for name, key in (("topics_field", matching.topics_field), ("foremost_field", matching.foremost_field)):
        if key is not None and _kind(forms.request, key) != "topics":
            found.append(f"matching.{name}: forms.request has no topics field {key!r}")
    if _kind(forms.mentor_profile, matching.ratings_field) != "ratings":
        found.append(f"matching.ratings_field: forms.mentor_profile has no ratings field {matching.ratings_field!r}")
    if _kind(forms.mentor_profile, matching.headline_field) != "text":
        found.append(f"matching.headline_field: forms.mentor_profile has no text field {matching.headline_field!r}")
    offered = {field.key: field for form in (forms.mentor_profile, forms.mentor_preferences) for field in form.fields}
    for name in sorted(_keys(forms.mentor_profile) & _keys(forms.mentor_preferences)):
        found.append(f"forms.mentor_preferences: field {name} stands in forms.mentor_profile too; matching reads both")
    for field in scheme.compared:
        found += _misfits_of_comparing(field, offered)
    return found


def _misfits_of_comparing(field: FormField, offered: dict[str, FormField]) -> list[str]:
    """A mentee's question that no mentor's answer could ever meet."""
    rule = field.compare
    if rule is None:
        return []
    other = offered.get(rule.with_)
    if other is None:
        return [f"field {field.key}: compares with {rule.with_!r}, which no mentor's form asks"]
    if "ratings" in {field.kind, other.kind}:
        return [f"field {field.key}: ratings are ranked by matching.ratings_field, not compared"]
    strange = [each for each in field.options if other.options and each not in (*rule.indifferent, *other.options)]
    return [f"field {field.key}: no mentor can answer {each!r} in {other.key}" for each in strange]


def _compared_in_vain(scheme: "Scheme") -> list[str]:
    """A mentor's question, or one on joining, that is to be compared: no code reads that yet."""
    forms, intake = scheme.forms, scheme.intake
    unread: list[tuple[str, Form]] = [(f"intake.{role}.form", one.form) for role, one in intake.items()]
    unread += [("forms.mentor_profile", forms.mentor_profile), ("forms.mentor_preferences", forms.mentor_preferences)]
    return [
        f"{name}: not yet: field {field.key} is compared, and only a mentee's preferences and request are"
        for name, form in unread
        for field in form.fields
        if field.compare is not None
    ]


def _keys(form: Form) -> set[str]:
    return {field.key for field in form.fields}


def _kind(form: Form, key: str) -> str | None:
    field = form.field(key)
    return field.kind if field else None
