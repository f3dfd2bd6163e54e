"""What the event of a session says in people's calendars, in plain lines. Their mail shows it too."""

from bot.dialogs.view_models.sessions import SessionView
from bot.schemes.sheets import Page


def title(view: SessionView) -> str:
    """What it is called, for both and for whoever looks after their calendars."""
    return f"Mentoring session {view.session.number}: {view.pair.mentee.name} and {view.pair.mentor.name}"


def text(view: SessionView) -> str:
    """How it is held, what to prepare and talk about, and where it is changed."""
    scheme, session = view.pair.scheme, view.session
    how = f"{session.mode}, {session.minutes} minutes." if session.mode else f"{session.minutes} minutes."
    rules = scheme.calendar
    keys = (rules.agenda if session.number == 1 else None, rules.prompts)
    pages = (page for key in keys if key and (page := scheme.page(key)))
    then = "To change or cancel it, use the chat: the other is told at once. Moved here, it moves there too."
    return "\n\n".join((f"{scheme.name}. {how}", *map(_page, pages), then))


def _page(page: Page) -> str:
    links = (f"{link.text}: {link.url}" for link in page.links)
    return "\n".join((page.title, *page.text, *links))


def called_off(view: SessionView) -> str:
    """What Outlook tells those who were invited. Nothing that one has written to the other: others read calendars."""
    if view.session.state == "called_off":
        return "The mentoring connection has ended, so this session does not take place."
    return "This session does not take place at this time. The chat says how it goes on."
