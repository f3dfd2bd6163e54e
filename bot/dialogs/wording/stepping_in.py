"""Words where the office steps in for somebody: what it is asked first, and what those whom it concerns read. Nobody's
fault is said or meant."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Bold, Divider, Form, Message, Notice, Part, Run, When
from bot.dialogs.view_models.choosing import Shortlist
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import ListedPair, PairView
from bot.dialogs.view_models.person import ReplaceView, TwoPeople
from bot.dialogs.view_models.requests import InvitationView, RequestView
from bot.dialogs.wording import buttons, buttons_of_office, pairings, request_cards, shortlist
from bot.dialogs.wording.builders import cut, message, notice, press, quoted, say, small
from bot.dialogs.wording.office import done
from bot.lifecycle import more_time, standing
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.period import period

_REPLACE = "Replace mentor"


def pause_form(view: MemberView, asking: int) -> Form:
    """Until when a mentor is paused. `asking`: how many requests wait for their answer."""
    name = view.person.name
    parts: list[Part] = [
        say(f"Nobody asks {name} until that day. They are told at once, and can end it before by Resume on Home."),
        own_fields.UNTIL,
    ]
    if asking:
        waits = "1 request waits" if asking == 1 else f"{asking} requests wait"
        parts.append(replace(own_fields.WAITING, label=f"{waits} for their answer"))
    parts.append(replace(own_fields.TO_THEM, label=cut(f"Your words to {name}", 150)))
    return Form(Verb.PAUSE_MEMBER, "Pause", tuple(parts), view.member.id, "Pause")


def paused(view: MemberView) -> Notice:
    """The answer to it."""
    until: tuple[Run, ...] = (" until ", When(view.member.paused_until, "day")) if view.member.paused_until else ()
    back = press(buttons_of_office.resume_member(view.member.id, view.person.name))
    return notice("Done", "", say(f"{view.person.name} is paused", *until, " and has been told."), back)


def resumed(view: MemberView) -> Notice:
    """The answer to ending it."""
    return done(f"{view.person.name} can be asked again from now on, and has been told.")


def paused_by_office(view: MemberView) -> Message:
    """The mentor hears that the office has paused them."""
    member, office = view.member, view.scheme.words.office
    if not allowed(standing.may_resume, member, view.now) or member.paused_until is None:
        return message(view.person, say("You can be asked again. Thank you."))
    head = say(f"The {office} has paused you as mentor until ", When(member.paused_until, "day"), ".")
    wrote = quoted(f"The {office} writes:", member.reply) if member.reply else ()
    how = small("Nobody asks you before. Your connections go on as they are. Are you free after all? Press Resume.")
    return message(view.person, head, *wrote, how, press(buttons.resume()))


def resumed_by_office(view: MemberView) -> Message:
    """The mentor hears that they can be asked again."""
    head = say(f"The {view.scheme.words.office} has ended your pause as mentor: you can be asked again.")
    if not allowed(standing.may_pause, view.member):
        return message(view.person, head)
    return message(view.person, head, small("Is it too early? You can pause for longer."), press(buttons.pause()))


def pass_on_form(view: InvitationView) -> Form:
    """Passing over a mentor asks first."""
    mentor = view.mentor.name
    since: tuple[Run, ...] = (" since ", When(view.invitation.asked_at, "day")) if view.invitation.asked_at else ()
    parts = (
        say(f"{mentor} has been asked by {view.mentee.name}", *since, "."),
        say(f"{mentor} is told that no answer is needed any more. The next on the list is asked at once."),
        replace(own_fields.REASON, hint="For the office alone. Leave it empty if you like."),
    )
    return Form(Verb.PASS_ON_REQUEST, "Pass on", parts, view.invitation.id, "Pass on")


def passed_on(view: RequestView) -> Notice:
    """The answer to it: what comes next."""
    return notice("Done", "", say("The request is passed on. ", *request_cards.for_office(view)))


def passed_over(view: InvitationView) -> Message:
    """The mentor hears that nothing is asked of them any more."""
    head = say(
        "The request of ", Bold(view.mentee.name), " has gone on to somebody else: no answer is needed any more."
    )
    return message(view.mentor, head, small("Would you rather not be asked for a while? You can pause on Home."))


def extend_form(listed: ListedPair) -> Form:
    """Until when two go on, and what the scheme gives."""
    pair, most = listed.pair, more_time.given(listed.pair)
    ends: tuple[Run, ...] = (" ends on ", When(pair.ends_at, "day")) if pair.ends_at else (" goes on",)
    parts: list[Part] = [say(f"The connection of {listed.mentee.name} and {listed.mentor.name}", *ends, ".")]
    if most is not None and pair.terms.more_time is not None:
        longer = period(pair.terms.more_time).words
        parts.append(small(f"The scheme gives {longer} more, until ", When(most, "day"), ". For longer, say why."))
    else:
        parts.append(small("The scheme gives no more time by itself: say why it is longer."))
    parts += [
        replace(own_fields.ENDS_ON, initial=most.date() if most else None),
        replace(own_fields.FAREWELL, hint="Both read it."),
    ]
    return Form(Verb.EXTEND, "Extend", tuple(parts), pair.id, "Extend")


def extended(listed: ListedPair) -> Notice:
    """The answer to it."""
    until: tuple[Run, ...] = (" until ", When(listed.pair.ends_at, "day")) if listed.pair.ends_at else ()
    both = f"{listed.mentee.name} and {listed.mentor.name}"
    back = press(buttons.undo(subjects.case("pair", listed.pair.id), f"the new end for {both}"))
    slip = small("Was it a slip? For two minutes you can take it back.")
    return notice("Done", "", say(f"{both} go on", *until, "; both have been told."), slip, back)


def extension_taken_back(view: PairView) -> Message:
    """Both hear that it was a slip."""
    return message(
        view.me, say("Please take no notice of our last message: it was sent by mistake.", *_as_before(view))
    )


def does_not_go_on_longer(view: PairView) -> Message:
    """What is left of the message that was the slip."""
    return message(view.me, say("This message was sent by mistake.", *_as_before(view)))


def _as_before(view: PairView) -> tuple[Run, ...]:
    until: tuple[Run, ...] = (" until ", When(view.pair.ends_at, "day")) if view.pair.ends_at else ()
    return (" Your mentoring with ", Bold(view.other.name), " goes on", *until, ", as before.")


def goes_on_longer(view: PairView) -> Message | None:
    """Both hear of it; None once it has been taken back."""
    if view.pair.extended_at is None:
        return None
    office, until = view.scheme.words.office, view.pair.ends_at
    longer: tuple[Run, ...] = (" until ", When(until, "day")) if until else ()
    head = say(
        "Your mentoring with ", Bold(view.other.name), " goes on", *longer, f": the {office} has given you time."
    )
    wrote = quoted(f"The {office} writes:", view.pair.reply) if view.pair.reply and view.pair.state == "active" else ()
    return message(view.me, head, *wrote, press(buttons.view_pair(view.pair.id, view.other.name)))


def replace_form(best: Shortlist, listed: ListedPair, said: Sequence[TwoPeople]) -> Form:
    """Who else suits the mentee, best first, each with the terms of its match; or why there is nobody. `said`: of
    the mentee and others, as far as this reader may know."""
    apart = pairings.to_whoever_matches(said)
    head = say(Bold(listed.mentor.name), " is the mentor of ", Bold(listed.mentee.name), ".")
    if not best.shown:
        waits = small("You can end the connection: their mentee can then look for another mentor.")
        nobody = say(shortlist.why_nobody(best, "their"))
        return Form(Verb.OPEN_REPLACE_MENTOR, _REPLACE, (head, nobody, waits, *apart), listed.pair.id)
    parts: list[Part] = [head, small("You read what follows before anything happens.")]
    for n, ranked in enumerate(best.shown, start=1):
        chosen = buttons_of_office.replace_by(subjects.choice(listed.pair.id, ranked.mentor.id), ranked.mentor.name)
        parts += shortlist.to_office(ranked, n, best.scheme, chosen, pairings.warning(said, ranked.mentor.id))
    skipped = ",".join([*best.skipped, *(each.mentor.id for each in best.shown)])
    if best.more > 0:
        parts += [Divider(), press(buttons_of_office.more_to_replace(listed.pair.id))]
    return Form(Verb.OPEN_REPLACE_MENTOR, _REPLACE, (*parts, *apart), listed.pair.id, carried={"skipped": skipped})


def replace_by_form(view: ReplaceView) -> Form:
    """What follows, and words for the two."""
    mentee, mentor, by = view.pair.mentee, view.pair.mentor, view.by
    then = "is asked at once" if view.asks else "is connected with them at once"
    parts = (
        say(f"The connection of {mentee.name} and {mentor.name} ends, both are told, and {by.name} {then}."),
        small(
            f"Sessions that are set are called off, and {mentee.first} and {by.first} begin anew with the agreement."
        ),
        replace(own_fields.FAREWELL, label=cut(f"Your words to {mentee.name} and {mentor.name}", 150)),
        own_fields.FOR_OFFICE,
    )
    subject = subjects.choice(view.pair.pair.id, by.id)
    return Form(Verb.REPLACE_MENTOR, _REPLACE, parts, subject, _REPLACE)


def replaced(view: ReplaceView) -> Notice:
    """What came of it."""
    mentee, mentor, by = view.pair.mentee.name, view.pair.mentor.name, view.by.name
    if view.asks:
        text = f"The connection of {mentee} and {mentor} has ended, and {by} has been asked. All three have been told."
        return done(f"{text} If it is a no, the request comes back to you.")
    return done(f"{by} is the mentor of {mentee} from now on; all three have been told.")
