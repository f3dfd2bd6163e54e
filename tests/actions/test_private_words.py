"""What people write to each other and to the office stays where it was meant to be read."""

from sqlalchemy import Connection

from bot.actions.context import Channels
from bot.dialogs.parts import Message
from bot.handlers.slack import render as slack
from bot.schemes.together import Schemes
from bot.screens import render
from bot.storage.database import Database
from bot.storage.outbox import Letter
from tests.actions.population import add_offer, meeting, settle
from tests.support.databases import KEYS, rows
from tests.support.dispatchers import PROFILE, REQUEST, Office

WORDS = "the heron by the weir"
ENDS = (("connections", "reason"), ("connections", "reply"), ("messages", "text"))


async def test_free_text_comes_neither_into_the_outbox_nor_the_record_nor_the_channel(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        population = await add_offer(await settle(database))
        office, ids = population.office, population.ids
        office.dispatcher.channels = Channels(frozenset({"office"}), email=True)
        await office.click("UWAITING", "request", ids["request UWAITING"], {**REQUEST, "sought": WORDS})
        await office.click("UADMIN", "clarify", f"request:{ids['request UWAITING']}", {"question": WORDS})
        await office.click(
            "UWAITING", "request", ids["request UWAITING"], {**REQUEST, "sought": WORDS, "office:answer": WORDS}
        )
        await office.click("UADMIN", "turn_down", f"request:{ids['request UWAITING']}", {"reply": WORDS})
        await office.click("UADMIN", "clarify", f"member:{ids['member UREVIEWED']}", {"question": WORDS})
        await office.click("UREVIEWED", "profile", "mentor", {**PROFILE, "about": WORDS, "office:answer": WORDS})
        await office.click("UMENTEE", "write", ids["open"], {"message": WORDS})
        await office.click("UASKED", "decline", ids["open"], {"reason": WORDS})
        await office.click("UMENTEE", "schedule", ids["session"], {**meeting(population), "place": WORDS})
        await office.click("UMENTEE", "remove_connection", ids["fresh"], {"reason": WORDS})
        await office.click("UADMIN", "end_connection", ids["agreed"], {"reply": WORDS})
        await office.click("UMENTEE", "set_own_times", ids["agreed"], {"busy": "Tue 14-16"})
        for table in ("outbox", "audit", "idempotency_keys"):
            found = repr(rows(database, f"SELECT * FROM {table}"))
            assert WORDS not in found, table
            assert "14:00" not in found, table
        assert "14:00" not in repr(rows(database, "SELECT lines FROM own_times"))
        for table, column in (
            ("sessions", "place"),
            ("invitations", "reason"),
            ("requests", "answers"),
            *ENDS,
            ("messages", "text"),
            ("questions", "question"),
            ("questions", "answer"),
        ):
            assert WORDS not in repr(rows(database, f"SELECT {column} FROM {table}")), table
        shown = database.read_now(lambda db: _in_the_channel(db, office))
        assert shown, "the office hears of what waits for it"
        assert WORDS not in repr(shown)


def _in_the_channel(db: Connection, office: Office) -> list[object]:
    found: list[object] = []
    cards = db.exec_driver_sql("SELECT id, kind, about FROM outbox WHERE edits IS NULL AND channel = 'office'")
    for id_, kind, about in cards.all():
        letter = Letter(id_, office.scheme.key, id_, kind, about, None, "office", "chat", office.now, office.now)
        drawn = render.draw(db, Schemes((office.scheme,)), letter, office.now)
        if drawn is not None and isinstance(drawn.content, Message):
            found.append(slack.message(drawn.content, None))
    return found
