"""A mentoring scheme as data: every rule in which one scheme differs from another is a setting here.

A value that stands in the model but that no code serves yet is refused with "not yet" where it is written. What must
fit together across tables is in `validation`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import Field

from bot.schemes.attention import Attention
from bot.schemes.calendar import CalendarRules
from bot.schemes.directory import DirectoryRules
from bot.schemes.documents import Document
from bot.schemes.evidence import Evidence
from bot.schemes.fields import FormField, Frozen, Key, Line, Misfit, SchemeForm, Short
from bot.schemes.holidays import Region
from bot.schemes.hours import HoursAnswer
from bot.schemes.period import Duration, period
from bot.schemes.reminders import Reminders
from bot.schemes.roles import Role, RoleRules
from bot.schemes.rounds import Rounds
from bot.schemes.route import Route
from bot.schemes.sheets import Page, Sheet

Power = Literal[
    "approve_members",
    "approve_requests",
    "record_training",
    "match",
    "handle_concerns",
    "see_reports",
    "manage_members",
    "manage_roles",
]
POWERS: tuple[Power, ...] = get_args(Power)


class Words(Frozen):
    """What this scheme calls its own things."""

    office: Short = "scheme office"


class Approvals(Frozen):
    """How the office decides, where it does."""

    within: Duration | None = None
    """The time in which the office means to decide; past it the waiting list shows the case as overdue."""
    talk_first: bool = False
    """Whether somebody who is unsure can ask to talk first to whoever approves members."""


class Capacity(Frozen):
    """How many mentees a mentor has at one time. A pending invitation holds a place."""

    counted_by: Literal["number", "flag"] = "number"
    """number: a mentor takes so many mentees; flag: a mentor says whether they can be asked now, and nobody counts."""
    recommended: int | None = Field(default=None, ge=1)
    """Going past it warns. Left out: the scheme recommends nothing."""
    own_limit: int = Field(default=2, ge=1, le=20)
    """A mentor's own limit until they set another; it is hard."""
    own_limit_field: Key | None = None
    """The number field of the mentor's profile that sets the own limit."""
    flag_field: Key | None = None
    """Where a flag counts: the yes_no field of the mentor's profile or preferences that says whether they can be asked
    now."""
    asked_at_once: int | None = Field(default=None, ge=1)
    """How many requests may wait for one mentor's answer at one time; None: as many as they have room for."""
    rest: Duration | None = None
    """For how long nobody else asks a mentor who has declined, or has let a request lapse."""
    silences: int | None = Field(default=None, ge=1)
    """After how many requests in a row without an answer a mentor is paused; None: never."""
    silent_pause: Duration = period("P90D")
    """For how long they are paused then, unless they resume before."""
    budget: int | None = Field(default=None, ge=1)
    """The most connections the scheme pays for at one time."""

    def misfits(self) -> Iterator[Misfit]:
        """Numbers or a flag: what the other way of counting needs would be kept to by nothing."""
        if self.counted_by == "flag" and self.flag_field is None:
            yield Misfit(("counted_by",), "counted_by = 'flag' needs flag_field")
        if self.counted_by == "number" and self.flag_field is not None:
            yield Misfit(("flag_field",), "needs counted_by = 'flag'")
        if self.counted_by == "flag" and self.own_limit_field is not None:
            yield Misfit(("own_limit_field",), "needs counted_by = 'number'")


class Matching(Frozen):
    """How mentors are ranked for a request."""

    topics_field: Key
    """The topics field of the request form."""
    foremost_field: Key | None = None
    """A topics field of the request form: those that matter most, with full weight."""
    ratings_field: Key
    """The ratings field of the mentor's profile; or a topics field, where a mentor offers a topic or does not."""
    headline_field: Key | None = None
    """The field of the mentor's profile that stands beside the name: the current role."""
    weight: int = Field(default=2, ge=1, le=3)
    foremost_weight: int = Field(default=3, ge=1, le=3)
    topic_points: int = Field(default=75, ge=0, le=100)
    tie: int = Field(default=5, ge=0, le=50)
    """Within so many points the mentor with the lighter load comes first."""

    def misfits(self) -> Iterator[Misfit]:
        """A weight of what nobody is asked would be kept to by nothing."""
        if self.foremost_field is None and self.foremost_weight != 3:
            yield Misfit(("foremost_weight",), "needs foremost_field")


