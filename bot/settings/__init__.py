"""The environment as typed settings. What is missing or malformed is said with its mend, and never with its value."""

from bot.settings.environment import from_environment
from bot.settings.mends import MENDS, SettingsError, sentence, unknown
from bot.settings.model import Settings, SlackSettings, TeamsSettings

__all__ = [
    "MENDS",
    "Settings",
    "SettingsError",
    "SlackSettings",
    "TeamsSettings",
    "from_environment",
    "sentence",
    "unknown",
]
