"""The route of a request, as data: by which steps a mentee comes to a mentor, and what follows when a step fails."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from bot.schemes.fields import Frozen, Misfit, repeated, served
from bot.schemes.period import Duration

RouteStep = Literal["review", "choose", "name", "assign", "ask"]
"""review: the office approves the request · choose: the mentee chooses from a ranked list or a directory · name: the
mentee names some in order; who cannot be asked is passed over · assign: the office picks · ask: mentors are invited."""

FINDING: tuple[RouteStep, ...] = ("choose", "name", "assign")
"""The steps by which a mentor is found; a route has one of them."""


class Route(Frozen):
    """How a mentee comes to a mentor."""

    steps: tuple[Annotated[RouteStep, served("review", "choose", "name", "assign", "ask")], ...] = (
        "review",
        "choose",
        "ask",
    )
    choose_from: Literal["ranking", "directory"] = "ranking"
    """ranking: the best for the request, explained; directory: all, searched by topic and availability."""
    mentors: int = Field(default=3, ge=1, le=5)
    """How many mentors one list may hold, asked one after the other."""
    at_once: int = Field(default=1, ge=1, le=5)
    """How many are asked at the same time; the first who accepts it is."""
    reply_within: Duration | None = None
    """How long a mentor has to answer; None: as long as it takes."""
    on_silence: Literal["end", "ask_next"] = "end"
    when_all_fail: Literal["choose_again", "office"] = "choose_again"
    """choose_again: the mentee finds others; office: the office takes it up with the mentee, and may assign one."""
    approval_holds: Duration | None = None
    """How long an approval holds for an unchanged request, so that it need not be reviewed twice; None: for good."""
    offers: bool = False
    """Whether mentors may look for mentees who seek one, and offer themselves."""
    mentors_per_mentee: int = Field(default=1, ge=1, le=10)
    first_conversation: bool = True
    """Whether a mentor can offer to talk once before answering."""
    suggestions: bool = False
    """Whether a mentor who declines may suggest a colleague."""
    invites: bool = False
    """Whether a mentee may have somebody invited to join who is no mentor yet; so may a mentor who declines."""

    def misfits(self) -> Iterator[Misfit]:
        """What cannot work, with why."""
        yield from self._of_steps()
        yield from self._of_settings()

    def _of_steps(self) -> Iterator[Misfit]:
        for number, _ in repeated(self.steps):
            yield Misfit(("steps", number), "stands twice")
        finding = [step for step in self.steps if step in FINDING]
        if len(finding) != 1:
            yield Misfit(("steps",), "needs one of choose, name and assign, by which a mentor is found")
            return
        at, ask = self.steps.index(finding[0]), self.steps.index("ask") if "ask" in self.steps else None
        if ask is None and finding[0] != "assign":
            yield Misfit(("steps", at), f"needs ask after it: who is found by {finding[0]} has not said yes")
        if ask is not None and ask != len(self.steps) - 1:
            yield Misfit(("steps", ask), "comes last: an acceptance connects the two")
        if ask is None and self.steps[-1] != "assign":
            yield Misfit(("steps", at), "comes last where nobody is asked: it connects the two")

    def _of_settings(self) -> Iterator[Misfit]:
        if self.reply_within is None and self.on_silence == "ask_next":
            yield Misfit(("on_silence",), "on_silence = 'ask_next' needs reply_within")
        if self.choose_from == "directory" and "choose" not in self.steps:
            yield Misfit(("choose_from",), "needs the step choose")
        if "ask" not in self.steps:
            for key in ("reply_within", "offers", "suggestions"):
                if getattr(self, key):
                    yield Misfit((key,), "needs the step ask")
        if self.at_once > self.mentors:
            yield Misfit(("at_once",), "is more than mentors, which is how many there can be")
        if self.approval_holds is not None and "review" not in self.steps:
            yield Misfit(("approval_holds",), "needs the step review")
