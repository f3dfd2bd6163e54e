"""Four schemes that share little with the first, each from joining to its end, in Slack and in Teams: what differs
between them is their file alone."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from bot.lifecycle.undoing import FOR
from tests.journeys.people import Member, name_of
from tests.journeys.stage import Stage
from tests.schemes.test_loading import CODE
from tests.support.bots import OFFICE, Bots
from tests.support.teams_bots import TeamsBots

ELSEWHERE = ("BCS Academy", "cardiolog", "approv", "agreement")
"""Words of the first scheme's file and route."""


async def started(bots: Bots | TeamsBots, scheme: str, office: str, *people: str) -> tuple[Stage, list[Member]]:
    """A bot with that scheme; its office and these people at their keyboards."""
    given: Any = {"office_channel": True, "rate_limits": False, "schemes": (scheme,)}
    bot: Stage = await bots.start((office, *people), (office,), **given)
    return bot, [Member(bot, bot.test_user(name)) for name in (office, *people)]


async def later(bot: Stage, by: timedelta) -> None:
    """Turn the clock at one go, as after a long sleep, and let all that has fallen due happen."""
    await bot.quiet()
    bot.clock.now += by
    await bot.quiet()


async def join(member: Member, role: str, **answers: object) -> None:
    """Ask to join, by the form or with a press alone."""
    await member.test_user.command("/mentoring", f"join {role}")
    await member.test_user.expect_modal(f"Join as {role}")
    assert await member.send(**answers) == {}


@pytest.mark.covers(
    "B1", "B2", "B3", "B4", "B5", "B7", "B8", "B9", "B10", "B11", "B12", "B13", "B15", "B16", "B17", "B19", "B20"
)
async def test_members_find_each_other_with_nobody_in_between(everywhere: Bots | TeamsBots) -> None:
    bot, (_, ada, ben, cleo, dan) = await started(everywhere, "bcs_it", "Tessa", "Ada", "Ben", "Cleo", "Dan")
    for mentor in (ben, cleo):
        await mentors(mentor)
        still_open = "4 of 5 questions of your mentor profile are answered; still open: “Way of working”"
        assert still_open in await mentor.home()
    await ben.form("Change mentor profile", "Mentor profile", on=ben.test_user.home)
    assert await ben.send(ways="By letting you talk first") == {}
    await ben.close()
    assert "still open" not in await ben.home()
    for mentee in (ada, dan):
        await seeks(mentee)

    await asked_from_the_directory(ada, "Ben", "Cleo")
    card = await ben.test_user.expect_message("Ada asks you")
    await ben.form("Write to them", "Write to them", on=card)
    assert await ben.send(message="Which database is it?") == {}
    await ben.close()
    await ada.read("Which database is it?")
    await ada.form("Write to them", "Write to them")
    assert await ada.send(message="PostgreSQL") == {}
    await ada.close()
    await ben.read("PostgreSQL")
    await ben.test_user.press("Accept", on=card)
    assert "ben@example.org" in await ada.read("Ben has accepted your mentoring request")

    await bot.quiet()
    await offered(cleo, "Dan")
    assert "offers to mentor you: Technical skills" in await dan.home()
    await dan.test_user.press("Accept offer")
    assert "dan@example.org" in await cleo.read("Dan has accepted your offer")

    await ada.home()
    await ada.form("Schedule", "Schedule session 1", on=ada.test_user.home)
    assert "Meet online or in a public place" in ada.window()
    await ada.close()
    await first_session(ada, mode="Online")
    await later(bot, timedelta(days=23))
    await ada.home()
    await ada.test_user.press("Mark as completed")
    await ben.read("Ada has marked session 1")
    await bot.quiet()
    await ada.home()
    await ada.form("View your connection with Ben", "Connection", on=ada.test_user.home)
    assert "nobody asks for payment or takes gifts" in ada.window()
    assert "1 of 12 sessions completed" in ada.window()
    await ada.close()
    await reads(ada, "Ben", READ_BY_BOTH)
    await reads(ben, "Ada", {"Is it going well?": "There is no test"})
    rules = {"hours": "Two a month", "in_touch": "By e-mail, on weekdays", "remind": "By this bot"}
    await writes(ada, "Ben", "Ground rules", **rules)
    await writes(ada, "Ben", "SWOT analysis", strengths="Patience", threats="Time")
    await ada.form("View your connection with Ben", "Connection", on=ada.test_user.home)
    await ada.form("Session sheet", "Session sheet")
    actions = {"actions:0:what": "Measure first", "actions:0:by_when": "2027-01-04"}
    assert await ada.send(preparation="My plan so far", summary="Indexes", **actions) == {}
    await ada.told("“Session sheet” is saved. Ben can read it too.")
    await ben.home()
    await ben.form("View your connection with Ada", "Connection", on=ben.test_user.home)
    await ben.form("Session sheet", "Session sheet")
    assert "Last written by Ada" in ben.window()
    assert "My plan so far" in ben.window()
    await ben.close()

    await removed(ada, "Ben")
    await ben.read("Ada has ended")
    assert "Create mentoring request" in await ada.home(), "they can search again at once"
    for member in (ada, ben, cleo, dan):
        nothing_of_elsewhere(member)


