"""A Slack workspace on this computer: what the demo shows in the browser and what the tests talk to.

The bot does not know it from Slack: same signatures, same Web API, same errors. Tied to nothing above it.
"""

from bot.workspace.deliveries import Delivery
from bot.workspace.errors import Refusal
from bot.workspace.model import Channel, Message, Person, View
from bot.workspace.seat import Seat
from bot.workspace.workspace import Workspace

__all__ = ["Channel", "Delivery", "Message", "Person", "Refusal", "Seat", "View", "Workspace"]
