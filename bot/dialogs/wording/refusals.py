"""What people read when something cannot be done: why, and what can be done instead."""

from datetime import datetime

from bot.dialogs.parts import Button, Errors, Notice, Shown, When
from bot.dialogs.wording import buttons, next_steps
from bot.dialogs.wording.builders import by_when, press, small
from bot.dialogs.wording.builders import notice as told
from bot.lifecycle.documents import Document
from bot.lifecycle.places import SHUT
from bot.lifecycle.step import Reason, Refused
from bot.schemes.scheme import Scheme

WORDS: dict[Reason, str] = {
    "not_yours": "This is for somebody else to decide, so nothing has changed. Your own things are on Home.",
    "about_yourself": "This one is about you, so another member of the office decides it. Nothing has changed.",
    "gone": "This is no longer there. Home shows how things stand now.",
    "conflict": "Somebody else changed this at the same moment, so your press did nothing. "
    "Home shows how things stand; you can try again there.",
    "already_member": "You are in the scheme in this role already. Home shows what you can do now.",
    "not_member": "There is no membership in this role to end, so nothing has changed. Home shows how things stand.",
    "already_waiting": "The {office} has your application and answers you here{soon}.",
    "intake_closed": "The scheme takes nobody new in this role at the moment. "
    "With “Tell me when a place is free” you hear from us when it opens again.",
    "not_installed": "What writes a PDF is not installed here: whoever runs the bot can add it with mentorbot[report]. "
    "You can read it in chat.",
    "not_offered": "This scheme does not offer that, so there is nothing here. You can ask the {office}: {contact}.",
    "import_over": "This file has been dealt with already, so nothing has changed. You can send another.",
    "intake_changed": "Somebody else has changed this intake since you opened the form, so nothing has changed now. "
    "What you typed is still here; you can open Intake again to see theirs.",
    "no_places": "All {places} places in this role are taken at the moment. "
    "With “Tell me when a place is free” you hear from us when one is.",
    "holds_already": "They hold this office already, so nothing has changed. You can choose somebody else.",
    "by_settings": "The settings give this office, so nothing has changed. "
    "You can change it in MENTORBOT_ADMINISTRATORS; it counts from the next start.",
    "last_holder": "Nobody else holds the power to {power}, so nothing has changed. "
    "You can remove them once somebody else has been appointed.",
    "on_the_list": "You are on the list already, and get a message as soon as a place is free. "
    "Home has the way off the list.",
    "place_is_free": "There is a place at this moment: you need not wait for one, you can join.",
    "not_on_the_list": "You are not on the list for a place, so nothing has changed. Home shows how things stand.",
    "places_taken": "All {places} places in this role are taken, so nobody has been admitted. "
    "The application waits: you can approve it once a place is free, or once Intake allows more.",
    "not_admitted": "This opens once the {office} has let you in. If you have asked already, you hear from us here"
    "{soon}; if not, you can ask now.",
    "not_approved": "This needs an approved mentor whose training is up to date. The {office} can help: {contact}.",
    "gate_first": "{first}; your mentoring request comes right after.",
    "already_decided": "This has been decided already, so nothing has changed. Home shows how things stand.",
    "decided_by": "{who} {what} first, so nothing has changed. Home shows how things stand.",
    "waits_for_answer": "The office has asked a question here and waits for the answer. "
    "You can decide as soon as it is there.",
    "undo_too_late": "A decision can be taken back for two minutes, and those are over. Home shows how things stand.",
    "undo_gone_on": "Something has come of this decision already, so it stays. Home shows how things stand.",
    "request_open": "You have a mentoring request under way. You can see, change or withdraw it on Home.",
    "topic_not_asked": "“{topic}” matters most to you, but is not among the topics you ask for. "
    "You can choose it there too, or leave it out.",
    "not_in_review": "This request has been decided, so it can no longer be changed. Home shows what comes next.",
    "not_ready_to_ask": "Mentors cannot be chosen for this request now. Home shows what comes next.",
    "being_asked": "A mentor is being asked for this request now. If it is a no, it comes back to the office; "
    "Home shows it then.",
    "nobody_chosen": "There is no mentor on the list. Press {find} on Home for a fresh one, "
    "or ask the {office}: {contact}.",
    "nobody_named": "There is no mentor on your list yet. Press Add beside each mentor you would like, then send it.",
    "too_many_mentors": "The list holds {most} mentors at most, and nobody has been asked yet. "
    "Press {find} on Home for a fresh one.",
    "asked_before": "One of these mentors has been asked for this request before, so nobody has been asked now. "
    "Press {find} on Home for a fresh list.",
    "mentor_unavailable": "One of these mentors has just become unavailable, so nobody has been asked yet. "
    "Press {find} on Home for a fresh list.",
    "kept_apart": "These two are kept apart, so nothing has changed. You can allow it again on the card of either.",
    "no_mentor": "This is no mentor of the scheme. You can choose somebody who is.",
    "not_here": "This is nobody of the scheme, or the same person. You can choose somebody else.",
    "role_in_use": "They have a request or a connection in this role, so nothing has changed. "
    "You can change the role once these are over, or ended from this card.",
    "role_full": "All {places} places of a {role} are taken, so nothing has changed. You can allow more by Intake.",
    "has_role_already": "They are in the scheme in the other role as well, so nothing has changed. "
    "You can remove them from this one.",
    "already_accepted": "This request has been accepted already. Home shows the connection.",
    "already_declined": "This has been declined already. Nothing more is needed.",
    "already_expired": "The time to answer has passed, so nothing has changed. Home shows how things stand.",
    "already_withdrawn": "This request has been withdrawn. Nothing more is needed.",
    "talk_offered": "You have offered to talk first already, and they know. You can answer whenever you have talked.",
    "at_limit": "You have as many mentees as your profile allows at one time ({limit}), so nothing has changed. "
    "You can raise the number in your profile, or decline so that the search goes on.",
    "mentor_full": "This mentor has no place free at the moment: each mentee, open request and offer of theirs holds "
    "one. You can press Assign mentor again and choose somebody else.",
    "no_place_free": "You have no place free at the moment: each mentee, each request to you and each open offer of "
    "yours holds one. You can take more mentees, or say that you are available, in your profile on Home.",
    "on_list_already": "You have offered for this request, or have been asked for it, before. Home shows what is open.",
    "mentor_not_free": "This mentor has no place free any more, so nothing has changed. Your search goes on; "
    "Home shows how it stands.",
    "written_enough": "{most} messages have passed between the two of you, which is as many as there can be before "
    "the answer. Home shows what can be done.",
    "budget_spent": "The scheme has room for {budget} connections at one time, and has them, so nothing has changed. "
    "You can try again once one has ended; the {office} is at {contact}.",
    "document_first": "A session can be scheduled once both of you have accepted the {called}. "
    "Press Read {noun} on Home to see who still has to.",
    "already_agreed": "You have accepted the {called} already. Home shows what comes next.",
    "offer_over": "This time is not offered any more, so nothing has changed. Home shows how the session stands.",
    "session_added": "This session has been added already, so nothing has changed. Home shows when it is.",
    "session_too_far": "This lies more than two years ahead; please check the year. You can change the day.",
    "session_length": "A session has {shortest} to {longest} minutes. You can change the length.",
    "session_mode": "You can choose how you will meet from the list.",
    "session_past": "That time has passed, so nothing has changed. You can choose a later one under View on Home.",
    "session_not_set": "This session has no time at the moment, so nothing has changed. Home has the way to set one.",
    "session_begun": "This session has begun already, so nothing has changed. Home has what can be said about it.",
    "session_confirmed": "This time is confirmed already, so nothing has changed. View on Home lets you change it.",
    "last_already": "This is your last session already. Home shows when it is.",
    "last_not_agreed": "This session is not your last, so nothing has changed. Home shows how it stands.",
    "last_of_several": "Your last session is one that has another before it, and after which none is set. View on Home "
    "shows when they are.",
    "session_after_end": "Your connection ends before that. You can choose an earlier day.",
    "session_not_in_order": "Each session comes after the one before it. You can change the day.",
    "nothing_to_plan": "All the sessions that were expected have a time. View on Home lets you change and add some.",
    "no_more_time": "This connection ends as planned. You can create a new mentoring request afterwards.",
    "more_time_asked": "More time has been asked for already: you hear from us as soon as the other answers.",
    "span_backwards": "The last day comes before the first, so nothing has been counted. You can choose a later one.",
    "span_not_over": "Only days that are over are counted, so that each session counts once. You can choose yesterday "
    "or an earlier day.",
    "no_end": "This connection has no end that could be moved. You can end it by End connection.",
    "extend_earlier": "An end is moved to a day after the one it has. You can end it sooner by End connection.",
    "extend_too_long": "Two people are connected for three years at most. You can choose an earlier day.",
    "extend_says_why": "This is more time than the scheme gives. You can give it with a few words on why, for both.",
    "replace_request_open": "The mentee has a mentoring request under way already. You can find a mentor for it under "
    "Requests, and end this connection then.",
    "more_time_early": "You can ask for more time in the last three months before the end.",
    "talk_asked": "You have asked for that already: somebody gets in touch with you. You can join meanwhile, or wait.",
    "talk_done": "Somebody has talked with them already. You can get in touch all the same.",
    "entry_fresh": "Your entry is confirmed for this year already: thank you. You can change it on Home at any time.",
    "mentor_already": "They are a mentor here already, or on the way to it. You can find them among the mentors.",
    "invited_before": "They have been asked for you once, and are not asked again. You can invite somebody else.",
    "invited_enough": "You have invited {most} people in the last 30 days. You can invite the next one after that.",
    "cannot_be_invited": "They cannot be invited at the moment. You can invite somebody else.",
    "already_answered": "You have answered this already: thank you. You can join at any time from Home.",
    "another_asked": "You have asked for another mentor already, and hear from us here. You can take it back.",
    "another_not_asked": "Nobody waits for that any more, so nothing has changed. You can look at how things stand.",
    "more_time_not_asked": "Nobody has asked you for more time, so nothing has changed. Home shows how things stand.",
    "pause_past": "A pause ends on a day to come. You can choose a later one.",
    "pause_too_long": "A pause can last a year at most. You can choose an earlier day, or leave and come back.",
    "not_paused": "Nothing is paused at the moment, so nothing has changed. Home shows how things stand.",
    "plan_weeks": "Between two sessions there are 1 to {most} weeks. You can change the number.",
    "plan_count": "A plan has 1 to {most} sessions. You can change the number.",
    "session_agreed": "This session counts as held by now, so nothing has changed. The {office} can help: {contact}.",
    "session_not_yet": "This session has not begun yet. You can mark it as completed once it has taken place.",
    "session_completed": "This session is marked as completed already. Add another session under View on Home.",
    "not_complete_yet": "This connection can be ended as completed once the sessions you agreed on have taken place. "
    "You can remove it at any time under View on Home.",
    "sheet_of_other": "The other of you fills this in, so nothing has changed. You can read it under View on Home.",
    "sheet_later": "This is for afterwards: it opens once the session is marked as completed, or the connection has "
    "ended. View on Home has it then.",
    "survey_later": "This is asked later: we write to you when it is time. You can see your connection on Home.",
    "survey_over": "The time to answer this is over, so nothing has changed. You can see your connection on Home, and "
    "we write to you when there are other questions.",
    "survey_given": "You have answered this already, and it counts as it is. You can open it again to read it.",
    "no_addresses": "There is no address for your calendar here at the moment, so nothing has changed. "
    "You can press Add to calendar on a session’s card: it comes as a file.",
    "address_stopped": "You have no address for your calendar now, so there is nothing to stop. "
    "You can get one with Connect your calendar, under View on Home.",
    "no_concern_here": "This is for people who have, or have had, a part in the scheme. You can write to {contact}.",
    "concern_nowhere": "Nobody here could read this but whom it is about, or yourself: so it has been neither sent nor "
    "kept. Write to {beyond} instead: they are outside of this.",
    "concern_contacted": "Contact has been made already, so nothing has changed. Home shows how the concern stands.",
    "concern_not_contacted": "A concern is closed once contact has been made. You can press I have made contact first.",
    "concern_closed": "This concern is closed, so nothing has changed. You can read it with View.",
    "concern_too_long": "You can be away for 60 days at most: choose an earlier day. You can also give up the office.",
    "rounds_not_installed": "What works a round out is not installed here: whoever runs the bot can add it with "
    "mentorbot[rounds]. You can assign mentors one by one, with the command queue.",
    "no_rounds": "Mentees of this scheme find their mentors themselves, so there are no rounds. "
    "You can see who asks for a mentor with the command requests.",
    "round_open": "There is a round already, and one goes on at a time. You can open it with the command round: "
    "run it again, publish it, or drop it.",
    "round_at_work": "The round is still being worked on, so nothing has changed. You can try again in a moment: "
    "the command round shows how far it is.",
    "round_over": "This round is over, so nothing has changed. You can run a new one with the command round.",
    "round_empty": "Nobody is placed in this round, so there is nothing to publish. "
    "You can change places, allow people again, and run the round once more.",
    "round_places": "That is more than one mentor can be given in a round. You can give them up to {most}.",
    "round_own_limit": "They take {limit} mentees at one time and have {load}: that limit holds. "
    "You can give them up to {most} here, or ask them to set another limit in their profile.",
    "round_meets_past": "This time is over. You can give one that is still ahead, or leave the meeting out.",
    "round_meets_far": "That is more than four months ahead. You can give an earlier day, or leave the meeting out.",
    "concern_waits": "Nobody says that contact has been made, so nothing has changed. Home shows by when it is to be.",
    "pair_ended": "This connection has ended, so nothing has changed. Home shows what you can do now.",
}

