"""Consents: who accepted which text, and when. Rows are only added."""

from sqlalchemy import Connection, insert

from bot.lifecycle.documents import Consent, Document
from bot.storage.optimistic import conflict_where_taken
from bot.storage.tables import consents

_INSERT = insert(consents)


def add(db: Connection, scheme_key: str, about: str, consent: Consent, document: Document) -> None:
    """Keep the text as it was accepted, paragraphs apart. `about`: the pair's or the membership's id. Conflict where
    the same person has accepted it already."""
    row = {
        "scheme": scheme_key, "about": about, "document": consent.document, "person": consent.person,
        "text": "\n\n".join((document.title, *document.text)), "at": consent.at,
    }  # fmt: skip
    with conflict_where_taken():
        db.execute(_INSERT, row)
