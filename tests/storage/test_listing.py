"""The office's lists where they are kept: each need in SQL as the rule has it, found by words in any script, in order
and by pages, on each engine."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from sqlalchemy import Connection

from bot.dialogs import list_queries
from bot.lifecycle import attention, searching
from bot.lifecycle.attention import NEEDS, SAID_BY, Listed, Marks, Need
from bot.lifecycle.listing import FILTERS, Filter, Query
from bot.lifecycle.member import Member, MemberState
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.people import Person
from bot.lifecycle.questions import Question
from bot.lifecycle.request import Invitation, InvitationState, Request, RequestState
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load
from bot.storage import listing, members, pairs, people, questions, requests
from bot.storage.database import Database
from tests.storage.records import DAY, NOW

SCHEME = load("british_cardiovascular_society")
MARKS = Marks.of(SCHEME, NOW)
TRAINING = SCHEME.roles["mentor"].trainings[0].key


def somebody(db: Connection, name: str, email: str | None = None, id_: str = "") -> str:
    """A person of that name."""
    person = Person(id_ or name, "slack", "T1", f"U{id_ or name}", name, email, "Europe/London")
    return people.save(db, person, NOW).id


def member(db: Connection, name: str, **more: Any) -> Member:
    """A mentor who takes part, with a training of last year."""
    person, role = somebody(db, name), more.pop("role", "mentor")
    trained = {TRAINING: date(2025, 9, 1)} if role == "mentor" else {}
    made = Member(
        f"m {name}", SCHEME.key, person, role, "approved", NOW - 90 * DAY, {}, approved_at=NOW - 60 * DAY,
        trainings=trained,
    )  # fmt: skip
    return members.save(db, None, replace(made, **more))


def asked(
    db: Connection, name: str, state: RequestState, states: Sequence[InvitationState] = (), asked_at: Any = NOW,
    mentors: Sequence[str] = (), **more: Any,
) -> Request:  # fmt: skip
    """A request of somebody, with mentors on its list."""
    mentee = more.pop("mentee", "") or somebody(db, f"Mentee {name}")
    invited = tuple(
        Invitation(
            f"i {name} {at}", mentors[at] if mentors else somebody(db, f"Mentor {name} {at}"), at + 1, each, asked_at,
            None, more.get("answered_at") if each == "expired" else None,
        )
        for at, each in enumerate(states)
    )  # fmt: skip
    more.pop("answered_at", None)
    made = Request(f"r {name}", SCHEME.key, mentee, state, {}, more.pop("made_at", NOW - 30 * DAY), **more)
    kept = requests.save(db, None, made)
    return requests.save(db, kept, replace(kept, invitations=invited)) if invited else kept


def connected(db: Connection, name: str, mentee: str = "", mentor: str = "", **more: Any) -> Pair:
    """Two who are connected."""
    sides = (mentee or somebody(db, f"Mentee {name}"), mentor or somebody(db, f"Mentor {name}"))
    terms = replace(Terms.of(SCHEME), sessions=more.pop("expected", 4))
    made = Pair(f"c {name}", SCHEME.key, None, None, *sides, "active", terms, NOW - 90 * DAY, NOW + 200 * DAY)
    return pairs.save(db, None, replace(made, **more))


def found(db: Connection, listed: Listed, text: str, page: int = 0, size: int = 99) -> list[str]:
    """The ids of that page."""
    return list(listing.find(db, SCHEME.key, list_queries.read(listed, text, page), MARKS, size).ids)


def by_need(db: Connection, listed: Listed, marks: Marks = MARKS) -> Iterator[tuple[Need, set[str]]]:
    """Each need with those who are found by it, whatever has become of them: every name has an "m"."""
    for need in NEEDS[listed]:
        query = Query(listed, ("m",), (need,))
        yield need, set(listing.find(db, SCHEME.key, query, marks, 999).ids)


def said(needs: tuple[Need, ...]) -> set[Need]:
    """With what goes without saying."""
    return {*needs, *(SAID_BY[each] for each in needs if each in SAID_BY)}


def agree(found: dict[Need, set[str]], ruled: dict[str, tuple[Need, ...]]) -> None:
    """What is found by each need is what the rule says of each."""
    for need, ids in found.items():
        assert ids == {id_ for id_, needs in ruled.items() if need in said(needs)}, need


CHANCE_ROUNDS = 250


def test_what_members_need_is_found_as_the_rule_has_it(database: Database) -> None:
    chance, marks = random.Random(15), replace(MARKS, unconfirmed=NOW - 12 * DAY)

    def make(db: Connection) -> tuple[dict[Need, set[str]], dict[str, tuple[Need, ...]]]:
        for n in range(CHANCE_ROUNDS):
            ago = NOW - chance.randrange(30) * DAY
            lapses = date(NOW.year - 3, NOW.month, NOW.day) + timedelta(days=chance.randrange(-20, 80))
            made = member(
                db, f"M{n}", role=chance.choice(["mentor", "mentee"]), state=chance.choice(get_args(MemberState)),
                waiting_since=chance.choice([None, None, ago]), question=chance.choice([None, "Why?"]),
                silences=chance.choice([0, 0, 1, 2]), approved_at=chance.choice([None, ago]),
                trainings=chance.choice([{}, {TRAINING: lapses}, {TRAINING: lapses}, {"other": lapses}]),
                confirmed_at=chance.choice([None, None, ago, NOW]),
            )  # fmt: skip
            if made.question:
                since = NOW - chance.randrange(14) * DAY
                questions.add(db, Question(f"q{n}", SCHEME.key, made.id, made.person, "Why?", since))
            if chance.random() < 0.4:
                asked(db, f"m{n}", "asking", ("open",), NOW - chance.randrange(9) * DAY, [made.person])
        held = members.those(db, SCHEME.key, [f"m M{n}" for n in range(CHANCE_ROUNDS)])
        known = listing.facts(db, SCHEME.key, "members", {each.id: each.person for each in held})
        return dict(by_need(db, "members", marks)), {
            each.id: attention.of_member(each, known[each.id], marks) for each in held
        }

    found_, ruled = database.write_now(make)
    agree(found_, ruled)
    assert {need for needs in ruled.values() for need in said(needs)} == set(NEEDS["members"]), "each is there"


def test_what_requests_need_is_found_as_the_rule_has_it(database: Database) -> None:
    chance = random.Random(16)

    def make(db: Connection) -> tuple[dict[Need, set[str]], dict[str, tuple[Need, ...]]]:
        made = list[Request]()
        for n in range(CHANCE_ROUNDS):
            state = chance.choice(get_args(RequestState))
            invited: dict[str, tuple[InvitationState, ...]] = {"asking": ("expired", "open"), "expired": ("expired",)}
            ago = NOW - chance.randrange(40) * DAY
            made.append(
                asked(
                    db, str(n), state, invited.get(state, ()), NOW - chance.randrange(9) * DAY, answered_at=ago,
                    waiting_since=chance.choice([None, ago]) if state in ("in_review", "assigning") else None,
                )
            )  # fmt: skip
            if state == "expired" and chance.random() < 0.3:
                asked(db, f"later {n}", "withdrawn", mentee=made[-1].mentee, made_at=NOW - DAY)
            if state == "expired" and chance.random() < 0.3:
                connected(db, str(n), made[-1].mentee)
            if state == "clarifying":
                since = NOW - chance.randrange(14) * DAY
                questions.add(db, Question(f"q{n}", SCHEME.key, made[-1].id, made[-1].mentee, "Why?", since))
        held = requests.those(db, SCHEME.key, [each.id for each in made])
        known = listing.facts(db, SCHEME.key, "requests", {each.id: each.mentee for each in held})
        ruled = {each.id: attention.of_request(each, known[each.id], MARKS) for each in held}
        return dict(by_need(db, "requests")), ruled

    found_, ruled = database.write_now(make)
    agree(found_, ruled)
    assert {need for needs in ruled.values() for need in said(needs)} == set(NEEDS["requests"]), "each is there"


def test_what_pairs_need_is_found_as_the_rule_has_it(database: Database) -> None:
    chance = random.Random(17)

    def make(db: Connection) -> tuple[dict[Need, set[str]], dict[str, tuple[Need, ...]]]:
        made = list[Pair]()
        for n in range(CHANCE_ROUNDS):
            states = [chance.choice(["planned", "scheduled", "completed"]) for _ in range(chance.randrange(6))]
            sessions = tuple(
                Session(f"s{n}-{at}", at, each, None if each == "planned" else NOW - chance.randrange(-9, 90) * DAY)  # type: ignore[arg-type]
                for at, each in enumerate(states)
            )
            began = NOW - chance.randrange(1, 300) * DAY
            held = connected(
                db, str(n), sessions=sessions, began_at=began, expected=chance.choice([None, 1, 4, 12]),
                ends_at=chance.choice([None, NOW + chance.randrange(1, 60) * DAY, NOW + 200 * DAY]),
                rests_until=chance.choice([None, None, NOW + DAY, NOW - DAY]),
            )  # fmt: skip
            if chance.random() < 0.5:  # what follows is kept as they go on
                held = pairs.save(db, held, replace(held, began_at=began - 9 * DAY))
            if chance.random() < 0.1:
                held = pairs.save(db, held, replace(held, state="ended"))
            made.append(held)
        read = pairs.those(db, SCHEME.key, [each.id for each in made])
        return dict(by_need(db, "connections")), {each.id: attention.of_pair(each, MARKS) for each in read}

    found_, ruled = database.write_now(make)
    agree(found_, ruled)
    assert {need for needs in ruled.values() for need in needs} == set(NEEDS["connections"]), "each is there"


NAMES = {
    "Zoë Müller-Åström": ("zoe", "MULLER", "astrom", "zoë müller", "strom zoe"),
    "İlker Çağlayan": ("ilker", "caglayan", "çağ"),
    "Łukasz Żółć": ("lukasz zolc", "żółć"),
    "عَبْدُ الرَّحْمٰن": ("عبد", "الرحمن", "\u200fعبد الرحمن"),
    "أحمد الأنصاري": ("احمد", "الانصاري"),
    "歐陽 明月": ("明月", "歐陽"),
    "Αθηνά Παπαδοπούλου": ("αθηνα", "ΠΑΠΑΔΟΠΟΥΛΟΥ"),
    "O’Neill, Siobhán": ("o'neill", "siobhan", "O’Neill"),
    "100% _Real_": ("100%", "_real_"),
}


def test_somebody_is_found_by_their_name_in_any_script_and_by_nobody_elses(database: Database) -> None:
    def make(db: Connection) -> list[tuple[str, str, list[str]]]:
        for name in NAMES:
            member(db, name)
        return [(name, text, found(db, "members", text)) for name, texts in NAMES.items() for text in texts]

    for name, text, ids in database.write_now(make):
        assert ids == [f"m {name}"], text


def test_a_member_is_found_by_e_mail_post_and_topic_and_not_by_what_is_theirs_alone(database: Database) -> None:
    profile = SCHEME.roles["mentor"].profile
    preferences = SCHEME.roles["mentor"].preferences
    assert profile is not None
    assert preferences is not None
    headline, ratings = SCHEME.matching.headline_field or "", SCHEME.matching.ratings_field
    answers = {headline: "Consultant Électrophysiologist, Leeds", ratings: {"Leadership": 4, "Wellbeing": 0}}
    alone = next(
        each for each in profile.fields + preferences.fields if each.kind == "long_text" or each.seen_by == "self"
    )

    def make(db: Connection) -> dict[str, list[str]]:
        person = somebody(db, "Ada", "a.king@Example.org", "ada")
        made = Member("m1", SCHEME.key, person, "mentor", "approved", NOW, {"why": "secretly"}, {}, {
            **answers, alone.key: "hidden thoughts"
        })  # fmt: skip
        members.save(db, None, replace(made, known_for=searching.of_member(made, SCHEME)))
        looked = (
            "king@example",
            "electrophys leeds",
            "leadership",
            "wellbeing",
            "secretly",
            "hidden",
            "ada leeds",
            "bob",
        )
        return {text: found(db, "members", text) for text in looked}

    assert database.write_now(make) == {text: ["m1"] if is_found else [] for text, is_found in LOOKED_FOR.items()}


LOOKED_FOR = {
    "king@example": True, "electrophys leeds": True, "leadership": True, "ada leeds": True,
    "wellbeing": False, "secretly": False, "hidden": False, "bob": False,
}  # fmt: skip


def test_what_needs_somebody_comes_first_then_by_name_page_by_page(database: Database) -> None:
    def make(db: Connection) -> list[list[str]]:
        for name in ("ben", "Änne", "Carl", "dora"):
            member(db, name)
        member(db, "zoe", silences=3)
        member(db, "yan", waiting_since=NOW - DAY, state="in_review")
        member(db, "left", state="left")
        return [found(db, "members", "", page, 3) for page in range(4)]

    first, second, *after = database.write_now(make)
    assert (first, second) == (["m yan", "m zoe", "m Änne"], ["m ben", "m Carl", "m dora"])
    assert after == [second, second], "there is no later page"


@pytest.mark.parametrize(
    ("listed", "text", "expected"),
    [
        ("members", "paused mentor", ["m paused"]),
        ("members", "resting", ["m resting"]),
        ("members", "mentees", ["m mentee"]),
        ("members", "silent mentee", []),
        ("members", '"paused" paused', ["m paused"]),
        ("members", '"mentors"', []),
        ("members", "joining", ["m joining"]),
        ("members", "left", ["m gone"]),
        ("members", "gone", ["m gone"]),
        ("requests", "", ["r open"]),
        ("requests", "closed", ["r old"]),
        ("requests", "mentor open 0", ["r open"]),
        ("connections", "", ["c on"]),
        ("connections", "ended", ["c over"]),
        ("connections", "mentee over", ["c over"]),
        ("connections", "resting", []),
    ],
)
def test_lists_are_narrowed_by_words_and_filters_together(
    database: Database, listed: Listed, text: str, expected: list[str]
) -> None:
    def make(db: Connection) -> list[str]:
        member(db, "paused", paused_until=NOW + DAY)
        member(db, "resting", rests_until=NOW + DAY)
        member(db, "mentee", role="mentee")
        member(db, "joining", state="admitted", role="mentee", approved_at=None)
        member(db, "gone", state="left")
        asked(db, "open", "asking", ("open",))
        asked(db, "old", "withdrawn")
        connected(db, "on")
        connected(db, "over", state="ended")
        return found(db, listed, text)

    got = database.write_now(make)
    assert set(expected) <= set(got)
    assert got == expected or text == "mentees"


def test_as_many_are_counted_as_are_found(database: Database) -> None:
    def make(db: Connection) -> tuple[dict[Need, int], dict[Need, int]]:
        for n in range(3):
            member(db, f"silent {n}", silences=2)
        member(db, "both", silences=1, waiting_since=NOW - 300 * DAY)
        connected(db, "quiet", began_at=NOW - 89 * DAY)
        return (
            listing.count(db, SCHEME.key, "members", MARKS), listing.count(db, SCHEME.key, "connections", MARKS)
        )  # fmt: skip

    of_members, of_pairs = database.write_now(make)
    assert of_members == {Need.SILENT: 3, Need.OVERDUE: 1}, "each by the most pressing"
    assert of_pairs == {Need.QUIET: 1}


@pytest.mark.parametrize("listed", list(FILTERS))
def test_each_filter_can_be_typed_and_is_written_as_it_is_read(listed: Listed) -> None:
    for each in FILTERS[listed]:
        query = Query(listed, ("ada", "king of"), (each,))
        assert list_queries.read(listed, list_queries.written(query)) == query
    assert list_queries.read("members", "silent mentor “silent” ada").words == ("silent", "ada")
    assert list_queries.read("connections", "behind pace  no session").filters == (Need.BEHIND, Need.QUIET)
    assert list_queries.read("members", "needs somebody").filters == (Filter.ANY_NEED,)
