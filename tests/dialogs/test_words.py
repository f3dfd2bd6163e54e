"""Every message, form, notice and home page in every state: it can be sent, says all of itself, and leads somewhere."""

from dataclasses import replace
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs.home import home
from bot.dialogs.parts import Button, Buttons, Form, Home, Input, Link, Message, Notice, Paragraph
from bot.dialogs.plain import plain
from bot.dialogs.wording import (
    buttons,
    buttons_of_evidence,
    introductory,
    invitations,
    members,
    next_steps,
    pairs,
    refusals,
    request_cards,
    request_states,
    requests,
    reviews,
    shortlist,
    welcome,
)
from bot.dialogs.wording import help as helping
from bot.handlers.slack import render
from bot.lifecycle.deadlines import REMINDERS, DeadlineKind
from bot.lifecycle.rounds import Introduction
from bot.lifecycle.step import Reason
from bot.lifecycle.vocabulary import Kind, Verb
from bot.schemes.loading import load
from bot.screens.notices import NOTICES, Copy
from bot.screens.reminders import DRAWN
from tests.dialogs import every_word, list_views, parting_samples
from tests.dialogs import sample_views as some
from tests.dialogs.every_word import KINDS, everything, homes, messages, pressed
from tests.dialogs.reminder_words import WORDS, items
from tests.handlers.slack.judge import judge_message, judge_view
from tests.support.schemes import FIRST_SESSION, SELF_CHECK, with_role

Whole = Message | Form | Notice | Home
SCHEMES = pytest.mark.parametrize("held", [some.SCHEME, some.UNHURRIED], ids=["shipped", "of other habits"])
FIXED = {
    "Join as mentee", "Join as mentor", "Update preferences", "Complete mentor profile", "Create mentoring request",
    "Find mentors", "Skip", "Move up", "Move down", "Send request to mentors", "View", "Accept", "Decline", "Withdraw",
    "Read agreement", "Schedule", "Mark as completed", "Approve", "Ask for clarification", "Remove connection",
    "End connection", "Name mentors", "Offer to mentor", "Accept offer", "Write to them",
    "Change time", "Cancel session", "Confirm", "Suggest another time", "Plan the year", "It did not happen",
    "It moved", "Undo", "Leave the scheme", "Write record", "Actions", "Set goals",
    "Raise a concern", "I have made contact", "Close concern",
    "Snooze", "Stop reminding me", "Pause", "Resume", "Upload certificate", "Give feedback",
    "Ask for another mentor", "Talk to somebody first", "Confirm my entry", "Suggest a colleague", "Invite somebody",
}  # fmt: skip


@pytest.mark.parametrize("there", ["https://meet.example.org/round?a=1", "Seminar room 2", "http://meet.example.org"])
def test_an_introductory_meeting_on_the_web_can_be_joined_by_a_press(there: str) -> None:
    (said,) = introductory.meeting(Introduction(some.NOW, there), some.NOW)
    addresses = [run.url for run in said.runs if isinstance(run, Link)]
    assert addresses == ([there] if there.startswith("https://") else [])
    assert there in plain([said])


def _buttons(said: Whole) -> list[Button]:
    return pressed(said.parts)


def test_two_who_are_in_different_places_are_told_how_they_reach_each_other() -> None:
    seen = next(each for each in some.pairs().values() if each.pair.state == "active" and each.me == some.AMARA)
    there = replace(seen, mentor=replace(seen.mentor, platform="elsewhere"))
    assert plain([Paragraph(pairs.reach_runs(there))]) == f"Reach {seen.mentor.name} by e-mail: {seen.mentor.email}"
    unknown = replace(there, mentor=replace(there.mentor, email=None))
    said = plain([Paragraph(pairs.reach_runs(unknown))])
    assert "is not in this app" in said
    assert unknown.scheme.contact in said
    for view in (there, unknown):
        assert "in chat" not in plain([Paragraph(pairs.reach_runs(view))])


def test_the_ways_on_from_a_list_stand_side_by_side() -> None:
    paged = dict(list_views.words())["requests, second of three pages"]
    assert isinstance(paged.parts[-1], Buttons)
    assert [each.label for each in paged.parts[-1].buttons] == ["Previous page", "Next page", "Search and filter"]


