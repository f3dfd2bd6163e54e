"""What must fit together across a scheme's tables.

The scheme may be one of which parts could not be read (see `parts`): a check that needs such a part comes to nothing,
and the others are made all the same, so that one look at a file finds all its mistakes.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import TypeAlias

from bot.schemes.documents import Document
from bot.schemes.fields import YES_NO, FormField, Frozen, Misfit, SchemeForm, repeated
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Power, Scheme

Path: TypeAlias = tuple[int | str, ...]
Forms: TypeAlias = dict[Path, SchemeForm | None]
"""Forms by the way to them; None where the scheme has none there."""

_NAMED_FIELDS = (
    ("matching", "topics_field", "request", "topics"),
    ("matching", "foremost_field", "request", "topics"),
    ("matching", "ratings_field", "roles.mentor.profile", "ratings or topics"),
    ("matching", "headline_field", "roles.mentor.profile", "text"),
    ("capacity", "own_limit_field", "roles.mentor.profile", "number"),
)
"""Keys that name a field: table and key, then the form that must have it and the kind it must be of."""

_TABLES = {"offices": "office", "documents": "document", "sheets": "sheet", "pages": "page"}
"""Tables whose entries are known by their keys, and what one entry is called."""


def misfits(scheme: Scheme) -> list[Misfit]:
    """Everything that does not fit together, within tables and across them; none: the scheme is whole."""
    checks = (
        _within(scheme, ()),
        _of_roles(scheme),
        _of_topics(scheme),
        *(_of_keys(scheme, table) for table in _TABLES),
        _only_in_sheets(scheme),
        _of_criteria(scheme),
        _of_codes(scheme),
        _of_surveys(scheme),
        _of_first_request(scheme),
        _without_powers(scheme),
        _of_reminders(scheme),
        _of_modes(scheme),
        _of_hours(scheme),
        _of_calendar(scheme),
        _of_ending(scheme),
        _of_concerns(scheme),
        _of_named_fields(scheme),
        _of_flag(scheme),
        _of_rounds(scheme),
        _asked_of_mentors_twice(scheme),
        _of_compared(scheme),
        _compared_in_vain(scheme),
    )
    return [misfit for check in checks for misfit in _known(check)]


def _known(check: Iterator[Misfit]) -> Iterator[Misfit]:
    """What the check finds before it comes upon a part that could not be read."""
    with suppress(AttributeError):
        yield from check


def _within(part: object, path: Path) -> Iterator[Misfit]:
    """What each table says of itself, from the outermost to the innermost."""
    if isinstance(part, Frozen):
        for misfit in _known(part.misfits()):
            yield Misfit((*path, *misfit.path), misfit.says)
        inner: Iterator[tuple[int | str, object]] = iter(vars(part).items())
    elif isinstance(part, dict):
        inner = iter(part.items())
    elif isinstance(part, tuple):
        inner = iter(enumerate(part))
    else:
        return
    for key, value in inner:
        yield from _within(value, (*path, key))


def _of_roles(scheme: Scheme) -> Iterator[Misfit]:
    for role in ROLES:
        if role not in scheme.roles:
            yield Misfit(("roles", role), "is missing")


def _of_topics(scheme: Scheme) -> Iterator[Misfit]:
    for number, _ in repeated(scheme.topics):
        yield Misfit(("topics", number), "stands twice")


def _of_rounds(scheme: Scheme) -> Iterator[Misfit]:
    if "assign" in scheme.route.steps:
        return
    for key in sorted(scheme.rounds.model_fields_set):
        yield Misfit(("rounds", key), "needs the step assign in the route: there are rounds where the office picks")


def _of_keys(scheme: Scheme, table: str) -> Iterator[Misfit]:
    for number, key in repeated(each.key for each in getattr(scheme, table)):
        yield Misfit((table, number, "key"), f"another {_TABLES[table]} has the key {key!r} too")


def _asked(scheme: Scheme, *of_roles: str) -> Forms:
    """The request's form, and these forms of both roles."""
    forms: Forms = {("request",): scheme.request}
    for role, rules in scheme.roles.items():
        forms |= {("roles", role, name): getattr(rules, name) for name in of_roles}
    return forms


