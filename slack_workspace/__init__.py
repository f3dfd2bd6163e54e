"""A Slack workspace on this computer: what the demo shows in the browser and what the tests talk to.

The bot does not know it from Slack: same signatures, same Web API, same errors. Tied to nothing above it.

    workspace             the facade, with directory (people, channels) and server
    web_api, methods      the Web API: bodies and arguments in; reference, scopes and limits in front; serializers out
    blocks, …_rules       what may be drawn: blocks check a surface, the rules say what Slack allows in each part
    content               what a message says, wherever it comes from
    deliveries, sockets   what is brought to the app, over HTTP and Socket Mode; payloads say in which shape
    response_urls         what the app answers to a response_url, counted by responses
    interactions          what a person does; test_user for tests, page for a browser
    core, state, model    what all of them share: the records and their changes
    control, faults       what goes wrong on request
"""

from slack_workspace.deliveries import Delivery
from slack_workspace.errors import Refusal
from slack_workspace.model import Channel, Message, Person, View
from slack_workspace.test_user import TestUser
from slack_workspace.workspace import Workspace

__all__ = ["Channel", "Delivery", "Message", "Person", "Refusal", "TestUser", "View", "Workspace"]
