"""What the two of a pair accept: the documents that were put to them when they were connected."""

from dataclasses import replace
from datetime import datetime

from bot.lifecycle.documents import Consent, Document
from bot.lifecycle.notices import tell
from bot.lifecycle.pairs import Pair, may_act
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind


def agree(pair: Pair, key: str, person: str, now: datetime) -> Step[Pair]:
    """One party accepts a document. Where sessions wait for it, the other is told, and once nothing is left to accept,
    both are."""
    document = may_agree(pair, key, person)
    other, which = pair.other(person), pair.terms.documents.index(document)
    after = replace(pair, consents=(*pair.consents, Consent(key, person, now)))
    if document.blocks == "nothing":
        return Step(after)
    if after.agreed:
        return Step(after, tuple(tell(Kind.BOTH_AGREED, each, pair.id) for each in (person, other)))
    waits = () if after.both_accepted(key) else (tell(Kind.AGREEMENT_WAITS, other, pair.id, which),)
    return Step(after, waits)


def may_agree(pair: Pair, key: str, person: str) -> Document:
    """The document, where this party has it still to accept."""
    may_act(pair, person)
    document = pair.document(key)
    if pair.agreed_at(key, person) is not None:
        raise Refused("already_agreed", {"called": document.called})
    return document


def to_accept(pair: Pair, person: str) -> Document | None:
    """What comes next for this party to accept, so that sessions can be set."""
    return next((each for each in pair.before_sessions if not pair.agreed_at(each.key, person)), None)


def waits_for_party(pair: Pair, person: str) -> Document | None:
    """What the other party has accepted, and this one has not."""
    other = pair.other(person)
    blocking = (each for each in pair.before_sessions if pair.agreed_at(each.key, other))
    return next((each for each in blocking if not pair.agreed_at(each.key, person)), None)