async def mentors(member: Member) -> None:
    """Join the second scheme as a mentor: a profile is all there is to it."""
    await join(member, "mentor")
    await member.form("Complete mentor profile", "Mentor profile")
    profile = {"current_role": "Head of data", "experience": "Twenty years", "offers": ["Technical skills"]}
    assert await member.send(**profile, mentees_at_most="2") == {}
    await member.told("Requests come to you as messages from now on.")


async def seeks(member: Member) -> None:
    """Join it as a mentee, and file a request."""
    await join(member, "mentee")
    await member.form("Complete mentee profile", "Your profile")
    assert await member.send(current_role="Developer") == {}
    await member.form("Create mentoring request", "What you seek")
    assert await member.send(topics=["Technical skills"], issues="Stuck on a migration") == {}
    await member.told("choose whom to ask")


@pytest.mark.covers("B18")
async def test_two_agree_on_their_last_meeting_and_are_reminded_at_the_one_before(
    everywhere_and_on_both_engines: Bots | TeamsBots,
) -> None:
    bot, (_, ada, ben) = await started(everywhere_and_on_both_engines, "bcs_it", "Tessa", "Ada", "Ben")
    await mentors(ben)
    await seeks(ada)
    await bot.quiet()
    await offered(ben, "Ada")
    await ada.home()
    await ada.test_user.press("Accept offer")
    await ben.read("Ada has accepted your offer")
    await bot.quiet()
    await first_session(ada, mode="Online")
    assert "Make it our last" not in ada.test_user.buttons(), "there is none before it"
    await coming_up(bot, 1, (ada, ben), datetime(2026, 12, 15, 14, 30, tzinfo=UTC))
    await marked(bot, ada, ben, 1)
    for number, day in ((2, "2027-01-12"), (3, "2027-02-09")):
        await one_more(ada, number, day)
    await ada.home()
    await ada.form("View your connection with Ben", "Connection", on=ada.test_user.home)
    await ada.test_user.press("Make it our last: session 3 with Ben")
    await ada.told("Session 3 is your last, and Ben has been told")
    card = await ben.test_user.expect_message("Ada has made session 3 your last")
    await ben.test_user.press("Not our last", on=card)
    news = await ada.test_user.expect_message("is not to be your last")
    await ada.test_user.press("Make it our last", on=news)
    await bot.quiet()
    await moved_to(ben, "2027-02-10")
    said = await coming_up(bot, 2, (ada, ben), datetime(2027, 1, 12, 14, 30, tzinfo=UTC))
    for text in said:
        assert re.search(r"The one after it, on [^.]*10 Feb[^.]*, is your last: a good moment to look back", text), text
    await looked_back(ada, "Ben")
    await marked(bot, ada, ben, 2)
    for text in await coming_up(bot, 3, (ada, ben), datetime(2027, 2, 10, 14, 30, tzinfo=UTC)):
        assert "It is your last" in text
    await marked(bot, ada, ben, 3)
    assert "You can end your connection as completed" in await ada.home(), "twelve were expected, and this is enough"
    await ben.form("End connection", "End connection", on=await ben.test_user.expect_message("session 3 with you"))
    assert await ben.send() == {}
    await ben.close()
    assert "have completed your mentoring" in await ada.read("have completed your mentoring")
    assert "Create mentoring request" in await ada.home()


