"""What a screen shows, before it has words: records read for one viewer at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.lifecycle.calendars import CalendarAddress
from bot.lifecycle.exchange import Written
from bot.lifecycle.figures import Met
from bot.lifecycle.files import KeptFile
from bot.lifecycle.member import Member
from bot.lifecycle.offices import Holding
from bot.lifecycle.pairs import Pair, PairState, Session
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.lifecycle.planning import Day
from bot.lifecycle.questions import Question
from bot.lifecycle.request import Invitation, Request
from bot.lifecycle.sessions import Meeting
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.step import Refused
from bot.matching.ranking import Match, Ranking
from bot.schemes.roles import Role
from bot.schemes.scheme import Office, Power, Scheme
from bot.schemes.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Decision:
    """Who of the office decided about something, by which verb, and when; whether it can still be taken back."""

    name: str
    verb: str
    at: datetime
    can_be_undone: bool = False


@dataclass(frozen=True, slots=True)
class MemberView:
    """A membership with its person. `asking`: a mentee's request is under way."""

    scheme: Scheme
    member: Member
    person: Person
    now: datetime
    asking: bool = False
    sheets: tuple[FilledSheet, ...] = ()
    questions: tuple[Question, ...] = ()
    decision: Decision | None = None
    """The office's last one, on its own cards."""

    @property
    def just_in(self) -> bool:
        """Whether they have come to take part by what they have done at this moment."""
        return self.member.state == "approved" and self.member.approved_at == self.now


@dataclass(frozen=True, slots=True)
class PlaceList:
    """One page of those who wait for a place, for the office; `first` is the number of its first."""

    scheme: Scheme
    listed: tuple[MemberView, ...]
    total: int
    page: int = 0
    pages: int = 1
    first: int = 1


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds an office. `why_kept`: why the viewer cannot take it back; None: they can."""

    holding: Holding
    person: Person
    why_kept: Refused | None


@dataclass(frozen=True, slots=True)
class OfficeList:
    """The scheme's offices with their holders, by the office's key."""

    scheme: Scheme
    holders: Mapping[str, tuple[Holder, ...]]


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office, for somebody whom it has been given to or taken from."""

    scheme: Scheme
    office: Office
    reader: Person


@dataclass(frozen=True, slots=True)
class LeavingView:
    """A membership that may end. `others`: who is connected with it; `asking`: how many requests wait for its mentor,
    or its mentee has open."""

    scheme: Scheme
    member: Member
    person: Person
    others: tuple[Person, ...] = ()
    asking: int = 0


