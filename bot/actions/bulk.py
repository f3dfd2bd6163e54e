"""Approving many at once. Each is approved by the same act as alone, in its own right; what can wait does so, a few at
a time, and clicks go first."""

from dataclasses import replace

from bot.actions import notify, office, undoing
from bot.actions.context import Caller, Click, Context
from bot.dialogs import list_queries, subjects
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import bulk as wording
from bot.lifecycle import bulk as rules
from bot.lifecycle import permissions
from bot.lifecycle.bulk import Bulk, Case, Outcome
from bot.lifecycle.listing import Query
from bot.lifecycle.notices import tell
from bot.lifecycle.step import Refused
from bot.lifecycle.undoing import FOR
from bot.lifecycle.vocabulary import Kind, Verb
from bot.screens import bulk as screens
from bot.storage import bulks, members, people, requests
from bot.storage.database import Conflict


def open_approve_all(context: Context, click: Click) -> Reply:
    """Who and what would be approved; nothing is, before it has been read."""
    officer = context.officer
    permissions.decides(officer)
    view = screens.preview(context.db, context.scheme, _queries(click.subject), officer, context.now, context.new_id())
    if view.approved:
        context.afterwards.append(lambda db: bulks.add(db, view.bulk))
    return wording.form(view)


def _queries(subject: str) -> tuple[Query, ...]:
    """All that waits, or what was looked for in a list."""
    listed, _, text = subject.partition(":")
    if listed in ("members", "requests"):
        return (list_queries.read(subjects.listed_of(listed), text),)
    if listed != "queue":
        raise Refused("gone")
    return (Query("members"), Query("requests"))


def approve_all(context: Context, click: Click) -> Reply:
    """Approve what was shown: a few at once, of more the first, and the others in a moment."""
    one = bulks.get(context.db, context.scheme.key, click.subject)
    rules.may_approve(one, context.officer)
    after = _step(context, bulks.save(context.db, one, replace(one, state="running")))
    context.note(Verb.APPROVE_ALL, one.id)
    if after.state == "done":
        return wording.came_of_it(screens.of_bulk(context.db, context.scheme, one.id, one.by, context.now))
    return wording.begun(after)


def undo_all(context: Context, click: Click) -> Reply:
    """Take back all of it that can still be."""
    one = bulks.get(context.db, context.scheme.key, click.subject)
    rules.may_undo(one, context.officer, context.now)
    _step(context, bulks.save(context.db, one, replace(one, state="undoing", at=0)))
    context.note(Verb.UNDO_ALL, one.id)
    return wording.taken_back(screens.of_bulk(context.db, context.scheme, one.id, one.by, context.now))


def _step(context: Context, one: Bulk) -> Bulk:
    """The next few, by whoever has begun it and may still do so; once all have had their turn, they are told."""
    some = one.cases[one.at : one.at + rules.AT_ONCE]
    act = _approved if one.state == "running" else _taken_back
    outcomes = dict(one.outcomes)
    for case in some:
        outcomes[case.id] = act(context, case, outcomes.get(case.id))
    after = replace(one, at=one.at + len(some), outcomes=outcomes)
    if after.at < len(one.cases):
        return bulks.save(context.db, one, after)
    after = replace(after, state="done" if one.state == "running" else "undone", ended_at=context.now)
    saved = bulks.save(context.db, one, after)
    over = (context.now + FOR,) if saved.state == "done" else ()
    told = tell(Kind.APPROVED_ALL, one.by, one.id, saved.version, redrawn_at=over)
    notify.publish(context, [told], cards=[one.id])
    return saved


def _approved(context: Context, case: Case, _: Outcome | None) -> Outcome:
    try:
        if _version(context, case) != case.version:
            return "changed"
        verb = _verb(context, case)
        with context.db.begin_nested():
            said = _ACTS[verb](context, _click(verb, case.id))
            if isinstance(said, Errors):
                raise Refused("already_decided")
    except (Refused, Conflict):
        return "changed" if _version(context, case) != case.version else "refused"
    return "approved"


def _taken_back(context: Context, case: Case, was: Outcome | None) -> Outcome:
    if was != "approved":
        return was or "refused"
    try:
        with context.db.begin_nested():
            undoing.undo(context, _click(Verb.UNDO, subjects.case(case.kind, case.id)))
    except (Refused, Conflict):
        return "approved"
    return "undone"


_ACTS = {
    Verb.APPROVE_JOINING: office.approve_joining,
    Verb.APPROVE_MEMBER: office.approve_member,
    Verb.APPROVE_REQUEST: office.approve_request,
}


def _click(verb: Verb, subject: str) -> Click:
    return Click(Caller("", "", ""), verb, subject, values={}, shows_itself=True)


def _version(context: Context, case: Case) -> int:
    if case.kind == "member":
        return members.get(context.db, context.scheme.key, case.id).version
    return requests.get(context.db, context.scheme.key, case.id).version


def _verb(context: Context, case: Case) -> Verb:
    if case.kind == "request":
        return Verb.APPROVE_REQUEST
    member = members.get(context.db, context.scheme.key, case.id)
    if rules.member_left_out(member, context.officer, context.scheme):
        raise Refused("already_decided")
    return Verb.APPROVE_JOINING if member.state == "asked" else Verb.APPROVE_MEMBER


def next_few(context: Context, id_: str) -> None:
    """The next few, by the clock."""
    one = bulks.get(context.db, context.scheme.key, id_)
    if one.state in ("running", "undoing"):
        _step(replace(context, me=people.get(context.db, one.by)), one)
