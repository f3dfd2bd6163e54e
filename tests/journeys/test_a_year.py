"""A whole year of a scheme over signed HTTP: thirty mentees and twenty mentors, with all that happens to people. The
office's numbers are true at every turn, nobody is pestered, and nothing is left waiting for nobody."""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.people import REQUEST, Member, become_mentee, become_mentor
from tests.journeys.test_main_path import order
from tests.support.bots import OFFICE, Bot, Bots
from tests.support.databases import rows

LONDON = ZoneInfo("Europe/London")
MENTORS = [f"Mentor{n:02}" for n in range(1, 21)]
MENTEES = [f"Mentee{n:02}" for n in range(1, 31)]
DECLINES, SILENT, LAPSES, PAUSES, LEAVES = MENTORS[0], MENTORS[1], MENTORS[2], MENTORS[3], MENTORS[4]
"""Who says no once, who never answers, whose training is nearly three years old, who takes a month off, who leaves."""
DAY = timedelta(days=1)


@dataclass
class Year:
    """The scheme as the story keeps count of it, and the people at their keyboards."""

    bot: Bot
    office: Member
    mentees: int = 0
    mentors: int = 0
    asking: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    declined: set[str] = field(default_factory=set)

    def at(self, name: str) -> Member:
        return Member(self.bot, self.bot.test_user(name))

    async def turn(self, by: timedelta) -> None:
        """Two looks a day: before anybody works, and in the middle of it."""
        until = self.bot.clock.now + by
        while self.bot.clock.now < until:
            now = self.bot.clock.now
            looks = (now.replace(hour=hour, minute=30) for hour in (6, 12))
            following = next((each for each in looks if each > now), now.replace(hour=6, minute=30) + DAY)
            self.bot.clock.now = min(until, following)
            await self.bot.quiet()

    async def numbers(self) -> None:
        """What the office reads on Home is what has happened."""
        seen = await self.office.home()
        shown = re.search(r"(\d+) mentees? · (\d+) mentors? · (\d+) requests? with mentors · (\d+) connections?", seen)
        assert shown, seen
        told = tuple(int(each) for each in shown.groups())
        assert told == (self.mentees, self.mentors, len(self.asking), len(self.pairs))

    def asked_for(self, mentee: str) -> str | None:
        """Whom the mentee's request waits for."""
        found = rows(
            self.bot.app.database,
            "SELECT m.name FROM invitations i JOIN requests r ON r.id = i.request JOIN people m ON m.id = i.mentor "
            f"JOIN people p ON p.id = r.mentee WHERE p.name = '{mentee}' AND i.state = 'open'",
        )
        return str(found[0][0]) if found else None


@pytest.mark.timeout(280)
@pytest.mark.covers("A17", "A19", "A25", "A26", "A30", "A32", "A33")
async def test_a_year(bots: Bots) -> None:
    bot = await bots.start(("Ruth", *MENTORS, *MENTEES), ("Ruth",), office_channel=True, rate_limits=False)
    year = Year(bot, Member(bot, bot.test_user("Ruth")))
    for name in MENTORS:
        await joins_as_mentor(year, name)
    await year.numbers()
    for name in MENTEES:
        await become_mentee(year.office, year.at(name))
        year.mentees += 1
    await year.numbers()
    for name in MENTEES:
        await asks(year, name)
    await everybody_finds_a_mentor(year)
    await year.numbers()
    for mentee, mentor in sorted(year.pairs):
        await begin(year, mentee, mentor)
    await things_happen(year)
    await the_rest_of_the_year(year)
    await year.numbers()
    nobody_was_pestered(bot)
    nothing_waits_for_nobody(bot)


async def joins_as_mentor(year: Year, name: str) -> None:
    trained = date(2024, 1, 15) if name == LAPSES else date(2026, 10, 1)
    await become_mentor(year.office, year.at(name), 5 - MENTORS.index(name) % 3, trained=trained)
    year.mentors += 1


async def asks(year: Year, name: str) -> None:
    """A request, approved."""
    mentee = year.at(name)
    await mentee.form("Create mentoring request", "Mentoring request")
    assert await mentee.send(**REQUEST) == {}
    await mentee.told("BCS Academy")
    await year.office.read(f"{name} asks for a mentor", OFFICE)
    await year.office.test_user.press(f"Approve the request of {name}")
    await mentee.read("has been approved")


async def asks_again(year: Year, name: str) -> None:
    """The same request once more. Its approval holds for a month; after that the office looks at it again."""
    mentee = year.at(name)
    await mentee.home()
    await mentee.form("Create mentoring request", "Mentoring request")
    assert await mentee.send() == {}
    await mentee.close()
    await year.bot.quiet()
    if rows(year.bot.app.database, f"{_REQUEST_OF} WHERE p.name = '{name}' AND r.state = 'in_review'"):
        await year.office.test_user.press(f"Approve the request of {name}")
        await year.bot.quiet()


_REQUEST_OF = "SELECT r.id FROM requests r JOIN people p ON p.id = r.mentee"