_GATES: dict[object, str] = {
    "application": "The {office} has to let you in first",
    "profile": "Your mentee profile comes first",
    "preferences": "Your preferences come first",
    "review": "The {office} looks at what you filled in first and answers you here{soon}",
    "training": "The scheme’s training comes first",
    "code": "Accepting the {called} comes first",
}
"""What comes before a mentoring request, by the gate that has not been passed."""

_AT_FIELD: dict[Reason, str] = {
    "topic_not_asked": "Please choose “{topic}” above too, or leave it out here.",
    "session_past": "This lies in the past; please choose a time to come.",
    "session_too_far": "This lies more than two years ahead; please check the year.",
    "session_length": "A session has {shortest} to {longest} minutes.",
    "session_mode": "Please choose how you will meet.",
    "session_after_end": "Your connection ends before that; please choose an earlier day.",
    "session_not_in_order": "Each session comes after the one before it; please choose a later day.",
    "pause_past": "Please choose a day to come.",
    "pause_too_long": "A pause can last a year at most; please choose an earlier day.",
    "concern_too_long": "You can be away for 60 days at most; please choose an earlier day.",
    "plan_weeks": "Please give 1 to {most} weeks.",
    "plan_count": "Please give 1 to {most} sessions.",
}
"""Shorter words for a refusal that stands at its field."""