def test_e_mail_copies_are_what_the_file_names() -> None:
    assert {said.copy for said in NOTICES.values() if said.copy} == set(get_args(Copy))


def test_each_kind_of_message_has_its_words() -> None:
    assert set(KINDS) == set(Kind)
    said = {name.partition(",")[0] for name, _ in messages() if not name.startswith("reminder ")}
    assert said == {kind.value for kind in Kind}, "each says something in some state"


def test_what_may_need_no_saying_any_more_says_what_is_left_of_it() -> None:
    for kind, said in NOTICES.items():
        may_be_none = get_type_hints(said.words)["return"] == Message | None
        assert (said.afterwards is not None) == may_be_none, kind
        for view in every_word.views_of(kind).values():
            left = [words(view) for words in (said.afterwards, said.followed) if words]
            assert not any(_buttons(each) for each in left), kind


def test_each_kind_of_reminder_has_its_words() -> None:
    # How a session was is asked by a message of its own; what needs the office comes without being in a scheme's file.
    of_a_day = REMINDERS - {DeadlineKind.SESSION_OVER} | {DeadlineKind.MORNING}
    assert set(DRAWN) == set(WORDS) == of_a_day
    assert {item.kind for _, item in items(some.SCHEME)} == of_a_day, "each says something in some state"


@SCHEMES
@pytest.mark.parametrize("zone", [ZoneInfo("Europe/London"), None], ids=["own zone", "shared"])
def test_all_of_it_can_be_drawn_for_slack(held: Any, zone: ZoneInfo | None) -> None:
    for name, said in everything(held):
        match said:
            case Message():
                judge_message(render.message(said, zone))
            case Form():
                judge_view(render.form(said, zone))
            case Home():
                judge_view(render.home(said, zone))
            case Notice():
                judge_view(render.notice(said, zone))
                judge_message(render.ephemeral(said, zone))
                assert len(said.title) <= 24, name


@SCHEMES
def test_one_button_at_most_says_press_me(held: Any) -> None:
    for name, said in everything(held):
        assert sum(button.style == "primary" for button in _buttons(said)) <= 1, name


@SCHEMES
def test_nothing_is_to_be_pressed_twice(held: Any) -> None:
    for name, said in everything(held):
        pressed = [(each.label, each.verb, each.subject, each.scheme) for each in _buttons(said)]
        assert len(set(pressed)) == len(pressed), name


@pytest.mark.covers("L6")
@SCHEMES
def test_a_message_says_the_whole_of_itself_in_plain_words(held: Any) -> None:
    for name, said in messages(held):
        for part in said.parts:
            for line in _lines(plain([part])):
                assert line in said.text, name
        for button in _buttons(said):
            assert button.label in said.text.splitlines()[-1], name


def _lines(text: str) -> list[str]:
    """The lines that hold no moment: those are written in the reader's zone."""
    return [line for line in text.splitlines() if " UTC" not in line and "202" not in line]


@pytest.mark.covers("A14", "L7")
def test_moments_are_written_on_the_readers_wall() -> None:
    card = invitations.card(some.invitation())
    assert "Answer by Sat 28 Nov 2026, 05:00 EST." in card.text, "Katherine reads in New York"
    asked = invitations.now_asking(some.invitation())
    assert "by Sat 28 Nov 2026, 10:00 GMT at the latest" in asked.text, "Amara reads in London"
    for name, said in everything():
        if isinstance(said, Message):
            assert " UTC" not in said.text, f"{name}: to the office days only"


@SCHEMES
def test_each_button_does_what_there_is_and_opens_what_it_says(held: Any) -> None:
    for name, said in everything(held):
        for button in _buttons(said):
            assert button.verb in set(Verb), name
            assert button.opens_form == Verb(button.verb).opens_form, f"{name}: {button.label}"


@pytest.mark.covers("L6")
@SCHEMES
def test_each_button_is_called_by_its_label_and_names_its_object(held: Any) -> None:
    alone = {button.label for button in (*_ways(), *_own())}
    for name, said in everything(held):
        for button in _buttons(said):
            assert button.spoken.startswith(button.label), f"{name}: who speaks to their computer says what they see"
            assert button.spoken != button.label or button.label in alone, f"{name}: {button.label} of whom?"
            assert not button.spoken.endswith("…"), f"{name}: {button.spoken}"


