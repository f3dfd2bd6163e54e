"""Who may press what, in Teams: the whole table of authority, through the wing's door. Who presses is who Microsoft
says it is: another's button, copied into a press of one's own, does nothing."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final

import pytest
from sqlalchemy import update

from bot.actions.context import Click
from bot.actions.dispatcher import Dispatcher
from bot.dialogs.parts import Errors, Notice, Reply
from bot.dialogs.wording import help as words_of_help
from bot.dialogs.wording import trouble
from bot.handlers.teams import render
from bot.handlers.teams.presses import CLOSE, encoded
from bot.handlers.teams.users import PLATFORM
from bot.handlers.web import HttpServer, application
from bot.lifecycle.files import GivenFile
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme
from bot.storage.database import Database
from bot.storage.tables import people
from tests.actions.authority_cells import cells_over_http
from tests.actions.authority_kinds import LIST, NO, OFFICERS, USERS, Row
from tests.actions.authority_stage import REFUSED, Stage, outcome
from tests.actions.dry_run import DryRun
from tests.actions.everybody import add_everybody
from tests.actions.population import settle
from tests.support.databases import KEYS, rows
from tests.support.teams import TeamsPlace, TeamsUser, reading
from tests.support.teams.activities import Sender
from tests.support.teams.model import CARD, Json
from tests.support.teams_bots import PATH, TeamsBot, TeamsBots, platform_for, settings_for

SAID: Final = {Verb.COMMAND: "mentoring", Verb.ADMIN_COMMAND: "admin", Verb.HELLO: "Good morning"}
"""What is typed and not pressed."""
ELSEWHERE = "9f1a52e4-0000-4000-8000-00000000beef"
AWAY = ("elsewhere", "deactivated")
STRANGER = USERS["stranger"]


@dataclass
class Door:
    """The population, living in Teams, and the way by which they reach the bot. A stranger is somebody's guest."""

    stage: Stage
    dispatcher: Dispatcher
    place: TeamsPlace
    ids: Mapping[str, str]
    """Object ids, by the names that the population has for people."""

    @property
    def scheme(self) -> Scheme:
        """The scheme that they are in."""
        return self.stage.population.office.scheme

    async def got(self, row: Row, kind: str) -> str:
        """That kind of person presses or types it: what becomes of it, as the table says it."""
        click = self.stage.click(row, kind)
        self.dispatcher.schemes = self.stage.schemes(shut=row.shut)
        user = self.place.test_user(self.ids[click.caller.user])
        for given in (click.values or {}).values():
            if isinstance(given, GivenFile) and kind not in AWAY:  # it is sent in the chat first
                await user.send_file(user.file(given.name, given.content))
        sender = self.place.sender(user.person, user.chat)
        if kind == "elsewhere":
            return await self._turned_away(self._activity(replace(sender, tenant=ELSEWHERE), row, click))
        activity = self._activity(sender, row, click)
        return self.outcome(await (self._typed(user, activity) if row.verb in SAID else self._pressed(activity)))

    def _activity(self, sender: Sender, row: Row, click: Click) -> Json:
        """The press, or what is typed."""
        if row.verb in SAID:
            return sender.message(f"{SAID[Verb(row.verb)]} {row.about}".strip())
        fields = self._fields(click.values)
        data = {"about": click.subject, "carried": dict(click.carried), "fields": list(fields), **fields}
        kept = {key: value for key, value in data.items() if value}
        return pressing(sender, {"do": row.verb, "in": "form", **kept})

    async def become(self, state: str) -> None:
        """The tenant has everybody so from now on. Whoever comes first is looked up, and where they are written to is
        kept: that is over before anything is pressed."""
        people = self.place.state.people
        for name, known_by in self.ids.items():
            user = self.place.test_user(known_by)
            people[user.person.id] = replace(user.person, guest=name == STRANGER or state == "guest")
            if state == "deactivated":
                user.chat.members.clear()
            elif name != STRANGER:
                sender = self.place.sender(user.person, user.chat)
                await self._pressed(pressing(sender, {"do": CLOSE, "in": "form"}))

    async def _turned_away(self, activity: Json) -> str:
        """What is signed like the rest, and says that it is from another tenant: it goes no further than the door."""
        done = await self.place.deliver(activity, self.place.service.usual_token)
        return NO if done.status == 403 else f"{done.status} {done.body}"

    async def _pressed(self, activity: Json) -> Json | str:
        done = await self.place.deliver(activity)
        assert (done.status, done.body["statusCode"]) == (200, 200), activity
        assert done.body["type"] == CARD or isinstance(done.body["value"], str), activity
        answer: Json | str = done.body["value"]
        return answer

    async def _typed(self, user: TeamsUser, activity: Json) -> Json | str:
        before = len(user.chat.messages)
        done = await self.place.deliver(activity)
        assert done.status == 200, activity
        await self.place.settled(lambda: len(user.chat.messages) > before)
        card = user.card(user.chat.messages[-1])
        assert card is not None, activity
        return card

    def _fields(self, values: Mapping[str, Any] | None) -> dict[str, str]:
        """What is typed in a form, as a client sends it; a form has a field, even if nothing stands in it."""
        if values is None:
            return {}
        return dict(self._field(key, value) for key, value in (values or {"reason": ""}).items())

    def _field(self, key: str, value: Any) -> tuple[str, str]:
        match value:
            case None:
                return f"d:{key}", ""
            case int():
                return f"n:{key}", str(value)
            case GivenFile():
                return f"f:{key}", ""
            case tuple():
                return f"m:{key}", ",".join(map(encoded, value))
            case date():
                return f"d:{key}", value.isoformat()
            case time():
                return f"w:{key}", f"{value:%H:%M}"
            case _ if value in self.ids:
                return f"p:{key}", self.ids[value]
            case _:
                return f"t:{key}", value

    def outcome(self, answer: Json | str) -> str:
        """What an answer says, in the words of the table: words alone, or a card."""
        text = answer if isinstance(answer, str) else reading.text(answer, {})
        if text in (trouble.not_from_here().text, trouble.cannot_look_up().text):
            return NO
        if text == reading.text(render.notice(words_of_help.for_office_only(self.scheme), None), {}):
            return LIST
        return outcome(_reply(answer), self.scheme)