def _fields_of(forms: Forms) -> Iterator[tuple[Path, FormField]]:
    """Each field of these forms, with the way to it."""
    for path, form in forms.items():
        for number, field in enumerate(_fields(form)):
            yield (*path, "fields", number), field


def _only_in_sheets(scheme: Scheme) -> Iterator[Misfit]:
    """Rows and files are not for forms that matching and the office read as plain answers."""
    for path, field in _fields_of(_asked(scheme, "application", "profile", "preferences")):
        if field.kind in {"rows", "file"}:
            yield Misfit((*path, "kind"), f"not yet: {field.kind} belongs to sheets")


def _of_criteria(scheme: Scheme) -> Iterator[Misfit]:
    """Criteria are looked at where the office lets people in: in applications."""
    sheets: Forms = {("sheets", number): sheet for number, sheet in enumerate(scheme.sheets)}
    for path, field in _fields_of(_asked(scheme, "profile", "preferences") | sheets):
        if field.meets:
            yield Misfit((*path, "meets"), "not yet: belongs to an application")


def _of_codes(scheme: Scheme) -> Iterator[Misfit]:
    """The gate code and the documents that block matching belong together, role by role."""
    for role, rules in scheme.roles.items():
        blocking = [number for number, each in enumerate(scheme.documents) if _blocks_matching(each, role)]
        if "code" in rules.gates and not blocking:
            path = ("roles", role, "gates", rules.gates.index("code"))
            yield Misfit(path, f"needs a document for = {role!r} with blocks = 'matching'")
        elif blocking and "code" not in rules.gates:
            yield Misfit(("documents", blocking[0], "blocks"), f"needs the gate code in roles.{role}")


def _of_surveys(scheme: Scheme) -> Iterator[Misfit]:
    """Where a connection has no length, nothing says when half of it is over."""
    for number, sheet in enumerate(scheme.sheets):
        timed = sheet.middle_after or sheet.end_after or scheme.sessions.length
        if "middle" in sheet.asked and sheet.about == "pair" and not timed:
            yield Misfit(("sheets", number, "asked"), "'middle' needs middle_after, or sessions.length")


def _of_first_request(scheme: Scheme) -> Iterator[Misfit]:
    """It is the approval of a request that enrols somebody, so there must be one."""
    for role, rules in scheme.roles.items():
        if "first_request" in rules.gates and (role != "mentee" or "review" not in scheme.route.steps):
            path = ("roles", role, "gates", rules.gates.index("first_request"))
            yield Misfit(path, "is for mentees" if role != "mentee" else "needs the step review in route.steps")


def _blocks_matching(document: Document, role: Role) -> bool:
    return document.for_ == role and document.blocks == "matching"


def needed_powers(scheme: Scheme) -> tuple[Power, ...]:
    """The powers without which members would wait for ever."""
    gates = {gate for rules in scheme.roles.values() for gate in rules.gates}
    waits: dict[Power, bool] = {
        "approve_members": bool(gates & {"application", "review"}) or scheme.approvals.talk_first,
        "approve_requests": "review" in scheme.route.steps,
        "record_training": "training" in gates,
        "match": "assign" in scheme.route.steps
        or scheme.route.when_all_fail == "office"
        or scheme.pairs.another_mentor == "office",
    }
    return tuple(power for power, waited_for in waits.items() if waited_for)


def _without_powers(scheme: Scheme) -> Iterator[Misfit]:
    for power in needed_powers(scheme):
        if not any(power in office.powers for office in scheme.offices):
            yield Misfit(("offices",), f"no office has the power {power}")


