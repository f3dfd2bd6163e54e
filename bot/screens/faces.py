"""People as others see them."""

from collections.abc import Iterable

from sqlalchemy import Connection as Db

from bot.dialogs.view_models import Face
from bot.storage import people
from bot.storage.people import Person


def face_of(person: Person) -> Face:
    """A person's face."""
    return Face(person.id, person.user, person.name, person.email, person.zone)


def face(db: Db, person: str) -> Face:
    """The face of the person with that id."""
    return face_of(people.get(db, person))


def faces(db: Db, persons: Iterable[str]) -> dict[str, Face]:
    """Several faces by person id, in one look."""
    return {id_: face_of(person) for id_, person in people.many(db, set(persons)).items()}
