"""Direct messages of the app with several people: https://docs.slack.dev/reference/methods/conversations.open"""

from .conftest import World


async def test_several_people_have_one_conversation_whatever_their_order(world: World) -> None:
    first = await world.call("conversations.open", {"users": f"{world.katherine},{world.mary}"})
    again = await world.call("conversations.open", {"users": f"{world.mary},{world.katherine}", "return_im": True})
    room = again["channel"]
    assert first["channel"]["id"] == room["id"]
    assert (room["is_mpim"], room["is_member"]) == (True, True)
    said = await world.call("chat.postMessage", {"channel": room["id"], "text": "You two should meet."})
    assert said["ok"]
    for user in (world.katherine, world.mary):
        seen = world.workspace.test_user(user).messages(room["id"])
        assert [each.text for each in seen] == ["You two should meet."]


async def test_it_takes_a_scope_of_its_own(world: World) -> None:
    core = world.workspace._core
    core.scopes = core.scopes - {"mpim:write"}
    refused = await world.call("conversations.open", {"users": f"{world.katherine},{world.mary}"})
    assert (refused["error"], refused["needed"]) == ("missing_scope", "mpim:write")
    assert (await world.call("conversations.open", {"users": world.katherine}))["ok"]
