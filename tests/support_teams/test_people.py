"""What somebody at their keyboard sees and does, beside a bot whose answers are written down."""

import asyncio
from datetime import date, time
from typing import Any

import pytest

from tests.support.teams import TeamsPlace, TeamsUser
from tests.support.teams.activities import FILE
from tests.support.teams.client import SOMETHING_WENT_WRONG
from tests.support.teams.model import Json, Refusal
from tests.support_teams.conftest import ScriptedBot, button, card, instead, line, message, row

FIELDS: tuple[Json, ...] = (
    {
        "type": "Input.Text",
        "id": "t:name",
        "label": "Name",
        "maxLength": 10,
        "isRequired": True,
        "errorMessage": "Who?",
    },
    {"type": "Input.Number", "id": "n:seats", "label": "Seats", "min": 1, "max": 9, "errorMessage": "One to nine."},
    {
        "type": "Input.ChoiceSet",
        "id": "m:days",
        "label": "Days",
        "isMultiSelect": True,
        "choices": [{"title": "Mon, Tue", "value": "Mon%2C Tue"}, {"title": "Fri", "value": "Fri"}],
    },
    {"type": "Input.ChoiceSet", "id": "c:way", "label": "Way", "choices": [{"title": "Call", "value": "Call"}]},
    {"type": "Input.Date", "id": "d:day", "label": "Day"},
    {"type": "Input.Time", "id": "w:hour", "label": "Hour", "value": "09:00"},
    {
        "type": "Input.ChoiceSet",
        "id": "p:whom",
        "label": "Whom?",
        "choices": [],
        "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"},
    },
)


def form(*errors: Json, title: str = "Book") -> Json:
    """A form with one field of each kind."""
    ids = [each["id"] for each in FIELDS]
    return card(
        line(title, id="form"),
        *FIELDS,
        *errors,
        row(
            button("Book it", "book", "form", "auto", fields=ids, carried={"step": "1"}),
            button("Cancel", "close", "form"),
        ),
    )


def words(text: str) -> Json:
    """A card of words alone."""
    return card(line(text))


async def opened(bot: ScriptedBot, ada: TeamsUser) -> None:
    """The form stands in Ada's chat."""
    await bot.post(ada.chat.id, form(), "Book")
    await ada.expect_modal("Book")


async def test_installing_is_told_twice_with_the_address_to_write_to(bot: ScriptedBot, ada: TeamsUser) -> None:
    kinds = [(each["type"], each["conversation"]["id"]) for each in bot.heard]
    assert kinds == [("conversationUpdate", ada.chat.id), ("installationUpdate", ada.chat.id)]
    first, place = bot.heard[0], bot.place
    assert first["membersAdded"] == [{"id": f"28:{place.app_id}"}] == [{"id": first["recipient"]["id"]}]
    assert first["from"]["aadObjectId"] == ada.user
    assert first["conversation"]["tenantId"] == first["channelData"]["tenant"]["id"] == place.tenant
    assert (first["serviceUrl"], first["channelId"]) == (place.service.service_url, "msteams")
    assert first["entities"][0]["timezone"] == first["localTimezone"] == "Europe/London"
    assert all(token.startswith("Bearer ey") for token in bot.tokens)


async def test_what_is_typed_reaches_the_bot(bot: ScriptedBot, ada: TeamsUser) -> None:
    await ada.open_home()
    await ada.command("/mentoring", "join mentor")
    await ada.command("/mentoring-admin", "queue")
    bot.place.add_channel("office", [ada.user])
    await ada.say("help", "office")
    typed = [each["text"] for each in bot.heard if each["type"] == "message"]
    assert typed == ["menu", "mentoring join mentor", "admin queue", "<at>Mentoring</at> help"]
    assert bot.heard[-1]["conversation"]["conversationType"] == "channel"
    assert [m.text for m in ada.messages()] == typed[:3]


