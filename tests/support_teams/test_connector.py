"""What the connector's API takes, keeps and refuses."""

from typing import Any

import aiohttp
import pytest

from tests.support.teams import TeamsPlace, TeamsUser
from tests.support.teams.card_rules import LARGEST, SCHEMA
from tests.support.teams.faults import REFUSED, Faults, Kind
from tests.support.teams.limits import Limits
from tests.support_teams.conftest import ScriptedBot, card, line, message

needs_schema = pytest.mark.skipif(not SCHEMA.is_file(), reason="the schema of cards is not at hand")


async def test_a_message_is_posted_edited_and_deleted(bot: ScriptedBot, ada: TeamsUser) -> None:
    chat = ada.chat.id
    posted = await bot.post(chat, card(line("One")), "One")
    assert [m.text for m in ada.messages()] == ["One"]
    status, body, _ = await bot.call(
        "PUT", f"conversations/{chat}/activities/{posted}", message(card(line("Two")), "Two")
    )
    assert (status, body) == (200, {"id": posted})
    said = ada.messages()[0]
    assert (said.text, said.edits, ada.text(said)) == ("Two", 1, "Two")
    assert (await bot.call("DELETE", f"conversations/{chat}/activities/{posted}"))[0] == 200
    assert ada.messages() == []
    calls = [(call.method, call.conversation, call.status) for call in bot.place.state.calls]
    assert calls == [("POST", chat, 201), ("PUT", chat, 200), ("DELETE", chat, 200)]


async def test_a_chat_is_opened_with_whoever_has_installed_the_app_alone(place: TeamsPlace, bot: ScriptedBot) -> None:
    ada = place.add_person("Ada Lovelace")
    wanted = {"members": [{"id": ada}], "tenantId": place.tenant, "bot": {"id": f"28:{place.app_id}"}}
    status, body, _ = await bot.call("POST", "conversations", wanted)
    assert (status, body["error"]["code"]) == (403, "ForbiddenOperationException")
    await place.install(ada)
    person = place.state.person(ada)
    for known_by in (ada, person.id):
        status, body, _ = await bot.call("POST", "conversations", wanted | {"members": [{"id": known_by}]})
        assert (status, body) == (201, {"id": place.test_user(ada).chat.id})
    assert (await bot.call("POST", "conversations", wanted | {"tenantId": "another"}))[0] == 403
    assert (await bot.call("POST", "conversations", wanted | {"members": [{"id": "29:nobody"}]}))[0] == 404


async def test_a_chat_from_which_the_app_was_taken_takes_nothing(place: TeamsPlace, bot: ScriptedBot) -> None:
    ada = place.add_person("Ada Lovelace")
    await place.install(ada)
    chat = place.test_user(ada).chat.id
    await place.uninstall(ada)
    status, body, _ = await bot.call("POST", f"conversations/{chat}/activities", message(card(line("Hello"))))
    assert (status, body["error"]["code"]) == (403, "BotNotInConversationRoster")


def _card(**more: Any) -> dict[str, Any]:
    return message(card(line("Hello"), **more))


