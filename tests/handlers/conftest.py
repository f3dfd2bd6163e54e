"""A whole bot for the tests of this floor, in Slack and in Teams."""

from tests.support.bots import bots
from tests.support.teams_bots import teams_bots

__all__ = ["bots", "teams_bots"]