async def one_more(member: Member, number: int, day: str) -> None:
    """Set a further session from the connection."""
    await member.home()
    await member.form("View your connection with Ben", "Connection", on=member.test_user.home)
    await member.form("Add another session", f"Schedule session {number}")
    await member.type_time()
    assert await member.send(day=day, time="14:30", mode="Online") == {}
    await member.told(f"Session {number} is set")


async def moved_to(member: Member, day: str) -> None:
    """Suggest another day for the third session; the other confirms nothing, so it stands."""
    await member.home()
    await member.form("View your connection with Ada", "Connection", on=member.test_user.home)
    await member.form("Suggest another time for session 3 with Ada", "Suggest another time")
    await member.type_time()
    assert await member.send(day=day, time="14:30", mode="Online") == {}
    await member.told("Session 3 is set")


async def coming_up(bot: Stage, number: int, both: tuple[Member, ...], at: datetime) -> list[str]:
    """The clock goes on until the session is near; what each is reminded of on the day before, and in the last hour."""
    said = []
    for before in (timedelta(hours=23), timedelta(minutes=50)):
        await later(bot, at - before - bot.clock.now)
        said += [await member.read(f"Session {number} with") for member in both]
    return said


async def looked_back(member: Member, other: str) -> None:
    """The reminder brings the advice and the goals."""
    message = await member.test_user.expect_message("is your last: a good moment")
    await member.form("Bringing it to an end", "Bringing it to an end", on=message)
    assert "look back on the goals" in member.window()
    await member.close()
    await member.form("Goals and actions", "Goals and actions", on=message)
    assert await member.send(goals=f"To lead a team, said to {other}") == {}
    await member.close()


async def marked(bot: Stage, one: Member, other: Member, number: int) -> None:
    """The session is over, and one of the two says that it took place."""
    await later(bot, timedelta(hours=3))
    await one.home()
    await one.test_user.press(f"Mark as completed: session {number} with {name_of(other)}", on=one.test_user.home)
    await bot.quiet()
    await one.close()
    await other.read(f"{name_of(one)} has marked session {number}")


READ_BY_BOTH = {
    "The first session": "Five essentials",
    "G-STAR questions": "Results: Are they realistic?",
    "Boundaries": "Nobody need pay for the other's food or drink",
    "Library": "A guide to being mentored",
}
"""Pages of that scheme with words that stand on them."""


async def reads(member: Member, other: str, pages: dict[str, str]) -> None:
    """Open these pages from the connection, each with its words."""
    for title, words in pages.items():
        await member.home()
        await member.form(f"View your connection with {other}", "Connection", on=member.test_user.home)
        await member.test_user.press(title, on=member.test_user.modal)
        await member.bot.settled(partial(_is_read, member, words))
        await member.close()


def _is_read(member: Member, words: str) -> bool:
    return words in member.window()


async def writes(member: Member, other: str, sheet: str, **answers: str) -> None:
    """Fill in a sheet of the connection."""
    await member.home()
    await member.form(f"View your connection with {other}", "Connection", on=member.test_user.home)
    await member.form(sheet, sheet)
    assert await member.send(**answers) == {}
    await member.close()
    await member.home()


async def asked_from_the_directory(mentee: Member, *mentors: str) -> None:
    """Put these on the list, in this order, and send it."""
    await mentee.bot.quiet()
    await mentee.form("Find mentors", "Find mentors")
    assert set(mentors) <= set(mentee.pictures())
    await mentee.form(f"View the profile of {mentors[0]}", "Mentor")
    assert mentee.pictures() == [mentors[0]]
    await mentee.test_user.close_modal()
    for name in mentors:
        await mentee.test_user.press(f"Add {name} to your list")
        await mentee.bot.quiet()
        assert f". {name}" in mentee.window()
    assert await mentee.test_user.submit() == {}
    await mentee.told(mentors[0])


async def offered(mentor: Member, mentee: str) -> None:
    """A mentor looks at who seeks one, and offers."""
    await mentor.home()
    await mentor.form("Show them", "Mentees who are looking", on=mentor.test_user.home)
    await mentor.form(f"View the request of {mentee}", "Mentoring request")
    await mentor.test_user.press(f"Offer to mentor {mentee}")
    await mentor.told(mentee)


async def first_session(member: Member, **meeting: str) -> None:
    """Set session 1 from Home."""
    await member.home()
    await member.form("Schedule", "Schedule session 1", on=member.test_user.home)
    await member.type_time()
    assert await member.send(**{"day": "2026-12-15", "time": "14:30", **meeting}) == {}
    await member.told("Session 1 is set")


