"""The office's questions and the answers to them. What was asked or answered is never changed."""

from datetime import datetime

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, insert, select, update

from bot.lifecycle.questions import Question
from bot.storage.optimistic import columns, names, values
from bot.storage.tables import questions

_NAMES = names(Question)
_ABOUT = (questions.c.scheme == bindparam("of"), questions.c.about == bindparam("this"))
_OF = select(*columns(questions, _NAMES)).where(*_ABOUT).order_by(questions.c.asked_at, questions.c.id)
_INSERT = insert(questions)
_ANSWER = update(questions).where(*_ABOUT, questions.c.answered_at.is_(None))


def add(db: Db, question: Question) -> None:
    """Keep one more."""
    db.execute(_INSERT, values(question, _NAMES))


def answer(db: Db, scheme_key: str, about: str, text: str, now: datetime) -> None:
    """Keep the answer to what is still open about that membership or request."""
    db.execute(_ANSWER, {"of": scheme_key, "this": about, "answer": text, "answered_at": now})


def of(db: Db, scheme_key: str, about: str) -> tuple[Question, ...]:
    """All that was asked about that membership or request, oldest first."""
    return tuple(Question(*row) for row in db.execute(_OF, {"of": scheme_key, "this": about}))