@dataclass(frozen=True, slots=True)
class StandingView:
    """A mentor with what is open: requests that wait for their answer, and their mentees."""

    scheme: Scheme
    member: Member
    person: Person
    now: datetime
    invitations: tuple["InvitationView", ...] = ()
    pairs: tuple["PairView", ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One mentor on a request's list."""

    invitation: Invitation
    mentor: Person


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with its mentee and everybody on its list. `mentors_now`: mentors the mentee has already;
    `exchanges`: what has been written inside its invitations, by their ids."""

    scheme: Scheme
    request: Request
    mentee: Person
    asked: tuple[Asked, ...]
    now: datetime
    mentors_now: int = 0
    exchanges: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    decision: Decision | None = None
    """The office's last one, on its own cards."""

    @property
    def open(self) -> tuple[Asked, ...]:
        """Who is being asked now; a mentor who offers is not."""
        return tuple(
            each for each in self.asked if each.invitation.state == "open" and each.invitation.asker != "mentor"
        )

    @property
    def offers(self) -> tuple[Asked, ...]:
        """Mentors whose offer is open."""
        return tuple(
            each for each in self.asked if each.invitation.state == "open" and each.invitation.asker == "mentor"
        )


@dataclass(frozen=True, slots=True)
class InvitationView:
    """One invitation as its mentor, or the mentee, sees it. `load` counts the mentor's mentees now; `profile` is the
    mentor's, where it is read."""

    scheme: Scheme
    request: Request
    invitation: Invitation
    mentee: Person
    mentor: Person
    now: datetime
    load: int = 0
    profile: Member | None = None
    exchange: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenView:
    """One message inside an invitation, as it is read by whom it is for."""

    invitation: InvitationView
    message: Written
    reader: Person


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranked mentor with name and headline."""

    match: Match
    mentor: Person
    headline: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The mentors about to be asked, in the mentee's order, and what else there is."""

    scheme: Scheme
    request: Request
    shown: tuple[Ranked, ...]
    skipped: tuple[str, ...]
    ranking: Ranking

    @property
    def more(self) -> int:
        """How many further mentors could still come up."""
        return len(self.ranking.matches) + self.ranking.further - len(self.shown) - len(self.skipped)


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody looks for in the directory. `topic`: None for any; `page` counts from 0."""

    topic: str | None = None
    can_be_asked: bool = True
    page: int = 0


@dataclass(frozen=True, slots=True)
class InDirectory:
    """A mentor in the directory, with the topics they offer, most first."""

    mentor: Person
    headline: str
    offers: tuple[str, ...]
    can_be_asked: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of the directory, and whom the mentee has put on the list so far, in their order."""

    scheme: Scheme
    request: Request
    listed: tuple[InDirectory, ...]
    found: tuple[InDirectory, ...]
    look: Look
    total: int
    pages: int


@dataclass(frozen=True, slots=True)
class Seeker:
    """A mentee who seeks a mentor, as a mentor sees them."""

    request: Request
    mentee: Person
    match: Match


@dataclass(frozen=True, slots=True)
class Seekers:
    """One page of those who seek a mentor, best match first."""

    scheme: Scheme
    found: tuple[Seeker, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair as one of the pair sees it."""

    scheme: Scheme
    pair: Pair
    mentee: Person
    mentor: Person
    viewer: str
    now: datetime
    request: Request | None = None
    profile: Member | None = None
    sheets: tuple[FilledSheet, ...] = ()
    """Those about the pair and its sessions that have been filled in, by either of the two."""

    @property
    def me(self) -> Person:
        """The viewer."""
        return self.mentee if self.viewer == self.mentee.id else self.mentor

    @property
    def other(self) -> Person:
        """The other party."""
        return self.mentor if self.viewer == self.mentee.id else self.mentee

    @property
    def addresses(self) -> tuple[str, ...]:
        """The e-mail addresses of the two, as far as they have any."""
        return tuple(each.email for each in (self.me, self.other) if each.email)

    @property
    def role_of_other(self) -> Role:
        """What the other party is to the viewer."""
        return "mentor" if self.viewer == self.mentee.id else "mentee"


@dataclass(frozen=True, slots=True)
class ListedPair:
    """A pair as the office sees it, without what the two keep to themselves."""

    pair: Pair
    mentee: Person
    mentor: Person


@dataclass(frozen=True, slots=True)
class PairList:
    """One page of the scheme's pairs in one state, for the office."""

    scheme: Scheme
    state: PairState
    listed: tuple[ListedPair, ...]
    total: int
    page: int
    pages: int
    viewer: Actor


@dataclass(frozen=True, slots=True)
class Proposals:
    """Times that suit the two of a pair, each on another day: so many as stand in one form, after so many that were
    passed over. `more`: whether there are further ones. `calendars`: whether the two's own calendars have been looked
    at for them; none: nobody's is; `waits_for`: whose are still to be, by address; `unknown`: of whom nothing is known.
    """

    starts: tuple[datetime, ...]
    after: int = 0
    more: bool = False
    calendars: Literal["none", "waited_for", "looked_at"] = "none"
    waits_for: tuple[str, ...] = ()
    unknown: tuple[Person, ...] = ()
    mode: str = ""
    """The first mode of meeting that suits both; "": nobody knows."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """The days on which a pair's sessions would fall, each at the hour of `meeting`, of so many that were `wanted`.
    `crowded`: with fewer busy days there would be more. `looked_until`: the moment before which the two's own calendars
    are looked at, None: nobody's is; `waits_for`: whose are still to be, by address; `unknown`: of whom nothing is
    known."""

    pair: PairView
    meeting: Meeting
    days: tuple[Day, ...]
    wanted: int
    crowded: bool = False
    looked_until: datetime | None = None
    waits_for: tuple[str, ...] = ()
    unknown: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session of a pair. `proposals`: the times among which its form lets one choose; None: a time is typed."""

    pair: PairView
    session: Session
    proposals: Proposals | None = None


@dataclass(frozen=True, slots=True)
class CalendarView:
    """How the viewer's sessions come into their own calendar. `offered`: a calendar can fetch them; `mailed`: they come
    by e-mail too; `address`: the viewer's, for all their connections; `in_outlook`: they are put there for the viewer.
    """

    pair: PairView
    offered: bool
    mailed: bool
    address: CalendarAddress | None = None
    in_outlook: bool = False


@dataclass(frozen=True, slots=True)
class OwnTimesView:
    """When the viewer says they are busy or free, in lines as they are typed. `about`: the connection from which they
    came; `zone`: the IANA name of the clock they mean; `version`: what they have seen."""

    about: str
    zone: str
    busy: str = ""
    free: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as its viewer comes upon it. `about`, `owner`: as in `FilledSheet`; `pair`: None for one about a
    membership; `why_not`: why it cannot be filled in, where it is only read."""

    scheme: Scheme
    sheet: Sheet
    about: str
    me: Person
    owner: str
    filled: FilledSheet | None
    pair: PairView | None = None
    session: Session | None = None
    why_not: Refused | None = None
    carried: Mapping[str, Any] = field(default_factory=dict)
    """What stands in it before anybody has written in it."""


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What one of a pair has said about it once it had ended, for the office."""

    scheme: Scheme
    sheet: Sheet
    filled: FilledSheet
    author: Person
    other: Person


@dataclass(frozen=True, slots=True)
class FileView:
    """A file for somebody who may read it, with the sheet that it belongs to."""

    file: KeptFile
    sheet: Sheet
    given_by: Person
    reader: Person


@dataclass(frozen=True, slots=True)
class Touched:
    """People whom a scheme's file touches as it reads today, by name, and by what of it."""

    what: Literal["gate", "no gate", "places", "limit", "budget", "route", "terms", "office", "sheet"]
    names: tuple[str, ...]
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the office. `overdue`: longer than the scheme means to take."""

    view: MemberView | RequestView
    since: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class WaitingList:
    """What waits for the office, oldest first: one page of it."""

    scheme: Scheme
    waiting: tuple[Waiting, ...]
    total: int
    page: int
    pages: int
    viewer: Actor


@dataclass(frozen=True, slots=True)
class Figures:
    """The scheme in numbers, for the office."""

    mentees: int
    mentors: int
    asking: int
    pairs: int
    waiting: int = 0
    """How many wait for a place."""
    met: Met | None = None
    """The sessions of the last twelve months; None where too few pairs stand behind them."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything a person's home page shows."""

    scheme: Scheme
    me: Person
    now: datetime
    members: dict[Role, Member]
    request: RequestView | None = None
    invitations: tuple[InvitationView, ...] = ()
    offers: tuple[InvitationView, ...] = ()
    """Offers of this person's own that are open."""
    seekers: int | None = None
    """How many mentees they could offer to; None: they cannot."""
    pairs: tuple[PairView, ...] = ()
    earlier: tuple[PairView, ...] = ()
    """Pairs that have ended, the last first, without request and profile."""
    powers: frozenset[Power] = frozenset()
    waiting_list: WaitingList | None = None
    figures: Figures | None = None
    places_held: dict[Role, int] = field(default_factory=dict)
    """How many places are taken, in the roles that are still open to this person."""
    sheets: tuple[FilledSheet, ...] = ()
    """Those about this person's own memberships that have been filled in."""
    other_self: Person | None = None
    """Who they may have been all along, in another place."""