def _ways() -> list[Button]:
    return pressed(helping.ways_in(some.SCHEME).parts)


_PAGES = (FIRST_SESSION, SELF_CHECK, parting_samples.PAGE, *some.SCHEME.pages)


def _own() -> list[Button]:
    """Buttons whose label names their object: there is one only."""
    return [
        buttons.create_request(),
        buttons_of_evidence.my_hours(),
        buttons_of_evidence.my_portfolio(),
        buttons.complete_profile("mentor"),
        buttons.change_profile("mentor"),
        *(buttons.page(each.key, each.title, each.title) for each in _PAGES),
    ]


@SCHEMES
def test_no_two_buttons_of_one_surface_are_called_the_same(held: Any) -> None:
    for name, said in everything(held):
        spoken = [button.spoken for button in _buttons(said)]
        assert len(set(spoken)) == len(spoken), f"{name}: {spoken}"


def test_each_fixed_label_is_there() -> None:
    labels = {button.label for _, said in everything() for button in _buttons(said)}
    submits = {said.submit for _, said in everything() if isinstance(said, Form)}
    assert labels | submits >= FIXED


def test_each_form_does_a_verb_and_says_on_its_button_what() -> None:
    submits: dict[str, set[str]] = {}
    for name, said in everything():
        if isinstance(said, Form):
            assert said.verb in set(Verb), name
            if said.submit:
                assert not Verb(said.verb).opens_form, name
                submits.setdefault(said.verb, set()).add(said.submit)
            else:
                assert not any(isinstance(part, Input) for part in said.parts), name
    assert all(len(words) == 1 for words in submits.values()), "the same form is sent off by the same word everywhere"


@pytest.mark.covers("L1")
def test_each_refusal_has_words_and_a_way_on() -> None:
    assert set(refusals.WORDS) == set(get_args(Reason))
    doors = (
        "Home",
        "you hear from us",
        "answers you here",
        "write to",
        "Write to",
        "can help",
        "Press",
        "You can",
        "you can",
        "another member",
    )
    for name, said in everything():
        if isinstance(said, Notice) and name.startswith("refused"):
            assert "{" not in said.text
            over = "Nothing more is needed" in said.text
            assert over or said.parts or any(trouble in said.text for trouble in doors), said.text


def test_words_come_from_the_scheme_and_never_from_another() -> None:
    """What the shipped scheme says of itself stands in no message of a scheme that says otherwise."""
    foreign = ("BCS Academy", "mentoring agreement", "5 days", "10 days", "of 4 sessions", "Reach ", "conference")
    for name, said in everything(some.UNHURRIED):
        text = said.text if isinstance(said, Message) else _shown(said)
        for word in foreign if name != "scheme" else ():  # which says its own rules, reminders among them
            assert word not in text, f"{name}: {word}"
    assert "3 weeks" in _shown(shortlist.form(some.shortlist(some.UNHURRIED, 2)))


def _shown(said: Form | Notice | Home) -> str:
    text = plain(part for part in said.parts if not isinstance(part, Input))
    return f"{said.text}\n{text}" if isinstance(said, Notice) else text


@SCHEMES
def test_nothing_is_said_twice_on_one_surface(held: Any) -> None:
    for name, said in everything(held):
        if isinstance(said, Notice):
            lines = [line for line in _shown(said).splitlines() if line.strip()]
            assert lines.count(lines[0]) == 1, f"{name}: {lines[0]}"


@pytest.mark.covers("A9")
@pytest.mark.parametrize(
    ("topics", "title"),
    [
        (["Career progression, early career", "Leadership", "Wellbeing"],
         "Career progression, early career · Leadership + 1 more"),
        (["Leadership", "Wellbeing"], "Leadership · Wellbeing"),
        (["Leadership"], "Leadership"),
        ([], "Mentoring request"),
        (list(some.SCHEME.topics), "Career progression, early career · Leadership + 8 more"),
    ],
)  # fmt: skip
def test_a_request_is_called_by_its_first_topics(topics: list[str], title: str) -> None:
    assert request_states.title({"topics": topics}, some.SCHEME) == title


