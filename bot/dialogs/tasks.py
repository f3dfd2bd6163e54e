"""What a person has to do now, each a sentence with its button: what Home begins with."""

from dataclasses import dataclass

from bot.dialogs.parts import Button, Paragraph
from bot.dialogs.view_models.home import HomeView
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import (
    buttons,
    members,
    pairs,
    places,
    requests,
    sheets,
)
from bot.dialogs.wording.builders import mention, say
from bot.lifecycle import membership, surveys
from bot.lifecycle import requests as rules
from bot.lifecycle import sheets as sheet_rules
from bot.lifecycle.gates import forms_to_fill_in, next_gate
from bot.lifecycle.member import Member
from bot.lifecycle.refreshing import wanted as refresh_wanted
from bot.lifecycle.step import allowed
from bot.schemes.roles import ROLES, Role


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do now; without buttons where it is done elsewhere, else the first does it. `pair`: whose status it
    says, if it is about one."""

    words: Paragraph
    buttons: tuple[Button, ...] = ()
    pair: str = ""


def tasks_of(view: HomeView) -> list[Task]:
    """Everything, in the order in which it is to be done."""
    tasks = [task for role in ROLES if role in view.members for task in _member_tasks(view, role)]
    tasks += _request_tasks(view)
    for seen in view.pairs:
        tasks += _pair_tasks(seen)
    return [*tasks, *(task for seen in view.earlier for task in _sheet_tasks_of_pair(seen))]


def _member_tasks(view: HomeView, role: Role) -> list[Task]:
    member, office_ = view.members[role], view.scheme.words.office
    if allowed(membership.may_answer_office, member):
        about = "your application" if membership.under_review(member) == "application" else f"your {role} profile"
        return [Task(say(f"Answer the {office_}’s question about {about}."), (buttons.answer_office(member),))]
    if place := places.task(MemberView(view.scheme, member, view.me, view.now)):
        return [Task(say(*place[0]), (place[1],))]
    if not allowed(membership.may_fill_in, member):
        return []
    tasks = list[Task]()
    for form in forms_to_fill_in(member, view.scheme, view.now):
        if form == "profile":
            reader = "mentees can see what you offer" if role == "mentor" else "mentors can see who you are"
            words = say(f"Complete your {role} profile, so that {reader}.")
            tasks.append(Task(words, (buttons.complete_profile(role),)))
        else:
            words = say(f"Say what suits you as a {role}: it helps to find the right match.")
            tasks.append(Task(words, (buttons.preferences(role, primary=True),)))
    tasks += [*_code_task(view, member), *_training_task(view, member), *_sheet_tasks(view, member)]
    if refresh_wanted(member, view.scheme, view.now):
        words = say("Confirm your entry in the directory of mentors for this year, or change your profile below.")
        tasks.append(Task(words, (buttons.confirm_entry(),)))
    return tasks


def _sheet_tasks(view: HomeView, member: Member) -> list[Task]:
    wanted = sheet_rules.wanted_of_member(view.scheme, member, view.sheets)
    of = f"as {member.role}"
    tasks = [Task(say(f"Fill in “{each.title}” {of}."), (sheets.button(each, member.id, of),)) for each in wanted]
    asked = surveys.wanted(view.scheme, member, member.person, view.sheets, view.now)
    for each, at in (one for one in asked if one[0].required):
        words = say(f"Answer “{each.title}”, {sheets.MOMENT[at]} of your time as {member.role}.")
        tasks.append(Task(words, (sheets.member_survey_button(member, each, at),)))
    return tasks


def _code_task(view: HomeView, member: Member) -> list[Task]:
    button = members.code_button(MemberView(view.scheme, member, view.me, view.now))
    return [Task(say(f"Read and accept {members.the_code(member, view.scheme)}."), (button,))] if button else []


def _training_task(view: HomeView, member: Member) -> list[Task]:
    if next_gate(member, view.scheme, view.now) != "training":
        return []
    wanted = members.training(MemberView(view.scheme, member, view.me, view.now))
    return [Task(say(*wanted))] if wanted else []


def _request_tasks(view: HomeView) -> list[Task]:
    """What the mentee has to do next to come to a mentor."""
    return [*_talks(view), *_own_request(view)]


def _talks(view: HomeView) -> list[Task]:
    """Mentors who would like to talk with the mentee before they answer."""
    wanting = [each for each in view.request.open if each.invitation.talk_offered_at] if view.request else []
    words = "would like to talk with you once before answering: send them a message to find a time."
    return [Task(say(mention(each.mentor), f" {words}")) for each in wanting]


def _own_request(view: HomeView) -> list[Task]:
    mentee, asked = view.members.get("mentee"), view.request
    if asked is not None and allowed(rules.may_find_mentors, asked.request):
        is_ready = "is approved" if asked.request.approved_at else "is ready"
        naming = asked.request.state == "naming"
        how = "name the mentors you would like, in order" if naming else "choose whom to ask"
        words = say(f"Your mentoring request {is_ready}: {how}.")
        return [Task(words, requests.mentee_buttons(asked)[:1])]
    if asked is not None and allowed(rules.may_answer_office, asked.request):
        words = say(f"Answer the {view.scheme.words.office}’s question about your mentoring request.")
        return [Task(words, (buttons.answer_about_request(asked.request.id),))]
    open_requests = int(asked is not None and allowed(rules.may_withdraw, asked.request))
    if (
        mentee is None
        or not allowed(rules.may_create, mentee, open_requests, view.scheme, view.now)
        or _has_mentors_enough(view)
    ):
        return []
    words = say("Create a mentoring request: say what you would like mentoring on.")
    return [Task(words, (buttons.create_request(),))]


def _pair_tasks(seen: PairView) -> list[Task]:
    step = pairs.due(seen)
    return [*([Task(*step, seen.pair.id)] if step else []), *_sheet_tasks_of_pair(seen)]


def _sheet_tasks_of_pair(seen: PairView) -> list[Task]:
    """The sheets that the scheme requires of this party, now that their time has come."""
    tasks = list[Task]()
    for each, session in sheet_rules.wanted_of_pair(seen.scheme, seen.pair, seen.viewer, seen.sheets):
        of = f"session {session.number} with {seen.other.name}" if session else seen.other.name
        words = say(f"Fill in “{each.title}” {'about' if session else 'with'} {of}.")
        if each.offered == "afterwards" and session is None:
            words = say(f"Say how your mentoring with {of} was: “{each.title}”.")
        tasks.append(Task(words, (sheets.button(each, session.id if session else seen.pair.id, of),)))
    return [*tasks, *_survey_tasks(seen)]


def _survey_tasks(seen: PairView) -> list[Task]:
    """What this party is asked at this moment, where the scheme requires it."""
    wanted = surveys.wanted(seen.scheme, seen.pair, seen.viewer, seen.sheets, seen.now)
    return [
        Task(
            say(f"Answer “{each.title}”, {sheets.MOMENT[at]} of your mentoring with {seen.other.name}."),
            (sheets.survey_button(seen, each, at),),
        )
        for each, at in wanted
        if each.required
    ]


def _has_mentors_enough(view: HomeView) -> bool:
    held = sum(seen.viewer == seen.mentee.id for seen in view.pairs)
    return rules.enough_mentors(view.scheme, held)