async def removed(member: Member, other: str) -> None:
    """One of the two removes the connection."""
    await member.home()
    await member.form(f"View your connection with {other}", "Connection", on=member.test_user.home)
    await member.form("Remove connection", "Remove connection")
    assert await member.send(reason="All done") == {}
    await member.close()
    await member.bot.quiet()


def nothing_of_elsewhere(member: Member, but: str = "") -> None:
    """Nobody has read a word of another scheme's file or route; `but`: this one is theirs too."""
    seen = "\n".join(member.test_user.text(each) for each in member.test_user.messages()) + member.test_user.sees()
    assert not [word for word in ELSEWHERE if word in seen and word != but], seen


@pytest.mark.covers("C1", "C2", "C3", "C4", "C6", "C8", "C9", "C12", "C13", "C14")
async def test_a_manager_matches_and_nobody_chooses(everywhere: Bots | TeamsBots) -> None:
    bot, (mia, ada, ben) = await started(everywhere, "bsw_hub", "Mia", "Ada", "Ben")
    assert "for six months at least, better twelve" in await ben.home()
    await join(ben, "mentor", experience="Practice nurse for twenty years", commits="Yes")
    await let_in(mia, ben)
    await ben.read("Welcome to the Mentoring Hub")
    await ben.form("Complete mentor profile", "Mentor profile")
    assert await ben.send(profession="Nurse", offers=["New to primary care"], mentees_at_most="3") == {}
    await ben.close()
    shown = await ben.home()
    assert "Six-month mentor training" in shown
    assert "mentees can be matched with you" in shown, "nobody is asked here"
    await handed_in(ben, "EMCC certificate")
    await mia.form("View Ben as mentor", "Mentor")
    await recorded(mia, "Six-month mentor training", "course")
    await ben.read("One more to go")
    await mia.form("View Ben as mentor", "Mentor")
    assert "certificate.pdf (1 kB)" in mia.window()
    await mia.test_user.press("Open certificate.pdf")
    assert "handed in by Ben" in await mia.read("certificate.pdf")
    await mia.close()
    await mia.form("View Ben as mentor", "Mentor")
    await recorded(mia, "EMCC mentoring qualification", "emcc")
    await ben.read("You are in as a mentor")

    assert "You are employed in primary care in the region." in await ada.home()
    await join(ada, "mentee", employer="Green Lane Surgery", profession="Nurse")
    await let_in(mia, ada)
    await ada.read("Welcome to the Mentoring Hub")
    await ada.form("Update preferences", "What suits you")
    wishes = {"mentor_profession": "Nurse", "mentor_gender": "No preference"}
    assert await ada.send(**wishes, out_of_hours="Yes", employer_agrees="No") == {}
    await ada.form("Create mentoring request", "Ask for a mentor")
    assert await ada.send(topics=["New to primary care"], aims="To find my feet") == {}
    await ada.told("the scheme manager")
    await bot.quiet()
    assert "Assign mentor" in mia.test_user.buttons(await mia.test_user.expect_message("Ada asks for a mentor", OFFICE))
    assert "This is about you" not in await mia.home()
    await mia.form("Assign mentor", "Assign mentor")
    assert "Mentor’s profession: Nurse – yes" in mia.window()
    await mia.test_user.press("Assign mentor Ben")
    await mia.told("Ben")
    assert "ben@example.org" in await ada.read("the scheme manager has found a mentor for you")
    await ben.read("You are now connected with Ada")

    for member in (ada, ben):
        await member.form("Read contract", "Learning contract")
        assert "Employers get neither feedback nor content" in member.window()
        assert "no cases of particular patients" in member.window()
        assert "EMCC Global Code of Ethics" in member.window()
        assert await member.send() == {}
        await member.close()
        await bot.quiet()
    await first_session(ada)
    assert "microsoft teams" in await ben.home()
    await another_mentor_asked_for(mia, ada, ben)
    await later(bot, timedelta(days=330))
    await longer_by_exception(mia, ada, ben)
    await later(bot, timedelta(days=400))
    await ada.read("over")
    assert "Create mentoring request" in await ada.home()
    for member in (ada, ben):
        nothing_of_elsewhere(member)


