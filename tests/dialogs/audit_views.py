"""The record of who did what, as it is looked through."""

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogs.parts import Form, Notice
from bot.dialogs.view_models.audit import AuditLine, AuditView
from bot.dialogs.wording import audit
from bot.dialogs.wording.audit_words import SAID
from bot.schemes.scheme import Scheme
from tests.dialogs import sample_views as some

_A_PAGE = 50
"""So many acts stand in a notice: a card in Teams has an end."""


def forms_and_notices(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Form | Notice]]:
    """A page with all that can be noted of what people do and are refused, and what the bot does by itself."""
    amara = some.AMARA.name
    done = AuditLine(some.NOW, some.RUTH.name, "approve_joining", "done", (amara,))
    lines = (
        done,
        replace(done, verb="end_connection", whom=(amara, some.KATHERINE.name)),
        replace(done, verb="appoint", of="Administrator"),
        replace(done, verb="set_intake", whom=(), of="mentee"),
        replace(done, who="", verb="lapse"),
        replace(done, who=amara, verb="approve_joining", outcome="not_yours", whom=()),
        replace(done, verb="approve_mentor", outcome="some_other_reason"),
    )
    page = AuditView(held, "", lines, more=True)
    yield "audit", audit.form(page)
    yield (
        "audit, looked for, the second page",
        audit.form(AuditView(held, "by ruth last week", lines[:2], 1, more=True)),
    )
    yield "audit, nothing", audit.answer(AuditView(held, "by nobody", ()))
    yield "audit, past the last page", audit.form(AuditView(held, "", (), 9))
    every = tuple(AuditLine(some.NOW, some.RUTH.name, verb, "done") for verb in sorted(SAID))
    for at in range(0, len(every), _A_PAGE):
        yield f"audit, every act from {at + 1} on", audit.answer(AuditView(held, "", every[at : at + _A_PAGE]))
