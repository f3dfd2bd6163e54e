"""The intake of each role, for the office."""

from dataclasses import dataclass

from bot.lifecycle.intake import Intake
from bot.lifecycle.people import Person
from bot.schemes.roles import Role, RoleRules
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class IntakeView:
    """The intake of one role as it is now. `held`: how many places are taken or held; `in_line`: how many wait for
    one; `set_by`: who of the office has set it, None where the scheme's file says it."""

    scheme: Scheme
    intake: Intake
    held: int
    in_line: int
    set_by: Person | None = None

    @property
    def role(self) -> Role:
        """Whose it is."""
        return self.intake.role

    @property
    def rules(self) -> RoleRules:
        """The role's rules with what is set."""
        return self.scheme.roles[self.intake.role]
