"""What Microsoft Graph answers about calendars, as far as anybody here reads it, and what it means.

Read with pydantic and not with the kit's own models: those import a thousand modules at the first answer, and hold up
the event loop for a second. Source: learn.microsoft.com/graph/api/resources/event and /calendar-getschedule.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.calendars.calendar import Answer, Busy, Placed, Report, Subscription, What

_ANSWERS: Final = {
    "accepted": Answer.ACCEPTED,
    "declined": Answer.DECLINED,
    "tentativelyAccepted": Answer.TENTATIVE,
}
_FREE: Final = frozenset({"free", "workingElsewhere"})
"""Everything else counts as busy: what was accepted, what waits for an answer, an absence, and what is unknown."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


Answered = TypeVar("Answered", bound=_Model)
"""One of the answers below."""


class _Moment(_Model):
    """Wall time and its zone; every request asks for UTC."""

    wall: datetime = Field(alias="dateTime")
    zone: str = Field(alias="timeZone")

    @field_validator("zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError):
            raise ValueError("names no zone") from None
        return value

    @property
    def at(self) -> datetime:
        """The moment, in UTC."""
        return self.wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


class _Address(_Model):
    address: str | None = None


class _Response(_Model):
    response: str | None = None


class _Attendee(_Model):
    email: _Address | None = Field(default=None, alias="emailAddress")
    status: _Response | None = None


class _Online(_Model):
    join_url: str | None = Field(default=None, alias="joinUrl")


class Event(_Model):
    """One event."""

    id: str
    start: _Moment
    end: _Moment
    attendees: Sequence[_Attendee] | None = None
    online: _Online | None = Field(default=None, alias="onlineMeeting")
    cancelled: bool | None = Field(default=None, alias="isCancelled")

    def placed(self) -> Placed:
        """The event in the port's words."""
        starts_at = self.start.at
        answers = {
            each.email.address.lower(): _answer(each.status)
            for each in self.attendees or ()
            if each.email is not None and each.email.address
        }
        minutes = (self.end.at - starts_at) // timedelta(minutes=1)
        join_url = self.online.join_url if self.online else None
        return Placed(self.id, starts_at, minutes, answers, join_url or None, bool(self.cancelled))


class _Page(_Model):
    next_link: str | None = Field(default=None, alias="@odata.nextLink")


class _Named(_Model):
    id: str
    transaction: str | None = Field(default=None, alias="transactionId")


class Names(_Page):
    """A page of events, of which nothing but the names is asked."""

    value: Sequence[_Named]


class _Removed(_Model):
    reason: str | None = None


class _Touched(_Model):
    id: str
    removed: _Removed | None = Field(default=None, alias="@removed")


class Delta(_Page):
    """A page of what changed. Nothing but the names is read: most events are none of the bot's business."""

    value: Sequence[_Touched]
    delta_link: str | None = Field(default=None, alias="@odata.deltaLink")


class _Item(_Model):
    status: str | None = None
    start: _Moment
    end: _Moment


class _Trouble(_Model):
    code: str | None = Field(default=None, alias="responseCode")


class _Schedule(_Model):
    whose: str = Field(alias="scheduleId")
    items: Sequence[_Item] | None = Field(default=None, alias="scheduleItems")
    error: _Trouble | None = None

    def busy(self) -> Busy:
        """The schedule in the port's words. An error's message names the person, so its code has to do."""
        if self.error is not None:
            return Busy(why=self.error.code or "error")
        return Busy(
            tuple(sorted((each.start.at, each.end.at) for each in self.items or () if each.status not in _FREE))
        )


class Schedules(_Model):
    """Who is busy when."""

    value: Sequence[_Schedule]

    def of(self, mailbox: str) -> Busy:
        """What is said of one of those who were asked about."""
        found = (each.busy() for each in self.value if each.whose.lower() == mailbox.lower())
        return next(found, Busy(why="not answered"))


def _answer(status: _Response | None) -> Answer:
    return _ANSWERS.get(status.response or "", Answer.NONE) if status else Answer.NONE


class Manager(_Model):
    """Somebody in the directory, by their address."""

    mail: str | None = None
    name: str = Field(default="", alias="userPrincipalName")

    @property
    def address(self) -> str:
        """Where they are written to, or else the name by which they sign in."""
        return self.mail or self.name


class Subscribed(_Model):
    """A subscription to changes."""

    id: str
    until: datetime = Field(alias="expirationDateTime")

    def subscription(self) -> Subscription:
        """The subscription in the port's words."""
        return Subscription(self.id, self.until if self.until.tzinfo else self.until.replace(tzinfo=UTC))


_LIFECYCLE: Final[Mapping[str | None, What]] = {
    None: "changed",
    "reauthorizationRequired": "renew",
    "subscriptionRemoved": "removed",
}
"""What they report; of all else it is known only that something was missed."""


class _Notification(_Model):
    subscription: str = Field(alias="subscriptionId", pattern=r"^[!-~]{1,200}$")
    secret: str = Field(alias="clientState", max_length=128)
    lifecycle: str | None = Field(default=None, alias="lifecycleEvent")


class Notifications(_Model):
    """What Graph sends of itself: changes, and what becomes of a subscription. Which event has changed is not read: it
    is asked for where the answer can be trusted. Sources:
    learn.microsoft.com/graph/change-notifications-delivery-webhooks, /change-notifications-lifecycle-events."""

    value: Sequence[_Notification] = Field(max_length=1000)

    def reports(self) -> Sequence[Report]:
        """The same in the port's words."""
        return tuple(
            Report(each.subscription, each.secret, _LIFECYCLE.get(each.lifecycle, "missed")) for each in self.value
        )