def _of_named_fields(scheme: Scheme) -> Iterator[Misfit]:
    for table, key, form, kind in _NAMED_FIELDS:
        yield from _known(_of_named_field(scheme, table, key, form, kind))


def _of_flag(scheme: Scheme) -> Iterator[Misfit]:
    named, mentor = scheme.capacity.flag_field, scheme.roles["mentor"]
    fields = (*_fields(mentor.profile), *_fields(mentor.preferences))
    if named is not None and not any(field.key == named and field.kind == "yes_no" for field in fields):
        yield Misfit(("capacity", "flag_field"), f"no mentor's form has a yes_no field {named!r}")


def _of_named_field(scheme: Scheme, table: str, key: str, form: str, kind: str) -> Iterator[Misfit]:
    named: str | None = getattr(getattr(scheme, table), key)
    if named is None:
        return
    asked = scheme.request if form == "request" else scheme.roles["mentor"].profile
    field = asked.field(named) if asked else None
    if field is None or field.kind not in kind.split(" or "):
        yield Misfit((table, key), f"{form} has no {kind} field {named!r}")


def _of_reminders(scheme: Scheme) -> Iterator[Misfit]:
    path = ("reminders", "invitation_unanswered")
    window = scheme.route.reply_within
    for before in scheme.reminders.invitation_unanswered:
        if window is None:
            yield Misfit(path, "needs route.reply_within")
        elif before.rest >= window.at_least:
            yield Misfit(path, "is not inside route.reply_within")


def _of_modes(scheme: Scheme) -> Iterator[Misfit]:
    """Which mode suits is read from a field whose answers are modes."""
    key = scheme.sessions.modes_field
    forms = _asked(scheme, "profile", "preferences")
    asked = [field for path, field in _fields_of(forms) if path[0] == "roles" and field.key == key]
    if key is not None and not any(set(field.options) & set(scheme.sessions.modes) for field in asked):
        yield Misfit(("sessions", "modes_field"), f"no profile and no preferences ask for modes in {key!r}")


def _of_hours(scheme: Scheme) -> Iterator[Misfit]:
    """What the proposals of times follow must be an answer that somebody can give."""
    forms = {path: form for path, form in _asked(scheme, "profile", "preferences").items() if path[0] == "roles"}
    for number, rule in enumerate(scheme.sessions.hours):
        asked = [field for _, field in _fields_of(forms) if field.key == rule.field]
        path = ("sessions", "hours", number)
        if not asked:
            yield Misfit((*path, "field"), f"no profile and no preferences ask {rule.field!r}")
        elif not any(rule.answer in (YES_NO if field.kind == "yes_no" else field.options) for field in asked):
            yield Misfit((*path, "answer"), f"{rule.answer!r} is not one of the answers to {rule.field!r}")


def _of_calendar(scheme: Scheme) -> Iterator[Misfit]:
    """What an event says of a session is what the scheme has."""
    rules = scheme.calendar
    for number, mode in enumerate(rules.online):
        if mode not in scheme.sessions.modes:
            yield Misfit(("calendar", "online", number), f"{mode!r} is not one of sessions.modes")
    yield from _of_page(scheme, ("calendar", "agenda"), rules.agenda)
    yield from _of_page(scheme, ("calendar", "prompts"), rules.prompts)


def _of_page(scheme: Scheme, path: tuple[str, str], key: str | None) -> Iterator[Misfit]:
    if key is not None and scheme.page(key) is None:
        yield Misfit(path, f"no page has the key {key!r}")


def _of_ending(scheme: Scheme) -> Iterator[Misfit]:
    """What is looked at before two people part is what the scheme has."""
    key = scheme.pairs.looked_back_on
    yield from _of_page(scheme, ("pairs", "ending_page"), scheme.pairs.ending_page)
    if key is not None and not any(each.key == key and each.about == "pair" for each in scheme.sheets):
        yield Misfit(("pairs", "looked_back_on"), f"no sheet about a pair has the key {key!r}")


