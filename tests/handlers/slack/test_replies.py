"""Clicks from every place in Slack: what the dispatcher is handed, and where its answer appears.

The dispatcher here answers what the test tells it; everything else is real: verification, Bolt, the signed requests
and the Web API.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import Route

from bot.actions.context import Channels, Click
from bot.actions.dispatcher import Again, Dispatcher
from bot.app import utc_now
from bot.dialogs.parts import (
    Bold,
    Button,
    Buttons,
    Errors,
    Form,
    Home,
    Mention,
    Message,
    Nothing,
    Notice,
    Paragraph,
    Portrait,
    Reply,
    TextInput,
)
from bot.handlers.slack import lookups
from bot.handlers.slack import render as drawn
from bot.handlers.slack.app import SlackApp
from bot.handlers.slack.missing import Missing
from bot.handlers.slack.platform import PATH
from bot.handlers.slack.socket_mode import SocketMode
from bot.handlers.slack.verification import verifier
from bot.handlers.web import HttpServer, application
from bot.ids import new_id
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.storage.database import Database
from slack_workspace import TestUser, Workspace
from tests.support.databases import KEYS

PRESS = Buttons((Button("Press", "press", "thing-1"),))
READ = Form("reading", "Only read", (PRESS,))
WRITE = Form(
    "writing", "Written", (TextInput("name", "Name"), PRESS), subject="s-1", submit="Send", carried={"turn": "2"}
)
OTHER = Form("another", "Another", (TextInput("place", "Place"),), submit="Go on")
TOLD = Notice("That is done.")


class Told(Dispatcher):
    """A dispatcher that answers what it is told to, and remembers what it was handed."""

    reply: Reply | Exception = Nothing()

    def hand_out(self, reply: Reply | Exception) -> None:
        self.reply = reply
        self.clicks: list[Click] = []
        self.later: Reply = Nothing()
        self.go_on = asyncio.Event()

    async def answer(self, click: Click, again: Again | None = None) -> Reply:
        self.clicks.append(click)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def filled(self, click: Click, form: Form) -> Reply:
        """The next reply, when the test lets it go."""
        await self.go_on.wait()
        return self.later


@dataclass
class Seconds:
    """Real time, as far as the bot remembers things for a while; it stands still until it is put on."""

    passed: float = 0.0

    def __call__(self) -> float:
        return self.passed


@dataclass
class Place:
    workspace: Workspace
    dispatcher: Told
    app: SlackApp
    client: AsyncWebClient
    mary: TestUser
    user: str
    session: aiohttp.ClientSession
    real: Seconds

    def asked(self, method: str) -> int:
        return sum(call.method == method for call in self.workspace.calls)

    async def done(self) -> None:
        await self.app.background.finish(5)

    async def message(self) -> None:
        channel = (await self.client.conversations_open(users=self.user))["channel"]["id"]
        content = drawn.message(Message("A card", (Paragraph(("A card",)), PRESS)), None)
        await self.client.chat_postMessage(channel=channel, **content)

    async def home(self) -> None:
        await self.client.views_publish(user_id=self.user, view=drawn.home(Home((PRESS,)), None))

    async def window(self, form: Form) -> None:
        """Open a form by a press on a card."""
        await self.message()
        self.dispatcher.hand_out(form)
        await self.mary.press("Press", on=self.mary.messages()[-1])
        await self.done()
        assert self.mary.modal is not None

    @property
    def titles(self) -> list[str]:
        return [view.title for view in self.mary.modals]


@pytest.fixture
async def place(sqlite_url: str) -> AsyncIterator[Place]:
    workspace = Workspace(rate_limits=False, retries=(0.0,))
    user = workspace.add_person("Mary Osei", email="mary@example.org", tz="Africa/Accra")
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(workspace.bot_token, workspace.api_url, session=session, retry_handlers=[])
        client.proxy = None
        scheme = load("british_cardiovascular_society")
        with Database(sqlite_url, KEYS) as database:
            dispatcher = Told(database, Schemes((scheme,)), utc_now, new_id, Channels())
            identity, real = (await lookups.standing(client)).identity, Seconds()
            app = SlackApp(dispatcher, client, session, identity, Missing(()), real)
            server = HttpServer(
                application([Route(PATH, verifier(workspace.signing_secret, app.take), methods=None)], _well),
                "127.0.0.1",
                0,
            )
            workspace.request_url = await server.start() + PATH
            yield Place(workspace, dispatcher, app, client, workspace.test_user(user), user, session, real)
            await server.stop()
            await app.background.finish(5)
    await workspace.stop()


async def _well() -> tuple[bool, dict[str, object]]:
    return True, {}


async def test_a_press_on_a_message(place: Place) -> None:
    await place.message()
    place.dispatcher.hand_out(TOLD)
    delivery = await place.mary.press("Press")
    assert delivery.acked
    await place.done()
    (click,) = place.dispatcher.clicks
    assert (click.caller.user, click.verb, click.subject, click.carried) == (place.user, "press", "thing-1", {})
    assert click.idempotency_key == delivery.payload["trigger_id"]
    told = place.mary.messages()[-1]
    assert (told.text, told.ephemeral_to) == ("That is done.", place.user)


async def test_an_ephemeral_answer_finds_another_way(place: Place) -> None:
    """Where the response_url does not answer, the Web API does."""
    await place.message()
    place.dispatcher.hand_out(TOLD)
    place.workspace.faults.add("response_url", "server_error")
    await place.mary.press("Press")
    await place.done()
    assert place.mary.messages()[-1].text == "That is done."


async def test_a_form_opens_from_a_message_home_and_command(place: Place) -> None:
    await place.message()
    await place.home()
    place.dispatcher.hand_out(WRITE)
    for on in (place.mary.messages()[-1], place.mary.home):
        await place.mary.press("Press", on=on)
        await place.done()
        assert place.titles == ["Written"]
        await place.mary.close_modal()
    assert (await place.mary.command("/mentoring", "  request ")).answer in (None, "")
    await place.done()
    assert place.titles == ["Written"]
    assert [(click.verb, click.subject) for click in place.dispatcher.clicks][-1] == ("command", "request")


FACE = "https://pictures.example.org/u1.png"


@pytest.mark.parametrize("where", ["opened", "laid on top", "drawn anew"])
async def test_a_picture_that_slack_cannot_fetch_takes_nothing_else_away(place: Place, where: str) -> None:
    if where != "opened":
        await place.window(READ)
    shown = Portrait((Bold("Katherine"),), Mention("U1", "Katherine"), FACE)
    form = Form("reading" if where == "drawn anew" else "seeing", "Their profile", (shown, PRESS))
    place.dispatcher.hand_out(form)
    if where == "opened":
        await place.message()
    for lost in (False, True):
        place.workspace.faults.lost_pictures |= {FACE} if lost else set()
        await place.mary.press("Press")
        await place.done()
        top = place.mary.modal
        assert top is not None
        assert top.title == "Their profile"
        assert ("accessory" in top.blocks[0]) is not lost
        assert "Katherine" in str(top.blocks[0])
        if where == "opened":
            await place.mary.close_modal()


WAITS = Form("writing", "At once", (TextInput("name", "Name"), PRESS), submit="Send", waits_for=("mary@example.org",))


async def test_a_form_that_waits_is_shown_at_once_and_drawn_anew_when_it_is_known(place: Place) -> None:
    await place.message()
    place.dispatcher.hand_out(WAITS)
    place.dispatcher.later = WRITE
    await place.mary.press("Press")
    await place.workspace.settled(lambda: place.titles == ["At once"])
    place.dispatcher.go_on.set()
    await place.done()
    assert place.titles == ["Written"]


@pytest.mark.parametrize("done", ["closed", "drawn anew", "refused"])
async def test_what_somebody_has_done_meanwhile_stands(place: Place, done: str) -> None:
    await place.message()
    place.dispatcher.hand_out(WAITS)
    place.dispatcher.later = TOLD if done == "refused" else WRITE
    await place.mary.press("Press")
    await place.workspace.settled(lambda: place.titles == ["At once"])
    if done == "closed":
        await place.mary.close_modal()
    if done == "drawn anew":
        view = place.mary.modals[-1]
        newer = Form("writing", "Newer", (PRESS,))
        await place.client.views_update(view_id=view.id, view=drawn.form(newer, None))
    place.dispatcher.go_on.set()
    await place.done()
    assert place.titles == {"closed": [], "drawn anew": ["Newer"], "refused": ["At once"]}[done]


LOOKS = Form("plan", "At once", (PRESS,), waits_for=("mary@example.org",))


async def test_a_form_in_an_ack_that_waits_is_drawn_anew_when_it_is_known(place: Place) -> None:
    await place.window(WRITE)
    place.dispatcher.hand_out(LOOKS)
    place.dispatcher.later = OTHER
    await place.mary.fill({"Name": "Grace"})
    assert await place.mary.submit() == {}
    assert place.titles == ["At once"]
    place.dispatcher.go_on.set()
    await place.done()
    assert place.titles == ["Another"]


async def test_what_is_known_at_once_is_not_drawn_over_by_the_ack(place: Place) -> None:
    await place.window(WRITE)
    place.dispatcher.hand_out(LOOKS)
    place.dispatcher.later = OTHER
    place.dispatcher.go_on.set()
    await place.mary.fill({"Name": "Grace"})
    assert await place.mary.submit() == {}
    await place.done()
    assert place.titles == ["Another"]


@pytest.mark.parametrize("then", ["closed", "refused", "typed in"])
async def test_a_form_in_an_ack_that_is_gone_or_typed_in_is_left_alone(place: Place, then: str) -> None:
    await place.window(WRITE)
    place.dispatcher.hand_out(WAITS if then == "typed in" else LOOKS)
    place.dispatcher.later = TOLD if then == "refused" else OTHER
    await place.mary.fill({"Name": "Grace"})
    assert await place.mary.submit() == {}
    if then == "closed":
        await place.mary.close_modal()
    place.dispatcher.go_on.set()
    await place.done()
    assert place.titles == ([] if then == "closed" else ["At once"])


async def test_a_notice_on_home_is_a_window_and_to_a_command_is_its_answer(place: Place) -> None:
    await place.home()
    place.dispatcher.hand_out(TOLD)
    await place.mary.press("Press", on=place.mary.home)
    await place.done()
    assert "That is done." in place.mary.text(place.mary.modals[0])
    delivery = await place.mary.command("/mentoring-admin", "queue")
    assert delivery.answer["response_type"] == "ephemeral"
    assert delivery.answer["text"] == "That is done."
    assert place.dispatcher.clicks[-1].verb == "admin_command"


async def test_typed_words_are_answered_in_the_conversation(place: Place) -> None:
    place.dispatcher.hand_out(TOLD)
    await place.mary.say("good morning")
    await place.done()
    (click,) = place.dispatcher.clicks
    assert (click.verb, click.subject) == ("hello", "good morning")
    assert place.mary.messages()[-1].text == "That is done."


async def test_a_submission_hands_over_what_was_typed(place: Place) -> None:
    await place.window(WRITE)
    place.dispatcher.hand_out(TOLD)
    await place.mary.fill({"Name": "Grace"})
    assert await place.mary.submit() == {}
    (click,) = place.dispatcher.clicks
    assert (click.verb, click.subject, dict(click.carried)) == ("writing", "s-1", {"turn": "2"})
    assert dict(click.values or {}) == {"name": "Grace"}
    assert "That is done." in place.mary.text(place.mary.modals[-1])


async def test_a_press_inside_a_form_hands_over_what_stands_in_its_fields(place: Place) -> None:
    await place.window(WRITE)
    place.dispatcher.hand_out(TOLD)
    await place.mary.fill({"Name": "Grace"})
    await place.mary.press("Press")
    await place.done()
    (click,) = place.dispatcher.clicks
    assert (click.verb, click.values, dict(click.entered)) == ("press", None, {"name": "Grace"})


async def test_after_a_submission_nothing_out_of_date_is_left(place: Place) -> None:
    """The form lies on a window that was read before: neither comes back when the answer is closed."""
    for reply in (TOLD, Nothing()):
        await place.window(READ)
        place.dispatcher.hand_out(WRITE)
        await place.mary.press("Press")
        await place.done()
        assert place.titles == ["Only read", "Written"]
        place.dispatcher.hand_out(reply)
        await place.mary.fill({"Name": "Grace"})
        await place.mary.submit()
        if place.mary.modals:
            await place.mary.close_modal()
        assert place.titles == []


async def test_errors_stand_at_their_fields_and_what_was_typed_is_kept(place: Place) -> None:
    await place.window(WRITE)
    place.dispatcher.hand_out(Errors({"name": "That is too long."}))
    await place.mary.fill({"Name": "Grace"})
    assert await place.mary.submit() == {"Name": "That is too long."}
    place.dispatcher.hand_out(OTHER)
    assert await place.mary.submit() == {}
    assert dict(place.dispatcher.clicks[0].values or {}) == {"name": "Grace"}
    assert place.titles == ["Another"], "the next step takes the form's place"


async def test_a_press_in_a_window(place: Place) -> None:
    """The same form is drawn anew in its place; another is laid on it; a notice too."""
    await place.window(WRITE)
    place.dispatcher.hand_out(Form("writing", "Drawn anew", WRITE.parts, submit="Send"))
    await place.mary.press("Press")
    await place.done()
    assert place.titles == ["Drawn anew"]
    assert dict(place.dispatcher.clicks[0].carried) == {"turn": "2"}
    place.dispatcher.hand_out(OTHER)
    await place.mary.press("Press")
    await place.done()
    assert place.titles == ["Drawn anew", "Another"]
    await place.mary.close_modal()
    place.dispatcher.hand_out(TOLD)
    await place.mary.press("Press")
    await place.done()
    assert len(place.titles) == 2
    await place.mary.close_modal()
    assert place.titles == ["Drawn anew"], "the form under the notice keeps what was typed"


async def test_a_notice_closes_what_was_only_read(place: Place) -> None:
    await place.window(READ)
    place.dispatcher.hand_out(TOLD)
    await place.mary.press("Press")
    await place.done()
    assert len(place.titles) == 2
    await place.mary.close_modal()
    assert place.titles == []


async def test_a_fourth_window_takes_the_place_of_the_third(place: Place) -> None:
    await place.window(READ)
    for verb in ("second", "third", "fourth"):
        place.dispatcher.hand_out(Form(verb, verb, (PRESS,)))
        await place.mary.press("Press")
        await place.done()
    assert place.titles == ["Only read", "second", "fourth"]


async def test_a_double_click_in_a_window_does_not_go_back(place: Place) -> None:
    await place.window(READ)
    place.dispatcher.hand_out(Form("reading", "Drawn anew", (PRESS,)))
    await place.mary.press_twice("Press")
    await place.done()
    assert place.titles == ["Drawn anew"]
    updates = [call.error for call in place.workspace.calls if call.method == "views.update"]
    assert sorted(updates) == ["", "hash_conflict"], "the later one was drawn from an older picture"


async def test_a_fault_of_our_own_is_said_politely(place: Place) -> None:
    """No 500, and the form keeps what was typed, so that it can be sent again."""
    await place.window(WRITE)
    place.dispatcher.hand_out(RuntimeError("a fault"))
    await place.mary.fill({"Name": "Grace"})
    errors = await place.mary.submit()
    assert "nothing was changed" in errors["Name"]
    place.dispatcher.hand_out(TOLD)
    assert await place.mary.submit() == {}
    await place.mary.close_modal()
    place.dispatcher.hand_out(RuntimeError("a fault"))
    assert "nothing was changed" in (await place.mary.command("/mentoring")).answer["text"]


async def test_an_event_that_failed_comes_again(place: Place) -> None:
    place.dispatcher.hand_out(RuntimeError("a fault"))
    await place.mary.open_home()
    await place.workspace.redelivered()
    assert [delivery.status for delivery in place.workspace.deliveries] == [503, 503]
    assert len({click.idempotency_key for click in place.dispatcher.clicks}) == 1


@pytest.mark.parametrize("fault", ["server_error", "rate_limited"])
async def test_somebody_slack_does_not_name_is_asked_to_try_again(place: Place, fault: str) -> None:
    place.dispatcher.hand_out(TOLD)
    place.workspace.faults.add("users.info", fault)  # type: ignore[arg-type]
    answer = (await place.mary.command("/mentoring")).answer
    assert "try again" in answer["text"]
    assert place.dispatcher.clicks == []
    asked = place.asked("users.info")
    assert "try again" in (await place.mary.command("/mentoring")).answer["text"]
    assert place.asked("users.info") == asked, "whom Slack did not name just now is not asked after again at once"
    place.real.passed += 31
    assert (await place.mary.command("/mentoring")).answer["text"] == "That is done."


async def test_over_socket_mode_what_failed_is_not_acked_and_comes_again(place: Place) -> None:
    place.workspace.request_url = None
    socket = SocketMode(place.client, place.session, place.workspace.app_token, place.app.take)
    await socket.start()
    place.dispatcher.hand_out(RuntimeError("a fault"))
    await place.mary.open_home()
    await place.workspace.redelivered()
    assert [delivery.acked for delivery in place.workspace.deliveries] == [False, False]
    place.dispatcher.hand_out(Nothing())
    await place.mary.open_home()
    assert place.workspace.deliveries[-1].acked
    await socket.stop()
