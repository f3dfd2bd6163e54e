"""A Microsoft Teams on this computer, for tests and bench: the connector's REST API, the keys that deliveries are
signed with, and people at their keyboards. Made from Microsoft's documentation; it knows nothing of the bot.
"""

from tests.support.teams.people import TeamsUser
from tests.support.teams.place import TeamsPlace

__all__ = ["TeamsPlace", "TeamsUser"]
