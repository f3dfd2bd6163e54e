"""A whole bot for the tests of this floor."""

from tests.support.bots import bots

__all__ = ["bots"]
