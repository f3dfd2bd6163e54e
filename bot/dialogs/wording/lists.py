"""Words for the office's lists: what was found, how each of it stands, and why it is up there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.dialogs import list_queries, own_fields, subjects
from bot.dialogs.parts import Bold, Button, Buttons, Divider, Form, Notice, Part, Run, Shown, When
from bot.dialogs.view_models.lists import ListedMember, ListedRequest, ListView, NeedyPair
from bot.dialogs.wording import attention, buttons_of_office, connections, request_cards, request_states, reviews
from bot.dialogs.wording.builders import notice, one_primary, press, say, small, turning
from bot.lifecycle import permissions, standing
from bot.lifecycle.attention import Listed
from bot.lifecycle.listing import FILTERS, Filter, Query
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme

TITLES: Final[Mapping[Listed, str]] = {"members": "Members", "requests": "Requests", "connections": "Connections"}
_VERBS: Final[Mapping[Listed, Verb]] = {
    "members": Verb.OPEN_MEMBERS, "requests": Verb.OPEN_REQUESTS, "connections": Verb.OPEN_CONNECTIONS
}  # fmt: skip
_OF_ROLE: Final = (Filter.MENTEES, Filter.MENTORS)
_SEARCHED: Final[Mapping[Listed, str]] = {
    "members": "Looked through: names, e-mail addresses and the short answers of profiles, such as post and topics. "
    "Longer texts and applications are not.",
    "requests": "Looked through: names and e-mail addresses of mentees and of the mentors on their lists. What "
    "somebody wrote in a request is kept encrypted, and cannot be searched.",
    "connections": "Looked through: names and e-mail addresses of the two.",
}
_BUTTONS: Final = 3
"""So many stand at one line of a list, with View."""


def form(view: ListView) -> Form:
    """A list with what can be looked for in it."""
    listed = view.query.listed
    parts: tuple[Part, ...] = (*_search(view), *_found(view))
    carried = {"list": subjects.list_page(view.query.page, list_queries.written(view.query))}
    return Form(Verb.FIND, TITLES[listed], one_primary(parts), listed, "Search", carried)


def answer(view: ListView) -> Notice:
    """A list as the answer to a command."""
    listed = view.query.listed
    again = list_button(listed, "Search and filter", view.query)
    return notice(TITLES[listed], "", *_found(view, again))


def list_button(listed: Listed, label: str, query: Query | None = None) -> Button:
    """The way to a list, or to a page of it."""
    page, text = (query.page, list_queries.written(query)) if query else (0, "")
    return buttons_of_office.list_page(label, _VERBS[listed], subjects.list_page(page, text), listed)


def read(scheme: Scheme, listed: Listed, given: Mapping[str, object]) -> Query:
    """What somebody looks for who has filled in the form."""
    query = list_queries.read(listed, str(given.get(own_fields.FIND.key) or ""))
    labels = {attention.label(each, listed, scheme): each for each in FILTERS[listed]}
    chosen = (labels.get(str(given.get(field.key) or "")) for field in (own_fields.FILTER, own_fields.OF_ROLE))
    also = [each for each in chosen if each is not None]
    return replace(query, filters=tuple(dict.fromkeys([*query.filters, *also])))


def _search(view: ListView) -> tuple[Part, ...]:
    query, listed, scheme = view.query, view.query.listed, view.scheme
    role = next((each for each in query.filters if each in _OF_ROLE), None)
    chosen = next((each for each in query.filters if each not in _OF_ROLE), None)
    left = list_queries.without(query, *(each for each in (role, chosen) if each))
    labels = [attention.label(each, listed, scheme) for each in FILTERS[listed] if each not in _OF_ROLE]
    all_ = own_fields.FILTER.options[0]
    parts: list[Part] = [
        replace(own_fields.FIND, initial=list_queries.written(left)),
        replace(
            own_fields.FILTER, options=(all_, *labels),
            initial=attention.label(chosen, listed, scheme) if chosen else all_,
        ),
    ]  # fmt: skip
    if listed == "members":
        either = own_fields.OF_ROLE.options[0]
        roles = tuple(attention.label(each, listed, scheme) for each in _OF_ROLE)
        initial = attention.label(role, listed, scheme) if role else either
        parts.append(replace(own_fields.OF_ROLE, options=(either, *roles), initial=initial))
    return tuple(parts)


def _found(view: ListView, *also: Button) -> tuple[Shown, ...]:
    """What was found; `also` is pressed beside the ways to other pages."""
    query, parts = view.query, list[Shown]()
    parts.append(say(*_count(view)))
    if query.words or not view.total:
        parts.append(small(_SEARCHED[query.listed]))
    if _approvable(view):
        parts.append(press(buttons_of_office.approve_all(f"{query.listed}:{list_queries.written(query)}")))
    for row in view.rows:
        parts += [Divider(), *row_of(row, view)]
    if view.pages > 1:
        parts += [Divider(), small(f"Page {query.page + 1} of {view.pages}")]
        also = (*_turning(view), *also)
    return (*parts, *((press(*also),) if also else ()))


def _approvable(view: ListView) -> bool:
    """Whether several wait here for the approval of whoever looks at them."""
    power = {"members": "approve_members", "requests": "approve_requests"}.get(view.query.listed)
    waits = sum(attention.WAITS.intersection(row.needs) != set() for row in view.rows)
    return power in view.viewer.powers and waits > 1


def _count(view: ListView) -> tuple[Run, ...]:
    """How many, of what, and in which order."""
    query, total = view.query, view.total
    filters = [attention.label(each, query.listed, view.scheme) for each in query.filters]
    asked = "; ".join([*filters, *(f"“{word}”" for word in query.words)])
    what = query.listed if total != 1 else query.listed[:-1]
    if not total:
        return (f"No {what[:-1]} found: {asked}." if asked else f"There are no {what}.",)
    order = ", what needs somebody first, then by name" if total > 1 else ""
    return (Bold(f"{total:,} {what}"), f": {asked}{order}." if asked else f"{order}.")


def _turning(view: ListView) -> tuple[Button, ...]:
    """To the first page, back and on."""
    query = view.query

    def turned(label: str, page: int) -> Button:
        return list_button(query.listed, label, replace(query, page=page))

    first = (turned("First page", 0),) if query.page > 1 else ()
    return (*first, *turning(query.page, view.pages, turned))


def row_of(row: ListedMember | ListedRequest | NeedyPair, view: ListView) -> tuple[Shown, ...]:
    """One line of a list, with what can be done."""
    match row:
        case ListedMember():
            return _member(row, view)
        case ListedRequest():
            return _request(row, view)
        case NeedyPair():
            return connections.lines(row.view, view.viewer, attention.why_pair(row, view.scheme))


def _member(row: ListedMember, view: ListView) -> tuple[Shown, ...]:
    """Who, as what, how they stand, why they are up there, and what fits."""
    member, person = row.view.member, row.view.person
    stands = small(*member_runs(row, view.scheme))
    return (say(Bold(person.name), f", {member.role}"), stands, *_pressed(_member_buttons(row, view), view, person.id))


def member_runs(row: ListedMember, scheme: Scheme) -> tuple[Run, ...]:
    """How they stand, and why they are up there, which says it all where they wait for the office."""
    waits = row.view.member.waiting_since is not None
    return joined(() if waits else _stands(row), attention.why_member(row, scheme))


def _stands(row: ListedMember) -> tuple[Run, ...]:
    member, now = row.view.member, row.view.now
    if member.state == "approved":
        until = member.paused_until if standing.paused(member, now) else None
        if until is not None:
            return ("Paused until ", When(until, "day"), ".")
        if member.rests_until is not None and standing.rests(member, now):
            return ("Takes part; rests until ", When(member.rests_until, "day"), ".")
        return ("Takes part.",)
    return reviews.stands(row.view)


def _member_buttons(row: ListedMember, view: ListView) -> tuple[Button, ...]:
    """The one or two that fit what they need, then View."""
    powers, found = view.viewer.powers, list[Button]()
    if "approve_members" in powers:
        found += reviews.office_buttons(row.view)[:-1][:2]
    if "record_training" in powers and attention.TRAINING.intersection(row.needs):
        found += reviews.training_buttons(row.view)[:1]
    whom = f"{row.view.person.name} as {row.view.member.role}"
    look = buttons_of_office.view_person(row.view.person.id, whom)
    return (*found[: _BUTTONS - 1], look)


def _request(row: ListedRequest, view: ListView) -> tuple[Shown, ...]:
    seen = row.view
    head = say(Bold(seen.mentee.name), f" asks for a mentor: {request_states.title_of(seen)}")
    why = attention.why_request(row, view.scheme)
    said = row.view.request.waiting_since is not None
    stands = small(*joined(() if said else request_cards.for_office(seen), why))
    return (head, stands, *_pressed(_request_buttons(row, view), view, seen.mentee.id))


def _request_buttons(row: ListedRequest, view: ListView) -> tuple[Button, ...]:
    *found, look = request_cards.office_buttons(row.view)
    may = permissions.power_over(row.view.request) in view.viewer.powers
    return (*(found[: _BUTTONS - 1] if may else ()), look)


def _pressed(found: Sequence[Button], view: ListView, about: str) -> tuple[Shown, ...]:
    if about == view.viewer.person:
        return (small("This is you: another member of the office looks after it."),)
    return (Buttons(tuple(found)),) if found else ()


def joined(*sentences: Sequence[Run]) -> tuple[Run, ...]:
    """Sentences, one after the other."""
    said = [each for each in sentences if each]
    return tuple(run for at, each in enumerate(said) for run in ((" ",) if at else ()) + tuple(each))
