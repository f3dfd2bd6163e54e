"""Words about what people are asked to accept: the two of a pair, or whoever takes a role."""

from datetime import datetime

from bot.dialogs import subjects
from bot.dialogs.parts import Bold, Form, Message, Note, Notice, Part, When
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import members, pairs, sessions
from bot.dialogs.wording.builders import cut, message, notice, press, say, small
from bot.dialogs.wording.next_steps import called
from bot.lifecycle import consents
from bot.lifecycle import pairs as rules
from bot.lifecycle import sessions as session_rules
from bot.lifecycle.documents import Document, accepted_at
from bot.lifecycle.membership import may_agree
from bot.lifecycle.people import Person
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb


def of_pair(view: PairView, document: Document) -> Form:
    """A document of the two, to read and accept; once accepted, to read."""
    parts: list[Part] = [say(f"Between {view.mentee.name} (mentee) and {view.mentor.name} (mentor)."), *_text(document)]
    parts += [_signed(view, document, person) for person in (view.mentee, view.mentor)]
    open_ = allowed(consents.may_agree, view.pair, document.key, view.viewer)
    return _form(document, view.pair.id, parts, open_=open_)


def of_role(view: MemberView, document: Document) -> Form:
    """A document of a role, to read and accept; once accepted, to read."""
    member = view.member
    at = accepted_at(member.consents, document.key, member.person)
    parts: list[Part] = [say(f"For everybody who takes part as {member.role}."), *_text(document)]
    parts.append(_yours(at))
    return _form(document, member.role, parts, open_=allowed(may_agree, member, view.scheme, document.key))


def _text(document: Document) -> list[Part]:
    return [say(f"{n}. {text}") for n, text in enumerate(document.text, 1)]


def _form(document: Document, about: str, parts: list[Part], *, open_: bool) -> Form:
    name, subject = cut(document.title, 24), subjects.document(about, document.key)
    if not open_:
        return Form(Verb.OPEN_DOCUMENT, name, tuple(parts), subject)
    return Form(Verb.AGREE, name, tuple(parts), subject, cut(f"Accept {document.noun}", 24))


def _signed(view: PairView, document: Document, person: Person) -> Note:
    at = view.pair.agreed_at(document.key, person.id)
    if person.id == view.viewer:
        return _yours(at)
    return small(f"{person.name} accepted on ", When(at, "day"), ".") if at else small(f"{pairs.not_yet(person)}.")


def _yours(at: datetime | None) -> Note:
    return small("You accepted on ", When(at, "day"), ".") if at else small("You have not accepted yet.")


def accepted_by_party(view: PairView) -> Notice:
    """The answer to one of the two."""
    if view.pair.agreed:
        text = "You have both accepted. Either of you can set the first session now."
        first = sessions.session_buttons(view, session_rules.next_session(view.pair))
        return notice("Accepted", text, *((press(*first),) if first else ()))
    mine = consents.to_accept(view.pair, view.viewer)
    if mine is not None:
        return notice("Accepted", f"Thank you. Next, read and accept the {mine.called}.", press(pairs.todo(view)[0]))
    then = f"As soon as {view.other.first} has accepted too, either of you can set the first session."
    return notice("Accepted", f"Thank you. {then} You hear from us here.")


def accepted_by_member(view: MemberView) -> Notice:
    """The answer to a member: what comes next."""
    if view.just_in:
        return members.came_in(view)
    return notice("Accepted", f"Thank you. {members.after_accepting(view)}", *members.next_button(view))


def agreement_waits(view: PairView) -> Message | None:
    """The other has accepted a document; None once this one has too."""
    document = consents.waits_for_party(view.pair, view.viewer)
    if document is None or not allowed(rules.may_act, view.pair, view.viewer):
        return None
    head = say(Bold(view.other.name), f" has accepted the {document.called}.")
    then = say("Once you have read and accepted it too, either of you can set the first session.")
    return message(view.me, head, then, press(*pairs.todo(view)))


def waits_no_more(view: PairView) -> Message:
    """What is left of it then."""
    accepted = say(Bold(view.other.name), f" has accepted the {called(view.pair.before_sessions)}.")
    active = allowed(rules.may_act, view.pair, view.viewer)
    then = "You have accepted it too." if active else "Your connection has ended, so it needs nothing from you."
    return message(view.me, accepted, small(then))


def both_agreed(view: PairView) -> Message:
    """Both have accepted all that comes before their sessions: the first one can be set."""
    what, advice = called(view.pair.before_sessions), view.pair.terms.advice
    head = say("You and ", Bold(view.other.name), f" have both accepted the {what}.")
    session = session_rules.next_session(view.pair)
    active = allowed(rules.may_act, view.pair, view.viewer)
    fresh = active and session is not None and session.number == 1 and session.starts_at is None
    then = say("Either of you can set the first session now.") if fresh else say(*pairs.status_line(view))
    return message(view.me, head, then, *((small(advice),) if advice else ()), press(*pairs.on_message(view)))
