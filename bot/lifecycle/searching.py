"""How somebody is found by words: text without case, accents and marks, in any script. What the office cannot read of a
form is not searched either."""

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from bot.lifecycle.member import Member
from bot.schemes.fields import YES_NO, FormField
from bot.schemes.scheme import Scheme

LONGEST: Final = 1000
"""The most characters that are kept to find a member by."""
_ALSO: Final = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss",
     "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "ـ": "", "‐": "-", "‑": "-", "–": "-"}
)  # fmt: skip
"""Letters that are no other letter with a mark, and signs that are typed in several ways."""
_SHORT: Final = frozenset({"text", "choice", "choices", "topics", "ratings"})
"""The kinds of field whose answers are a few words."""


def folded(text: str) -> str:
    """Text as it is compared: without case, accents and vowel marks, nor the invisible marks of right-to-left text."""
    if text.isascii():
        return " ".join(text.casefold().split())
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_ALSO)
    plain = "".join(letter for letter in apart if unicodedata.category(letter) not in {"Mn", "Cf", "Me"})
    return " ".join(plain.split())


def of_person(name: str, email: str | None) -> str:
    """What somebody is found by in any scheme: name and e-mail address."""
    return folded(f"{name} {email or ''}")


def of_member(member: Member, scheme: Scheme) -> str:
    """What they are found by besides: the short answers of their profile and preferences that the office may read, such
    as their post, and the topics they offer."""
    rules = scheme.roles[member.role]
    forms = ((rules.profile, member.profile), (rules.preferences, member.preferences))
    asked = ((field, answers.get(field.key)) for form, answers in forms if form and answers for field in form.fields)
    words = dict.fromkeys(word for field, answer in asked for word in _words(field, answer))
    return folded(" ".join(words))[:LONGEST]


def _words(field: FormField, answer: Any) -> Iterator[str]:
    if field.kind not in _SHORT or field.seen_by == "self":
        return
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict):
        yield from (topic for topic, rating in answer.items() if rating)
    elif isinstance(answer, list | tuple):
        yield from (each for each in answer if isinstance(each, str) and each not in YES_NO)