async def test_a_form_is_filled_in_corrected_and_answered(bot: ScriptedBot, ada: TeamsUser) -> None:
    await opened(bot, ada)
    await ada.fill({"Seats": "4", "days": ["Mon, Tue", "Fri"], "c:way": "Call"})
    assert await ada.submit() == {"Name": "Who?"}, "the client itself asks for what must be there"
    assert not [each for each in bot.heard if each["type"] == "invoke"]
    await ada.fill({"Name": "Ada", "day": date(2026, 12, 1), "Hour": time(14, 30), "Whom?": "Ada Lovelace"})
    wrong = line("Error: No such day.", id="error:d:day", spacing="None")
    bot.answers = [(200, instead(form(wrong))), (200, instead(words("It is booked.")))]
    assert await ada.submit() == {"Day": "No such day."}
    sent = bot.heard[-1]
    assert (sent["name"], sent["replyToId"], sent["value"]["trigger"]) == (
        "adaptiveCard/action",
        ada.modals[0].id,
        "manual",
    )
    assert sent["value"]["action"]["verb"] == "book"
    data = sent["value"]["action"]["data"]
    assert (data["do"], data["in"], data["carried"], data["fields"][0]) == ("book", "form", {"step": "1"}, "t:name")
    given = {key: value for key, value in data.items() if ":" in key}
    assert given == {
        "t:name": "Ada", "n:seats": "4", "m:days": "Mon%2C Tue,Fri", "c:way": "Call", "d:day": "2026-12-01",
        "w:hour": "14:30", "p:whom": ada.user,
    }  # fmt: skip
    await ada.fill({"Name": "Ada"})
    assert await ada.submit() == {}
    assert "t:name" in bot.heard[-1]["value"]["action"]["data"], "and of the card drawn anew, what stands there now"
    assert "d:day" not in bot.heard[-1]["value"]["action"]["data"]
    assert ada.modal is None
    assert "It is booked." in ada.heard()
    assert ada.messages() == [], "what a form has become is no message"
    bot.place.assert_no_trouble()


IMPOSSIBLE: tuple[tuple[str, Any], ...] = (
    ("Name", "a name too long"),
    ("Seats", "four"),
    ("Days", ["Sun"]),
    ("Way", ["Call", "Call"]),
    ("Way", "Walk"),
    ("Day", "tomorrow"),
    ("Hour", "25:00"),
    ("Whom?", "Nobody"),
    ("Nothing", "x"),
)


@pytest.mark.parametrize(("name", "value"), IMPOSSIBLE)
async def test_what_no_client_lets_in_is_refused(bot: ScriptedBot, ada: TeamsUser, name: str, value: Any) -> None:
    await opened(bot, ada)
    with pytest.raises(Refusal):
        await ada.fill({name: value})


async def test_a_form_that_is_only_read_cannot_be_sent_off(bot: ScriptedBot, ada: TeamsUser) -> None:
    inner, close = button("View", "view", "form"), button("Close", "close", "form")
    await bot.post(ada.chat.id, card(line("Read", id="form"), inner, row(close)), "Read")
    await ada.expect_modal("Read")
    with pytest.raises(Refusal, match="only read"):
        await ada.submit()


async def test_a_number_out_of_range_is_not_sent(bot: ScriptedBot, ada: TeamsUser) -> None:
    await opened(bot, ada)
    await ada.fill({"name": "Ada", "seats": 12})
    assert await ada.submit() == {"Seats": "One to nine."}


async def test_a_form_is_closed_by_its_button_and_nothing_typed_goes_with_it(bot: ScriptedBot, ada: TeamsUser) -> None:
    await opened(bot, ada)
    await ada.fill({"name": "Ada"})
    bot.answers = [(200, instead(words("Closed.")))]
    await ada.close_modal()
    assert ada.modals == []
    assert bot.heard[-1]["value"]["action"]["data"] == {"do": "close", "in": "form"}


