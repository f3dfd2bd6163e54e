"""Many cases that can be approved at once: what they are, and what came of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.bulk import BulkPreview, BulkView, Waits
from bot.dialogs.wording import reviews
from bot.dialogs.wording.request_states import title
from bot.lifecycle import bulk as rules
from bot.lifecycle.attention import Marks, Need
from bot.lifecycle.bulk import Bulk, Case
from bot.lifecycle.listing import Query
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Scheme
from bot.screens.members import view_of
from bot.storage import bulks, listing, members, people, requests


def preview(db: Db, scheme: Scheme, queries: Iterable[Query], viewer: Actor, now: datetime, id_: str) -> BulkPreview:
    """What of these lists waits for the viewer's approval, and what of it is left out."""
    found = [each for query in queries for each in _waiting(db, scheme, query, viewer, now)]
    fit = [each for each in found if each[1].why_not is None]
    one = Bulk(id_, scheme.key, viewer.person, "shown", now, tuple(case for case, _ in fit[: rules.MOST]))
    left_out = tuple(waits for _, waits in found if waits.why_not)
    approved = tuple(waits for _, waits in fit[: rules.MOST])
    return BulkPreview(scheme, one, approved, left_out, len(fit) - len(approved))


def _waiting(db: Db, scheme: Scheme, query: Query, viewer: Actor, now: datetime) -> Iterator[tuple[Case, Waits]]:
    power = "approve_members" if query.listed == "members" else "approve_requests"
    if power not in viewer.powers:
        return
    query = replace(query, filters=(*query.filters, Need.WAITING), page=0)
    ids = listing.find(db, scheme.key, query, Marks.of(scheme, now), 3 * rules.MOST).ids
    if query.listed == "members":
        held = members.those(db, scheme.key, ids)
        seen = people.many(db, [each.person for each in held])
        for each in held:
            what = f"{reviews.wish(view_of(db, scheme, each, now))}"
            why = rules.member_left_out(each, viewer, scheme)
            case = Case("member", each.id, each.person, each.version)
            yield case, Waits(each.id, seen[each.person].name, what, why)
        return
    asked = [each for each in requests.those(db, scheme.key, ids) if each.state == "in_review"]
    seen = people.many(db, [each.mentee for each in asked])
    for request in asked:
        what = f"asks for a mentor: {title(request.answers, scheme)}"
        why_not = rules.request_left_out(request, viewer)
        case = Case("request", request.id, request.mentee, request.version)
        yield case, Waits(request.id, seen[request.mentee].name, what, why_not)


def of_bulk(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> BulkView:
    """What came of it; Refused("not_yours") for anybody but whoever did it."""
    one = bulks.get(db, scheme.key, about)
    if one.by != reader:
        raise Refused("not_yours")
    seen = people.many(db, [reader, *(each.person for each in one.cases)])
    return BulkView(scheme, one, seen[reader], {id_: each.name for id_, each in seen.items()}, now)
