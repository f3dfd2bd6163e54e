"""The members of the story and what they do at their keyboards, so that the story itself reads like one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.journeys.stage import Keyboard, Stage
from tests.support.bots import OFFICE

MENTORS = {"Katherine": 5, "Lizzie": 4, "Thijs": 3, "Devi": 2, "Omar": 1}
"""The mentors and how much each can offer on Leadership, so that the ranking is known."""
OFFERS = ["0 – not my field", "1 – a little", "2 – some", "3 – a fair amount", "4 – a lot", "5 – very much"]


@dataclass(frozen=True)
class Member:
    """Somebody of the story at their keyboard."""

    bot: Stage
    test_user: Keyboard

    async def read(self, words: str, channel: str | None = None) -> str:
        """Wait for a message with these words; gives all of its text."""
        return self.test_user.text(await self.test_user.expect_message(words, channel))

    def group(self) -> str:
        """Where they are told together with the other of their connection; its id."""
        return self.bot.group_of(self.test_user.user)

    async def home(self) -> str:
        """Open Home and read it."""
        await self.test_user.open_home()
        await self.bot.quiet()
        view = await self.test_user.expect_home("Hello")
        return self.test_user.text(view)

    async def form(self, button: str, title: str, **press: Any) -> None:
        """Press a button and wait for its form."""
        await self.test_user.press(button, **press)
        await self.test_user.expect_modal(title)

    async def send(self, **values: Any) -> dict[str, str]:
        """Fill in the open form and submit it; gives the errors by label."""
        await self.test_user.fill(values)
        return await self.test_user.submit()

    async def type_time(self) -> None:
        """In the form of a session: type a time instead of choosing one of those that are proposed, if any are."""
        if "Another time" not in self.test_user.buttons():
            return
        await self.test_user.press("Another time", on=self.test_user.modal)
        await self.bot.settled(lambda: "Suggested times" in self.test_user.buttons())

    async def told(self, words: str) -> None:
        """Read the notice that answers a form, and close it."""
        await self.bot.settled(lambda: words in self.bot.front(self.test_user.user))
        await self.close()

    def pictures(self) -> list[str]:
        """Whose pictures stand in the open form."""
        return self.test_user.pictures(self.test_user.modal) if self.test_user.modal else []

    def window(self) -> str:
        """The text of the open form in front; "" where none is open."""
        return self.test_user.text(self.test_user.modal) if self.test_user.modal else ""

    async def close(self) -> None:
        """Close every form."""
        while self.test_user.modal:
            await self.test_user.close_modal()


def name_of(member: Member) -> str:
    """The name by which others read of somebody."""
    return member.bot.name_of(member.test_user.user)


async def become_mentor(
    office: Member, mentor: Member, leadership: int, mentees: int = 2, trained: date = date(2026, 10, 1)
) -> None:
    """A mentor's whole way in: asks, is let in, fills in two forms, is approved with the training."""
    name = name_of(mentor)
    await mentor.test_user.command("/mentoring", "join mentor")
    await mentor.test_user.expect_modal("Join as mentor")
    assert await mentor.send(membership_number="1234") == {}
    await mentor.close()
    await office.read(f"{name} would like to join as mentor", OFFICE)
    await office.test_user.press(f"Approve {name} as mentor")
    await mentor.read("complete your mentor profile")
    await mentor.form("Complete mentor profile", "Mentor profile")
    profile = {
        "current_role": f"Consultant, {name}’s hospital",
        "about": "I like to listen.",
        "expertise:Leadership": OFFERS[leadership],
        "expertise:Wellbeing": OFFERS[3],
        "region": "London",
        "mentees_at_most": str(mentees),
    }
    assert await mentor.send(**profile) == {}
    await mentor.form("Update preferences", "Mentoring preferences")
    assert await mentor.send(ways=["Video call", "In person"], times=["Mornings"]) == {}
    await mentor.close()
    await office.read(f"{name} has sent", OFFICE)
    await office.form(f"Approve {name} as mentor", "Approve mentor")
    assert await office.send(**{"trained_on:training": trained.isoformat()}) == {}
    await office.told("approved as a mentor")
    await mentor.read("You are approved as a mentor")


async def become_mentee(office: Member, mentee: Member) -> None:
    """A mentee's way in as far as the preferences."""
    name = name_of(mentee)
    await mentee.home()
    await mentee.form("Join as mentee", "Join as mentee", on=mentee.test_user.home)
    assert await mentee.send(membership_number="77", stage="Resident doctor within one year of CCT") == {}
    await mentee.told("answers you here")
    await office.read(f"{name} would like to join as mentee", OFFICE)
    await office.test_user.press(f"Approve {name} as mentee")
    await mentee.read("Two short forms")
    await mentee.form("Update preferences", "Mentoring preferences")
    preferences = {"ways": ["Video call"], "mentor_gender": "No preference", "mentor_region": "London"}
    assert await mentee.send(**preferences, times=["Mornings"]) == {}


REQUEST = {
    "topics": ["Leadership", "Wellbeing", "Research and academia"],
    "foremost": ["Leadership"],
    "current_post": "SpR, St Aldate’s",
    "year": "ST7",
    "sought": "Somebody to talk to about *becoming* a consultant <!channel>",
    "location": "London",
}