@pytest.mark.covers("A14", "A8")
def test_the_mentors_card_says_who_asks_and_how_long_there_is() -> None:
    card = invitations.card(some.invitation())
    assert "Dr Amara Okafor asks you to be their mentor" in card.text
    assert "5 days left before this request expires." in card.text
    assert [button.label for button in _buttons(card)] == ["View", "Accept", "Decline"]
    last = invitations.card(some.invitation(due_at=some.NOW + some.DAY / 2))
    assert "1 day left before this request expires." in last.text
    view = _shown(invitations.view_form(some.invitation()))
    for value in ("Dr Amara Okafor", "Wellbeing", "St Aldate’s", "ST7", "weekends", "Woman", "Leeds"):
        assert value in view


@pytest.mark.covers("A18")
def test_declining_is_fine_and_a_reason_is_not_forced() -> None:
    form = invitations.decline_form(some.invitation())
    (reason,) = (part for part in form.parts if isinstance(part, Input))
    assert not reason.required
    assert [button.label for button in _buttons(form)] == ["Talk first"]
    private = requests.view_form(some.request("asking"), office=False)
    assert "Two mentees already" not in _shown(private), "the reason was written for the office"
    assert "Two mentees already" in _shown(requests.view_form(some.request("asking"), office=True))


@pytest.mark.covers("A11", "A12")
def test_the_list_shows_three_mentors_with_their_reasons() -> None:
    form = shortlist.form(some.shortlist())
    text = _shown(form)
    for line in ("1. Prof. Katherine Bell · 70 % match", "Leadership (5 of 5, matters most)", "A woman – yes"):
        assert line in text
    labels = [button.label for button in _buttons(form)]
    assert labels == [
        "Move down", "Skip", "View", "Move up", "Move down", "Skip", "View", "Move up", "Skip", "View",
    ]  # fmt: skip


def _home(name: str) -> Home:
    return dict(homes())[f"home, {name}"]


@pytest.mark.covers("A3")
def test_home_shows_the_criteria_while_the_intake_is_open() -> None:
    stranger = _home("stranger")
    for role in ("mentee", "mentor"):
        assert set(some.SCHEME.roles[role].criteria) <= set(_shown(stranger).replace("• ", "").splitlines())
    assert [button.label for button in _buttons(stranger)] == ["Join as mentee", "Join as mentor"]
    tell = "Tell me when a place is free"
    assert [button.label for button in _buttons(_home("stranger, intake closed"))] == [tell, tell]
    assert [button.label for button in _buttons(_home("stranger, all places taken"))] == [tell, "Join as mentor"]


@pytest.mark.covers("A2")
def test_who_can_join_is_what_the_scheme_says_and_may_be_widened() -> None:
    wider = (*some.SCHEME.roles["mentee"].criteria, "or a fellow of any year")
    held = with_role(some.SCHEME, "mentee", criteria=wider)
    for shown in (dict(homes(held))["home, stranger"], members.join_form(held, "mentee", None)):
        said = _shown(shown).replace("• ", "").splitlines()
        assert "or a fellow of any year" in said
        assert any("CCT" in line for line in said)


@pytest.mark.covers("A32")
def test_an_approved_mentor_without_the_training_gets_its_link() -> None:
    (course,) = some.SCHEME.roles["mentor"].trainings
    training = course.model_copy(update={"link": "https://example.org/training"})
    held = with_role(some.SCHEME, "mentor", trainings=(training,))
    new = welcome.member_approved(some.member("mentor", "approved", held, trainings={}))
    trained = welcome.member_approved(some.member("mentor", "approved", held))
    assert new
    assert trained
    assert training.name in new.text
    assert any(isinstance(run, Link) and run.url == training.link for run in _runs(new))
    assert training.name not in trained.text


def _runs(said: Message) -> list[object]:
    return [run for part in said.parts if isinstance(part, Paragraph) for run in part.runs]


@pytest.mark.covers("A7", "A6", "A10", "A22", "A23")
@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("mentee let in", "Update preferences"),
        ("mentee let in, preferences given", "Create mentoring request"),
        ("mentor let in", "Complete mentor profile"),
        ("mentor let in, profile given", "Update preferences"),
        ("request choosing", "Find mentors"),
        ("request clarifying", "Answer"),
        ("request expired", "Create mentoring request"),
        ("connection, mentee: agreed by nobody", "Read agreement"),
        ("connection, mentor: agreed by mentee", "Read agreement"),
        ("connection, mentee: no time yet", "Schedule"),
        ("connection, mentor: session over", "Mark as completed"),
        ("mentor is asked", "View"),
    ],
)
def test_home_greets_and_puts_first_what_is_to_be_done(name: str, first: str) -> None:
    page = _home(name)
    assert _shown(page).startswith("Hello ")
    assert _buttons(page)[0].label == first