class Sessions(Frozen):
    """What is expected of the meetings."""

    expected: int | None = Field(default=None, ge=1)
    """How many there are at least; None: as many as the two like."""
    minutes: int = Field(default=60, ge=10, le=240)
    minutes_at_most: int | None = Field(default=None, ge=10, le=240)
    """The longest a session may be: 60 minutes with 90 at most reads "60 to 90 minutes". None: up to 240."""
    every: Duration | None = None
    """How far apart they are meant to be ("P1M": monthly)."""
    modes: tuple[Short, ...] = Field(default=("In person", "Video call", "Telephone"), min_length=1)
    """The modes of meeting; a single one is the only one allowed."""
    modes_field: Key | None = None
    """The field in which members say which of them they are happy with: the first that suits both is proposed."""
    advice: Line | None = None
    length: Duration | None = None
    """How long a mentoring relationship lasts; None: no limit."""
    length_at_least: Duration | None = None
    """Where the length is a range ("6 to 12 months"): the shorter end, from which on the two may end as planned."""
    more_time: Duration | None = None
    """How much longer a mentoring relationship lasts, once, where both ask for it; None: it ends as planned."""
    holidays: Region | None = None
    """Where the days are kept that a plan for the year leaves out; None: none is left out."""
    notice: Duration = period("P1D")
    """How far ahead a time lies at least that the bot proposes; people can set an earlier one."""
    hours: tuple[HoursAnswer, ...] = ()
    """What members' answers say of when they meet; the proposals follow it."""
    agreed_after: Duration = period("P7D")
    """For how long either can say that a session marked as completed did not take place; after it, silence agrees."""

    def misfits(self) -> Iterator[Misfit]:
        """A session is never longer than it may be."""
        if self.minutes_at_most is not None and self.minutes_at_most < self.minutes:
            yield Misfit(("minutes_at_most",), "minutes_at_most is below minutes")
        shorter, longer = self.length_at_least, self.length
        if self.more_time and not longer:
            yield Misfit(("more_time",), "needs length: what has no end needs no more time")
        if shorter and longer and shorter.at_least > longer.at_least:
            yield Misfit(("length_at_least",), "is longer than length")


class Pairs(Frozen):
    """What becomes of a mentee and a mentor who were connected."""

    kept: Duration | None = None
    """For how long the two can look at it after its end; None: for as long as the database is there."""
    another_mentor: Literal["none", "office", "choose"] = "none"
    """What a mentee who would like another mentor does: office: they ask whoever matches, in private, at any time;
    choose: they end it and choose again; none: nothing is said of it."""
    last_agreed: bool = False
    """Whether the two can make a session that is set their last: both are reminded of it at the meeting before, and
    once it was held can end the connection as completed."""
    ending_page: Key | None = None
    """The page that comes with those reminders: how to part."""
    looked_back_on: Key | None = None
    """The sheet about a pair that comes with them: what the two set out to do."""

    def misfits(self) -> Iterator[Misfit]:
        """What comes with the reminders of a last session comes with nothing where there are none."""
        for key in ("ending_page", "looked_back_on"):
            if getattr(self, key) is not None and not self.last_agreed:
                yield Misfit((key,), "needs last_agreed")


class Contact(Frozen):
    """Which contact details a connected pair sees of each other, and what may pass before."""

    connected: Literal["none", "chat", "email"] = "email"
    before_acceptance: Literal["none", "messages"] = "none"
    """messages: the two can write a few short texts to each other while an invitation or offer is open."""
    introduced: bool = False
    """Whether the bot brings the two together in one conversation once they are connected."""


