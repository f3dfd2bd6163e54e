"""Files on their way in, at every point, with everything that can be wrong with a line."""

from dataclasses import replace

from bot.dialogs.view_models.imports import ImportView, TableView
from bot.dialogs.wording import findings
from bot.lifecycle.importing import Finding, Import
from bot.schemes.scheme import Scheme
from tests.dialogs import sample_views as some

FACTS = {
    "said": "Ünbekannt <b>", "line": 2, "form": "profile", "places": 60, "role": "mentee", "budget": 20, "limit": 2,
    "options": ("London", "Wales", "Scotland", "North", "South", "East", "West", "Isle of Man"), "lowest": 0,
    "highest": 5, "most": 3000, "was": "Registrar", "is": "استشاري", "missing": ("E-mail", "Role"),
    "meant": "Current role",
}  # fmt: skip
NOTES = {"column_twice", "column_unknown", "over_limit"}
EVERY = tuple(
    Finding(
        number, "Current role" if number % 3 else "", why, FACTS,
        "change" if why == "change" else "note" if why in NOTES else "problem",
    )
    for number, why in enumerate(findings.SAID, 2)
)  # fmt: skip


def import_views(held: Scheme) -> dict[str, ImportView]:
    """At every point."""
    made = Import("i1", held.key, some.RUTH.id, "members, 2026.csv", "members", True, "checking", some.NOW)
    seen = replace(
        made, state="checked", lines=1204, at=1204, counted={"new": 1100, "changed": 1, "same": 90, "problem": 13},
        findings=EVERY,
    )  # fmt: skip
    every = {
        "being looked at": made,
        "no workbook": replace(made, state="refused", findings=(Finding(0, "", "workbook"),)),
        "no headings": replace(made, state="refused", findings=(Finding(0, "", "no_head", {"missing": ("Role",)}),)),
        "looked at": seen,
        "one line": replace(seen, lines=1, at=1, counted={"new": 1}, findings=()),
        "nothing to bring": replace(seen, counted={"same": 3}, findings=(), what="connections"),
        "nothing in it": replace(seen, lines=0, at=0, counted={}, findings=()),
        "coming in": replace(seen, state="running", at=400),
        "cancelled before": replace(seen, state="cancelled"),
        "cancelled on the way": replace(seen, state="cancelled", at=400, counted={"new": 400}),
        "stopped": replace(seen, state="stopped", at=400, counted={"new": 400}),
        "in": replace(seen, state="done"),
    }
    return {name: ImportView(held, one, some.RUTH) for name, one in every.items()}


def table_view(held: Scheme) -> TableView:
    """An empty file with the columns."""
    return TableView(held, findings.template_title("members"), "members.csv", b"E-mail,Role\r\n", some.RUTH)
