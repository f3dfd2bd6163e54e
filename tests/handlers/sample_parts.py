"""Every part there is, as both wings are asked to draw it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.dialogs import parts as p

LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
ADA = p.Mention("3f0c7f6e-0d6f-4a53-9f0c-5b8a6f1f2a11", "Ada *Lovelace*", "ada@example.org")
KATHERINE = p.Mention("U0KATHERINE", "Katherine Bell", "katherine@example.org")

SHOWN: dict[str, p.Shown] = {
    "heading": p.Heading("Mentoring requests & more"),
    "paragraph": p.Paragraph(
        (KATHERINE, " asks *you* to be her mentor. Please answer by ", p.When(AT), ", ", p.Bold("4 days left"), ".")
    ),
    "paragraph_link": p.Paragraph(("Here is the ", p.Link("training", "https://training.example.org/a?b=1&c=2"), ".")),
    "portrait": p.Portrait(
        (p.Bold("1. Katherine Bell"), " · 83 % match\nConsultant"), KATHERINE, "https://pictures.example.org/bell.png"
    ),
    "portrait_by_its_platform": p.Portrait((p.Bold("Ada *Lovelace*"),), ADA),
    "portrait_of_none": p.Portrait((p.Bold("Katherine Bell"),), KATHERINE),
    "note": p.Note(("Asked on ", p.When(AT, "day"), " for ", KATHERINE)),
    "bullets": p.Bullets((("Update preferences",), ("Meet ", KATHERINE, " on ", p.When(AT)))),
    "facts": p.Facts((("Topics", ("Leadership; Wellbeing",)), ("First session", (p.When(AT),)), ("Post", ("",)))),
    "chart": p.Chart(
        "Month by month", ("Oct 26", "Nov 26"), (("Requests", (12, 0)), ("Ended", (None, 7))), "fewer than 5"
    ),
    "chart_of_nothing": p.Chart("Sessions, by month", ("Oct 26", "Nov 26"), (("Held", (None, 0)),), "fewer than 5"),
    "divider": p.Divider(),
    "buttons": p.Buttons(
        (
            p.Button("View", "requests.view", "inv-1", opens_form=True),
            p.Button("Accept", "requests.accept", "inv-1", style="primary", spoken="Accept Katherine Bell"),
            p.Button("Decline", "requests.decline", "inv-1", opens_form=True, style="danger"),
            p.Button("Find mentors", "mentors.find"),
        )
    ),
}

FEW, MANY = ("Mornings", "Afternoons", "Evenings"), tuple(f"Topic {n}, and more" for n in range(1, 13))
INPUTS: dict[str, p.Input] = {
    "text": p.TextInput("role", "Your current role", hint="As you would say it", initial="Consultant <b>"),
    "text_long": p.TextInput("about", "About you", required=False, long=True, longest=1200),
    "number": p.NumberInput("places", "How many mentees?", 1, 5, initial=2),
    "choice_few": p.Choice("when", "When?", FEW, initial="Evenings"),
    "choice_many": p.Choice("topic", "What first?", MANY, initial="An option of last year"),
    "choices_few": p.Choices("times", "When could you meet?", FEW, initial=("Evenings", "At noon", "Mornings")),
    "choices_many": p.Choices("topics", "What about?", MANY, required=False, initial=MANY[3:5]),
    "date": p.DateInput("on", "On which day?", initial=date(2026, 11, 24)),
    "person": p.PersonInput("whom", "Whom?", hint="Anybody of this workspace"),
    "file": p.FileInput("proof", "Your certificate", ("pdf", "png"), hint="A PDF or PNG"),
    "time": p.TimeInput("at", "At what time?", required=False, initial=time(9, 5)),
}
FORM = p.Form("requests.create", "Create request", (SHOWN["note"], *INPUTS.values()), "m-1", "Send", {"page": "2"})
TOLD = p.Notice("That place is taken by now. The next mentor has been asked.", (SHOWN["facts"],))
