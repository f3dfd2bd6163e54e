"""What is typed to find something in the office's lists, and back: words, and among them the names of filters."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.lifecycle.attention import Listed, Need
from bot.lifecycle.listing import FILTERS, Filter, Narrowing, Query
from bot.lifecycle.searching import folded

LONGEST: Final = 100
"""The most characters that are looked at."""
_MOST_WORDS: Final = 6
_QUOTED: Final = re.compile(r'["“”„«]([^"“”„«»]+)["“”»]|(\S+)')
_ALSO: Final[Mapping[str, Narrowing]] = {
    "no session": Need.QUIET, "no sessions": Need.QUIET, "behind pace": Need.BEHIND, "ending soon": Need.ENDING,
    "training lapsing": Need.LAPSING, "training lapsed": Need.LAPSED, "training missing": Need.UNTRAINED,
    "asked back": Need.UNANSWERED, "ended by silence": Need.ENDED, "needs somebody": Filter.ANY_NEED,
    "mentor": Filter.MENTORS, "mentee": Filter.MENTEES, "ended": Filter.OVER, "active": Filter.ASKING,
}  # fmt: skip
"""What else people type for a filter."""


def read(listed: Listed, text: str, page: int = 0) -> Query:
    """What somebody looks for. A word that names a filter of this list is one, unless it stands in quotes."""
    words, filters = list[str](), list[Narrowing]()
    for word, quoted in _words(text[:LONGEST]):
        meant = None if quoted else filter_of(listed, word)
        if meant is not None:
            filters.append(meant)
        elif word:
            words.append(word)
    return Query(listed, tuple(dict.fromkeys(words))[:_MOST_WORDS], tuple(dict.fromkeys(filters)), page)


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, folded, and whether it stood in quotes; the names of filters of several words as one."""
    found = [(folded(quoted or word), bool(quoted)) for quoted, word in _QUOTED.findall(text)]
    at = 0
    while at < len(found):
        long = next((n for n in (3, 2) if _together(found[at : at + n], n) in _ALSO), 1)
        yield (" ".join(word for word, _ in found[at : at + long]), found[at][1])
        at += long


def _together(some: list[tuple[str, bool]], wanted: int) -> str:
    whole = len(some) == wanted and not any(quoted for _, quoted in some)
    return " ".join(word for word, _ in some) if whole else ""


def filter_of(listed: Listed, word: str) -> Narrowing | None:
    """The filter of this list that is called so."""
    own = {each.value: each for each in FILTERS[listed]}
    other = _ALSO.get(word)
    return own.get(word) or (other if other in FILTERS[listed] else None)


def written(query: Query) -> str:
    """The same query as text: reading it gives it back."""
    return " ".join((*(each.value for each in query.filters), *words_of(query))).strip()


def words_of(query: Query) -> tuple[str, ...]:
    """Its words, as they have to be typed."""
    return tuple(_safe(word, query.listed) for word in query.words)


def _safe(word: str, listed: Listed) -> str:
    alone = [one for one, _ in _words(word)] == [word]
    return word if alone and filter_of(listed, word) is None and " " not in word else f'"{word}"'


def without(query: Query, *those: Narrowing) -> Query:
    """The query without these filters."""
    return replace(query, filters=tuple(each for each in query.filters if each not in those))