MALFORMED: tuple[tuple[Any, int, str], ...] = (
    ({"type": "message"}, 400, "BadSyntax"),
    ({"type": "message", "text": "  "}, 400, "BadSyntax"),
    ({"type": "message", "attachments": "none"}, 400, "BadSyntax"),
    ({"type": "message", "attachments": [{"contentType": "text/x-strange"}]}, 400, "BadSyntax"),
    ({"type": "event", "text": "Hello"}, 400, "BadSyntax"),
    ({"text": "Hello"}, 400, "BadSyntax"),
    (message({"type": "AdaptiveCard", "body": []}), 400, "BadSyntax"),
    (_card(version="1.6"), 400, "BadSyntax"),
    (_card(version="new"), 400, "BadSyntax"),
    (message({"type": "Card", "version": "1.5"}), 400, "BadSyntax"),
    (message(card(*({"type": "Input.Text", "id": "t:a"} for _ in range(2)))), 400, "BadSyntax"),
    (message(card(line("é" * (LARGEST // 2)))), 413, "MessageSizeTooBig"),
    ([], 400, "BadSyntax"),
)


@pytest.mark.parametrize(("activity", "status", "code"), MALFORMED)
async def test_what_teams_would_refuse_is_refused(
    bot: ScriptedBot, ada: TeamsUser, activity: Any, status: int, code: str
) -> None:
    answered, body, _ = await bot.call("POST", f"conversations/{ada.chat.id}/activities", activity)
    assert (answered, body["error"]["code"]) == (status, code)
    assert ada.messages() == []


UNKNOWN = (
    {"type": "Input.Sum", "id": "x"},
    {"type": "TextBlock", "text": "Hello", "loud": True},
    {"type": "ActionSet", "actions": [{"type": "Action.Execute", "title": 5}]},
    {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Hello", "color": "pink"}]},
    {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": "There is no address"}]},
)


@needs_schema
@pytest.mark.parametrize("element", UNKNOWN)
async def test_a_card_that_the_schema_does_not_know_is_refused(
    bot: ScriptedBot, ada: TeamsUser, element: dict[str, Any]
) -> None:
    status, body, _ = await bot.call("POST", f"conversations/{ada.chat.id}/activities", message(card(element)))
    assert (status, body["error"]["code"]) == (400, "BadSyntax")
    assert "schema" in body["error"]["message"]


async def test_what_teams_alone_knows_is_no_mistake(bot: ScriptedBot, ada: TeamsUser) -> None:
    people = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    chooser = {"type": "Input.ChoiceSet", "id": "p:whom", "label": "Whom?", "choices": [], "choices.data": people}
    await bot.post(ada.chat.id, card(chooser, msteams={"width": "Full"}))
    assert len(ada.messages()) == 1


async def test_unknown_conversations_messages_and_ways_are_not_found(bot: ScriptedBot, ada: TeamsUser) -> None:
    chat = ada.chat.id
    said = message(card(line("Hello")))
    for method, path, code in (
        ("POST", "conversations/a:1none/activities", "ConversationNotFound"),
        ("PUT", f"conversations/{chat}/activities/17", "ActivityNotFoundInConversation"),
        ("DELETE", f"conversations/{chat}/activities/17", "ActivityNotFoundInConversation"),
        ("GET", f"conversations/{chat}/members/29:nobody", "MemberNotFoundInConversation"),
        ("GET", f"conversations/{chat}/history", "NotFound"),
    ):
        status, body, _ = await bot.call(method, path, said if method in ("POST", "PUT") else None)
        assert (status, body["error"]["code"]) == (404, code)


async def test_a_persons_own_message_is_not_the_bots_to_change(bot: ScriptedBot, ada: TeamsUser) -> None:
    await ada.say("Hello")
    said = ada.messages()[0]
    path = f"conversations/{ada.chat.id}/activities/{said.id}"
    assert (await bot.call("PUT", path, message(card(line("Bye")))))[0] == 403


@pytest.mark.parametrize("bearer", ["", "Bearer nothing", "Basic abc"])
async def test_a_call_without_the_bots_token_is_turned_away(bot: ScriptedBot, ada: TeamsUser, bearer: str) -> None:
    path = f"conversations/{ada.chat.id}/activities"
    status, body, _ = await bot.call("POST", path, message(card(line("Hello"))), Authorization=bearer)
    assert (status, body["error"]["code"]) == (401, "Unauthorized")
    assert ada.messages() == []


async def test_the_roster_tells_who_somebody_is(place: TeamsPlace, bot: ScriptedBot, ada: TeamsUser) -> None:
    person = ada.person
    for known_by in (person.id, person.object_id):
        status, body, _ = await bot.call("GET", f"conversations/{ada.chat.id}/members/{known_by}")
        assert status == 200
        assert (body["id"], body["aadObjectId"], body["name"]) == (person.id, person.object_id, "Ada Lovelace")
        assert (body["email"], body["tenantId"], body["userRole"]) == (person.email, place.tenant, "user")
    guest = place.state.person(place.add_person("Guest", guest=True))
    assert guest.entry(place.tenant)["userRole"] == "guest"


async def test_a_long_roster_comes_in_pages(place: TeamsPlace, bot: ScriptedBot) -> None:
    people = [place.add_person(f"Member {n}") for n in range(5)]
    channel = place.add_channel("everybody", people)
    seen, more = list[str](), ""
    while True:
        _, page, _ = await bot.call("GET", f"conversations/{channel}/pagedMembers?pageSize=2{more}")
        assert len(page["members"]) <= 2
        seen += [each["aadObjectId"] for each in page["members"]]
        if "continuationToken" not in page:
            break
        more = f"&continuationToken={page['continuationToken']}"
    assert seen == people
    assert (await bot.call("GET", f"conversations/{channel}/pagedMembers?pageSize=many"))[0] == 400


async def test_a_post_in_a_channel_begins_a_thread(place: TeamsPlace, bot: ScriptedBot, ada: TeamsUser) -> None:
    channel = place.add_channel("mentoring-office", [ada.user])
    begun = {"isGroup": True, "channelData": {"channel": {"id": channel}}, "activity": message(card(line("Hi")), "Hi")}
    status, body, _ = await bot.call("POST", "conversations", begun)
    assert (status, body["id"]) == (201, f"{channel};messageid={body['activityId']}")
    path = f"conversations/{body['id']}/activities/{body['activityId']}"
    assert (await bot.call("PUT", path, message(card(line("Bye")), "Bye")))[0] == 200
    assert [m.text for m in ada.messages("mentoring-office")] == ["Bye"]


def test_a_conversation_takes_so_many_messages_and_no_more() -> None:
    now = 100.0
    limits = Limits(clock=lambda: now)
    assert [limits.wait("a:1") for _ in range(8)] == [0] * 7 + [1]
    assert limits.wait("a:2") == 0, "others are not touched"
    now = 101.5
    assert [limits.wait("a:1") for _ in range(2)] == [0, 1], "eight in two seconds"
    sent = 8
    while limits.wait("a:1") <= 2:
        now += 0.5
        sent += limits.wait("a:1") == 0
    assert sent <= 60
    off = Limits(enabled=False)
    assert [off.wait("a:1") for _ in range(100)] == [0] * 100


async def test_too_many_messages_are_told_when_to_come_again(bot: ScriptedBot, ada: TeamsUser) -> None:
    bot.place.service.limits.enabled = True
    for _ in range(7):
        await bot.post(ada.chat.id, card(line("Hello")))
    path = f"conversations/{ada.chat.id}/activities"
    status, body, headers = await bot.call("POST", path, message(card(line("Hello"))))
    assert (status, body["error"]["code"], headers["Retry-After"]) == (429, "TooManyRequests", "1")


@pytest.mark.parametrize("kind", sorted(REFUSED))
async def test_faults_happen_so_often_and_do_nothing(bot: ScriptedBot, ada: TeamsUser, kind: Kind) -> None:
    path, said = f"conversations/{ada.chat.id}/activities", message(card(line("Hello")))
    bot.place.service.faults.add(kind, times=2, method="POST", seconds=3)
    for _ in range(2):
        status, body, headers = await bot.call("POST", path, said)
        assert (status, body["error"]["code"]) == REFUSED[kind]
        assert headers.get("Retry-After") == ("3" if kind == "rate_limited" else None)
    assert ada.messages() == []
    assert (await bot.call("POST", path, said))[0] == 201


async def test_an_answer_can_be_lost_before_or_after_it_is_done(bot: ScriptedBot, ada: TeamsUser) -> None:
    path, said = f"conversations/{ada.chat.id}/activities", message(card(line("Hello")))
    kinds: tuple[tuple[Kind, int], ...] = (("lost_before", 0), ("lost_after", 1))
    for kind, there in kinds:
        bot.place.service.faults.add(kind)
        with pytest.raises(aiohttp.ClientError):
            await bot.call("POST", path, said)
        assert len(ada.messages()) == there


async def test_a_fault_may_be_for_one_conversation_alone(bot: ScriptedBot, ada: TeamsUser) -> None:
    bot.place.service.faults.add("writes_blocked", conversation="a:1another")
    bot.place.service.faults.add("slow", seconds=0.0)
    await bot.post(ada.chat.id, card(line("Hello")))
    assert [fault.kind for fault in bot.place.service.faults.waiting] == ["writes_blocked"]


def test_a_senseless_fault_is_refused() -> None:
    for kind, times in (("earthquake", 1), ("slow", 0)):
        with pytest.raises(ValueError, match="fault"):
            Faults().add(kind, times)  # type: ignore[arg-type]
