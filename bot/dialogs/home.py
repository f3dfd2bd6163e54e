"""The home page: a greeting, what is to be done now, and then everything a person has under way."""

from collections.abc import Sequence
from typing import Final

from bot.dialogs import stamping
from bot.dialogs.parts import Bold, Bullets, Button, Divider, Heading, Home, Run, Shown
from bot.dialogs.tasks import Task, tasks_of
from bot.dialogs.view_models.home import HomeView
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.requests import InvitationView
from bot.dialogs.wording import (
    another_mentor,
    attention,
    audit,
    buttons,
    buttons_of_concerns,
    buttons_of_office,
    buttons_of_rounds,
    concern_office,
    concerns,
    evidence,
    exchange,
    identities,
    invitations,
    lists,
    members,
    offers,
    office,
    pairs,
    places,
    request_states,
    requests,
    sheets,
    standing,
)
from bot.dialogs.wording.builders import by_when, command, either, heading, one_primary, press, quoted, rows, say, small
from bot.lifecycle import membership
from bot.lifecycle import sheets as sheet_rules
from bot.lifecycle.colleagues import may_invite
from bot.lifecycle.figures import Met
from bot.lifecycle.gates import forms_to_fill_in
from bot.lifecycle.leaving import may_leave
from bot.lifecycle.permissions import Actor
from bot.lifecycle.places import may_stop_waiting
from bot.lifecycle.rounds import may_look_ahead
from bot.lifecycle.step import allowed, refusal
from bot.schemes.roles import ROLES, Role

MOST: Final = 5
"""Tasks, and connections, shown at once."""


def home(views: Sequence[HomeView]) -> Home:
    """Draw a person's home from what they have: in one scheme, or in several, one after the other, those they belong to
    first."""
    hello = heading(f"Hello {views[0].me.first}")
    other = next((view.other_self for view in views if view.other_self), None)
    head = (hello, *(identities.is_that_you(other) if other else ()))
    if len(views) == 1:
        return Home(one_primary((*head, small(views[0].scheme.name), *_scheme(views[0]))))
    ordered = sorted(views, key=lambda view: not (view.members or view.powers))
    return Home(one_primary((*head, *(part for view in ordered for part in _one_of_several(view)))))


def _one_of_several(view: HomeView) -> tuple[Shown, ...]:
    """A scheme under its name; one that the person does not belong to, briefly."""
    known = bool(view.members or view.powers)
    below = _scheme(view) if known else [say(view.scheme.about), press(*_doors(view))]
    return stamping.parts_of((Divider(), heading(view.scheme.name), *below), view.scheme)


def _doors(view: HomeView) -> tuple[Button, ...]:
    return tuple(buttons.join(role) for role in ROLES)


def _scheme(view: HomeView) -> list[Shown]:
    """All that a person has in one scheme."""
    tasks = tasks_of(view)
    now = tasks[:MOST]
    pressed = frozenset(button for task in now for button in task.buttons)
    told = frozenset(task.pair for task in now)
    parts: list[Shown] = []
    parts += _to_do(view, now, len(tasks) - len(now))
    parts += _invitations(view)
    parts += _own_concerns(view)
    parts += _concerns(view)
    parts += _another(view)
    parts += _office(view)
    parts += _request(view, pressed)
    parts += _seekers(view)
    parts += _pairs(view, pressed, told)
    parts += _earlier(view)
    parts += _details(view)
    parts += _ways_in(view)
    return parts


def _to_do(view: HomeView, now: list[Task], later: int) -> list[Shown]:
    """What to do now: each a sentence with its button, or that nothing waits. `later`: how many more there are."""
    if now:
        shown = list[Shown]()
        for task in now:
            shown += [task.words, *rows(task.buttons)]
        shown += [small(f"{_count(later, 'more thing')} to do after these.")] if later else []
        return [Heading("To do now"), *shown, *_besides(view)]
    if not view.members:
        note = view.scheme.places_note
        return [say(view.scheme.about), *((small(note),) if note else ())] if not view.powers else []
    if any(map(invitations.waits, view.invitations)) or (view.waiting_list and view.waiting_list.total):
        return []
    return [Heading("To do now"), *_waiting(view)]


