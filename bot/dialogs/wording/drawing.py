"""The few words that a drawing adds to what it draws: what closes it, and that there is more than it holds."""

from typing import Final

REST_OF_MESSAGE: Final = "There is more than a message can hold: the rest is on the Home page of this app."
REST_OF_HOME: Final = "There is more than fits on this page. The rest comes up as you work through what is above."
REST_OF_FORM: Final = "There is more than fits in this window."
CLOSE: Final = "Close"
BACK: Final = "Back"
CANCEL: Final = "Cancel"
TITLE: Final = "Mentoring"
"""The title of a notice that has none."""