async def sends(year: Year, name: str) -> bool:
    """The best three are asked, if there is anybody; whether there was."""
    mentee = year.at(name)
    await mentee.test_user.press("Find mentors")
    await year.bot.workspace.settled(lambda: bool(mentee.window()))
    if "%" not in mentee.window():
        await mentee.close()
        return False
    assert await mentee.test_user.submit() == {}
    await mentee.close()
    await year.bot.quiet()
    year.asking.add(name)
    return True


async def everybody_finds_a_mentor(year: Year) -> None:
    """Round after round: who has no mentor asks, and whoever is asked answers, but for one who never does."""
    waiting = list(MENTEES[:-1])
    for _ in range(12):
        for name in list(waiting):
            if name not in year.asking and not await sends(year, name):
                continue
            await is_answered(year, name)
        waiting = [name for name in MENTEES[:-1] if name not in {mentee for mentee, _ in year.pairs}]
        if not waiting:
            break
        await year.turn(6 * DAY)
        for name in sorted(year.asking):
            if year.asked_for(name) is None:  # silence has ended it
                year.asking.discard(name)
                await year.at(name).read("did not answer within 5 days")
                await asks_again(year, name)
        await year.numbers()
    assert not waiting, f"{waiting} found nobody"
    await one_more_silence(year, MENTEES[-1])


async def one_more_silence(year: Year, name: str) -> None:
    """The silent one is left alone for two weeks, asked once more, and then paused; the mentee finds somebody else."""
    await year.turn(15 * DAY)
    mentee = year.at(name)
    await mentee.form("Find mentors", "Find mentors")
    while (first := order(mentee.test_user)[0]) != SILENT:
        await mentee.test_user.press(f"Skip {first}")
        await year.bot.workspace.settled(lambda left=first: order(mentee.test_user)[0] != left)  # type: ignore[misc]
    assert await mentee.test_user.submit() == {}
    await mentee.close()
    await year.turn(6 * DAY)
    told = rows(year.bot.app.database, "SELECT kind FROM outbox WHERE kind IN ('mentor_paused', 'mentor_silent')")
    assert sorted(str(kind) for (kind,) in told) == ["mentor_paused", "mentor_silent"], "after the second silence"
    await asks_again(year, name)
    assert await sends(year, name)
    await is_answered(year, name)


async def is_answered(year: Year, name: str) -> None:
    """Yes, from whoever is asked; once no; never anything from the silent one."""
    while (asked := year.asked_for(name)) and asked != SILENT:
        mentor = year.at(asked)
        if asked == DECLINES and not year.declined:
            year.declined.add(name)
            await mentor.form(f"Decline the request of {name}", "Decline request")
            assert await mentor.send(reason="Too much on") == {}
            await mentor.close()
            await year.turn(timedelta(minutes=3))
            continue
        await mentor.test_user.press(f"Accept the request of {name}")
        await year.bot.quiet()
        year.asking.discard(name)
        year.pairs.add((name, asked))


async def begin(year: Year, mentee: str, mentor: str) -> None:
    """Both accept the agreement; every other pair plans the year at once, the others set their first session."""
    for name in (mentor, mentee):
        me = year.at(name)
        await me.form(f"Read agreement between you and {mentee if name == mentor else mentor}", "Mentoring agreement")
        assert await me.send() == {}
        await me.close()
    await year.bot.quiet()
    me, day = year.at(mentee), year.bot.clock.now + timedelta(days=14)
    if MENTEES.index(mentee) % 2:
        await me.form(f"Plan the year with {mentor}", "Plan the year")
        assert await me.send(day=day.date().isoformat(), time="10:00", weeks="11", mode="Video call") == {}
        await year.bot.workspace.settled(lambda: "Change a day" in me.window())
        assert await me.send() == {}
        await me.told("are set")
        await year.bot.quiet()
        await year.at(mentor).test_user.press(f"Confirm 4 sessions with {mentee}")
        await me.read(f"{mentor} has confirmed the sessions")
    else:
        await me.form(f"Schedule session 1 with {mentor}", "Schedule session 1")
        await me.type_time()
        assert await me.send(day=day.date().isoformat(), time="10:00", minutes="60", mode="Video call") == {}
        await me.told("Session 1 is set")


