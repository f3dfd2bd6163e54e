"""Words about how a mentoring request stands, for its mentee and in lists."""

from datetime import UTC, datetime

from bot.dialogs.parts import Run, When
from bot.dialogs.view_models.requests import Asked, RequestView
from bot.dialogs.wording.builders import by_when
from bot.lifecycle.member import Answers
from bot.lifecycle.request import route_of
from bot.schemes.scheme import Scheme


def title(answers: Answers, scheme: Scheme) -> str:
    """What a request is called."""
    return about(answers, scheme) or "Mentoring request"


def about(answers: Answers, scheme: Scheme) -> str:
    """Its first two topics "+ n more". Topics may hold commas, so a dot parts them. "": the office asks for somebody
    who has not said what they seek."""
    topics = list(answers.get(scheme.matching.topics_field) or ())
    more = f" + {len(topics) - 2} more" if len(topics) > 2 else ""
    return " · ".join(topics[:2]) + more


def title_of(view: RequestView) -> str:
    """What this request is called."""
    return title(view.request.answers, view.scheme)


def state_runs(view: RequestView) -> tuple[Run, ...]:
    """How a request stands, for its mentee: what happens next and by when."""
    request, office = view.request, view.scheme.words.office
    match request.state:
        case "in_review":
            since = When(request.waiting_since or request.made_at, "day")
            return (f"With the {office} since ", since, f"; you hear from us here{by_when(view.scheme)}.")
        case "clarifying":
            return (f"The {office} has a question for you and goes on once you have answered.",)
        case "choosing":
            approved = "Approved. " if request.approved_at else ""
            return (f"{approved}Press Find mentors to choose whom to ask.",)
        case "naming":
            approved = "Approved. " if request.approved_at else ""
            return (f"{approved}Press Name mentors to name those you would like, in order.",)
        case "assigning":
            return (f"The {office} is looking for a mentor for you; you hear from us here{by_when(view.scheme)}.",)
        case "asking":
            return _asking(view)
        case _:
            return (outcome(view),)


def _asking(view: RequestView) -> tuple[Run, ...]:
    names, due_at = names_of(view.open), max((each.invitation.due_at for each in view.open), key=_latest, default=None)
    have = "have" if len(view.open) > 1 else "has"
    if not view.open:
        return ("A mentor is being asked.",)
    if due_at is None:
        return (f"{names} {have} been asked. You hear from us as soon as there is an answer.",)
    return (f"{names} {have} been asked and {have} until ", When(due_at), " to answer.")


def _latest(due_at: datetime | None) -> datetime:
    return due_at or datetime.max.replace(tzinfo=UTC)


def names_of(asked: tuple[Asked, ...]) -> str:
    """Those who are asked, as one would say them."""
    return " and ".join(each.mentor.name for each in asked)


def asked_now(view: RequestView) -> str:
    """Who is being asked, with the verb."""
    return f"{names_of(view.open) or 'A mentor'} {'are' if len(view.open) > 1 else 'is'}"


def outcome(view: RequestView) -> str:
    """What became of a request that has come to its end."""
    match view.request.state:
        case "accepted":
            by = next((each for each in view.asked if each.invitation.state == "accepted"), None)
            if by and by.invitation.asker == "mentor":
                return f"{by.mentor.name} offered, and was accepted."
            return f"{by.mentor.name if by else 'A mentor'} has accepted."
        case "expired":
            return "Ended: no answer came in time."
        case "withdrawn":
            return "Withdrawn."
        case "turned_down":
            return f"The {view.scheme.words.office} could not {what_failed(view)}."
        case _:
            return "Under way."


def what_failed(view: RequestView) -> str:
    """What the office could not do, where it turned a request down."""
    looked = view.request.approved_at is not None or "review" not in route_of(view.request, view.scheme).steps
    return "find a mentor for it" if looked else "approve it"