_DECISIONS: dict[str, str] = {
    "approve_joining": "approved the application",
    "approve_member": "approved the profile",
    "approve_request": "approved the request",
    "turn_down": "turned it down",
    "clarify": "asked a question, and its answer is to come",
    "withdraw": "withdrew the request",
    "assign": "assigned a mentor",
    "give_back": "left the choice to the mentee",
}
"""What somebody did who was quicker, by its verb."""

_DOORS: dict[Reason, tuple[Button, ...]] = {
    "not_admitted": (buttons.join("mentee"), buttons.join("mentor")),
    "at_limit": (buttons.change_profile("mentor"),),
}
"""What a refused person can press instead."""


def words(refused: Refused, scheme: Scheme) -> str:
    """The sentence for a refusal."""
    return _filled(WORDS[refused.reason], refused, scheme)


def at_field(refused: Refused, scheme: Scheme) -> Errors:
    """A refusal of one answer, said at its field."""
    return Errors({refused.field: _filled(_AT_FIELD.get(refused.reason, WORDS[refused.reason]), refused, scheme)})


def _filled(sentence: str, refused: Refused, scheme: Scheme) -> str:
    facts = {
        "office": scheme.words.office, "contact": scheme.contact,
        "soon": by_when(scheme), "beyond": scheme.beyond, "find": next_steps.finding_label(scheme), **refused.facts,
    }  # fmt: skip
    if isinstance(document := facts.get("document"), Document):
        facts["called"] = document.called
    if refused.reason == "gate_first":
        facts["first"] = _GATES[facts["gate"]].format_map(facts)
    if "what" in facts:
        facts["what"] = _DECISIONS.get(str(facts["what"]), "decided this")
    return sentence.format_map(facts)


