"""Words for the directory of mentors: who there is, whom the mentee has put on the list, and in which order."""

from dataclasses import replace

from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Bold, Button, Divider, Form, Heading, Notice, Part, Run
from bot.dialogs.view_models.choosing import Directory, InDirectory
from bot.dialogs.view_models.requests import RequestView
from bot.dialogs.wording import buttons, next_steps
from bot.dialogs.wording.builders import notice, portrait, press, say, small, turning
from bot.dialogs.wording.list_words import passed_over
from bot.dialogs.wording.request_states import state_runs
from bot.lifecycle.request import route_of
from bot.lifecycle.vocabulary import Verb

_NOT_NOW = "Not available at the moment"


def form(view: Directory) -> Form:
    """What to search for, the list so far, and a page of the mentors who were found."""
    naming = view.request.state == "naming"
    parts: list[Part] = [say(_intro(view)), *_list(view), Divider(), Heading("Directory"), *_search(view)]
    for each in view.found:
        parts += [Divider(), *_mentor(each, view)]
    parts += [Divider(), *_pages(view)]
    carried = {"order": ",".join(each.mentor.id for each in view.listed), "page": str(view.look.page)}
    verb, submit = (Verb.NAME_MENTORS, "Name these mentors") if naming else (Verb.SEND, "Send request to mentors")
    title = "Name mentors" if naming else "Find mentors"
    return Form(verb, title, tuple(parts), view.request.id, submit, carried)


def _most(view: Directory) -> int:
    return route_of(view.request, view.scheme).mentors


def _intro(view: Directory) -> str:
    """How many, what their order means, and who looks first."""
    route, most = route_of(view.request, view.scheme), _most(view)
    window = f"; each has {route.reply_within.words} to answer" if route.reply_within else ""
    one = most == 1
    first = "Add the mentor you would like" if one else f"Add up to {most} mentors in the order you would like"
    asked = "" if one else f" They are asked one after the other{window}."
    if route.at_once > 1:
        asked = f" Up to {route.at_once} of them are asked at the same time{window}."
    if view.request.state == "naming" and not one:
        asked += " Who cannot be asked when their turn comes is passed over."
    looks = next_steps.looks_first(view.request, view.scheme)
    return f"{first}, then press the button at the end.{asked}{looks}"


def _list(view: Directory) -> tuple[Part, ...]:
    """Who is on the list, in order."""
    if not view.listed:
        return (small("Your list is empty so far."),)
    parts: list[Part] = [Heading("Your list")]
    for n, each in enumerate(view.listed):
        name, subject = each.mentor.name, subjects.choice(view.request.id, each.mentor.id)
        pressed: list[Button] = [buttons.move_up(subject, name)] if n else []
        pressed += [buttons.move_down(subject, name)] if n < len(view.listed) - 1 else []
        gone: tuple[Run, ...] = () if each.can_be_asked else (f" · {_NOT_NOW}",)
        parts += [say(Bold(f"{n + 1}. {name}"), *gone), press(*pressed, buttons.remove_mentor(subject, name))]
    return tuple(parts)


def _search(view: Directory) -> tuple[Part, ...]:
    topic = replace(
        own_fields.TOPIC, options=(own_fields.ANY_TOPIC, *view.scheme.topics),
        initial=view.look.topic or own_fields.ANY_TOPIC,
    )  # fmt: skip
    shown = replace(own_fields.SHOWN, initial=own_fields.SHOWN.options[0 if view.look.can_be_asked else 1])
    search = buttons.search_mentors(subjects.directory_page(view.request.id, 0))
    return (topic, shown, press(search), small(_count(view)))


def _count(view: Directory) -> str:
    if not view.total:
        return "Nobody else was found. You can search for another topic, or among all mentors."
    of = f", page {view.look.page + 1} of {view.pages}" if view.pages > 1 else ""
    return f"{'1 mentor' if view.total == 1 else f'{view.total:,} mentors'}, by name{of}."


def _mentor(each: InDirectory, view: Directory) -> list[Part]:
    """Name, headline and what they offer; whether they can be added."""
    name, subject = each.mentor.name, subjects.choice(view.request.id, each.mentor.id)
    naming, room = view.request.state == "naming", len(view.listed) < _most(view)
    pinned = f"The {view.scheme.words.office} suggests them." if each.pinned else ""
    pinned = pinned or ("Suggested to you, or invited by you." if each.suggested else "")
    lines = [pinned, each.headline, "; ".join(each.offers), "" if each.can_be_asked else f"{_NOT_NOW}."]
    lines += [] if each.confirmed else ["This entry has not been confirmed this year."]
    text = "".join(f"\n{line}" for line in lines if line)
    add = [buttons.add_mentor(subject, name)] if room and (naming or each.can_be_asked) else []
    about = portrait(each.mentor, Bold(name), *((text,) if text else ()))
    return [about, press(*add, buttons.view_mentor(subject, name))]


def _pages(view: Directory) -> tuple[Part, ...]:
    full = len(view.listed) >= _most(view)
    most = "1 mentor" if _most(view) == 1 else f"{_most(view)} mentors"
    parts: list[Part] = (
        [small(f"Your list is full: it holds {most}. You can remove one to add another.")] if full else []
    )

    def turned(label: str, page: int) -> Button:
        return buttons.search_mentors(subjects.directory_page(view.request.id, page), label)

    pressed = turning(view.look.page, view.pages, turned)
    return (*parts, *((press(*pressed),) if pressed else ()))


def named(view: RequestView) -> Notice:
    """The answer to naming: who has the request now, and who was passed over."""
    title = "Request sent" if view.open or view.request.state == "in_review" else "Nobody could be asked"
    missed = passed_over(view)
    before = (small(missed),) if missed else ()
    return notice(title, "", say(*state_runs(view)), *before)
