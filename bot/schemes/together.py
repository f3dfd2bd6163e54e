"""The schemes that one bot runs, each with its own members, offices and forms."""

from collections.abc import Iterable, Iterator, Mapping

from bot.schemes.loading import SchemeError, load
from bot.schemes.scheme import Scheme


class Schemes(Mapping[str, Scheme]):
    """One scheme or more, by their keys, in the order of the setting."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        """SchemeError where two have the same key: whatever is kept would belong to both."""
        self._by_key: dict[str, Scheme] = {}
        for scheme in schemes:
            if scheme.key in self._by_key:
                raise SchemeError(scheme.key, ("another scheme that is to run here has this key too",))
            self._by_key[scheme.key] = scheme
        if not self._by_key:
            raise SchemeError("none", ("give at least one",))

    def __getitem__(self, key: str) -> Scheme:
        """The scheme of that key; KeyError for one that does not run here."""
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        """The keys, the first scheme's first."""
        return iter(self._by_key)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._by_key)

    def replaced(self, schemes: Iterable[Scheme]) -> "Schemes":
        """The same with these in the place of those of their keys, in the same order."""
        return Schemes(({**self._by_key} | {each.key: each for each in schemes}).values())

    @property
    def first(self) -> Scheme:
        """The only one, or the one that is meant where nobody says which."""
        return next(iter(self._by_key.values()))

    @property
    def several(self) -> bool:
        """Whether it has to be said which one is meant."""
        return len(self) > 1

    def called(self, typed: str) -> Scheme | None:
        """The scheme that somebody means who types its key or the beginning of one, if it is the only one."""
        word = typed.casefold()
        if word in self._by_key:
            return self._by_key[word]
        found = [scheme for key, scheme in self._by_key.items() if word and key.startswith(word)]
        return found[0] if len(found) == 1 else None


def load_all(names_or_paths: Iterable[str]) -> Schemes:
    """Each scheme of that name or at that path. Raises SchemeError, with every mistake of the first that is broken."""
    return Schemes(load(each) for each in names_or_paths)
