"""The main path in Microsoft's own client: three people of the demo in Teams, each in a playground of their own.

Pictures are kept in `pictures/` so that somebody can look at them.
"""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from demo.teams.demo import TeamsDemo
from tests.support.browsers import chromium, needs_browser
from tests.support.playground import Player, command, needs_node, open_chat

pytestmark = [
    pytest.mark.browser,
    needs_browser,
    needs_node,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("machine"),
]

PICTURES = Path(__file__).parents[2] / "pictures"
PLAYED = ("lucia.fernandez@example.org", "tom.whitfield@example.org", "anjali.deshmukh@example.org")


async def players(browser: Browser, demo: TeamsDemo) -> list[Player]:
    """Everybody who is played, each with their Home before them."""
    found = []
    for name, url in demo.urls.items():
        player = await open_chat(browser, url, PICTURES)
        await player.read(f"Hello {name.split()[0]}")
        found.append(player)
    return found


async def test_a_mentee_a_mentor_and_the_office_walk_the_main_path() -> None:
    async with TeamsDemo(await command(), PLAYED) as demo, chromium() as browser:
        lucia, tom, anjali = await players(browser, demo)
        await joins(lucia, tom)
        await asks(lucia, tom)
        await chooses(lucia)
        await accepts(anjali, lucia)
        await agree(lucia, anjali)
        await schedules(lucia, anjali)


async def joins(lucia: Player, tom: Player) -> None:
    """A form with what is missing said at its field by the client itself; then the office says yes."""
    await lucia.look("home")
    await lucia.open("Join as mentee", "Join as mentee")
    await lucia.press("Send to the office")
    await lucia.read("Please fill this in.")
    await lucia.field("Membership number").fill("77")
    await lucia.choose("Resident doctor within one year of CCT")
    await lucia.look("form")
    await lucia.press("Send to the office")
    await lucia.read("answers you here")
    await tom.read("Lucía Fernández would like to join as mentee.")  # the card: Home, drawn anew before it, has no stop
    await tom.look("office")
    await tom.press("Approve")
    await tom.read("Admitted by Tom Whitfield")
    await lucia.read("Two short forms")


async def asks(lucia: Player, tom: Player) -> None:
    """Two forms and a request, approved."""
    await lucia.open("Update preferences", "Mentoring preferences")
    await lucia.choose("Video call", "No preference", "Mornings")
    await lucia.pick("Where would you like your mentor to be?", "London")
    await lucia.look("preferences")
    await lucia.press("Save")
    await lucia.open("Create mentoring request", "Mentoring request")
    await lucia.pick("What would you like mentoring on?", "Leadership")
    await lucia.pick("Which of these matter most?", "Leadership")
    await lucia.field("Your current post").fill("SpR, Exeter")
    await lucia.field("Year of training").fill("ST7")
    await lucia.field("What are you looking for").fill("Somebody to think with *before* I [apply](https://example.org)")
    await lucia.field("Where are you based?").fill("Exeter")
    await lucia.look("request")
    await lucia.press("Send to the office")
    await lucia.read("BCS Academy looks at")
    await tom.read("Lucía Fernández asks for a mentor: Leadership.")
    await tom.press("Approve")
    await lucia.read("has been approved")


async def chooses(lucia: Player) -> None:
    """The list is moved and drawn anew in its place, and sent."""
    await lucia.open("Find mentors", "Find mentors")
    await lucia.read("Anjali Deshmukh")
    await lucia.look("mentors")
    await lucia.press("Send request to mentors")
    await lucia.read("Anjali Deshmukh has been asked")


async def accepts(anjali: Player, lucia: Player) -> None:
    """What was typed is read as it was typed; Accept takes the place of the card."""
    await anjali.read("5 days left before this request expires")
    await anjali.look("invitation")
    await anjali.open("View", "Mentoring request")
    await anjali.read("before* I [apply](https://example.org)")
    await anjali.press("Close")
    await anjali.read("Closed.")
    await anjali.press("Accept")
    await anjali.read("You are now connected with Lucía Fernández")
    await anjali.look("accepted")
    await lucia.read("has accepted your mentoring request")


async def agree(lucia: Player, anjali: Player) -> None:
    """Both accept the agreement."""
    for each in (anjali, lucia):
        await each.open("Read agreement", "Mentoring agreement")
        await each.press("Accept agreement")
    await lucia.read("Accepted")
    await lucia.look("agreed")


async def schedules(lucia: Player, anjali: Player) -> None:
    """A time in the past is refused at its field, with all that was typed; then it is mended."""
    await lucia.press("Schedule")
    await lucia.press("Another time")
    await lucia.field("Date").fill("2026-11-02")
    await lucia.field("Start").fill("14:30")
    await lucia.choose("Video call")
    await lucia.look("time")
    await lucia.press("Schedule")
    await lucia.read("Error: This lies in the past")
    await lucia.look("time with an error")
    await expect(lucia.field("Start")).to_have_value("2:30 PM")
    await lucia.field("Date").fill("2027-01-12")
    await lucia.press("Schedule")
    await lucia.read("Session 1 is set")
    await anjali.read("has set session 1")
    await anjali.look("session")
