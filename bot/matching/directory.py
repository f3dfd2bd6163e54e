"""The directory: the mentors among whom a mentee looks for themselves, and which topics each offers. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.matching.criteria import Answers, Seeker, wishes_of
from bot.matching.ranking import Candidate
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Entry:
    """A mentor in the directory. `offers`: topics, most first."""

    person: str
    answers: Answers
    offers: tuple[str, ...]
    can_be_asked: bool


def entries(seeker: Seeker, candidates: Sequence[Candidate], scheme: Scheme) -> Iterator[Entry]:
    """Everybody who takes part, free at the moment or not, in the order of the candidates. Left out are the mentee,
    who has been on this request's list, from whom they are kept apart, and whomever a hard rule of either leaves
    out."""
    criteria = wishes_of(seeker, scheme)
    for each in candidates:
        if not each.takes_part or each.person == seeker.person or each.person in seeker.asked:
            continue
        if each.person not in seeker.apart and criteria.fits(each.answers) and criteria.fits_them(each.answers):
            rated = sorted(criteria.ratings(each.answers).items(), key=lambda rating: -rating[1])
            offers = tuple(topic for topic, rating in rated if rating > 0)
            yield Entry(each.person, each.answers, offers, each.can_be_asked)