def _besides(view: HomeView) -> list[Shown]:
    """What is with the office, while there are other things to do."""
    lines = [part for role in ROLES if role in view.members for part in _with_office(view, role, "")]
    return [Heading("With the office"), *lines] if lines else []


def _waiting(view: HomeView) -> list[Shown]:
    """Nothing to do: who has it now, and when there is news."""
    nothing = "Nothing at the moment. "
    lines = [part for role in ROLES if role in view.members for part in _with_office(view, role, nothing)]
    return lines or [say(f"{nothing}We send you a message when something comes.")]


def _with_office(view: HomeView, role: Role, head: str) -> list[Shown]:
    member, scheme = view.members[role], view.scheme
    if member.question is not None:
        return []  # it is with the person: that is a task
    what = {"asked": f"Your application to join as {role}", "in_review": f"Your {role} profile"}.get(member.state)
    if what:
        whom = f"is with the {scheme.words.office}, who answers you by a message{by_when(scheme)}"
        return [say(f"{head}{what} {whom}.")]
    if member.state != "turned_down":
        return []
    wrote = quoted(f"The {scheme.words.office} writes:", member.reply) if member.reply else ()
    return [say(f"The {scheme.words.office} could not take you in as {role} this time. You can ask again."), *wrote]


def _invitations(view: HomeView) -> list[Shown]:
    waiting = [each for each in view.invitations if invitations.waits(each)]
    parts: list[Shown] = []
    for heads, offered in (("Offers to you", True), ("Requests to you", False)):
        some = [each for each in waiting if (each.invitation.asker == "mentor") == offered]
        parts += [Divider(), Heading(heads)] if some else []
        parts += [part for each in some for part in (_offer if offered else _invitation)(each)]
    return parts


def _offer(view: InvitationView) -> list[Shown]:
    called = request_states.title(view.request.answers, view.scheme)
    left = invitations.time_left(view, "offer")
    head = say(Bold(view.mentor.name), f" offers to mentor you: {called}")
    return [head, *([small(*left)] if left else []), press(*offers.buttons(view))]


def _seekers(view: HomeView) -> list[Shown]:
    """What a mentor has offered, and who else is looking."""
    parts: list[Shown] = []
    for each in view.offers:
        if invitations.waits(each):
            back = buttons.take_back_offer(each.invitation.id, each.mentee.name)
            parts += [say(*offers.own(each)), press(*exchange.write(each, view.me), back)]
    if view.seekers:
        parts += [say(offers.looking(view.seekers)), press(buttons.seekers())]
    return [Divider(), Heading("Mentees who are looking"), *parts] if parts else []


def _invitation(view: InvitationView) -> list[Shown]:
    called = request_states.about(view.request.answers, view.scheme)
    runs: tuple[Run, ...] = (Bold(view.mentee.name), " asks you to be their mentor", f": {called}" if called else "")
    left = invitations.time_left(view)
    return [say(*runs), *([small(*left)] if left else []), press(*invitations.buttons(view))]


def _request(view: HomeView, pressed: frozenset[Button]) -> list[Shown]:
    """The mentee's latest request, until it has led to a pair."""
    asked = view.request
    if asked is None or asked.request.state == "accepted" or "mentee" not in view.members:
        return []
    left = [button for button in requests.mentee_buttons(asked) if button not in pressed]
    state = small(*request_states.state_runs(asked))
    return [Divider(), Heading("Your request"), say(Bold(request_states.title_of(asked))), state, press(*left)]


def _pairs(view: HomeView, pressed: frozenset[Button], told: frozenset[str]) -> list[Shown]:
    """Whom they are connected with, and how it stands; what is to be done now has been said already."""
    parts: list[Shown] = [Divider(), Heading("Your connections")] if view.pairs else []
    for seen in view.pairs[:MOST]:
        parts += pairs.listed(seen, told=seen.pair.id in told, pressed=pressed)
    more = len(view.pairs) > MOST
    return [*parts, press(buttons.own_connections(f"Show all {len(view.pairs)}", 0))] if more else parts


