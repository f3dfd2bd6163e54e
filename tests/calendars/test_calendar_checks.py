"""What `mentorbot check` says of calendars in Microsoft 365, mailbox by mailbox."""

from pathlib import Path

from pydantic import SecretStr

import bot.schemes
from bot.calendars.graph import Graph
from bot.calendars.graph_access import ALLOW, RENEW
from bot.checkup import organisers
from bot.handlers.calendar.checks import look
from bot.settings import Settings
from bot.storage.database import Database
from tests.calendars.conftest import AT, MENTOR, application
from tests.calendars.graph_stand_in import Fault, GraphStandIn
from tests.calendars.tokens import NoToken
from tests.support.databases import KEYS
from tests.support.dispatchers import Office

MAILBOXES = [MENTOR, "eva@example.org", "left@example.org", "unknown@example.org"]


async def said(graph: Graph, mailboxes: list[str] = MAILBOXES) -> list[str]:
    """The findings, as they are printed."""
    return [f"{'ok' if found.well else 'WRONG'} {found.says}" async for found in look(graph, mailboxes, AT)]


async def test_all_is_well(graph: Graph, stand_in: GraphStandIn) -> None:
    many = [f"mentor-{number}@example.org" for number in range(25)]
    assert await said(graph, many) == ["ok 25 of 25 calendars in Microsoft 365 let the bot in."]
    assert not any(each.startswith(("PATCH", "DELETE")) for each in stand_in.seen)
    assert stand_in.events == {}


async def test_each_mailbox_that_is_wrong_is_named_with_its_mend(graph: Graph, stand_in: GraphStandIn) -> None:
    stand_in.forbidden, stand_in.missing = {"eva@example.org"}, {"left@example.org"}
    stand_in.unresolved = {"unknown@example.org"}
    assert await said(graph) == [
        f"WRONG The calendar of eva@example.org does not let the bot in (403 ErrorAccessDenied): {ALLOW}.",
        "WRONG There is no calendar of left@example.org (404 ErrorInvalidUser): the address must be that of a mailbox "
        "of your organisation.",
        "WRONG When unknown@example.org is busy cannot be known (5009): look at its sharing in Outlook.",
        "ok 1 of 4 calendars in Microsoft 365 let the bot in.",
    ]


async def test_what_is_wrong_with_all_is_said_once(stand_in: GraphStandIn) -> None:
    graph = Graph(application(stand_in.url), NoToken())
    assert await said(graph) == [
        f"WRONG Microsoft 365 is not reached (no token for the application): {RENEW}.",
    ]
    await graph.close()


async def test_what_is_only_for_now_says_so(graph: Graph, stand_in: GraphStandIn) -> None:
    stand_in.faults.append(Fault(503, "ServiceUnavailable"))
    assert await said(graph, [MENTOR]) == [
        "WRONG Microsoft 365 is not reached (503 ServiceUnavailable): try again later."
    ]


async def test_the_calendars_are_those_of_mentors_who_take_part(sqlite_url: str, tmp_path: Path) -> None:
    with Database(sqlite_url, KEYS) as database:
        office = Office(database)
        await office.meet("UADMIN")
        await office.mentor("UBEA")
        await office.meet("UADA")
        keys = tuple(SecretStr(each) for each in KEYS)
        settings = Settings(bot_token=SecretStr("xoxb-1"), keys=keys, database_url=SecretStr(sqlite_url))
        assert organisers(settings) == ["ubea@example.org"]
    nothing = settings.model_copy(update={"database_url": SecretStr(f"sqlite:///{tmp_path / 'none.db'}")})
    assert organisers(nothing) == []
    assert organisers(settings.model_copy(update={"schemes": ("nowhere.toml",)})) == []
    written = (Path(bot.schemes.__file__).parent / "british_cardiovascular_society.toml").read_text("utf-8")
    own = tmp_path / "own.toml"
    own.write_text(written.replace("[calendar]\n", '[calendar]\norganiser = "mentoring@example.org"\n'), "utf-8")
    assert organisers(settings.model_copy(update={"schemes": (str(own),)})) == ["mentoring@example.org"], "the scheme's"
