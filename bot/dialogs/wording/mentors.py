"""Words about a mentor as a mentee reads them before asking."""

from bot.dialogs import forms
from bot.dialogs.parts import Form
from bot.dialogs.wording.builders import heading, say, small
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import readable
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme


def profile_view(scheme: Scheme, member: Member, person: Person) -> Form:
    """A mentor's profile, as far as the scheme shows it to mentees."""
    form = scheme.roles["mentor"].profile
    facts = forms.facts(form, member.profile or {}, readable("party")) if form else None
    about = facts or say(f"{person.first} has not written a profile yet.")
    parts = (heading(person.name), about, small("Close this window to go back to your list."))
    return Form(Verb.OPEN_MENTOR, "Mentor", parts)
