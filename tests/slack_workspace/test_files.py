"""Uploads in three steps, as Slack's SDKs for Python and Node make them."""

import aiohttp

from .conftest import World
from .shapes import section


async def test_an_upload_ends_in_the_conversation(world: World) -> None:
    answer = await world.client.files_upload_v2(
        filename="agreement.pdf",
        content="the agreement",
        title="Our agreement",
        channel=world.dm,
        initial_comment="Here it is",
    )
    (file,) = answer["files"]
    (message,) = world.test_user().messages()
    assert (message.text, message.files) == ("Here it is", (file["id"],))
    info = await world.client.files_info(file=file["id"])
    assert (info["file"]["title"], info["file"]["size"]) == ("Our agreement", 13)
    assert info["file"]["ims"] == [world.dm]


async def test_the_contents_are_for_the_token_alone(world: World) -> None:
    answer = await world.client.files_upload_v2(filename="a.txt", content="secret", channel=world.dm)
    url = answer["files"][0]["url_private"]
    async with world.session.get(url) as refused:
        assert refused.status == 404
    headers = {"Authorization": f"Bearer {world.workspace.bot_token}"}
    async with world.session.get(url, headers=headers) as given:
        assert await given.text() == "secret"


async def test_the_length_must_be_the_announced_one(world: World) -> None:
    answer = await world.client.files_getUploadURLExternal(filename="a.txt", length=10)
    async with world.session.post(answer["upload_url"], data=b"short") as refused:
        assert refused.status == 400
    done = await world.call("files.completeUploadExternal", {"files": [{"id": answer["file_id"]}]})
    assert done["error"] == "file_not_found"


async def upload(world: World, content: bytes, **announced: str) -> str:
    """The first two steps as the SDKs for Node make them: the contents come as a form."""
    given = {"filename": "plan.png", "length": str(len(content))} | announced
    asked = await world.call("files.getUploadURLExternal", given)
    form = aiohttp.FormData()
    form.add_field("filename", content, filename="plan.png", content_type="image/png")
    async with world.session.post(asked["upload_url"], data=form) as answer:
        assert answer.status == 200
    return str(asked["file_id"])


async def test_the_contents_may_come_as_a_form(world: World) -> None:
    content = bytes(range(256)) * 4
    file = await upload(world, content)
    done = await world.call("files.completeUploadExternal", {"files": [{"id": file}], "channel_id": world.dm})
    assert done["files"][0]["size"] == len(content)
    headers = {"Authorization": f"Bearer {world.workspace.bot_token}"}
    async with world.session.get(done["files"][0]["url_private"], headers=headers) as given:
        assert await given.read() == content


async def test_a_form_without_a_file_is_no_upload(world: World) -> None:
    asked = await world.call("files.getUploadURLExternal", {"filename": "a.txt", "length": 5})
    async with world.session.post(asked["upload_url"], data=aiohttp.FormData({"file": "short"})) as answer:
        assert answer.status == 400


async def test_a_file_says_what_it_shows_and_who_may_see_it(world: World) -> None:
    office = world.workspace.add_channel("office")
    town = world.workspace.add_channel("town", private=False)
    file = await upload(world, b"picture", alt_txt="A plan of the house", snippet_type="text")
    done = await world.call("files.completeUploadExternal", {"files": [{"id": file}], "channels": f"{office},{town}"})
    (shown,) = done["files"]
    assert (shown["alt_txt"], shown["filetype"], shown["mode"]) == ("A plan of the house", "text", "snippet")
    assert (shown["is_public"], shown["channels"], shown["groups"]) == (True, [town], [office])


async def test_blocks_come_with_the_files_where_there_is_no_comment(world: World) -> None:
    file, other = await upload(world, b"a"), await upload(world, b"b")
    call = {"files": [{"id": file}], "channel_id": world.dm, "blocks": [section("Here is the plan")]}
    assert (await world.call("files.completeUploadExternal", call))["ok"]
    call |= {"files": [{"id": other, "title": "Plan"}], "initial_comment": "Look"}
    assert (await world.call("files.completeUploadExternal", call))["ok"]
    first, second = world.test_user().messages()
    assert (world.test_user().text(first), second.text, second.blocks) == ("Here is the plan", "Look", ())
    call |= {"files": [{"id": await upload(world, b"c")}], "blocks": [{"type": "poster"}]}
    assert (await world.call("files.completeUploadExternal", call))["error"] == "invalid_blocks"
