"""The bot's own forms in the hands of somebody in Teams: what they enter is what the wing reads."""

from datetime import date, time

from bot.dialogs.parts import Button, Buttons, FileInput, Form, Note, Notice
from bot.handlers.teams import presses, render
from tests.handlers.sample_parts import INPUTS, LONDON, MANY
from tests.support.teams import TeamsUser
from tests.support_teams.conftest import ScriptedBot, instead

FIELDS = {key: part for key, part in INPUTS.items() if not isinstance(part, FileInput)}
BOOK = Form("book", "Book a session", (Note(("Soon",)), *FIELDS.values()), "s-1", "Book", {"page": "2"}, "bcs")
OPENED = {"do": "open_book", "about": "s-1"}
MEANT = {
    "Your current role": "Consultant *today*",
    "about": "Line one\nLine two",
    "How many mentees?": 3,
    "When?": "Mornings",
    "topic": MANY[2],
    "times": ["Mornings", "Evenings"],
    "topics": [MANY[0], MANY[11]],
    "On which day?": date(2026, 12, 1),
    "whom": "Ada Lovelace",
    "at": time(14, 30),
}


async def opened(bot: ScriptedBot, ada: TeamsUser, form: Form) -> None:
    """The form stands in Ada's chat."""
    await bot.post(ada.chat.id, render.form(form, LONDON, OPENED), form.title)
    await ada.expect_modal(form.title)


def pressed(bot: ScriptedBot) -> presses.Pressed:
    """What the bot reads of the last press."""
    return presses.read(bot.heard[-1]["value"]["action"])


async def test_what_is_entered_is_what_is_read(bot: ScriptedBot, ada: TeamsUser) -> None:
    await opened(bot, ada, BOOK)
    await ada.fill(MEANT)
    assert "Line two" in ada.text(bot.place.state.conversations[ada.chat.id].messages[-1])
    wrong = {"on": "That day is over.", "nowhere": "And something else."}
    typed = {
        "t:role": "Consultant *today*",
        "n:places": "3",
        "c:when": "Mornings",
        "c:topic": "Topic 3%2C and more",
        "m:times": "Mornings",
        "d:on": "2026-12-01",
        "p:whom": ada.user,
    }
    bot.answers = [(200, instead(render.form(BOOK, LONDON, OPENED, typed, wrong)))]
    said = await ada.submit()
    assert said == {"On which day?": "That day is over.", "Your current role": "And something else."}
    read = pressed(bot)
    assert (read.verb, read.subject, read.scheme, read.surface) == ("book", "s-1", "bcs", "form")
    assert read.carried == {"page": "2"}
    assert read.answers == {
        "role": "Consultant *today*",
        "about": "Line one\nLine two",
        "places": 3,
        "when": "Mornings",
        "topic": MANY[2],
        "times": ("Mornings", "Evenings"),
        "topics": (MANY[0], MANY[11]),
        "on": date(2026, 12, 1),
        "whom": ada.user,
        "at": time(14, 30),
    }
    assert read.opened is not None
    assert read.opened.data == {**OPENED, "of": "book"}
    bot.answers = [(200, instead(render.notice(Notice("Booked."), LONDON)))]
    assert await ada.submit() == {}
    assert {id_: pressed(bot).typed.get(id_) for id_ in typed} == typed, "what was typed stood in the form"
    bot.place.assert_no_trouble()


async def test_a_button_in_a_form_brings_what_stands_in_it_and_closing_brings_nothing(
    bot: ScriptedBot, ada: TeamsUser
) -> None:
    search = Buttons((Button("Search", "search", "s-1", spoken="Search mentors"),))
    await opened(bot, ada, Form("book", "Book", (INPUTS["text_long"], search), submit="Book"))
    await ada.fill({"about": "Leadership"})
    same = instead(render.form(Form("search", "Found", (Note(("Nobody",)),)), LONDON))
    bot.answers = [(200, same), (200, instead(render.notice(Notice("Closed."), LONDON)))]
    await ada.press("Search mentors")
    assert (pressed(bot).entered, pressed(bot).fields) == ({"about": "Leadership"}, ())
    await ada.expect_modal("Found")
    await ada.close_modal()
    assert (pressed(bot).verb, pressed(bot).typed) == (presses.CLOSE, {})
    assert ada.modal is None