def notice(refused: Refused, scheme: Scheme) -> Notice:
    """A refusal as an answer to the presser, with what they can press instead."""
    at = refused.facts.get("when")
    since = (small("That was on ", When(at), "."),) if isinstance(at, datetime) else ()
    return _nothing_changed(words(refused, scheme), *_doors(refused), besides=since)


def _doors(refused: Refused) -> tuple[Button, ...]:
    document = refused.facts.get("document")
    if isinstance(document, Document):
        return (buttons.read_code("mentee", document, primary=True),)
    role = refused.facts.get("role")
    if role == "mentee" or role == "mentor":
        return (buttons.wait_for_place(role) if refused.reason in SHUT else buttons.join(role),)
    match refused.facts.get("gate"):
        case "preferences":
            return (buttons.preferences("mentee", primary=True),)
        case "profile":
            return (buttons.complete_profile("mentee"),)
        case _:
            return _DOORS.get(refused.reason, ())


def unknown_verb() -> Notice:
    """A button from an earlier version of the bot."""
    return _nothing_changed("This button is from an earlier version and no longer works. Home has all you can do now.")


def _nothing_changed(text: str, *doors: Button, besides: tuple[Shown, ...] = ()) -> Notice:
    return told("Nothing has changed", text, *besides, *((press(*doors),) if doors else ()))
