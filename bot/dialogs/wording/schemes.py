"""What a scheme's file means, in plain sentences: gate by gate, step by step, and its route drawn as text."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.dialogs.parts import Bullets, Notice, Shown
from bot.dialogs.plain import day
from bot.dialogs.wording.builders import either, heading, notice
from bot.dialogs.wording.next_steps import called
from bot.dialogs.wording.pages import pay
from bot.lifecycle.documents import put_to
from bot.lifecycle.figures import SMALLEST
from bot.lifecycle.surveys import WHEN
from bot.schemes.fields import Compare, FormField, SchemeForm
from bot.schemes.period import Period
from bot.schemes.roles import OTHER, ROLES, Gate, Role, RoleRules, Training
from bot.schemes.route import FINDING, Route, RouteStep
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import MOMENTS


def described(scheme: Scheme) -> tuple[str, ...]:
    """The whole of it, a line each."""
    head = f"{scheme.name}, {scheme.organisation} ({scheme.key})"
    return (head, *(line for title, *lines in _sections(scheme, drawn(scheme.route)) for line in ("", title, *lines)))


def scheme_notice(scheme: Scheme) -> Notice:
    """The same in chat, as the answer to a command: without the drawing."""
    parts = list[Shown]()
    for title, *lines in _sections(scheme):
        parts += [heading(title), Bullets(tuple((line.strip().removeprefix("- "),) for line in lines if line))]
    return notice(scheme.name, f"How the {scheme.name} runs, by its file and by what is set in Intake.", *parts)


def _sections(scheme: Scheme, drawing: tuple[str, ...] = ()) -> tuple[tuple[str, ...], ...]:
    """What there is to say, each part under its title."""
    route = ("", *drawing, "") if drawing else ()
    return (
        *((f"{role.capitalize()}s", *_role(scheme, role)) for role in ROLES),
        ("From a request to a mentor", *route, *_numbered(_route(scheme))),
        ("While they meet", *_bullets(_meeting(scheme))),
        ("Reminders, in working hours and all of one day in one message", *_bullets(_reminded(scheme))),
        ("Offices", *_bullets(f"{office.title}: {_powers(office.powers)}." for office in scheme.offices)),
        ("Concerns", *_bullets(_concerns(scheme))),
    )


def _role(scheme: Scheme, role: Role) -> Iterator[str]:
    rules = scheme.roles[role]
    places = f"{rules.places} places" if rules.places else "any number"
    yield f"  {'Open' if rules.open else 'Closed'} at the moment, {places}."
    if rules.places or not rules.open:
        yield f"  A place that comes free is held for {rules.place_held.words} for whoever waits longest."
    if rules.criteria:
        yield f"  For: {' '.join(rules.criteria)}"
    yield from _numbered(_gate(gate, scheme, role) for gate in rules.gates)
    if not rules.gates:
        yield "  Nothing stands between joining and taking part."
    yield from (f"  Besides: {line}" for line in _besides(scheme, role))


def _gate(gate: Gate, scheme: Scheme, role: Role) -> str:
    rules, office = scheme.roles[role], scheme.words.office
    match gate:
        case "application":
            asked = f"They ask to join ({_questions(rules.application)})"
            return f"{asked}, and the {office} lets them in{_within(scheme)}.{_criteria(rules)}"
        case "profile":
            return f"They fill in their profile ({_questions(rules.profile)})."
        case "preferences":
            return f"They say what suits them ({_questions(rules.preferences)})."
        case "review":
            return f"The {office} looks at what they filled in, and approves it{_within(scheme)}."
        case "training":
            required = [_training(each) for each in rules.trainings if each.required]
            return f"On record is {' and '.join(required)}."
        case "code":
            blocking = (each for each in put_to(role, scheme) if each.blocks == "matching")
            return f"They read and accept the {called(blocking)}."
        case "first_request":
            return f"The {office}’s approval of their first request enrols them."


def _training(training: Training) -> str:
    kinds = {
        "course": "the course", "course_or_equivalent": "the course or something equivalent to",
        "qualification": "the qualification",
    }  # fmt: skip
    renewed = f", renewed every {training.renewed_every.words}" if training.renewed_every else ""
    return f"{kinds[training.kind]} “{training.name}”{renewed}"


def _besides(scheme: Scheme, role: Role) -> Iterator[str]:
    """What can be filled in, learnt or accepted, and need not be."""
    rules = scheme.roles[role]
    for name, form in (("profile", rules.profile), ("preferences", rules.preferences)):
        if form is not None and name not in rules.gates:
            yield f"they may fill in their {name} ({_questions(form)})."
    asked = [field for form in (rules.application, rules.profile, rules.preferences) if form for field in form.fields]
    for seen_by, who in (("office", "the office alone"), ("self", "themselves and the matching")):
        if names := [f"“{field.heading}”" for field in asked if field.seen_by == seen_by]:
            yield f"what they answer to {' and '.join(names)} is for {who}."
    if rules.completeness:
        yield "they see how much of their profile is filled in, and what is still open."
    for training in rules.trainings:
        if not training.required:
            yield f"{_training(training)}, for whoever likes."
    for document in put_to(role, scheme):
        if document.blocks == "nothing":
            yield f"they may read and accept the {document.called}."


def _questions(form: SchemeForm | None) -> str:
    count = len(form.fields) if form else 0
    return "1 question" if count == 1 else f"{count} questions"


def _criteria(rules: RoleRules) -> str:
    """Which answers the office is warned of."""
    asked = [each for each in rules.application.fields if each.meets] if rules.application else []
    named = [f"“{each.heading}” is not {either(f'“{answer}”' for answer in each.meets)}" for each in asked]
    return f" It is warned, and asked once more, where {' or '.join(named)}." if named else ""


def _within(scheme: Scheme) -> str:
    return f"; it means to decide within {scheme.approvals.within.words}" if scheme.approvals.within else ""


def drawn(route: Route) -> tuple[str, ...]:
    """The route as a line, with the ways back from it drawn underneath."""
    names = ["request", *route.steps, "connection"]
    line = " ─▶ ".join(names)
    if "ask" not in route.steps:
        return (f"  {line}",)
    ask = _middle(names, "ask")
    if route.when_all_fail == "office" and "assign" not in route.steps:
        return (f"  {line}", f"  {' ' * ask}│ ▲", f"  {' ' * ask}▼ │  if all fail", f"  {' ' * (ask - 2)}assign")
    back = _middle(names, next(step for step in route.steps if step in FINDING))
    arrow = f"{' ' * back}▲{' ' * (ask - back - 1)}│"
    return (f"  {line}", f"  {arrow}", f"  {' ' * back}└{'─' * (ask - back - 1)}┘  if all fail")


def _middle(names: list[str], name: str) -> int:
    """The column in the middle of a name on the line."""
    before = names[: names.index(name)]
    return sum(len(each) + len(" ─▶ ") for each in before) + (len(name) - 1) // 2


def _route(scheme: Scheme) -> Iterator[str]:
    yield f"A mentee files a request ({_questions(scheme.request)})."
    for step in scheme.route.steps:
        yield _step(step, scheme)
    if "ask" in scheme.route.steps:
        yield _failing(scheme)
    yield from _held(scheme)
    yield from _apart(scheme)
    yield from _refreshed(scheme)
    if scheme.approvals.talk_first:
        yield f"Somebody who is unsure can ask to talk first: the {scheme.words.office} gets in touch."
    if scheme.route.suggestions:
        yield "A mentor who declines may suggest a colleague, who then stands first."
    if scheme.route.invites:
        yield "Somebody who is no mentor yet can be invited to join: once, and by one message."
    if scheme.route.offers:
        yield "Besides, mentors may look at who seeks a mentor, and offer; the mentee accepts or declines."
    if scheme.contact_details.before_acceptance == "messages":
        yield "Until the answer, the two can write short messages to each other."


def _refreshed(scheme: Scheme) -> Iterator[str]:
    rules = scheme.directory
    if rules.refreshed is not None:
        first = day(date.fromisoformat(f"2027-{rules.refreshed}")).split(maxsplit=1)[1].removesuffix(" 2027")
        then = "marked in the directory" if rules.unconfirmed == "marked" else "left out of the directory"
        yield (
            f"From {first} of each year every mentor confirms their entry, or changes it; "
            f"who has not within {rules.within.words} is {then}, and shown to the {scheme.words.office}."
        )


def _held(scheme: Scheme) -> Iterator[str]:
    """What the answers of one are held against, of the other."""
    ways: tuple[tuple[tuple[FormField, ...], Role], ...] = ((scheme.compared, "mentee"), (scheme.wished, "mentor"))
    for fields, role in ways:
        rules = scheme.roles[OTHER[role]]
        forms = (rules.application, rules.profile, rules.preferences, *((scheme.request,) if role == "mentor" else ()))
        others = {field.key: field.heading for form in forms if form for field in form.fields}
        for field in fields:
            if field.compare is not None:
                said = f"“{field.heading}”, as a {role} says it, and “{others[field.compare.with_]}” of a {OTHER[role]}"
                yield f"{said} {_strength(field.compare)}."


def _strength(rule: Compare) -> str:
    match rule.strength:
        case "must":
            return "have an answer in common, or the two are not matched"
        case "never":
            return "have no answer in common, or the two are not matched"
        case "prefer":
            return f"are to have an answer in common: a wish of weight {rule.weight}"


def _apart(scheme: Scheme) -> Iterator[str]:
    """Whom records keep apart, and of whom whoever matches is warned."""
    forms = [form for rules in scheme.roles.values() for form in (rules.application, rules.profile, rules.preferences)]
    fields = [field for form in (*forms, scheme.request) if form for field in form.fields]
    if apart := [f"“{field.heading}”" for field in fields if field.keeps_apart]:
        yield f"Whoever is named in {' or '.join(apart)} is never put to whoever names them, and is not told."
    if warned := [f"“{field.heading}”" for field in fields if field.warns]:
        yield f"Whoever is named in {' or '.join(warned)} is best avoided: whoever matches is told."


def _step(step: RouteStep, scheme: Scheme) -> str:
    route, office = scheme.route, scheme.words.office
    up_to = f"up to {route.mentors} mentors" if route.mentors > 1 else "a mentor"
    match step:
        case "review":
            holds = f" The approval holds for {route.approval_holds.words}." if route.approval_holds else ""
            return f"The {office} looks at the request, and approves it{_within(scheme)}.{holds}"
        case "choose":
            listed = {"ranking": "a list ranked by how well they suit", "directory": "the directory of mentors"}
            return f"The mentee chooses {up_to} from {listed[route.choose_from]}."
        case "name":
            return f"The mentee names {up_to} in order; who cannot be asked is passed over."
        case "assign":
            return " ".join(_picking(scheme))
        case "ask":
            return " ".join(_asking(scheme))


def _picking(scheme: Scheme) -> Iterator[str]:
    yield f"The {scheme.words.office} picks a mentor from a list ranked by how well they suit, or for many in a round."
    if scheme.rounds.introduction:
        yield "A round can come with an introductory meeting."
    if scheme.rounds.tell_unplaced:
        yield "Mentees for whom it finds nobody are told once that they are in the next."


def _asking(scheme: Scheme) -> Iterator[str]:
    route, window = scheme.route, scheme.route.reply_within
    found = next(step for step in route.steps if step in FINDING)
    if found == "assign":
        yield "The mentor is asked."
    elif route.at_once == 1:
        yield "They are asked one after the other; the first yes connects the two."
    else:
        yield f"{route.at_once} of them are asked at the same time; the first yes connects the two."
    if window is None:
        yield "A mentor answers whenever they can."
        return
    then = "silence goes back to whoever picks" if found == "assign" else "silence asks the next"
    silence: Mapping[str, str] = {"end": "silence ends the request", "ask_next": then}
    yield f"A mentor has {window.words} to answer; {silence[route.on_silence]}."
    if before := scheme.reminders.invitation_unanswered:
        yield f"They are reminded {_times(before)} before."


def _failing(scheme: Scheme) -> str:
    failed = "If it is a no" if "assign" in scheme.route.steps else "If all fail"
    approval = " under the same approval" if "review" in scheme.route.steps else ""
    if scheme.route.when_all_fail == "office":
        return f"{failed}, the {scheme.words.office} takes it up with the mentee, and may pick a mentor."
    finding = next(step for step in scheme.route.steps if step in FINDING)
    again = {
        "choose": f"the mentee chooses others{approval}", "name": f"the mentee names others{approval}",
        "assign": f"the {scheme.words.office} picks another",
    }  # fmt: skip
    return f"{failed}, {again[finding]}."


def _meeting(scheme: Scheme) -> Iterator[str]:
    sessions, capacity = scheme.sessions, scheme.capacity
    for document in put_to("pair", scheme):
        when = " before their first session" if document.blocks == "sessions" else ", if they like"
        yield f"Both accept the {document.called}{when}."
    count = f"At least {sessions.expected} sessions" if sessions.expected else "As many sessions as the two like"
    longest = f" to {sessions.minutes_at_most}" if sessions.minutes_at_most else ""
    every = f", one every {sessions.every.words.removeprefix('1 ')}" if sessions.every else ""
    yield f"{count} of {sessions.minutes}{longest} minutes{every}; {', '.join(sessions.modes).lower()}."
    if sessions.holidays:
        yield f"A plan for the year leaves out the holidays of {sessions.holidays}."
    if sessions.length:
        least = f"{sessions.length_at_least.words} to " if sessions.length_at_least else ""
        more = f" If both ask for it, it lasts {sessions.more_time.words} longer." if sessions.more_time else ""
        yield f"A connection lasts {least}{sessions.length.words}; either may end it before.{more}"
    else:
        yield "A connection lasts as long as the two like; either may end it."
    yield from _parting(scheme)
    if capacity.counted_by == "flag":
        yield "A mentor says whether they can be asked now; nobody counts."
    else:
        warns = f", and the scheme suggests {capacity.recommended} at most" if capacity.recommended else ""
        own = " unless they set another number" if capacity.own_limit_field else ""
        yield f"A mentor takes {capacity.own_limit} mentees at one time{own}{warns}."
    yield from _asked(scheme)
    if capacity.budget:
        yield f"There are {capacity.budget} connections at one time at most."
    shown = {"none": "no contact details", "chat": "each other in chat", "email": "each other’s e-mail address"}
    yield f"The two see {shown[scheme.contact_details.connected]}."
    another = {
        "office": f"At any time a mentee may ask the {scheme.words.office} for another mentor, in private.",
        "choose": "At any time a mentee may end it, and choose another mentor.",
    }  # fmt: skip
    if said := another.get(scheme.pairs.another_mentor):
        yield said
    if scheme.contact_details.introduced:
        yield "Once they are connected, the bot brings them together in one conversation."
    yield from _kept_and_read(scheme)


def _parting(scheme: Scheme) -> Iterator[str]:
    """How the two agree on a last session, where they can."""
    if not scheme.pairs.last_agreed:
        return
    page = scheme.page(scheme.pairs.ending_page) if scheme.pairs.ending_page else None
    sheet = scheme.sheet(scheme.pairs.looked_back_on) if scheme.pairs.looked_back_on else None
    titles = " and ".join(f"“{each.title}”" for each in (page, sheet) if each is not None)
    brings = f", with {titles}" if titles else ""
    yield (
        "Either may make a session that is set their last: both are reminded at the one before it and at it"
        f"{brings}, and once it was held either may end the connection as completed."
    )


def _asked(scheme: Scheme) -> Iterator[str]:
    """How often a mentor is asked, and when not."""
    capacity = scheme.capacity
    if capacity.asked_at_once:
        many = "1 request waits" if capacity.asked_at_once == 1 else f"{capacity.asked_at_once} requests wait"
        yield f"At most {many} for a mentor at one time."
    if capacity.rest:
        yield f"Whoever has declined, or let a request lapse, is left alone for {capacity.rest.words}."
    if capacity.silences:
        often = "once" if capacity.silences == 1 else f"{capacity.silences} times in a row"
        yield f"A mentor who is silent {often} is paused for {capacity.silent_pause.words}, and the office is told."


def _times(times: tuple[Period, ...]) -> str:
    """When, of something that people are reminded of: "once, 2 days", "3 days and 10 days"."""
    words = [each.words for each in times]
    return f"once, {words[0]}" if len(words) == 1 else " and ".join(words)


_REMINDED: Mapping[str, str] = {
    "approval_waiting": "after what waits for the office began to wait",
    "agreement_unaccepted": "after they were connected, where one has still to accept",
    "no_session": "after they could have set a session",
    "session_ahead": "before a session",
    "session_over": "after a session is over, at that minute: whether it took place",
    "session_to_mark": "after a session that nobody has marked",
    "behind_pace": "after they were connected, where they are behind",
    "actions_due": "before a session, where something is still to be done",
    "year_ending": "before the time is over",
    "feedback_wanted": "after the end, where feedback is missing",
    "record_wanted": "after a session was marked as completed, where what is required about it is missing",
    "survey_start": "after they were connected, where what is asked at the start is not answered",
    "survey_middle": "after the middle, where what is asked then is not answered",
    "survey_end": "after the end, where what is asked then is not answered",
    "training_renewal": "before a training lapses",
    "training_lapsed": "after a training has lapsed",
    "entry_unconfirmed": "after the directory is refreshed, where a mentor has still to confirm their entry",
}


def _reminded(scheme: Scheme) -> Iterator[str]:
    """What people are reminded of, and when."""
    for key, when in _REMINDED.items():
        if (times := getattr(scheme.reminders, key)) and _arises(key, scheme):
            yield f"{_times(times)} {when}"


def _arises(key: str, scheme: Scheme) -> bool:
    """Whether anything in this scheme gives cause to remind of it."""
    if key == "record_wanted":
        return any(each.required and each.about == "session" for each in scheme.sheets)
    if key == "entry_unconfirmed":
        return scheme.directory.refreshed is not None
    moments = [moment for moment, kind in WHEN.items() if kind == key]
    return not moments or any(moments[0] in each.asked for each in scheme.sheets)


def _kept_and_read(scheme: Scheme) -> Iterator[str]:
    """Sheets, pages and what is said about pay."""
    writers = {"mentee": "the mentee", "mentor": "the mentor", "either": "either"}
    whose = {"member": "every {by}", "pair": "every connection", "session": "every session"}
    yield from _surveys(scheme)
    for sheet in (each for each in scheme.sheets if not each.is_survey):
        readers = {"both": "both read it", "writer": "only its writer reads it", "office": "the office reads it too"}
        by = {"either": "member"}.get(sheet.by, sheet.by)
        when = ", afterwards" if sheet.offered == "afterwards" else ""
        must = "required" if sheet.required else "if they like"
        yield (
            f"“{sheet.title}” for {whose[sheet.about].format(by=by)}{when}, {must} ({_questions(sheet)}): "
            f"{writers[sheet.by]} may write in it, {readers[sheet.seen_by]}."
        )
    for page in scheme.pages:
        yield f"To read for {'both' if page.for_ == 'both' else f'the {page.for_}'}: “{page.title}”."
    if scheme.evidence.hours:
        yield "Everybody finds a statement of their own hours, and can have it as a PDF; nobody else gets it."
    if scheme.evidence.portfolio:
        yield "Each of a pair can have what the two keep together as a portfolio, a PDF to sign; nobody else gets it."
    if scheme.evidence.note:
        yield f"On it stands: “{scheme.evidence.note}”"
    if said := pay(scheme):
        yield said


def _surveys(scheme: Scheme) -> Iterator[str]:
    """Who is asked what, when, and what is told of it."""
    of_pair = {"mentee": "the mentee is", "mentor": "the mentor is", "either": "both are"}
    of_member = {"mentee": "every mentee is", "mentor": "every mentor is", "either": "every member is"}
    for sheet in (each for each in scheme.sheets if each.is_survey):
        times = {
            "start": "at the start", "middle": f"in the middle{_of_length(sheet.middle_after)}",
            "end": f"at the end{_of_length(sheet.end_after)}",
        }  # fmt: skip
        when = " and ".join(times[each] for each in MOMENTS if each in sheet.asked)
        must = "; it stays on Home until it is answered" if sheet.required else ""
        reads = f"the {scheme.words.office} reads it, and it is" if sheet.seen_by == "office" else "it is"
        told = f"{reads} counted, and told of groups of {SMALLEST} and more alone"
        whom = (of_member if sheet.about == "member" else of_pair)[sheet.by]
        yield f"“{sheet.title}” ({_questions(sheet)}): {whom} asked {when}{must}; {told}."


def _of_length(after: Period | None) -> str:
    return f", after {after.words}" if after else ""


def _concerns(scheme: Scheme) -> Iterator[str]:
    """Who takes concerns up, by when, and what if nobody can."""
    first, *others = [f"the {office.title}" for office in scheme.takes_concerns] or ["nobody"]
    after = f"; after them, or if it is about them, to {', then '.join(others)}" if others else ""
    yield f"A concern goes to {first}{after}."
    yield f"They make contact within {scheme.concerns.within.words}; past it the next in line hears of it, too."
    yield f"Where nobody can take it up whom it is not about, people are told to write to {scheme.beyond}."


def _powers(powers: tuple[str, ...]) -> str:
    return ", ".join(powers).replace("_", " ") or "nothing yet"


def _numbered(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {number}. {line}" for number, line in enumerate(lines, start=1))


def _bullets(lines: Iterator[str]) -> Iterator[str]:
    return (f"  - {line}" for line in lines)