async def another_mentor_asked_for(mia: Member, ada: Member, ben: Member) -> None:
    """In private: whoever matches hears of it and answers, and the mentor hears nothing."""
    await ada.home()
    await ada.form("View your connection with Ben", "Connection", on=ada.test_user.home)
    await ada.form("Ask for another mentor", "Another mentor")
    assert await ada.send(reason="We have little in common") == {}
    await ada.told("Ben is not told")
    await mia.read("Ada asks for another mentor than Ben")
    assert "We have little in common" in await mia.home()
    await mia.form("Answer Ada, who asks for another mentor", "Answer", on=mia.test_user.home)
    assert await mia.send(words="Let us talk on Friday", goes_on="It is left as it is") == {}
    await mia.close()
    await ada.read("Let us talk on Friday")
    assert "another mentor" not in "\n".join(ben.test_user.text(each) for each in ben.test_user.messages())


async def longer_by_exception(mia: Member, ada: Member, ben: Member) -> None:
    """Longer than a year is nothing for the two to agree on: the scheme manager says until when, and why."""
    await ada.home()
    await ada.form("View your connection with Ben", "Connection", on=ada.test_user.home)
    assert "Ask for more time" not in ada.test_user.buttons()
    await ada.close()
    await mia.home()
    await mia.form("Connections", "Connections", on=mia.test_user.home)
    await mia.form("Extend", "Extend")
    assert "say why it is longer" in mia.window()
    assert await mia.send(until="2028-01-10") != {}, "an exception has its reason"
    assert await mia.send(until="2028-01-10", reply="Ada was on leave for months") == {}
    await mia.close()
    for member in (ada, ben):
        assert "Ada was on leave for months" in await member.read("goes on until")
    await ada.home()
    await ada.form("View your connection with Ben", "Connection", on=ada.test_user.home)
    assert "the mentoring lasts until" in ada.window()
    await ada.close()


async def handed_in(member: Member, sheet: str) -> None:
    """A file, chosen in a sheet that is still to be filled in."""
    await member.form(sheet, sheet, on=member.test_user.home)
    assert await member.send(certificate=member.test_user.file("certificate.pdf", b"%PDF-1.7 Ben may mentor")) == {}
    await member.told("is saved")


async def recorded(office: Member, training: str, key: str) -> None:
    """The office puts a training on somebody's record, from their window."""
    await office.form(f"Record {training}", "Record training")
    assert await office.send(**{f"trained_on:{key}": "2026-10-01"}) == {}
    await office.close()