async def things_happen(year: Year) -> None:
    """A pause, a disputed session, a removal, a leaver."""
    pauser = year.at(PAUSES)
    await pauser.home()
    await pauser.form("Pause: nobody asks you for a while", "Pause")
    assert await pauser.send(until=(year.bot.clock.now + timedelta(days=30)).date().isoformat()) == {}
    await pauser.told("Nobody asks you")
    await year.turn(15 * DAY)
    (mentee, mentor), *_ = sorted(year.pairs)
    asked = await year.at(mentee).test_user.expect_message(f"Did session 1 with {mentor} take place?")
    await year.at(mentor).read(f"Did session 1 with {mentee} take place?")
    await year.at(mentee).test_user.press(f"Mark as completed: session 1 with {mentor}", on=asked)
    await year.at(mentor).read(f"{mentee} has marked session 1 with you as completed: the latest message")
    await year.at(mentor).form(f"It did not happen: session 1 with {mentee}", "It did not happen")
    assert await year.at(mentor).send(note="I was on call.") == {}
    await year.at(mentor).close()
    await year.at(mentee).read("has said that session 1 with you")
    removed = next(each for each in sorted(year.pairs) if each[1] not in (LEAVES, mentor, PAUSES, LAPSES))
    one = year.at(removed[0])
    await one.home()
    await one.form(f"View your connection with {removed[1]}", "Connection")
    await one.form(f"Remove connection with {removed[1]}", "Remove connection")
    assert await one.send(reason="We do not suit each other") == {}
    await one.close()
    year.pairs.discard(removed)
    leaver = year.at(LEAVES)
    await leaver.home()
    await leaver.form("Leave the scheme as mentor", "Leave the scheme")
    assert await leaver.send() == {}
    await leaver.close()
    year.mentors -= 1
    year.pairs = {each for each in year.pairs if each[1] != LEAVES}
    await year.bot.quiet()
    await year.numbers()


async def the_rest_of_the_year(year: Year) -> None:
    """Some mark their sessions, a training lapses, and then the year is over."""
    diligent = sorted(year.pairs)[:6]
    for _ in range(4):
        await year.turn(78 * DAY)
        for mentee, mentor in diligent:
            await marks(year, mentee, mentor)
    lapsed = rows(year.bot.app.database, "SELECT count(*) FROM reminders WHERE kind = 'training_lapsed'")
    assert lapsed == [(1,)]
    await year.turn(70 * DAY)
    assert rows(year.bot.app.database, "SELECT count(*) FROM connections WHERE state = 'active'") == [(0,)]
    year.pairs.clear()
    mentee, mentor = next(each for each in diligent if MENTEES.index(each[0]) % 2)
    assert "You met 4 times." in await year.at(mentee).read("has come to its planned end")
    one = year.at(mentee)
    await one.home()
    await one.form(f"Give feedback: {mentor}", "Looking back")
    assert await one.send(worth="Very much", helped="She listened.") == {}
    await one.close()
    await year.office.read("She listened.")


async def marks(year: Year, mentee: str, mentor: str) -> None:
    """The mentee marks every session that is over."""
    one = year.at(mentee)
    await one.home()
    for number in range(1, 5):
        name = f"Mark as completed: session {number} with {mentor}"
        if any(name in json.dumps(view.blocks) for view in [one.test_user.home] if view):
            await one.test_user.press(name, on=one.test_user.home)
            await one.close()
            await one.home()


def nobody_was_pestered(bot: Bot) -> None:
    """At most one message of reminders a day, in working hours; at most two about one thing; of a session that is over
    everybody is asked once, besides."""
    sent = rows(
        bot.app.database,
        "SELECT person, sent_at FROM outbox WHERE kind = 'reminders' AND edits IS NULL AND ref_message IS NOT NULL",
    )
    assert len(sent) > 200
    days: Counter[tuple[str, date]] = Counter()
    for person, at in sent:
        here = datetime.fromisoformat(f"{at}+00:00").astimezone(LONDON)
        assert here.weekday() < 5, here
        assert 9 <= here.hour < 18, here
        days[str(person), here.date()] += 1
    assert set(days.values()) == {1}
    things: dict[str, Counter[str]] = defaultdict(Counter)
    for message in bot.posted("Snooze: "):
        names = set(re.findall(r'"(Snooze: [^"]+)"', json.dumps(message, ensure_ascii=False)))
        things[str(message["channel"])].update(names)
    # What needs the office is no one thing: it is told when there is something new, and as a week begins.
    office = {"Snooze: what needs the office"}
    often = [(name, n) for names in things.values() for name, n in names.items() if n > 2 and name not in office]
    assert not often, often[:5]

    asked = Counter(
        rows(
            bot.app.database,
            "SELECT person, about FROM outbox WHERE kind = 'session_over' AND edits IS NULL "
            "AND ref_message IS NOT NULL",
        )
    )
    assert len(asked) > 40
    assert set(asked.values()) == {1}, "whether a session took place is asked once"


def nothing_waits_for_nobody(bot: Bot) -> None:
    """Nothing is due and undone, nothing is open that nobody is asked for, nothing was given up."""
    database, now = bot.app.database, bot.clock.now
    asks = "SELECT kind FROM deadlines WHERE kind IN ('invitation_lapses', 'decline_stands', 'connection_over')"
    assert rows(database, asks) == []
    assert rows(database, "SELECT id FROM invitations WHERE state = 'open'") == []
    assert rows(database, "SELECT id FROM requests WHERE state = 'asking'") == []
    due = f"dead_at IS NOT NULL OR (sent_at IS NULL AND not_before <= '{now:%Y-%m-%d %H:%M}')"
    assert rows(database, f"SELECT kind FROM outbox WHERE {due}") == []
    stuck = f"SELECT kind, about FROM deadlines WHERE due_at <= '{now:%Y-%m-%d %H:%M}'"
    assert rows(database, stuck) == []
