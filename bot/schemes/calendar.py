"""How a scheme's sessions stand in people's own calendars, where the bot may write into those."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from bot.schemes.fields import Frozen, Key, Short

Address = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=200)]


class CalendarRules(Frozen):
    """Whose calendar a session is made in, and what its event says."""

    organiser: Literal["mentor"] | Address = "mentor"
    """mentor: the mentor's own calendar; or the address of the scheme's mailbox. The others are invited."""
    online: tuple[Short, ...] = ()
    """The modes of meeting in which the event brings a link to join, where no place is given."""
    agenda: Key | None = None
    """The page that the event of a first session brings."""
    prompts: Key | None = None
    """The page that the event of every session brings, to prepare by."""

    @property
    def mailbox(self) -> str | None:
        """The scheme's own mailbox; None: each mentor's is used."""
        return None if self.organiser == "mentor" else self.organiser