class Office(Frozen):
    """A role in the scheme's office and what it may do."""

    key: Key
    title: Short
    powers: tuple[Power, ...]


class Concerns(Frozen):
    """Whom a concern goes to, and by when they make contact."""

    offices: tuple[Key, ...] = ()
    """The offices that take concerns up, in order: the first with a holder whom it is not about, and who has not raised
    it. After them come the holders of manage_roles."""
    within: Duration = period("P7D")
    """The time in which whoever has it makes contact; past it the next in order hears of it, too."""
    beyond: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    """The address of somebody outside of the bot, for what nobody here can take up; None: the scheme's contact."""


class Scheme(Frozen):
    """One mentoring scheme, whole."""

    key: Key
    name: Short
    organisation: Short
    contact: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    about: Line
    places_note: Line | None = None
    words: Words = Words()
    topics: tuple[Short, ...] = Field(min_length=1, max_length=30)
    roles: dict[Role, RoleRules]
    approvals: Approvals = Approvals()
    request: SchemeForm
    """What a mentee is asked who looks for a mentor."""
    route: Route = Route()
    capacity: Capacity = Capacity()
    matching: Matching
    rounds: Rounds = Rounds()
    sessions: Sessions = Sessions()
    calendar: CalendarRules = CalendarRules()
    directory: DirectoryRules = DirectoryRules()
    pairs: Pairs = Pairs()
    documents: tuple[Document, ...] = ()
    contact_details: Contact = Contact()
    offices: tuple[Office, ...] = Field(min_length=1)
    reminders: Reminders = Reminders()
    attention: Attention = Attention()
    sheets: tuple[Sheet, ...] = ()
    pages: tuple[Page, ...] = ()
    evidence: Evidence = Evidence()
    pay: Literal["none", "banned", "hours_exported"] = "none"
    """none: nothing is said of it; banned: it is shown that nobody pays and no gifts are taken; hours_exported:
    completed sessions are counted for payment."""
    concerns: Concerns = Concerns()
    email_copies: frozenset[Literal["arrival", "acceptance", "expiry", "session"]] = frozenset()

    def powers_of(self, office: str) -> tuple[Power, ...]:
        """What the holder of that office may do; nothing where the scheme no longer has it."""
        return next((role.powers for role in self.offices if role.key == office), ())

    @property
    def takes_concerns(self) -> tuple[Office, ...]:
        """The offices to which a concern goes, in order: those of `concerns`, then whoever gives offices."""
        known = {office.key: office for office in self.offices}
        first = [known[key] for key in self.concerns.offices if key in known]
        return (*first, *(each for each in self.offices if "manage_roles" in each.powers and each not in first))

    @property
    def beyond(self) -> str:
        """Whom to write to, outside of the bot, about a concern that nobody here can take up."""
        return self.concerns.beyond or self.contact

    def sheet(self, key: str) -> Sheet | None:
        """The sheet of that key, or None where the scheme has dropped it."""
        return next((sheet for sheet in self.sheets if sheet.key == key), None)

    @property
    def afterwards(self) -> tuple[Sheet, ...]:
        """The sheets about a pair that are offered once it has ended."""
        return tuple(each for each in self.sheets if each.about == "pair" and each.offered == "afterwards")

    def page(self, key: str) -> Page | None:
        """The page of that key, or None where the scheme has dropped it."""
        return next((page for page in self.pages if page.key == key), None)

    @property
    def compared(self) -> tuple[FormField, ...]:
        """The mentee's fields that are held against a mentor's answers, in the order of their forms."""
        rules = self.roles["mentee"]
        return _compared(rules.application, rules.profile, rules.preferences, self.request)

    @property
    def wished(self) -> tuple[FormField, ...]:
        """The mentor's fields that are held against what a mentee says of themselves, in the order of their forms."""
        rules = self.roles["mentor"]
        return _compared(rules.profile, rules.preferences)


def _compared(*forms: SchemeForm | None) -> tuple[FormField, ...]:
    return tuple(field for form in forms if form for field in form.fields if field.compare is not None)
