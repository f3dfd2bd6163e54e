"""Scheme files: the shipped one is whole, a broken one names every mistake by its key, nothing unserved is ignored."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from bot.schemes.loading import SchemeError, load, names, read

NAME = "british_cardiovascular_society"
SHIPPED = resources.files("bot.schemes").joinpath(f"{NAME}.toml").read_text("utf-8")


def edited(*pairs: tuple[str, str]) -> str:
    """The shipped file with each piece of text, which must stand there, replaced where it stands first."""
    text = SHIPPED
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(SchemeError) as caught:
        read(text, "mine")
    assert str(caught.value).startswith("The scheme mine cannot be used:\n  ")
    return caught.value.mistakes


@pytest.mark.parametrize("name", names())
def test_every_shipped_scheme_loads(name: str) -> None:
    assert load(name).key == name


@pytest.mark.covers("A1", "A2", "A3", "A8", "A13", "A17", "A19", "A22", "A25", "A32")
def test_the_reference_scheme_says_what_its_guide_says() -> None:
    scheme = load(NAME)
    assert scheme.intake["mentee"].places
    assert len(scheme.intake["mentee"].criteria) == 2
    assert "Career progression, early career" in scheme.topics
    assert [field.key for field in scheme.forms.request.fields] == [
        "topics", "foremost", "current_post", "year", "sought", "gender", "location",
    ]  # fmt: skip
    assert scheme.requests.mentors == 3
    assert scheme.requests.reply_within
    assert scheme.requests.reply_within.words == "5 days"
    assert scheme.requests.on_silence == "end"
    assert scheme.capacity.recommended == 2
    assert scheme.agreement.kind == "required"
    assert (scheme.sessions.expected, scheme.sessions.minutes) == (4, 60)
    assert scheme.sessions.length
    assert scheme.sessions.length.words == "1 year"
    assert scheme.training["mentor"].renewed_every
    assert scheme.training["mentor"].renewed_every.words == "3 years"
    assert {"approve_members", "approve_requests"} <= set(scheme.powers_of("administrator"))
    assert scheme.powers_of("nobody") == ()
    assert {field.key for field in scheme.compared} == {"ways", "mentor_gender", "mentor_region", "times"}


def test_the_shipped_file_writes_no_key_that_the_model_does_not_read() -> None:
    data = tomllib.loads(SHIPPED)
    assert data["requests"]["mentors"] == load(NAME).requests.mentors
    assert mistakes(edited(("mentors = 3", "mentors = 3\nmentor = 3")))[0].startswith("requests.mentor: ")


def test_a_scheme_outside_the_package_is_a_path(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(edited((f'key = "{NAME}"', 'key = "ours"')), "utf-8")
    assert load(str(file)).key == "ours"


def test_a_path_that_is_not_there_names_the_schemes_that_are(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match=NAME):
        load(str(tmp_path / "none.toml"))


def test_a_file_that_is_no_text_is_a_mistake_too(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(b'name = "\xff"')
    with pytest.raises(SchemeError, match="UTF-8"):
        load(str(file))


def test_a_file_that_is_not_toml_says_where() -> None:
    (line,) = mistakes("name = \n")
    assert line.startswith("not TOML: ")
    assert "line 1" in line


EVERY_MISTAKE = [
    ('reply_within = "P5D"', 'reply_within = "5 days"', "requests.reply_within: '5 days' is not an ISO 8601 duration"),
    ('reply_within = "P5D"', "reply_within = 5", "requests.reply_within: write an ISO 8601 duration in quotes"),
    ('on_silence = "end"', 'on_silence = "wait"', "requests.on_silence: "),
    ("mentors = 3", "mentors = 9", "requests.mentors: "),
    ("mentors = 3", 'mentors = "many"', "requests.mentors: "),
    ("recommended = 2", "recommended = 0", "capacity.recommended: "),
    ("own_limit = 2", "own_limit = 0", "capacity.own_limit: "),
    ("places = 60", "places = 0", "intake.mentee.places: "),
    ("open = true", 'open = "perhaps"', "intake.mentee.open: "),
    ('key = "british_cardiovascular_society"', 'key = "BCS!"', "key: "),
    ('contact = "academy@example.org"', 'contact = "academy"', "contact: "),
    ('name = "BCS Mentoring Scheme"', 'nam = "BCS"', "name: "),
    ('"approve_members", ', '"approve_everything", "approve_members", ', "offices.0.powers.0: "),
    ('kind = "text"', 'kind = "picture"', "intake.mentee.form.fields.0.kind: "),
    ('title = "Join as mentee"', 'title = "Join this scheme as a mentee"', "intake.mentee.form.title: "),
    ('kind = "ratings"', 'kind = "choice"', "forms.mentor_profile.fields.2: a choice needs options"),
    ('strength = "must"', 'strength = "shall"', "forms.mentee_preferences.fields.0.compare.strength: "),
    ("weight = 2", "weight = 4", "forms.mentee_preferences.fields.1.compare.weight: "),
    ('indifferent = ["No preference"]', 'indifferent = ["No preferences"]',
     "forms.mentee_preferences.fields.1: compare.indifferent: 'No preferences' is not one of the options"),
    ('key = "note"', 'key = "stage"', "intake.mentee.form: these fields stand twice: stage"),
    ('["Mornings", "Afternoons"', '["Mornings", "Mornings"', "forms.mentee_preferences.fields.3: an option stands"),
    ("highest = 6", "highest = 0", "forms.mentor_profile.fields.5: lowest is above highest"),
    ('kind = "long_text"\nrequired = false', 'kind = "yes_no"\nrequired = false',
     "intake.mentee.form.fields.2: max_length belongs to text and long_text, not to yes_no"),
    ('kind = "number"', 'kind = "date"', "forms.mentor_profile.fields.5: lowest and highest belong to number"),
    ("minutes = 60", "minutes = 60\nminutes_at_most = 45", "sessions: minutes_at_most is below minutes"),
    ('modes = ["In person", "Video call", "Telephone"]\nadvice', "modes = []\nadvice", "sessions.modes: "),
    ('["P2D"]', '["P2D", "P1D"]', "reminders.invitation_unanswered: "),
    ("[training.mentor]", "[training.chair]", "training.chair: "),
    ("[intake.mentor]", "[intake.guest]", "intake.guest: "),
    # What does not fit together is found once each part is right on its own.
    ('topics_field = "topics"', 'topics_field = "year"', "matching.topics_field: forms.request has no topics field"),
    ('"foremost"\nratings', '"most"\nratings', "matching.foremost_field: forms.request has no topics field 'most'"),
    ('ratings_field = "expertise"', 'ratings_field = "about"', "matching.ratings_field: "),
    ('own_limit_field = "mentees_at_most"', 'own_limit_field = "about"', "capacity.own_limit_field: "),
    ('with = "region"', 'with = "country"', "field mentor_region: compares with 'country'"),
    ('with = "region"', 'with = "expertise"', "field mentor_region: ratings are ranked by matching.ratings_field"),
    ('"Anywhere", "London"', '"Anywhere", "Londn"', "field mentor_region: no mentor can answer 'Londn' in region"),
    ('key = "region"', 'key = "times"', "forms.mentor_preferences: field times stands in forms.mentor_profile too"),
    ('"approve_members", ', "", "offices: nobody holds the power approve_members"),
    ('"approve_requests", ', "", "offices: nobody holds the power approve_requests"),
    ('    "Leadership",', '    "Wellbeing",', "topics: one stands twice"),
    ('["P2D"]', '["P5D"]', "reminders.invitation_unanswered: is not inside requests.reply_within"),
    ('["P2D"]', '["P1M"]', "reminders.invitation_unanswered: write days or hours"),
    ('reply_within = "P5D"\n', "", "reminders.invitation_unanswered: needs requests.reply_within"),
    ("[reminders]", '[[offices]]\nkey = "administrator"\ntitle = "Again"\npowers = []\n\n[reminders]',
     "offices: two have the same key"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line"), EVERY_MISTAKE)
def test_a_mistake_is_named_by_its_key(old: str, new: str, line: str) -> None:
    assert any(each.startswith(line) for each in mistakes(edited((old, new)))), mistakes(edited((old, new)))


def test_silence_cannot_ask_the_next_without_a_window() -> None:
    text = edited(('reply_within = "P5D"\n', ""), ('on_silence = "end"', 'on_silence = "ask_next"'), ('["P2D"]', "[]"))
    assert mistakes(text) == ("requests: on_silence = 'ask_next' needs reply_within",)


def test_all_mistakes_come_at_once_a_line_each() -> None:
    wrong_values = mistakes(edited(("mentors = 3", "mentors = 9"), ("places = 60", "places = 0")))
    assert [line.split(":")[0] for line in wrong_values] == ["intake.mentee.places", "requests.mentors"]
    misfits = mistakes(edited(('topics_field = "topics"', 'topics_field = "x"'), ('["P2D"]', '["P5D"]')))
    assert [line.split(":")[0] for line in misfits] == ["matching.topics_field", "reminders.invitation_unanswered"]


NOT_YET = [
    ("joining = true", "joining = false", "approvals.joining"),
    ("mentor_profile = true", "mentor_profile = false", "approvals.mentor_profile"),
    ("request = true", "request = false", "approvals.request"),
    ('matched_by = "mentee"', 'matched_by = "either"', "requests.matched_by"),
    ('matched_by = "mentee"', 'matched_by = "office"', "requests.matched_by"),
    ('matched_by = "mentee"', 'matched_by = "named"', "requests.matched_by"),
    ('when_all_fail = "choose_again"', 'when_all_fail = "office"', "requests.when_all_fail"),
    ("recommended = 2", "recommended = 2\nbudget = 30", "capacity.budget"),
    ("expected = 4", 'expected = 4\nevery = "P1M"', "sessions.every"),
    ('kind = "required"', 'kind = "optional"', "agreement.kind"),
    ('kind = "required"', 'kind = "none"', "agreement.kind"),
    ("[training.mentor]", "[training.mentee]", "training.mentee"),
    ('connected = "email"', 'before_acceptance = "messages"', "contact_details.before_acceptance"),
    ("own_limit = 2", 'own_limit = 2\ncounted_by = "flag"', "capacity.counted_by"),
    ('length = "P12M"', 'length = "P12M"\nlength_at_least = "P6M"', "sessions.length_at_least"),
    ('kind = "required"', 'kind = "required"\ncode_for_mentors = ["Be kind."]', "agreement.code_for_mentors"),
    ('name = "New mentor training"', 'name = "Course"\nkind = "qualification"', "training.mentor.kind"),
    ('name = "New mentor training"', 'name = "Course"\nkind = "course_or_equivalent"', "training.mentor.kind"),
    ('"see_reports"', '"see_reports", "match"', "offices.0.powers.4"),
    ('"see_reports"', '"see_reports", "handle_concerns"', "offices.0.powers.4"),
    ('kind = "text"\nmax_length = 120\nhint', 'kind = "text"\ncompare = { with = "region", strength = "must" }\nhint',
     "forms.mentor_profile"),
    ("[words]", '[surveys]\nkind = "mentor"\n[words]', "surveys.kind"),
    ("[words]", '[surveys]\nkind = "before_and_after"\n[words]', "surveys.kind"),
    ("[words]", 'sheets = "optional"\n[words]', "sheets"),
    ("[words]", 'sheets = "required"\n[words]', "sheets"),
    ("[words]", 'pay = "banned"\n[words]', "pay"),
    ("[words]", 'pay = "hours_exported"\n[words]', "pay"),
    ("[words]", '[concerns]\nwithin = "P7D"\n[words]', "concerns.within"),
    ("[words]", '[concerns]\nabout_the_office = "chair"\n[words]', "concerns.about_the_office"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key"), NOT_YET)
def test_what_is_not_served_is_refused_with_not_yet(old: str, new: str, key: str) -> None:
    (line,) = mistakes(edited((old, new)))
    assert line.startswith(f"{key}: not yet: ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('reply_within = "P5D"', 'reply_within = "P21D"'),
        ('on_silence = "end"', 'on_silence = "ask_next"'),
        ("mentors_per_mentee = 1", "mentors_per_mentee = 3"),
        ("first_conversation = true", "first_conversation = false"),
        ("recommended = 2\n", ""),
        ("places = 60\n", ""),
        ('length = "P12M"\n', ""),
        ("expected = 4", "expected = 12\nminutes_at_most = 90"),
        ('modes = ["In person", "Video call", "Telephone"]\nadvice', 'modes = ["Video call"]\nadvice'),
        ('connected = "email"', 'connected = "chat"'),
        ('renewed_every = "P3Y"\n', ""),
        ('email_copies = ["arrival", "acceptance", "expiry"]', "email_copies = []"),
    ],
)
def test_the_settings_in_which_schemes_differ_and_that_are_served(old: str, new: str) -> None:
    read(edited((old, new)), "mine")


def test_what_is_left_out_is_no_limit() -> None:
    scheme = read(edited(("recommended = 2\n", ""), ("places = 60\n", "")), "mine")
    assert scheme.capacity.recommended is None
    assert scheme.intake["mentee"].places is None
