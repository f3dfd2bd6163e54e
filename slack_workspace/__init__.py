"""A Slack workspace on this computer: what the demo shows in the browser and what the tests talk to.

The bot does not know it from Slack: same signatures, same Web API, same errors. Tied to nothing above it.
"""

from slack_workspace.deliveries import Delivery
from slack_workspace.errors import Refusal
from slack_workspace.model import Channel, Message, Person, View
from slack_workspace.test_user import TestUser
from slack_workspace.workspace import Workspace

__all__ = ["Channel", "Delivery", "Message", "Person", "Refusal", "TestUser", "View", "Workspace"]
