"""The list of mentors before it is sent: what its mentee has made of it is there when it is opened again."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogs.parts import Form
from bot.storage import drafts
from bot.storage.database import Database
from tests.actions.test_routes import office
from tests.support.databases import rows
from tests.support.dispatchers import Office

MENTORS = ("UBEA", "UCYD", "UDAN", "UEVE")


async def listed(made: Office, verb: str, subject: str, carried: Mapping[str, str] | None = None) -> Form:
    """The window that comes of a press."""
    reply = await made.click("UADA", verb, subject, carried=carried)
    assert isinstance(reply, Form), reply
    return reply


async def test_what_was_moved_and_left_out_is_there_again_until_the_request_changes(database: Database) -> None:
    made = await office(database, MENTORS, steps=("choose", "ask"))
    request = (await made.request("UADA")).id
    first = await listed(made, "open_find", request)
    one, two, three = first.carried["order"].split(",")
    assert rows(database, "SELECT * FROM drafts") == [], "looking leaves nothing: tomorrow there may be a better mentor"
    moved = await listed(made, "move_up", f"{request}:{three}", first.carried)
    left = await listed(made, "skip", f"{request}:{one}", moved.carried)
    (four,) = set(left.carried["order"].split(",")) - {two, three}
    again = await listed(made, "open_find", request)
    assert again.carried == left.carried == {"order": f"{three},{two},{four}", "skipped": one}

    anew = await listed(made, "open_find", request, again.carried)
    assert anew.carried == first.carried, "pressed inside the list, it brings everybody back"
    assert (await listed(made, "open_find", request)).carried == first.carried

    await listed(made, "skip", f"{request}:{one}", first.carried)
    held = await made.request("UADA")
    assert database.read_now(lambda db: drafts.of(db, held))[1] == [one]
    assert database.read_now(lambda db: drafts.of(db, replace(held, revision=2))) == ([], [])


async def test_whoever_has_left_everybody_out_can_begin_again(database: Database) -> None:
    made = await office(database, MENTORS[:1], steps=("choose", "ask"))
    request = (await made.request("UADA")).id
    first = await listed(made, "open_find", request)
    nobody = await listed(made, "skip", f"{request}:{first.carried['order']}", first.carried)
    assert nobody.submit is None
    assert (await listed(made, "open_find", request)).submit is None
    assert (await listed(made, "open_find", request, nobody.carried)).carried == first.carried
