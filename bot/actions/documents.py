"""Reading and accepting documents: those of a pair by the two of it, those of a role by whoever holds it."""

from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, PAIR, keep
from bot.actions.membership import own, role_of
from bot.dialogs import subjects
from bot.dialogs.parts import Reply
from bot.dialogs.wording import documents as wording
from bot.lifecycle import consents as rules
from bot.lifecycle import membership, permissions
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import ROLES
from bot.screens import members as member_screens
from bot.screens import pairs as screens
from bot.storage import consents, pairs


def open_document(context: Context, click: Click) -> Reply:
    """A document, to accept it or to read it again."""
    about, key = subjects.document_of(click.subject)
    if about in ROLES:
        member = own(context, role_of(about))
        membership.may_fill_in(member)
        document = membership.document_of(member, context.scheme, key)
        return wording.of_role(member_screens.view_of(context.db, context.scheme, member, context.now), document)
    view = screens.pair(context.db, context.scheme, about, context.person.id, context.now)
    return wording.of_pair(view, view.pair.document(key))


def agree(context: Context, click: Click) -> Reply:
    """Accept a document."""
    about, key = subjects.document_of(click.subject)
    return _by_member(context, about, key) if about in ROLES else _by_party(context, about, key)


def _by_party(context: Context, pair_id: str, key: str) -> Reply:
    before, me = pairs.get(context.db, context.scheme.key, pair_id), context.person.id
    permissions.party(context.actor, before)
    document = rules.may_agree(before, key, me)
    step = rules.agree(before, key, me, context.now)
    after = keep(context, PAIR, Verb.AGREE, before, step, before.id)
    consents.add(context.db, context.scheme.key, after.id, after.consents[-1], document)
    return wording.accepted_by_party(screens.view_of(context.db, context.scheme, after, me, context.now))


def _by_member(context: Context, role: str, key: str) -> Reply:
    before = own(context, role_of(role))
    document = membership.may_agree(before, context.scheme, key)
    step = membership.agree(before, context.scheme, key, context.now)
    after = keep(context, MEMBER, Verb.AGREE, before, step)
    consents.add(context.db, context.scheme.key, after.id, after.consents[-1], document)
    return wording.accepted_by_member(member_screens.view_of(context.db, context.scheme, after, context.now))