@pytest.mark.covers("D1", "D2", "D4", "D5", "D7", "D8", "D9", "D10", "D11", "D12", "D13", "D14", "D15", "D17")
async def test_named_mentors_are_asked_in_their_order_and_then_the_director_takes_it_up(
    everywhere_and_on_both_engines: Bots | TeamsBots,
) -> None:
    bots = everywhere_and_on_both_engines
    bot, (olive, ada, *mentors) = await started(bots, "asme", "Olive", "Ada", "Ben", "Cleo", "Dan", "Eve")
    await appointed(olive, "Director responsible for mentoring", "Olive")
    for mentor, available in zip(mentors, ("Yes", "Yes", "No", "Yes"), strict=True):
        await join(mentor, "mentor")
        await mentor.form("Complete mentor profile", "Mentor application")
        profile = {"current_role": "Reader", "offers": ["Teaching"], "about": "Glad to help", "available": available}
        assert await mentor.send(**profile) == {}
        await mentor.close()
        await bot.quiet()
        if mentor is mentors[0]:
            await asked_and_overdue(olive, mentor)
        await olive.form(f"Approve {name_of(mentor)} as mentor", "Approve mentor")
        assert await olive.send(**{"trained_on:course": "2026-10-01"}) == {}
        await olive.close()
        await bot.quiet()
    ben, cleo, dan, eve = mentors

    await ada.home()
    await ada.form("Talk to somebody first", "Talk first", on=ada.test_user.home)
    assert await ada.send(words="Is it for me?") == {}
    await ada.told("gets in touch with you")
    card = await olive.test_user.expect_message("would like to talk to somebody first")
    assert "Is it for me?" in olive.test_user.text(card)
    await olive.test_user.press("Done", on=card)
    await bot.quiet()
    await join(ada, "mentee")
    await ada.form("Create mentoring request", "Ask for a mentor")
    assert await ada.send(topics=["Teaching"], about="New to it", hopes="To enjoy it") == {}
    await ada.form("Name mentors", "Name mentors")
    for name in ("Ben", "Cleo", "Eve"):
        await ada.test_user.press(f"Add {name} to your list")
        await bot.quiet()
    assert "Dan" not in ada.window(), "he cannot take anybody on"
    assert "The mentoring office looks at your request first" in ada.window()
    assert await ada.test_user.submit() == {}
    await ada.told("With the mentoring office")
    await bot.quiet()
    await olive.test_user.press("Approve the request of Ada")
    await ben.test_user.expect_message("Ada asks you")
    await later(bot, timedelta(days=21, hours=1))
    await ben.read("The time to answer")
    await ada.read("We have now asked Cleo")
    await cleo.form("Decline", "Decline request")
    assert await cleo.send(reason="On leave") == {}
    await cleo.close()
    await later(bot, FOR)
    await ada.read("We have now asked Eve")
    await eve.form("Decline", "Decline request")
    assert await eve.send() == {}
    await eve.close()
    await later(bot, FOR)
    assert re.search(r"Ben\s+did not answer in time", await ada.read("Nobody on your list was able"))

    await dan.home()
    await dan.form("Change mentor profile", "Mentor application", on=dan.test_user.home)
    assert await dan.send(available="Yes") == {}
    await dan.close()
    await olive.form("Assign mentor", "Assign mentor")
    await olive.test_user.press("Assign mentor Dan")
    await olive.told("Dan")
    await dan.test_user.expect_message("Ada asks you")
    await dan.test_user.press("Accept")
    assert "dan@example.org" in await ada.read("Good news: Dan has accepted")
    assert "ada@example.org" in await dan.read("You are now connected with Ada")
    for member, other in ((ada, "Dan"), (dan, "Ada")):
        await reads(member, other, {"Before the first meeting": "you can come back to all of it"})
    await dan.home()
    await dan.form("Schedule", "Schedule session 1", on=dan.test_user.home)
    assert "settle your agenda" in dan.window()
    await dan.type_time()
    too_long = {"day": "2027-02-15", "time": "14:30", "mode": "Online", "minutes": "95"}
    assert await dan.send(**too_long) != {}, "60 to 90 minutes are meant"
    await dan.close()
    await first_session(dan, day="2027-02-15", mode="Online", minutes="90")
    await ada.home()
    await ada.form("View your connection with Dan", "Connection", on=ada.test_user.home)
    await ada.form("End connection with Dan as completed", "End connection")
    assert await ada.send() == {}
    await ada.close()
    await dan.read("You and Ada have completed your mentoring")
    assert "Create mentoring request" in await ada.home()
    for member in (ada, *mentors):
        nothing_of_elsewhere(member, but="approv")


async def asked_and_overdue(officer: Member, mentor: Member) -> None:
    """The director asks back before deciding, and sees whose answer has been waiting for longer than is meant."""
    name = name_of(mentor)
    await officer.form(f"Ask for clarification: {name} as mentor", "Ask for clarification")
    assert await officer.send(question="Which school are you with?") == {}
    await officer.close()
    await mentor.read("Which school are you with?")
    await mentor.form("Answer", "Mentor application")
    assert await mentor.send(**{"office:answer": "Engineering"}) == {}
    await mentor.close()
    await officer.bot.quiet()
    assert "Overdue" not in await officer.home()
    await later(officer.bot, timedelta(days=29))
    assert "Overdue: waiting since" in await officer.home()


async def appointed(officer: Member, office: str, name: str) -> None:
    """Somebody gets an office in chat."""
    await officer.test_user.command("/mentoring-admin", "roles")
    await officer.read("Appoint")
    await officer.form(f"Appoint: {office}", "Appoint")
    assert await officer.send(**{"Whom?": name}) == {}
    await officer.close()
    await officer.bot.quiet()


CHECKLIST = ("Confidentiality", "Boundaries", "Objectives", "Goals", "How often you meet")
"""What the two are to talk about when they first meet."""


