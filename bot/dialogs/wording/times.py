"""What is said at the fields of a date and a time."""


def day_missing() -> str:
    """No day was given."""
    return "Please choose a day."


def time_missing() -> str:
    """No time was given."""
    return "Please choose a start time, for example 14:30."


def no_such_hour() -> str:
    """The hour that is left out when the clocks go forward."""
    return "The clocks go forward that night, so this time does not exist; please choose another."


def ends_before() -> str:
    """Hours that end before they begin."""
    return "The end comes after the beginning; please choose a later time."


def not_yet() -> str:
    """A day of something done that lies ahead."""
    return "This day is still to come; please give the day on which it was completed."
