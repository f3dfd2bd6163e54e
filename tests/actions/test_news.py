"""What people hear is what is so: no card drawn from the past, nobody's letters taken by another scheme's bot."""

from datetime import UTC, datetime, timedelta

from bot.actions.dead_letters import give_up
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Letter
from tests.actions.population import settle
from tests.support.databases import KEYS, rows
from tests.support.dispatchers import MONDAY, Office

REAL = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)
SCHEME = "british_cardiovascular_society"


def _letter(key: str, person: str, scheme: str = SCHEME, slot: str | None = None, by: outbox.By = "chat") -> Letter:
    return Letter(
        id=f"l-{key}", scheme=scheme, key=key, kind="invitation", about="thing", person=person, channel=None, by=by,
        made_at=MONDAY, not_before=MONDAY, slot=slot,
    )  # fmt: skip


def _claim(database: Database, *schemes: str) -> list[str]:
    claimed = database.write_now(
        lambda db: outbox.claim(db, MONDAY, "me", LEASE, real_now=REAL, schemes=schemes or (SCHEME,))
    )
    return [each.key for each in claimed]


async def test_a_card_is_not_drawn_while_what_it_shows_is_changing(postgresql_url: str) -> None:
    with Database(postgresql_url, KEYS) as database:
        mary = await Office(database).meet("UMARY")
        database.write_now(lambda db: outbox.put(db, [_letter("card", mary)]))
        with database.engines[0].begin() as changing:
            assert outbox.cards(changing, SCHEME, {"thing"}, (), MONDAY) == (), "it waits, so it will show the change"
            assert _claim(database) == [], "drawn now it would show how things were"
        assert _claim(database) == ["card"]


async def test_a_home_that_waits_is_not_drawn_while_it_is_changing(postgresql_url: str) -> None:
    with Database(postgresql_url, KEYS) as database:
        mary = await Office(database).meet("UMARY")
        database.write_now(lambda db: outbox.put(db, [_letter("home 1", mary, slot="home")]))
        with database.engines[0].begin() as changing:
            outbox.put(changing, [_letter("home 2", mary, slot="home")])  # left out: one waits
            assert _claim(database) == []
        assert _claim(database) == ["home 1"]


async def test_a_card_that_may_have_arrived_is_edited(database: Database) -> None:
    mary = await Office(database).meet("UMARY")
    database.write_now(lambda db: outbox.put(db, [_letter("card", mary)]))
    assert _claim(database) == ["card"]
    database.write_now(lambda db: outbox.failed(db, "l-card", MONDAY, doubtful=True))
    found = database.write_now(lambda db: outbox.cards(db, SCHEME, {"thing"}, (), MONDAY))
    assert [each.key for each in found] == ["card"], "found again, it shows how things were when it went out first"


async def test_a_bot_leaves_another_schemes_letters_alone(database: Database) -> None:
    mary = await Office(database).meet("UMARY")
    theirs, ours = _letter("theirs", mary, "another"), _letter("ours", mary)
    database.write_now(lambda db: outbox.put(db, [theirs, ours]))
    assert _claim(database) == ["ours"], "and does not wait behind them either"
    assert _claim(database) == []
    assert _claim(database, "another") == ["theirs"]


async def test_a_copy_by_e_mail_that_cannot_go_is_no_news_to_the_office(database: Database) -> None:
    population = await settle(database)
    copy = _letter("copy", population.ids["UOTHER"], by="email")
    database.write_now(lambda db: outbox.put(db, [copy]))
    await population.office.dispatcher.by_clock(population.office.scheme.key, lambda context: give_up(context, copy))
    assert rows(database, "SELECT count(*) FROM outbox WHERE kind = 'unreached'") == [(0,)]


async def test_the_office_hears_once_a_day_of_somebody_who_cannot_be_reached(database: Database) -> None:
    population = await settle(database)
    office = population.office
    theirs = [_letter(key, population.ids["UOTHER"]) for key in ("one", "two", "three")]
    database.write_now(lambda db: outbox.put(db, theirs))

    async def give_up_on(letter: Letter) -> None:
        await office.dispatcher.by_clock(office.scheme.key, lambda context: give_up(context, letter))

    told = "SELECT DISTINCT key FROM outbox WHERE kind = 'unreached'"
    for letter in theirs[:2]:
        await give_up_on(letter)
    once = rows(database, told)
    recipients = rows(database, "SELECT person FROM outbox WHERE kind = 'unreached'")
    assert len(recipients) == len(set(recipients)) > 0, "two letters, one piece of news for each of the office"
    office.now += timedelta(days=1)
    await give_up_on(theirs[2])
    assert len(rows(database, told)) == 2 * len(once)