@pytest.mark.covers("E1", "E2", "E4", "E5", "E6", "E8", "E9", "E11", "E12", "E13", "E14")
async def test_a_third_party_matches_people_who_are_both_trained(everywhere: Bots | TeamsBots) -> None:
    bot, (edna, ada, ben, cleo, mona, dan) = await started(
        everywhere, "employer", "Edna", "Ada", "Ben", "Cleo", "Mona", "Dan"
    )
    for mentor, field in ((ben, "Surgery"), (cleo, "Nursing"), (mona, "Nursing")):
        await join(mentor, "mentor", why="I like to listen")
        await let_in(edna, mentor)
        await mentor.form("Complete mentor profile", "Mentor profile")
        assert await mentor.send(current_role="Matron", field=field, offers=["Leadership"]) == {}
        await mentor.close()
        await edna.form(f"View {name_of(mentor)} as mentor", "Mentor")
        await recorded(edna, "training", "mentor")
    await join(ada, "mentee", department="Radiology", line_manager="Mona", appraiser="Ben", condition="No")
    await let_in(edna, ada)
    assert "Making the most of mentoring" in await ada.home()
    await edna.form("View Ada as mentee", "Mentee")
    await recorded(edna, "training", "mentee")
    await ada.home()
    await ada.form("Create mentoring request", "Ask for a mentor")
    assert await ada.send(topics=["Leadership"], field="Nursing") == {}
    await ada.told("the education department")

    await bot.quiet()
    await edna.form("Assign mentor", "Assign mentor")
    shown = edna.window()
    assert "Mentor’s field: Nursing – yes" in shown
    assert shown.index("Cleo") < shown.index("Ben"), "the same field helps, and shuts nobody out"
    assert shown.count("Mona") == 1
    assert "not listed: Mona (Line manager). Neither is told." in shown
    assert shown.index("Ben") < shown.index("Best avoided: “Manages their performance”"), "a warning, and no more"
    await edna.close()
    for mentor in (cleo, ben):
        await edna.form("Assign mentor", "Assign mentor")
        assert ("suggests them, so listed first" in edna.window()) == (mentor is ben)
        await edna.test_user.press(f"Assign mentor {name_of(mentor)}")
        await edna.close()
        card = await mentor.test_user.expect_message("Ada asks you")
        if mentor is cleo:
            await cleo.form("Decline", "Decline request", on=card)
            assert await cleo.send(reason="I am away", colleague="Ben") == {}
            await cleo.close()
            await later(bot, FOR)
            await invites(ada, dan)
    await ben.test_user.press("Accept", on=card)
    accepted = await ada.read("Good news: Ben has accepted")
    assert "ben@example.org" in accepted
    assert "You inform, you do not ask: “I am taking part in the mentoring scheme." in accepted
    news = await ben.test_user.expect_message("You are now connected with Ada")
    assert "line manager" not in ben.test_user.text(news)
    await ben.form("Schedule", "Schedule session 1", on=news)
    await ben.type_time()
    meeting = {"mode": "In person", "place": "The library"}
    assert await ben.send(day="2026-12-15", time="14:30", **meeting) == {}
    await ben.told("Session 1 is set")
    await later(bot, timedelta(days=23))
    await ben.home()
    await ben.test_user.press("Mark as completed")
    await bot.quiet()
    await ada.home()
    await ada.form("View your connection with Ben", "Connection", on=ada.test_user.home)
    await ada.form("First meeting: a checklist", "First meeting: a checkl…")
    assert [word for word in CHECKLIST if word not in ada.window()] == []
    await ada.close()
    await ada.form("View your connection with Ben", "Connection", on=ada.test_user.home)
    await ada.form("Read contract", "Mentoring contract")
    assert "either of us may end it at any time" in ada.window()
    assert await ada.send() == {}
    await ada.close()
    await ada.home()
    await ada.form("View your connection with Ben", "Connection", on=ada.test_user.home)
    await ada.form("Session record", "Session record")
    assert await ada.send(issues="Rotas", **{"actions:0:what": "Ask for a meeting"}) == {}
    await ada.close()
    await reads(ben, "Ada", {"What a mentor does": "open questions, one at a time"})
    await removed(ben, "Ada")
    await ada.read("Ben has ended")
    assert "Create mentoring request" in await ada.home()
    assert all("apart" not in mona.test_user.text(each) for each in mona.test_user.messages()), "she never learns of it"
    for member in (ada, ben, cleo, mona):
        nothing_of_elsewhere(member)


async def invites(mentee: Member, other: Member) -> None:
    """Somebody who is no mentor yet is asked once, and kindly; a no is fine."""
    await mentee.home()
    await mentee.form("Invite somebody", "Invite somebody", on=mentee.test_user.home)
    assert await mentee.send(**{"Whom would you like as your mentor?": name_of(other)}) == {}
    await mentee.close()
    card = await other.test_user.expect_message("would like you as their mentor")
    await other.test_user.press("No thank you", on=card)
    await mentee.read("thanks you for thinking of them")