def _of_concerns(scheme: Scheme) -> Iterator[Misfit]:
    """Whoever takes concerns up stands in one order, and has the power for it."""
    having = {office.key: "handle_concerns" in office.powers for office in scheme.offices}
    line = scheme.concerns.offices
    for number, key in enumerate(line):
        if not having.get(key):
            said = f"no office has the key {key!r}" if key not in having else f"{key} needs the power handle_concerns"
            yield Misfit(("concerns", "offices", number), said)
    for number, key in repeated(line):
        yield Misfit(("concerns", "offices", number), f"{key} stands twice")
    for number, office in enumerate(scheme.offices):
        if "handle_concerns" in office.powers and office.key not in line:
            path = ("offices", number, "powers", office.powers.index("handle_concerns"))
            yield Misfit(path, "needs a place in concerns.offices, which says who comes first")


def _asked_of_mentors_twice(scheme: Scheme) -> Iterator[Misfit]:
    mentor = scheme.roles["mentor"]
    for number, field in enumerate(_fields(mentor.preferences)):
        if mentor.profile and mentor.profile.field(field.key):
            path = ("roles", "mentor", "preferences", "fields", number, "key")
            yield Misfit(path, "stands in roles.mentor.profile too, and matching reads both")


def _of_compared(scheme: Scheme) -> Iterator[Misfit]:
    """A mentee's questions are held against what mentors say of themselves, and the other way round."""
    mentor, mentee = scheme.roles["mentor"], scheme.roles["mentee"]
    of_mentor: Forms = {("roles", "mentor", name): getattr(mentor, name) for name in ("profile", "preferences")}
    of_mentee: Forms = {
        ("roles", "mentee", name): getattr(mentee, name) for name in ("application", "profile", "preferences")
    } | {("request",): scheme.request}
    ways: tuple[tuple[Forms, Forms, Role], ...] = ((of_mentee, of_mentor, "mentor"), (of_mentor, of_mentee, "mentee"))
    for asked, offered, whose in ways:
        answers = {field.key: field for _, field in _fields_of(offered)}
        for path, field in _fields_of(asked):
            yield from _known(_of_comparing(field, answers, whose, path))


def _fields(form: SchemeForm | None) -> tuple[FormField, ...]:
    return form.fields if form else ()


def _of_comparing(field: FormField, offered: dict[str, FormField], whose: Role, path: Path) -> Iterator[Misfit]:
    """A question that no answer of the other could ever meet, or that would tell what is for the office alone."""
    rule = field.compare
    if rule is None:
        return
    other = offered.get(rule.with_)
    if other is None:
        yield Misfit((*path, "compare", "with"), f"no {whose}'s form asks {rule.with_!r}")
    elif "ratings" in {field.kind, other.kind}:
        yield Misfit((*path, "compare"), "ratings are ranked by matching.ratings_field, not compared")
    elif "person" in {field.kind, other.kind}:
        yield Misfit((*path, "compare"), "a person is not compared")
    elif field.seen_by == "office":
        yield Misfit((*path, "compare"), "the answer is for the office alone: a match would tell of it")
    elif other.seen_by == "office":
        yield Misfit((*path, "compare", "with"), f"{rule.with_!r} is for the office alone: a match would tell of it")
    else:
        for number, option in enumerate(field.options):
            if other.options and option not in (*rule.indifferent, *other.options):
                yield Misfit((*path, "options", number), f"no {whose} can answer this in {other.key!r}")


def _compared_in_vain(scheme: Scheme) -> Iterator[Misfit]:
    """What a mentor is asked on joining is read by the office, not by the matching."""
    path: Path = ("roles", "mentor", "application")
    for at, field in _fields_of({path: scheme.roles["mentor"].application}):
        if field.compare is not None:
            yield Misfit((*at, "compare"), "not yet: belongs to a mentor's profile or preferences")