def _earlier(view: HomeView) -> list[Shown]:
    """The last pairs that have ended, a line each."""
    parts: list[Shown] = [Divider(), Heading("Earlier connections")] if view.earlier else []
    for seen in view.earlier:
        look = press(buttons.view_pair(seen.pair.id, seen.other.name))
        parts += [pairs.whom(seen), small(*pairs.status_line(seen)), look]
    return parts


def _details(view: HomeView) -> list[Shown]:
    """The forms a person may change at any time, a row for each role."""
    parts: list[Shown] = []
    for role in ROLES:
        member, row = view.members.get(role), list[Button]()
        if member is None:
            continue
        to_do, scheme = forms_to_fill_in(member, view.scheme, view.now), view.scheme
        if "preferences" not in to_do and allowed(membership.may_give_preferences, member, scheme):
            row.append(buttons.preferences(role))
        if "profile" not in to_do and allowed(membership.may_give_profile, member, scheme):
            row.append(buttons.change_profile(role))
        row += members.document_buttons(member, view.scheme)
        row += sheets.of_member(view.scheme, member, view.sheets, view.now)
        row += [buttons.invite_somebody()] if role == "mentee" and allowed(may_invite, member, view.scheme) else []
        stands = MemberView(view.scheme, member, view.me, view.now)
        row += standing.button(stands)
        if allowed(may_leave, member):
            row.append(buttons.take_back_application(role) if member.state == "asked" else buttons.leave(role))
        if row:
            so_far = members.completeness(member, scheme)
            parts += [say(f"As {role}:"), *standing.state(stands), *so_far, *rows(row)]
    held = [role for role in ROLES if role in view.members and allowed(membership.may_fill_in, view.members[role])]
    pages = (buttons.pages(),) if sheet_rules.pages_for(view.scheme, held) else ()
    raising = (buttons_of_concerns.raise_concern(view.scheme.name),) if view.can_raise else ()
    shown = evidence.on_home(view)
    parts += rows((*pages, buttons.reminders(), *shown, *raising)) if parts else []
    parts = parts or list(rows((*shown, *raising)))
    return [Divider(), Heading("Your details"), *parts] if parts else []


def _ways_in(view: HomeView) -> list[Shown]:
    """The ways in that are still open to this person."""
    open_ = [role for role in ROLES if membership.outside(view.members.get(role))]
    quiet = [role for role in open_ if view.powers and role not in view.members and _may_join(view, role)]
    parts = [part for role in open_ if role not in quiet for part in _way_in(view, role)]
    how = "You can take part yourself as " + either(quiet) + ": type " if quiet else ""
    parts += [small(how, command("join"), ".")] if quiet else []
    unsure = view.scheme.approvals.talk_first and not view.members and not view.powers
    parts += [small("Not sure whether it is for you?"), press(buttons.talk_first())] if parts and unsure else []
    return [Divider(), *parts] if parts else []


def _may_join(view: HomeView, role: Role) -> bool:
    member, taken = view.members.get(role), view.places_held.get(role, 0)
    return allowed(membership.may_ask_to_join, view.scheme, role, member, taken)


def _way_in(view: HomeView, role: Role) -> list[Shown]:
    rules_of_role, member = view.scheme.roles[role], view.members.get(role)
    if member is not None and allowed(may_stop_waiting, member):
        return [*places.way_in(MemberView(view.scheme, member, view.me, view.now))]
    why_not = refusal(membership.may_ask_to_join, view.scheme, role, member, view.places_held.get(role, 0))
    if why_not:
        return [*places.shut(role, closed=why_not.reason == "intake_closed")]
    if view.members or view.powers:
        return [press(buttons.join(role))]  # whoever is in already finds the criteria in the form
    criteria = (Bullets(tuple((line,) for line in rules_of_role.criteria)),) if rules_of_role.criteria else ()
    return [say(Bold(f"Who can be a {role}")), *criteria, press(buttons.join(role))]


