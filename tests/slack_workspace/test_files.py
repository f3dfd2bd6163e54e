"""Uploads in three steps, as slack_sdk's files_upload_v2 makes them."""

from .conftest import World


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