async def test_the_newest_open_form_is_in_front_and_then_the_newest_message(bot: ScriptedBot, ada: TeamsUser) -> None:
    older = await bot.post(ada.chat.id, card(line("Older"), button("View", "view", about="1")), "Older")
    newer = await bot.post(ada.chat.id, card(line("Newer"), button("View", "view", about="2")), "Newer")
    bot.answers = [
        (200, {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Seen"})
    ] * 3
    await ada.press("View")
    await ada.press("View", on=await ada.expect_message("Older"))
    assert [each["replyToId"] for each in bot.heard[-2:]] == [newer, older]
    assert ada.heard() == "Seen"
    await opened(bot, ada)
    assert ada.buttons() == ["Book it", "Cancel"]
    await ada.press("view")
    assert bot.heard[-1]["replyToId"] == newer, "a form in the chat does not shut off what stands above it"
    with pytest.raises(Refusal, match="Buttons in view"):
        await ada.press("Nothing")


async def test_home_is_the_newest_and_stands_behind_the_messages(bot: ScriptedBot, ada: TeamsUser) -> None:
    for n in (1, 2):
        await bot.post(ada.chat.id, card(line(f"Hello {n}"), button("Join", "join", "home")), "Home")
    await bot.post(ada.chat.id, card(line("News"), button("Read", "read")), "News")
    home = await ada.expect_home("Hello 2")
    assert [m.text for m in ada.messages()] == ["News"]
    bot.answers = [(200, {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Done"})]
    await ada.press("Join")
    assert bot.heard[-1]["replyToId"] == home.id


async def test_a_double_click_is_two_presses_of_one_message(bot: ScriptedBot, ada: TeamsUser) -> None:
    posted = await bot.post(ada.chat.id, card(line("Ask"), button("Accept", "accept")), "Ask")
    bot.answers = [(200, instead(words("Accepted.")))] * 2
    first, second = await ada.press_twice("Accept")
    assert first.activity["id"] != second.activity["id"]
    assert {each.activity["replyToId"] for each in (first, second)} == {posted}


async def test_an_answer_replaces_the_card_for_the_presser_until_the_bot_edits_it(
    place: TeamsPlace, bot: ScriptedBot, ada: TeamsUser
) -> None:
    await place.install(place.add_person("Ben"))
    ben = place.test_user("Ben")
    channel = place.add_channel("office", [ada.user, ben.user])
    posted = await bot.post(channel, card(line("Who?"), button("Me", "me")), "Who?")
    bot.answers = [(200, instead(words("You.")))]
    await ada.press("Me")
    said = ada.messages("office")[0]
    assert (ada.text(said), ben.text(said)) == ("You.", "Who?\nMe")
    assert bot.heard[-1]["conversation"]["id"] == f"{channel};messageid={posted}"
    await bot.call("PUT", f"conversations/{channel}/activities/{posted}", message(words("Ada.")))
    assert ada.text(said) == ben.text(said) == "Ada."


NO_ANSWERS: tuple[tuple[int, Any], ...] = (
    (200, None),
    (500, {"error": "x"}),
    (200, {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": {}}),
    (200, {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": {"type": "Card"}}),
    (200, {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": 5}),
    (200, {"statusCode": 200, "type": "strange", "value": {}}),
)


@pytest.mark.parametrize(("status", "body"), NO_ANSWERS)
async def test_what_is_no_answer_is_remembered_as_trouble(
    bot: ScriptedBot, ada: TeamsUser, status: int, body: Any
) -> None:
    await opened(bot, ada)
    await ada.fill({"name": "Ada"})
    bot.answers = [(status, body)]
    assert await ada.submit() == {"": SOMETHING_WENT_WRONG}
    assert len(bot.place.state.troubles) == 1
    with pytest.raises(AssertionError, match="Book it"):
        bot.place.assert_no_trouble()


async def test_a_file_is_sent_in_the_chat_while_its_form_is_open(bot: ScriptedBot, ada: TeamsUser) -> None:
    await opened(bot, ada)
    await ada.fill({"certificate": ada.file("certificate.pdf", b"%PDF")})
    sent = bot.heard[-1]["attachments"][0]
    assert (sent["contentType"], sent["name"], sent["content"]["fileType"]) == (FILE, "certificate.pdf", "pdf")
    async with bot.http.get(sent["content"]["downloadUrl"]) as answer:
        assert await answer.read() == b"%PDF"


async def test_waiting_ends_with_what_came_or_a_picture_of_what_there_is(bot: ScriptedBot, ada: TeamsUser) -> None:
    waiting = asyncio.ensure_future(ada.expect_message("News"))
    await bot.post(ada.chat.id, words("News of the day"), "A card")
    assert ada.text(await waiting) == "News of the day"
    with pytest.raises(TimeoutError, match="News of the day"):
        await ada.expect_modal("Book", seconds=0.01)
    with pytest.raises(TimeoutError, match="not settled"):
        await bot.place.settled(lambda: False, seconds=0.01)


async def test_nobody_reads_a_channel_they_do_not_belong_to(place: TeamsPlace, ada: TeamsUser) -> None:
    place.add_channel("office", [])
    with pytest.raises(Refusal, match="does not belong"):
        ada.messages("office")
