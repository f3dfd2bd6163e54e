"""What people accept, of a pair or of a role, and the directory in which mentees look."""

from dataclasses import replace

import pytest

from bot.lifecycle import consents, membership
from bot.lifecycle.documents import Consent, Document
from bot.lifecycle.terms import Terms
from bot.matching.criteria import Seeker
from bot.matching.directory import entries
from bot.matching.ranking import Candidate
from bot.schemes.documents import Document as InFile

from .builders import AGREEMENT, NOW, SCHEME, member, pair, refusal, told

SECOND = Document("code", "Code", "code of conduct", ("Text",), "sessions")
NICE = Document("nice", "Nice", "nice to have", ("Text",), "nothing")
THREE = Terms((AGREEMENT, NICE, SECOND), 4, 60)


def accepted(*given: tuple[str, str]) -> tuple[Consent, ...]:
    return tuple(Consent(key, person, NOW) for key, person in given)


@pytest.mark.covers("A22")
def test_the_other_hears_of_each_and_both_of_the_last() -> None:
    one = pair(agreed=0, terms=THREE)
    step = consents.agree(one, "code", "ada", NOW)
    assert told(step) == [("bea", "agreement_waits")]
    assert step.notices[0].occurrence == 2, "each document is heard of by itself"
    assert step.state.consents == accepted(("code", "ada"))
    assert consents.agree(one, "nice", "ada", NOW).notices == (), "nothing waits for it"
    almost = replace(one, consents=accepted(("agreement", "ada"), ("code", "ada"), ("agreement", "bea")))
    assert told(consents.agree(almost, "code", "bea", NOW)) == [("bea", "both_agreed"), ("ada", "both_agreed")]
    half = replace(one, consents=accepted(("agreement", "ada")))
    assert consents.agree(half, "agreement", "bea", NOW).notices == (), "the other has, and one is left"


def test_what_comes_next_for_each() -> None:
    half = pair(agreed=0, terms=THREE, consents=accepted(("agreement", "ada"), ("code", "bea")))
    assert (consents.to_accept(half, "ada"), consents.to_accept(half, "bea")) == (SECOND, AGREEMENT)
    assert (consents.waits_for_party(half, "ada"), consents.waits_for_party(half, "bea")) == (SECOND, AGREEMENT)
    fresh = pair(agreed=0, terms=THREE)
    assert consents.waits_for_party(fresh, "ada") is None
    done = pair(agreed=2)
    assert consents.to_accept(done, "ada") is None
    assert consents.waits_for_party(done, "ada") is None
    assert refusal(lambda: consents.agree(done, "agreement", "ada", NOW)) == "already_agreed"
    assert refusal(lambda: consents.agree(done, "none", "ada", NOW)) == "gone"
    assert refusal(lambda: consents.waits_for_party(done, "zoe")) == "not_yours"


def test_terms_are_read_as_they_were_kept_by_any_version() -> None:
    kept = {
        "documents": [{"key": "a", "title": "A", "called": "agreement", "text": ["One"], "blocks": "sessions"}],
        "sessions": 4, "minutes": 60, "modes": ["Video call"], "unknown": 1,
    }  # fmt: skip
    terms = Terms.read(kept)
    assert (terms.sessions, terms.minutes, terms.modes, terms.length, terms.more_time) == (
        4,
        60,
        ("Video call",),
        None,
        None,
    )
    assert (terms.documents[0].key, terms.documents[0].text, terms.agreed_after) == ("a", ("One",), "P7D")


CODE = InFile.model_validate(
    {"key": "code", "title": "Code", "called": "code", "for": "mentor", "blocks": "matching", "text": ["Be kind."]}
)


def test_a_member_accepts_what_their_role_is_asked() -> None:
    scheme = SCHEME.model_copy(update={"documents": (CODE,)})
    step = membership.agree(member(), scheme, "code", NOW)
    assert step.state.consents == (Consent("code", "bea", NOW),)
    assert refusal(lambda: membership.agree(step.state, scheme, "code", NOW)) == "already_agreed"
    assert refusal(lambda: membership.agree(member("mentee"), scheme, "code", NOW)) == "gone"
    assert refusal(lambda: membership.agree(member(state="asked"), scheme, "code", NOW)) == "not_admitted"


def test_the_directory_shows_who_takes_part_with_what_they_offer_most_first() -> None:
    rated = {"expertise": {"Leadership": 2, "Wellbeing": 5, "Research and academia": 0}, "ways": ["Video call"]}
    some = [
        Candidate("bea", rated, 0, 2), Candidate("cyd", rated, 2, 2), Candidate("dan", rated, 0, 2, takes_part=False),
        Candidate("ada", rated, 0, 2), Candidate("eve", rated, 0, 2),
        Candidate("fay", {**rated, "ways": ["In person"]}, 0, 2),
    ]  # fmt: skip
    seeker = Seeker("ada", {"topics": ["Leadership"]}, {"ways": ["Video call"]}, asked={"eve"})
    found = list(entries(seeker, some, SCHEME))
    assert [(each.person, each.can_be_asked) for each in found] == [("bea", True), ("cyd", False)]
    assert found[0].offers == ("Wellbeing", "Leadership")
    assert found[0].answers == rated