async def let_in(officer: Member, member: Member) -> None:
    """The office lets somebody in who has asked to join."""
    await member.told("answers you here")
    await officer.read(f"{name_of(member)} would like to join", OFFICE)
    await officer.bot.quiet()
    await officer.test_user.press("Approve")
    await officer.bot.quiet()


TRAINING = """[[roles.mentee.trainings]]
key = "mentee"
name = "Being mentored"
"""
MIXED = (
    ("gates = []", 'gates = ["training"]'),
    ("[roles.mentor]\n", f"{TRAINING}[roles.mentor]\n"),
    ('"review", "training"]', '"review", "training", "code"]'),
    ("[contact_details]", f"{CODE}\n[contact_details]"),
    ("first_conversation = false", "first_conversation = false\noffers = true"),
    ("minutes = 60", "minutes = 90"),
)
"""What a sixth scheme changes in one of the five: named mentors, a review, offers, both roles trained, a code."""


async def test_a_sixth_scheme_mixes_what_none_of_them_mixes(everywhere: Bots | TeamsBots, tmp_path: Path) -> None:
    text = resources.files("bot.schemes").joinpath("asme.toml").read_text("utf-8")
    for old, new in MIXED:
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "sixth.toml"
    file.write_text(text, "utf-8")
    bot, (olive, ada, ben, cleo) = await started(everywhere, str(file), "Olive", "Ada", "Ben", "Cleo")
    await appointed(olive, "Director responsible for mentoring", "Olive")
    for mentor in (ben, cleo):
        await join(mentor, "mentor")
        await mentor.form("Complete mentor profile", "Mentor application")
        profile = {"current_role": "Reader", "offers": ["Teaching"], "about": "Glad to help", "available": "Yes"}
        assert await mentor.send(**profile) == {}
        await mentor.close()
        await bot.quiet()
        await olive.form(f"Approve {name_of(mentor)} as mentor", "Approve mentor")
        assert await olive.send(**{"trained_on:course": "2026-10-01"}) == {}
        await olive.close()
        await mentor.read("Next, read and accept the code of conduct")
        await mentor.form("Read code", "Code of conduct")
        assert await mentor.send() == {}
        await mentor.told("Requests come to you as messages from now on.")

    await join(ada, "mentee")
    await ada.told("You are in the ASME Mentoring")
    assert "Being mentored" in await ada.home()
    assert "Create mentoring request" not in ada.test_user.buttons(ada.test_user.home)
    await olive.read("Ada is ready for the training", OFFICE)
    await recorded(olive, "training", "mentee")
    await ada.read("You are in as a mentee")
    await ada.home()
    await ada.form("Create mentoring request", "Ask for a mentor")
    assert await ada.send(topics=["Teaching"], about="New to it", hopes="To enjoy it") == {}
    await ada.form("Name mentors", "Name mentors")
    await ada.test_user.press("Add Ben to your list")
    await bot.quiet()
    assert await ada.test_user.submit() == {}
    await ada.close()
    await bot.quiet()
    await olive.test_user.press("Approve the request of Ada")
    card = await ben.test_user.expect_message("Ada asks you")
    await offered(cleo, "Ada")
    assert "offers to mentor you: Teaching" in await ada.home()
    await ada.test_user.press("Accept offer", on=ada.test_user.home)
    await ada.read("You are now connected with Cleo")
    await bot.quiet()
    assert "Accept" not in ben.test_user.buttons(card), "Ben is told that somebody else was quicker"

    await ada.home()
    await ada.form("Schedule", "Schedule session 1", on=ada.test_user.home)
    await ada.type_time()
    wrong = await ada.send(day="2026-12-15", time="14:30", minutes="100", mode="Online")
    assert [said for said in wrong.values() if re.search(r"\b90\b", said)] == list(wrong.values()) != []
    assert await ada.send(minutes="90") == {}
    await ada.told("Session 1 is set")
    await removed(cleo, "Ada")
    await ada.read("Cleo has ended")
    assert "Create mentoring request" in await ada.home()
    for member in (ada, ben, cleo):
        nothing_of_elsewhere(member, but="approv")