def test_what_is_to_be_done_later_can_still_be_done_where_it_stands() -> None:
    """Home begins with a few things; whoever is not among them keeps their buttons and how it stands."""
    seen = some.pair(some.KATHERINE, "nobody")
    waiting = tuple(replace(seen, pair=replace(seen.pair, id=f"c{n}")) for n in range(1, 6))
    new = some.member("mentor", "admitted", preferences=None, profile=None)
    page = home([some.home(some.KATHERINE, some.SCHEME, new, pairs=waiting)])
    assert "2 more things to do after these." in _shown(page)
    assert {each.pair.id for each in waiting} == {
        button.subject.partition(":")[0] for button in _buttons(page) if button.label == "Read agreement"
    }
    assert _shown(page).count("Next, read and accept the mentoring agreement.") == 2


@SCHEMES
@pytest.mark.covers("A22")
def test_schedule_is_offered_once_both_have_accepted(held: Any) -> None:
    for name, view in some.pairs(held).items():
        labels = {button.label for button in _buttons(pairs.view_form(view))}
        both = view.pair.agreed and view.pair.state == "active"
        assert both or not labels & {"Schedule", "Change time", "Mark as completed", "Add another session"}, name
        assert not both or labels & {"Schedule", "Change time", "Mark as completed", "Add another session"}, name


@pytest.mark.covers("A20")
@pytest.mark.parametrize(("mentors_at_most", "offered"), [(1, False), (2, True)])
def test_home_offers_another_request_while_the_scheme_suggests_more_mentors(
    mentors_at_most: int, offered: bool
) -> None:
    held = some.scheme(route={"mentors_per_mentee": mentors_at_most})
    page = dict(homes(held))["home, connection, mentee: no time yet"]
    assert ("Create mentoring request" in {button.label for button in _buttons(page)}) == offered


@pytest.mark.covers("A10")
def test_find_mentors_comes_with_the_approval_alone() -> None:
    for state, view in some.requests().items():
        found = "Find mentors" in {button.label for button in requests.mentee_buttons(view)}
        assert found == state.startswith("choosing"), state


@pytest.mark.covers("A17")
def test_silence_is_told_with_the_schemes_own_window() -> None:
    assert "Thijs de Vries did not answer within 5 days" in requests.expired(some.request("expired")).text
    slow = requests.expired(some.request("expired", held=some.UNHURRIED)).text
    assert "did not answer within 3 weeks" in slow


@pytest.mark.parametrize(
    ("scheme", "approved", "said"),
    [
        ("british_cardiovascular_society", True, "its approval holds, and you choose whom to ask at once."),
        ("british_cardiovascular_society", False, "usually within 10 days, and you choose whom to ask."),
        ("asme", True, "its approval holds, and you name the mentors you would like at once."),
        ("asme", False, "looks at it again, usually within 4 weeks, and you name the mentors you would like."),
        ("bcs_it", False, "Then you choose whom to ask."),
        ("bsw_hub", False, "Then we find somebody for you."),
    ],
)
def test_what_follows_a_request_sent_again_is_its_schemes_route(scheme: str, approved: bool, said: str) -> None:
    assert next_steps.again(load(scheme), approved=approved).endswith(said)


def test_the_office_reads_by_when_an_answer_is_meant() -> None:
    text = reviews.office_card(some.member("mentee", "asked")).text
    assert "Waiting for the office since Sun 22 Nov 2026; to be answered by Wed 2 Dec 2026." in text
    assert "asks for a mentor" in request_cards.office_card(some.request()).text


def test_what_people_wrote_stays_out_of_the_offices_channel() -> None:
    secrets = [str(value) for value in (some.ANSWERS["sought"], some.PROFILE["about"], some.QUESTION, some.REPLY)]
    for kind in (Kind.JOIN_ASKED, Kind.PROFILE_READY, Kind.REQUEST_READY):
        for view in every_word.views_of(kind).values():
            said = KINDS[kind](view)
            assert said is not None
            assert not any(secret in said.text or secret in str(said.parts) for secret in secrets)
