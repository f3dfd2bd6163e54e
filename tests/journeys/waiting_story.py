"""How a story begins in which people come and go: a mentee's request is with one mentor, and another one is next."""

from tests.journeys.people import REQUEST, Member, become_mentee, become_mentor
from tests.journeys.stage import Stage
from tests.journeys.test_main_path import order
from tests.support.bots import OFFICE

PEOPLE = ("Ruth", "Katherine", "Lizzie", "Amara")


class WaitingStory:
    """The office, the mentor who is asked, the one who is next, and the mentee."""

    def __init__(self, bot: Stage) -> None:
        self.stage = bot
        self.office, self.first, self.next, self.mentee = (Member(bot, bot.test_user(name)) for name in PEOPLE)

    async def begin(self) -> None:
        """Everybody joins, and the mentee sends the list."""
        await become_mentor(self.office, self.first, 5)
        await become_mentor(self.office, self.next, 4)
        await become_mentee(self.office, self.mentee)
        await self.mentee.form("Create mentoring request", "Mentoring request")
        assert await self.mentee.send(**REQUEST) == {}
        await self.mentee.told("BCS Academy")
        await self.office.read("Amara asks for a mentor", OFFICE)
        await self.office.test_user.press("Approve the request of Amara")
        await self.mentee.read("has been approved")
        await self.mentee.form("Find mentors", "Find mentors")
        assert order(self.mentee.test_user)[:2] == ["Katherine", "Lizzie"]
        assert await self.mentee.test_user.submit() == {}
        await self.mentee.close()
        await self.first.read("Amara asks you to be their mentor")

    async def connected(self) -> None:
        """And the first one accepts."""
        await self.first.test_user.press("Accept the request of Amara")
        await self.stage.quiet()
