"""Words about files of members and connections on their way in."""

from typing import Final

from bot.dialogs import own_fields as own
from bot.dialogs.parts import Bold, Bullets, Button, Form, Message, Notice, Run, Shown
from bot.dialogs.view_models.imports import ImportView
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.wording import buttons_of_office as buttons
from bot.dialogs.wording.builders import HOME, cut, message, notice, press, say, small
from bot.dialogs.wording.findings import place, sentence
from bot.lifecycle.importing import Finding, Import, to_bring
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme

_SHOWN: Final = 8
"""Findings of a kind that a card names; all of them come as a file."""
_UNKNOWN: Final = (
    "Somebody who is not found, and is here all the same, has another address here or does not have this app yet. Once "
    "that is put right, send the file again: what is in already is left as it is."
)


def form(scheme: Scheme) -> Form:
    """A file is to come."""
    parts = (
        say(
            f"Members of the {scheme.name}, or connections that run already, from a CSV file. People are found by "
            "their e-mail address. First it is only looked at: you read what it would do, and then let it begin."
        ),
        press(buttons.template("members"), buttons.template("connections")),
        own.WHAT,
        own.FILE,
        own.HEAR,
    )
    return Form(Verb.BRING_IN, "Import", parts, "", "Look at it")


def no_file(why: str | None) -> str:
    """What is said at the field where no file has come through."""
    if why == "too_large":
        return "This file is larger than 5 MB. Please send it in parts."
    if why == "not_fetched":
        return "The file has not come through. Please give it again, and send the form once more."
    return "A CSV file is still missing."


def taken(one: Import) -> Notice:
    """The answer to a file."""
    text = f"“{one.name}” is looked at now, line by line. Nothing is changed by that. You read here what it would do."
    return notice("Looking at it", text)


def begun(one: Import) -> Notice:
    """The answer to Import."""
    return notice("Begun", f"{_lines(to_bring(one))} of “{one.name}” come in now. You are told when all are in.")


def cancelled(one: Import) -> Notice:
    """The answer to Cancel."""
    return notice("Cancelled", f"“{one.name}” is not brought in any further. {_so_far(one)}")


def _so_far(one: Import) -> str:
    done = to_bring(one) if one.at < one.lines else 0
    return f"What has come in already stays: {_lines(done)}." if done else "Nothing has been changed."


def card(view: ImportView) -> Message:
    """What a file would do, and the way on; then how far it is."""
    one = view.one
    match one.state:
        case "refused":
            return message(view.reader, say(Bold(one.name), " could not be taken."), *_wrong(one))
        case "checked":
            return message(view.reader, *_would(one), press(*_choices(one)))
        case "running":
            done = small(f"{one.at:,} of {one.lines:,} lines are dealt with.")
            return message(view.reader, say(Bold(one.name), " is coming in."), done, press(buttons.cancel_import(one)))
        case "cancelled":
            return message(view.reader, say(Bold(one.name), " has been cancelled."), small(_so_far(one)))
        case "stopped":
            return message(view.reader, say(Bold(one.name), " was stopped before its end."), *_counts(one, done=True))
        case "done":
            return message(view.reader, say(Bold(one.name), " is in."), *_counts(one, done=True))
        case "checking":
            return message(view.reader, say(Bold(one.name), " is being looked at."))


def _would(one: Import) -> tuple[Shown, ...]:
    nothing = "Nothing has been changed yet."
    head = say(Bold(one.name), f" has been looked at: {_lines(one.lines)}. {nothing}")
    return (head, *_counts(one, done=False), *_named(one, "problem", "Not taken"), *_named(one, "change", "Changes"),
            *_named(one, "note", "To know"))  # fmt: skip


def _counts(one: Import, *, done: bool) -> tuple[Shown, ...]:
    are = ("came in", "were changed", "were so already", "were not taken") if done else (
        "would come in", "would be changed", "are so already", "cannot be taken",
    )  # fmt: skip
    noun = "member" if one.what == "members" else "connection"
    counted = [one.counted.get(each, 0) for each in ("new", "changed", "same", "problem")]
    words = [f"{number:,} {noun}{'' if number == 1 else 's'} {said}" for number, said in zip(counted, are, strict=True)]
    shown = [line for number, line in zip(counted, words, strict=True) if number] or [f"There are no {noun}s in it"]
    return (Bullets(tuple((f"{line}.",) for line in shown)),)


def _named(one: Import, kind: str, title: str) -> tuple[Shown, ...]:
    """The first of that kind; the rest is in the file."""
    found = [each for each in one.findings if each.kind == kind]
    if not found:
        return ()
    more = len(found) - _SHOWN
    lines = [_line(each) for each in found[:_SHOWN]]
    rest = (small(f"And {more:,} more, in the file that All findings brings."),) if more > 0 else ()
    unknown = (small(_UNKNOWN),) if any(each.why == "nobody" for each in found) else ()
    return (say(Bold(title)), Bullets(tuple(lines)), *rest, *unknown)


def _line(finding: Finding) -> tuple[Run, ...]:
    where = place(finding)
    return (f"{where}: {cut(sentence(finding), 250)}" if where else cut(sentence(finding), 250),)


def _wrong(one: Import) -> tuple[Shown, ...]:
    return (*(say(*_line(each)) for each in one.findings), press(buttons.template(one.what), buttons.import_again()))


def _choices(one: Import) -> tuple[Button, ...]:
    number = to_bring(one)
    begin = (buttons.begin_import(one, number),) if number else ()
    every = (buttons.findings(one),) if one.findings else ()
    return (*begin, *every, buttons.cancel_import(one) if number else buttons.import_again())


def over(view: ImportView) -> Message:
    """All has come in that could, or it was stopped."""
    one = view.one
    head = say(Bold(one.name), " is in." if one.state == "done" else " was stopped before its end.")
    stopped = "Whoever brings a file in has to look after members until it is in, and nothing else may go wrong."
    why = (small(f"{stopped} Send it again: what is in already is left as it is."),) if one.state == "stopped" else ()
    pressed = (press(buttons.findings(one)),) if one.findings else ()
    return message(view.reader, head, *_counts(one, done=True), *_named(one, "problem", "Not taken"), *why, *pressed)


def brought_in(view: MemberView) -> Message:
    """Somebody has been brought in by the office."""
    scheme, member = view.scheme, view.member
    head = say(f"The {scheme.words.office} has brought you into the ", Bold(scheme.name), f" as {member.role}.")
    how = say("What you can do now is on Home: ", HOME, ".")
    wrong = small(f"Is this a mistake? Home has the way out, or write to {scheme.contact}.")
    return message(view.person, head, say(scheme.about), how, wrong)


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number:,} lines"
