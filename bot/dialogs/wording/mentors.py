"""Words about a mentor as a mentee reads them before asking."""

from bot.dialogs import forms
from bot.dialogs.parts import Bold, Form
from bot.dialogs.wording.builders import portrait, say, small
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import readable
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme


def profile_view(scheme: Scheme, member: Member, person: Person) -> Form:
    """A mentor's profile and what suits them, which the match has used, as far as the scheme shows it to mentees."""
    role, seen = scheme.roles["mentor"], readable("party")
    profile = forms.facts(role.profile, member.profile or {}, seen) if role.profile else None
    suits = forms.facts(role.preferences, member.preferences or {}, seen) if role.preferences else None
    about = profile or say(f"{person.first} has not written a profile yet.")
    back = small("Close this window to go back to your list.")
    head = portrait(person, Bold(person.name), f"\nMentor, {scheme.name}")
    return Form(Verb.OPEN_MENTOR, "Mentor", (head, about, *((suits,) if suits else ()), back))