def _own_concerns(view: HomeView) -> list[Shown]:
    """What this person has raised, and how it stands."""
    lines = [part for each in view.own_concerns for part in concerns.own_lines(each)]
    title = "Your concern" if len(view.own_concerns) == 1 else "Your concerns"
    return [Divider(), Heading(title), *lines] if lines else []


def _concerns(view: HomeView) -> list[Shown]:
    """What this person has to take up, the most pressing first."""
    lines = [part for each in view.concerns[:MOST] for part in concern_office.lines(each)]
    more = [press(buttons_of_concerns.all_of_them(len(view.concerns)))] if len(view.concerns) > MOST else []
    return [Divider(), Heading("Concerns for you to take up"), *lines, *more] if lines else []


def _another(view: HomeView) -> list[Shown]:
    """Mentees who have asked whoever matches for another mentor, the longest first."""
    shown = [part for each in view.another[:MOST] for part in another_mentor.lines(each)]
    more = len(view.another) - MOST
    shown += [small(f"And {more} more.")] if more > 0 else []
    return [Divider(), Heading("Another mentor is asked for"), *shown] if shown else []


def _office(view: HomeView) -> list[Shown]:
    """What the office sees: what waits for it, what else stands still, its lists, and the scheme in numbers."""
    parts: list[Shown] = _waiting_list(view)
    if view.needs:
        parts += [Divider(), Heading("For the office" if view.waiting_list is None else "The whole scheme")]
        still = attention.stands_still(view.needs, view.scheme)
        parts += [small(still)] if still else []
        record = (audit.open_button(),) if "manage_roles" in view.powers else ()
        parts.append(press(*(lists.list_button(listed, lists.TITLES[listed]) for listed in view.needs), *record))
    parts += rows(_tools(view))
    return [*parts, *_figures(view)] if parts else []


def _tools(view: HomeView) -> list[Button]:
    """What else this member of the office does: figures, tables that come and go, the intake."""
    powers, found = view.powers, list[Button]()
    rounds_here = allowed(may_look_ahead, Actor(view.me.id, powers), view.scheme)
    found += [buttons_of_rounds.look()] if rounds_here else []
    found += [buttons_of_office.report()] if "see_reports" in powers else []
    found += [buttons_of_office.exports()] if powers & {"see_reports", "manage_members"} else []
    found += [buttons_of_office.import_file(), buttons_of_office.intake()] if "manage_members" in powers else []
    return found


def _waiting_list(view: HomeView) -> list[Shown]:
    waiting_list = view.waiting_list
    if waiting_list is None:
        return []
    parts: list[Shown] = [Divider(), Heading(office.TITLE)]
    if not waiting_list.total:
        parts.append(say("Nothing at the moment."))
    for waiting in waiting_list.waiting:
        parts += office.lines(waiting, waiting_list.viewer)
    if waiting_list.total > len(waiting_list.waiting):
        parts.append(press(buttons_of_office.waiting_list_page(f"Show all {waiting_list.total}", 0)))
    return parts


def _figures(view: HomeView) -> list[Shown]:
    numbers = view.figures
    if numbers is None:
        return []
    counted = (
        (numbers.mentees, "mentee"),
        (numbers.mentors, "mentor"),
        (numbers.asking, "request"),
    )
    words = [_count(*each) for each in counted]
    waits = "waits" if numbers.waiting == 1 else "wait"
    waiting = f" · {numbers.waiting:,} {waits} for a place" if numbers.waiting else ""
    counted_ = f"{words[0]} · {words[1]} · {words[2]} with mentors · {_count(numbers.pairs, 'connection')}{waiting}"
    return [small(counted_), *_met(numbers.met)]


def _met(met: Met | None) -> list[Shown]:
    """The sessions of the last twelve months. Whoever waited, and for whom, is in no number."""
    if met is None:
        return []
    missed = f"for {met.missed:,}, one waited and the two did not meet" if met.missed else "nobody waited in vain"
    return [small(f"In the last 12 months {_count(met.held, 'session')} took place; {missed}")]


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