def _reply(answer: Json | str) -> Reply:
    """As much of the dispatcher's answer as can be read on the card: its head, and the line below."""
    if isinstance(answer, str):
        return Errors({"": answer})
    title = reading.title(answer)
    return Notice(reading.text({"body": answer["body"][1:2]}, {}), title=title if title == REFUSED else "")


def pressing(sender: Sender, data: Json) -> Json:
    """A button of a card, with what it carries."""
    return sender.press("1764000000000", {"type": "Action.Execute", "verb": data["do"], "data": data})


@pytest.fixture
async def door(sqlite_url: str) -> AsyncIterator[Door]:
    """Everybody in their places, in Teams, before a bot whose acts are all taken back."""
    place = TeamsPlace(rate_limits=False)
    await place.start()
    with Database(sqlite_url, KEYS) as database:
        population = await add_everybody(await settle(database))
        named = [str(user) for (user,) in rows(database, 'SELECT "user" FROM people')]
        ids = {user: place.add_person(user, guest=user == STRANGER) for user in (*named, STRANGER)}
        database.write_now(lambda db: [db.execute(_moved(user, ids[user], place.tenant)) for user in named])
    for user in ids.values():
        place.test_user(user).chat.bot_in = True
    stage = Stage(population, DryRun(sqlite_url, KEYS))
    wing = platform_for(settings_for(place, sqlite_url), place)
    web = HttpServer(application(wing.routes, _ready), "127.0.0.1", 0)
    place.bot_url = await web.start() + PATH
    await wing.connect()
    dispatcher = stage.dispatcher(officers=[ids[user] for user in OFFICERS])
    await wing.start(dispatcher)
    yield Door(stage, dispatcher, place, ids)
    await wing.stop()
    await web.stop()
    await wing.close()
    stage.dry_run.close_now()
    await place.stop()


def _moved(user: str, to: str, tenant: str) -> Any:
    return update(people).where(people.c.user == user).values(platform=PLATFORM, team=tenant, user=to)


async def _ready() -> tuple[bool, dict[str, Any]]:
    return True, {}


@pytest.mark.timeout(300)
async def test_who_may_press_what_in_teams(door: Door) -> None:
    found = await door.stage.tried(door.got, door.become, cells_over_http())
    assert not found, "\n".join(found)
    door.place.assert_no_trouble()


async def test_somebody_elses_name_in_a_press_does_not_make_it_theirs(teams_bots: TeamsBots) -> None:
    bot = await waiting(teams_bots)
    ada, mary = bot.test_user("Ada"), bot.test_user("Mary")
    before = kept(bot)
    buttons = [each for message in ada.chat.messages for each in reading.pressables(ada.card(message))]
    action = next(each.action for each in buttons if each.action["verb"] == "approve_joining")
    forged = bot.place.sender(mary.person, mary.chat).press(ada.chat.messages[-1].id, action)
    claims = action["data"] | {"from": {"do": "approve_joining"}, "user": ada.user}
    odd = (
        {"from": forged["from"] | {"id": ada.person.id}},
        {"from": forged["from"] | {"name": "Ada", "role": "admin"}},
        {"conversation": forged["conversation"] | {"id": ada.chat.id}},
        {"value": {"action": action | {"data": claims}}},
    )
    for n, otherwise in enumerate(odd):
        done = await bot.place.deliver(forged | {"id": f"f:{n}"} | otherwise)
        assert done.status in (200, 400)
    await bot.quiet()
    assert kept(bot) == before
    await ada.press("Approve Katherine as mentor")
    await bot.quiet()
    assert kept(bot) != before, "the office itself decides by it"


async def waiting(bots: TeamsBots) -> TeamsBot:
    """Katherine has asked to join as mentor, and Ada's list has her."""
    bot = await bots.start(rate_limits=False)
    katherine = bot.test_user("Katherine")
    await katherine.command("/mentoring", "join mentor")
    await katherine.expect_modal("Join as mentor")
    await katherine.fill({"membership_number": "1234"})
    assert await katherine.submit() == {}
    ada = bot.test_user("Ada")
    await ada.command("/mentoring-admin", "queue")
    await ada.expect_message("One thing waits for the office")
    await bot.quiet()
    return bot


def kept(bot: TeamsBot) -> list[list[tuple[object, ...]]]:
    """What is decided about people, in the database."""
    statements = (
        "SELECT role, state, version FROM members ORDER BY role, person",
        "SELECT count(*) FROM office_holders",
    )
    return [rows(bot.app.database, statement) for statement in statements]
