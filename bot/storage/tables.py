"""The tables. Every table of a scheme carries the scheme, and so does every unique index of one.

Conditions of partial indexes are written with literals: SQLite uses such an index only for a query that says the
same words, so the queries take the conditions (`IS_OPEN`, `GOES_ON`, `PENDING`) from here.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Time,
    UniqueConstraint,
    and_,
    literal_column,
)

from bot.lifecycle.request import OPEN
from bot.lifecycle.rounds import GOES_ON as ROUND_STATES
from bot.storage.types import Consents, Days, KeptRoute, Moments, Private, PrivateBytes, PrivateJson, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _word(word: str) -> ColumnElement[str]:
    """A fixed word of ours as SQL text, never a parameter."""
    return literal_column(f"'{word}'", Text())


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def _number(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=optional)


def _moment(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, UtcTime, nullable=optional)


def _json(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, JSON(none_as_null=True), nullable=optional)


def _of(name: str, target: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, ForeignKey(target), nullable=optional)


def _partial(name: str, *columns: Column[Any], where: ColumnElement[bool], unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


people = Table(
    "people",
    metadata,
    _id(),
    _text("platform"),
    _text("team"),
    _text("user"),
    _text("name"),
    _text("email", optional=True),
    _text("zone"),
    Column("works_from", Time, nullable=False),
    Column("works_to", Time, nullable=False),
    _json("works_days"),
    _json("quieted"),
    Column("active", Boolean, nullable=False),
    _text("address"),
    Column("guest", Boolean, nullable=False),
    _text("picture"),
    Column("separate", Boolean, nullable=False),
    _text("gone"),
    _moment("gone_at", optional=True),
    _moment("seen_at"),
    # When the platform was last asked whether they are still there.
    _moment("looked_at", optional=True),
    # The e-mail address without its case, by which one person is found in two places.
    _text("mailbox", optional=True),
    # What an office finds them by: name and e-mail address as `lifecycle/searching` folds them.
    _text("search"),
    UniqueConstraint("platform", "team", "user"),
    Index(None, "mailbox"),
)

# Where a person is known besides the place that their own row names, in which they are written to.
identities = Table(
    "identities",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    _of("person", "people.id"),
    _text("address"),
    Index(None, "person"),
)

members = Table(
    "members",
    metadata,
    _id(),
    _text("scheme"),
    _of("person", "people.id"),
    _text("role"),
    _text("state"),
    _moment("asked_at"),
    Column("joining", PrivateJson("members.joining"), nullable=False),
    _json("preferences", optional=True),
    _json("profile", optional=True),
    Column("question", Private("members.question")),
    Column("reply", Private("members.reply")),
    Column("trainings", Days, nullable=False),
    Column("consents", Consents, nullable=False),
    _number("own_limit", optional=True),
    _moment("paused_until", optional=True),
    _moment("rests_until", optional=True),
    _number("silences"),
    _moment("approved_at", optional=True),
    _moment("confirmed_at", optional=True),
    _moment("waiting_since", optional=True),
    _moment("place_wanted_since", optional=True),
    _moment("place_held_until", optional=True),
    _number("revision"),
    _text("known_for", optional=True),
    _number("version"),
    UniqueConstraint("scheme", "person", "role"),
    Index(None, "scheme", "role", "state", "person"),
    Index(None, "scheme", "waiting_since"),
)

office_holders = Table(
    "office_holders",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("office", Text, primary_key=True),
    _moment("since"),
    _text("source"),
)

requests = Table(
    "requests",
    metadata,
    _id(),
    _text("scheme"),
    _of("mentee", "people.id"),
    _text("state"),
    Column("answers", PrivateJson("requests.answers"), nullable=False),
    _moment("made_at"),
    Column("question", Private("requests.question")),
    Column("reply", Private("requests.reply")),
    _moment("approved_at", optional=True),
    _moment("waiting_since", optional=True),
    _number("revision"),
    Column("route", KeptRoute),
    _number("version"),
    Index(None, "scheme", "waiting_since"),
    Index(None, "scheme", "mentee"),
)
GOES_ON = requests.c.state.in_([_word(state) for state in sorted(OPEN)])
_partial("uq_requests_one_open", requests.c.scheme, requests.c.mentee, where=GOES_ON, unique=True)

invitations = Table(
    "invitations",
    metadata,
    _id(),
    _text("scheme"),
    _of("request", "requests.id"),
    _of("mentor", "people.id"),
    _number("position"),
    _text("state"),
    _moment("asked_at", optional=True),
    _moment("due_at", optional=True),
    _moment("answered_at", optional=True),
    Column("reason", Private("invitations.reason")),
    _text("asker"),
    _number("seat", optional=True),
    _moment("talk_offered_at", optional=True),
    _moment("undo_until", optional=True),
    UniqueConstraint("scheme", "request", "mentor"),
    Index(None, "scheme", "mentor", "state"),
)
IS_OPEN = invitations.c.state == _word("open")
IS_ACCEPTED = invitations.c.state == _word("accepted")
# Who is asked by the mentee or the office has a seat, of which there are as many as are asked at the same time.
_partial(
    "uq_invitations_seat", invitations.c.scheme, invitations.c.request, invitations.c.seat, where=IS_OPEN, unique=True
)
_partial("uq_invitations_one_accepted", invitations.c.scheme, invitations.c.request, where=IS_ACCEPTED, unique=True)

messages = Table(
    "messages",
    metadata,
    _id(),
    _text("scheme"),
    _of("invitation", "invitations.id"),
    _of("author", "people.id"),
    _moment("at"),
    Column("text", Private("messages.text"), nullable=False),
    Index(None, "scheme", "invitation", "at"),
)

pairs = Table(
    "connections",
    metadata,
    _id(),
    _text("scheme"),
    _of("request", "requests.id", optional=True),
    _of("invitation", "invitations.id", optional=True),
    _of("mentee", "people.id"),
    _of("mentor", "people.id"),
    _text("origin"),
    _text("state"),
    _json("terms"),
    _moment("began_at"),
    _moment("ends_at", optional=True),
    _of("more_time_by", "people.id", optional=True),
    _moment("extended_at", optional=True),
    _moment("rests_until", optional=True),
    Column("consents", Consents, nullable=False),
    _moment("ended_at", optional=True),
    _of("ended_by", "people.id", optional=True),
    _text("end", optional=True),
    Column("reason", Private("connections.reason")),
    Column("reply", Private("connections.reply")),
    _moment("another_asked_at", optional=True),
    Column("another_reason", Private("connections.another_reason")),
    Column("another_reply", Private("connections.another_reply")),
    # What follows from the sessions and what was promised (`lifecycle/attention`), so that it can be looked for.
    _moment("quiet_since", optional=True),
    _moment("behind_from", optional=True),
    _number("version"),
    UniqueConstraint("scheme", "request"),
    UniqueConstraint("scheme", "invitation"),
    Index(None, "scheme", "mentor", "state"),
    Index(None, "scheme", "mentee", "state"),
    Index(None, "scheme", "another_asked_at"),
)
IS_ACTIVE = pairs.c.state == _word("active")

sessions = Table(
    "sessions",
    metadata,
    _id(),
    _text("scheme"),
    Column("connection", Text, ForeignKey("connections.id"), key="pair", nullable=False),
    _number("number"),
    _text("state"),
    _moment("starts_at", optional=True),
    _number("minutes"),
    _text("mode"),
    Column("place", Private("sessions.place"), nullable=False),
    _number("revision"),
    _of("set_by", "people.id", optional=True),
    _moment("was_at", optional=True),
    Column("note", Private("sessions.note")),
    _moment("confirmed_at", optional=True),
    _of("marked_by", "people.id", optional=True),
    _moment("marked_at", optional=True),
    Column("because", Private("sessions.because")),
    _moment("missed_at", optional=True),
    _text("placing"),
    _text("mailbox", optional=True),
    _text("event", optional=True),
    _moment("event_at", optional=True),
    _number("event_number"),
    Column("join_url", Private("sessions.join_url")),
    _moment("taken_at", optional=True),
    Column("offers", Moments, nullable=False),
    _of("last_by", "people.id", optional=True),
    UniqueConstraint("scheme", "pair", "number"),
    Index(None, "mailbox", "event"),
)

# Only what the office has set in chat; where there is no row, the scheme's file holds.
intakes = Table(
    "intakes",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("open", Boolean, nullable=False),
    _number("places", optional=True),
    _json("criteria"),
    _json("meets"),
    _of("set_by", "people.id"),
    _moment("set_at"),
    _number("version"),
)

# A person's own, whichever schemes they belong to. Of the address itself only a digest is kept.
calendar_addresses = Table(
    "calendar_addresses",
    metadata,
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    _text("token_hash"),
    _moment("made_at"),
    UniqueConstraint("token_hash"),
)

# Likewise: when they are busy or free, as they say themselves. Nobody else reads it.
own_times = Table(
    "own_times",
    metadata,
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("lines", PrivateJson("own_times.lines"), nullable=False),
    _number("version"),
)

# One row a mailbox, whichever schemes' sessions stand in it. Moments are real ones, but for `covered_until`.
calendar_watches = Table(
    "calendar_watches",
    metadata,
    Column("mailbox", Text, primary_key=True),
    Column("token", Private("calendar_watches.token")),
    _moment("began_at", optional=True),
    _moment("covered_until", optional=True),
    _moment("due_at"),
    _moment("claimed_until", optional=True),
    _text("claimed_by", optional=True),
    _number("failures"),
    _text("subscription", optional=True),
    _text("secret_hash", optional=True),
    _moment("renew_at", optional=True),
    _text("reported_to", optional=True),
    UniqueConstraint("subscription"),
)

# Only ever added to: what was accepted stays as it read then. What rules read is in the row of the thing itself.
consents = Table(
    "consents",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("document", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    _text("text"),
    _moment("at"),
)

questions = Table(
    "questions",
    metadata,
    _id(),
    _text("scheme"),
    _text("about"),
    _of("asker", "people.id"),
    Column("question", Private("questions.question"), nullable=False),
    _moment("asked_at"),
    Column("answer", Private("questions.answer")),
    _moment("answered_at", optional=True),
    Index(None, "scheme", "about"),
)

# Whom a concern is about, and which offices have it, would give away what it is: they are private as its text is.
concerns = Table(
    "concerns",
    metadata,
    _id(),
    _text("scheme"),
    _of("reporter", "people.id"),
    Column("about", Private("concerns.about")),
    Column("text", Private("concerns.text"), nullable=False),
    Column("reach", Private("concerns.reach")),
    _moment("raised_at"),
    _moment("contact_by"),
    _text("state"),
    Column("offices", PrivateJson("concerns.offices"), nullable=False),
    _moment("contact_at", optional=True),
    _of("contact_from", "people.id", optional=True),
    _moment("closed_at", optional=True),
    _of("closed_by", "people.id", optional=True),
    _number("moves"),
    _number("version"),
    Index(None, "scheme", "state"),
    Index(None, "reporter"),
)

# What has happened to a concern; only ever added to.
concern_entries = Table(
    "concern_entries",
    metadata,
    _id(),
    _text("scheme"),
    _of("concern", "concerns.id"),
    _moment("at"),
    _text("what"),
    _of("person", "people.id", optional=True),
    Column("said", PrivateJson("concern_entries.said"), nullable=False),
    Index(None, "concern", "at"),
)

# `about` comes first: all that there is about a pair and its sessions is read at once.
sheets = Table(
    "sheets",
    metadata,
    _id(),
    _text("scheme"),
    _text("sheet"),
    _text("about"),
    _text("owner"),
    Column("answers", PrivateJson("sheets.answers"), nullable=False),
    _of("written_by", "people.id"),
    _moment("written_at"),
    _number("version"),
    _text("moment"),
    UniqueConstraint("scheme", "about", "sheet", "owner", "moment"),
)

files = Table(
    "files",
    metadata,
    _id(),
    _text("scheme"),
    _text("about"),
    Column("name", Private("files.name"), nullable=False),
    Column("content", PrivateBytes("files.content"), nullable=False),
    _number("size"),
    _of("given_by", "people.id"),
    _moment("given_at"),
    Index(None, "about"),
)

# What a file held is forgotten once it is in, or will not be.
bulks = Table(
    "bulks",
    metadata,
    _id(),
    _text("scheme"),
    _of("by", "people.id"),
    _text("state"),
    _moment("made_at"),
    _json("cases"),
    _moment("ended_at", optional=True),
    _number("at"),
    _json("outcomes"),
    _number("version"),
    Index(None, "state", "made_at"),
)

imports = Table(
    "imports",
    metadata,
    _id(),
    _text("scheme"),
    _of("by", "people.id"),
    Column("name", Private("imports.name"), nullable=False),
    _text("what"),
    Column("tell", Boolean, nullable=False),
    _text("state"),
    _moment("made_at"),
    _number("lines"),
    _number("at"),
    _json("counted"),
    Column("findings", PrivateJson("imports.findings"), nullable=False),
    Column("content", PrivateBytes("imports.content")),
    _number("version"),
    Index(None, "state", "made_at"),
)

rounds = Table(
    "rounds",
    metadata,
    _id(),
    _text("scheme"),
    _of("by", "people.id"),
    _text("state"),
    _moment("at"),
    _number("run"),
    _number("total"),
    _number("done"),
    _number("placed"),
    _number("percent"),
    _number("budget", optional=True),
    _json("places"),
    _moment("ended_at", optional=True),
    _moment("meets_at", optional=True),
    Column("meets_in", Private("rounds.meets_in")),
    _moment("claimed_until", optional=True),
    _number("version"),
)
ROUND_GOES_ON = rounds.c.state.in_([_word(state) for state in sorted(ROUND_STATES)])
_partial("uq_rounds_open", rounds.c.scheme, where=ROUND_GOES_ON, unique=True)

round_rows = Table(
    "round_rows",
    metadata,
    Column("round", Text, ForeignKey("rounds.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("scheme"),
    _of("request", "requests.id"),
    _of("mentee", "people.id"),
    _of("mentor", "people.id", optional=True),
    _number("percent", optional=True),
    Column("reasons", Private("round_rows.reasons"), nullable=False),
    _text("came", optional=True),
    Index(None, "scheme", "request"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("request", Text, ForeignKey("requests.id"), primary_key=True),
    _number("revision"),
    _json("listed"),
    _json("skipped"),
)

pairings = Table(
    "pairings",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("one", Text, ForeignKey("people.id"), primary_key=True),
    Column("other", Text, ForeignKey("people.id"), primary_key=True),
    _text("said"),
    _of("by", "people.id"),
    _moment("at"),
    Column("reason", Private("pairings.reason")),
    Index(None, "scheme", "other"),
)

# Whom people's records name, by where a platform knows them or by their e-mail address: they may not be here yet.
named_people = Table(
    "named_people",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("field", Text, primary_key=True),
    _text("said"),
    _moment("at"),
    _text("platform", optional=True),
    _text("team", optional=True),
    _text("user", optional=True),
    _text("mailbox", optional=True),
    Index(None, "scheme", "user"),
    Index(None, "scheme", "mailbox"),
)

# Who would like to talk to somebody before they join.
talks = Table(
    "talks",
    metadata,
    _id(),
    _text("scheme"),
    _of("person", "people.id"),
    _moment("asked_at"),
    Column("words", Private("talks.words")),
    _moment("done_at", optional=True),
    _of("done_by", "people.id", optional=True),
    Index(None, "scheme", "person"),
)

# Colleagues whom somebody thinks of for a mentee: whoever stands here for the two is not asked again.
colleagues = Table(
    "colleagues",
    metadata,
    _id(),
    _text("scheme"),
    _of("mentee", "people.id"),
    _of("named", "people.id"),
    _of("by", "people.id"),
    _moment("at"),
    _text("state"),
    _of("invitation", "invitations.id", optional=True),
    _moment("answered_at", optional=True),
    UniqueConstraint("scheme", "mentee", "named"),
    Index(None, "scheme", "named"),
    Index(None, "scheme", "by"),
)

undoable = Table(
    "undoable",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    _moment("decided_at"),
    Column("changes", PrivateJson("undoable.changes"), nullable=False),
)

reminders = Table(
    "reminders",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("day", Date),
    _moment("until", optional=True),
    _moment("not_before", optional=True),
    _moment("stopped_at", optional=True),
    Index(None, "person", "day"),
    Index(None, "scheme", "about"),
)

deadlines = Table(
    "deadlines",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    _moment("due_at"),
    Index(None, "due_at"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("key", Text, primary_key=True),
    _moment("at"),
    Index(None, "at"),
)

outbox = Table(
    "outbox",
    metadata,
    # Counts up in the order of putting, which is the order a recipient hears things in.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    _text("scheme"),
    _text("key"),
    _text("kind"),
    _text("about"),
    _of("person", "people.id", optional=True),
    _text("channel", optional=True),
    _text("by"),
    _text("lane"),
    _text("slot", optional=True),
    _of("edits", "outbox.id", optional=True),
    _moment("made_at"),
    _moment("not_before"),
    _moment("until", optional=True),
    _moment("claimed_until", optional=True),
    _text("claimed_by", optional=True),
    _number("attempts"),
    Column("doubtful", Boolean, nullable=False),
    _text("waits_for", optional=True),
    _moment("sent_at", optional=True),
    _moment("dead_at", optional=True),
    _text("ref_channel", optional=True),
    _text("ref_message", optional=True),
    _text("ref_platform", optional=True),
    UniqueConstraint("scheme", "key"),
    Index(None, "scheme", "about"),
)


def pending(rows: Any) -> ColumnElement[bool]:
    """Neither sent nor given up; `rows` is the outbox or an alias of it."""
    return and_(rows.c.sent_at.is_(None), rows.c.dead_at.is_(None))


PENDING = pending(outbox)
_partial("uq_outbox_slot", outbox.c.scheme, outbox.c.slot, where=PENDING, unique=True)
_partial("ix_outbox_pending", outbox.c.not_before, where=PENDING)
_partial("ix_outbox_lane", outbox.c.lane, outbox.c.number, where=PENDING)
_partial("ix_outbox_home", outbox.c.about, where=and_(outbox.c.kind == "home", outbox.c.ref_message.is_not(None)))
_partial("ix_outbox_dead", outbox.c.dead_at, where=outbox.c.dead_at.is_not(None))

audit = Table(
    "audit",
    metadata,
    _id(),
    _text("scheme"),
    _moment("at"),
    _text("person", optional=True),
    _text("verb"),
    _text("about"),
    _text("outcome"),
    Index(None, "scheme", "about"),
    Index(None, "scheme", "at"),
)
