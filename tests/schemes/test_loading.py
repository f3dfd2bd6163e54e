"""Scheme files: the shipped one is whole, a broken one has every mistake named, nothing unserved is ignored."""

import re
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
    """What is said of each mistake, without the line."""
    return tuple(re.sub(r"^line \d+: ", "", line) for line in mistakes_with_lines(text))


def mistakes_with_lines(text: str) -> tuple[str, ...]:
    with pytest.raises(SchemeError) as caught:
        read(text, "mine")
    assert str(caught.value).startswith("The scheme mine cannot be used:\n  ")
    return caught.value.mistakes


@pytest.mark.parametrize("name", names())
def test_every_shipped_scheme_loads(name: str) -> None:
    assert load(name).key == name


def test_the_reference_scheme_says_what_its_guide_says() -> None:
    scheme = load(NAME)
    assert scheme.roles["mentee"].places
    assert len(scheme.roles["mentee"].criteria) == 2
    assert "Career progression, early career" in scheme.topics
    assert [field.key for field in scheme.request.fields] == [
        "topics", "foremost", "current_post", "year", "sought", "gender", "location",
    ]  # fmt: skip
    assert scheme.route.mentors == 3
    assert scheme.route.reply_within
    assert scheme.route.reply_within.words == "5 days"
    assert scheme.route.on_silence == "end"
    assert scheme.capacity.recommended == 2
    assert [(each.key, each.for_, each.blocks) for each in scheme.documents] == [("agreement", "pair", "sessions")]
    assert (scheme.sessions.expected, scheme.sessions.minutes) == (4, 60)
    assert scheme.sessions.length
    assert scheme.sessions.length.words == "1 year"
    assert scheme.roles["mentor"].trainings[0].renewed_every
    assert scheme.roles["mentor"].trainings[0].renewed_every.words == "3 years"
    assert {"approve_members", "approve_requests"} <= set(scheme.powers_of("administrator"))
    assert scheme.powers_of("nobody") == ()
    assert {field.key for field in scheme.compared} == {"ways", "mentor_gender", "mentor_region", "times"}


def test_the_shipped_file_writes_no_key_that_the_model_does_not_read() -> None:
    data = tomllib.loads(SHIPPED)
    assert data["route"]["mentors"] == load(NAME).route.mentors
    assert mistakes(edited(("mentors = 3", "mentors = 3\nmentor = 3")))[0].startswith("route.mentor: ")


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
    ('reply_within = "P5D"', 'reply_within = "5 days"', "route.reply_within: '5 days' is not an ISO 8601 duration"),
    ('reply_within = "P5D"', "reply_within = 5", "route.reply_within: write an ISO 8601 duration in quotes"),
    ('on_silence = "end"', 'on_silence = "wait"', "route.on_silence: "),
    ("mentors = 3", "mentors = 9", "route.mentors: "),
    ("mentors = 3", 'mentors = "many"', "route.mentors: "),
    ("recommended = 2", "recommended = 0", "capacity.recommended: "),
    ("own_limit = 2", "own_limit = 0", "capacity.own_limit: "),
    ("places = 60", "places = 0", "roles.mentee.places: "),
    ("open = true", 'open = "perhaps"', "roles.mentee.open: "),
    ('key = "british_cardiovascular_society"', 'key = "BCS!"', "key: "),
    ('contact = "academy@example.org"', 'contact = "academy"', "contact: "),
    ('name = "BCS Mentoring Scheme"', 'nam = "BCS"', "nam: is not known here; did you mean name?"),
    ('"approve_members", ', '"approve_everything", "approve_members", ',
     'offices["administrator"].powers["approve_everything"]: '),
    ('kind = "text"', 'kind = "picture"', 'roles.mentee.application.fields["membership_number"].kind: '),
    ('title = "Join as mentee"', 'title = "Join this scheme as a mentee"', "roles.mentee.application.title: "),
    ('kind = "ratings"', 'kind = "choice"', 'roles.mentor.profile.fields["expertise"].options: a choice needs options'),
    ('strength = "must"', 'strength = "shall"', 'roles.mentee.preferences.fields["ways"].compare.strength: '),
    ("weight = 2", "weight = 4", 'roles.mentee.preferences.fields["mentor_gender"].compare.weight: must be at most 3'),
    ('indifferent = ["No preference"]', 'indifferent = ["No preferences"]',
     "roles.mentee.preferences.fields[\"mentor_gender\"].compare.indifferent: 'No preferences' is not one of"),
    ('key = "note"', 'key = "stage"',
     'roles.mentee.application.fields["stage"].key: another field of this form has the key'),
    ('["Mornings", "Afternoons"', '["Mornings", "Mornings"',
     'roles.mentee.preferences.fields["times"].options: an option stands'),
    ("highest = 6", "highest = 0", 'roles.mentor.profile.fields["mentees_at_most"].lowest: lowest is above highest'),
    ('kind = "long_text"\nrequired = false', 'kind = "yes_no"\nrequired = false',
     'roles.mentee.application.fields["note"].max_length: max_length belongs to text and long_text, not'),
    ('kind = "number"', 'kind = "date"',
     'roles.mentor.profile.fields["mentees_at_most"].lowest: lowest and highest belong'),
    ("minutes = 60", "minutes = 60\nminutes_at_most = 45",
     "sessions.minutes_at_most: minutes_at_most is below minutes"),
    ('modes = ["In person", "Video call", "Telephone"]\nadvice', "modes = []\nadvice", "sessions.modes: "),
    ('["P2D"]', '["P4D", "P2D", "P1D"]', "reminders.invitation_unanswered: "),
    ("[[roles.mentor.trainings]]", "[[roles.chair.trainings]]", "roles.chair: "),
    ("[roles.mentor]", "[roles.guest]", "roles.guest: "),
    # What does not fit together is found once each part is right on its own.
    ('rather = ["08:00-12:00"]', 'rather = ["12:00-08:00"]', "sessions.hours[entry 1].rather["),
    ('rather = ["08:00-12:00"]', 'rather = ["mornings"]', "sessions.hours[entry 1].rather["),
    ('rather = ["08:00-12:00"]\n', "", "sessions.hours[entry 1].answer: says nothing: write rather, also"),
    ('field = "times"\nanswer = "Mornings"', 'field = "hours"\nanswer = "Mornings"',
     "sessions.hours[entry 1].field: no profile and no preferences ask 'hours'"),
    ('answer = "Mornings"', 'answer = "Nights"', "sessions.hours[entry 1].answer: 'Nights' is not one"),
    ('modes_field = "ways"', 'modes_field = "times"', "sessions.modes_field: no profile and no preferences ask for"),
    ('online = ["Video call"]', 'online = ["Online"]', "calendar.online["),
    ('agenda = "first_session"', 'agenda = "second"', "calendar.agenda: no page has the key 'second'"),
    ('prompts = "preparing"', 'prompts = "p"', "calendar.prompts: no page has the key 'p'"),
    ('[calendar]\n', '[calendar]\norganiser = "nobody"\n', "calendar.organiser"),
    ('topics_field = "topics"', 'topics_field = "year"', "matching.topics_field: request has no topics field"),
    ('"foremost"\nratings', '"most"\nratings', "matching.foremost_field: request has no topics field 'most'"),
    ('ratings_field = "expertise"', 'ratings_field = "about"', "matching.ratings_field: "),
    ('own_limit_field = "mentees_at_most"', 'own_limit_field = "about"', "capacity.own_limit_field: "),
    ('with = "region"', 'with = "country"',
     "roles.mentee.preferences.fields[\"mentor_region\"].compare.with: no mentor's form asks 'country'"),
    ('with = "region"', 'with = "expertise"',
     'roles.mentee.preferences.fields["mentor_region"].compare: ratings are ranked by matching'),
    ('key = "mentor_region"', 'key = "mentor_region"\nseen_by = "office"',
     'roles.mentee.preferences.fields["mentor_region"].compare: the answer is for the office alone'),
    ('key = "region"', 'key = "region"\nseen_by = "office"',
     "roles.mentee.preferences.fields[\"mentor_region\"].compare.with: 'region' is for the office alone"),
    ('kind = "text"\nmax_length = 120\nhint', 'kind = "text"\ncompare = { with = "region", strength = "must" }\nhint',
     "roles.mentor.profile.fields[\"current_role\"].compare.with: no mentee's form asks 'region'"),
    ('"Anywhere", "London"', '"Anywhere", "Londn"',
     'roles.mentee.preferences.fields["mentor_region"].options["Londn"]: no mentor can answer'),
    ('key = "region"', 'key = "times"',
     'roles.mentor.preferences.fields["times"].key: stands in roles.mentor.profile too'),
    ('"approve_members", ', "", "offices: no office has the power approve_members"),
    ('"approve_requests", ', "", "offices: no office has the power approve_requests"),
    ('strength = "must"', 'strength = "must", weight = 2',
     'roles.mentee.preferences.fields["ways"].compare.weight: a weight belongs to'),
    ('foremost_field = "foremost"', "foremost_weight = 2", "matching.foremost_weight: needs foremost_field"),
    ('    "Leadership",', '    "Wellbeing",', 'topics["Wellbeing"]: stands twice'),
    ('["P2D"]', '["P5D"]', "reminders.invitation_unanswered: is not inside route.reply_within"),
    ('["P2D"]', '["P1M"]', "reminders.invitation_unanswered: write days or hours"),
    ('reply_within = "P5D"\n', "", "reminders.invitation_unanswered: needs route.reply_within"),
    ("[reminders]", '[[offices]]\nkey = "administrator"\ntitle = "Again"\npowers = []\n\n[reminders]',
     'offices["administrator"].key: another office has the key'),
]  # fmt: skip


GATES = 'gates = ["application", "profile", "preferences", "review", "training"]'
COPIES = 'email_copies = ["arrival", "acceptance", "expiry", "session"]'
ROUTE = 'steps = ["review", "choose", "ask"]'
WHAT_CANNOT_WORK = [
    (GATES, 'gates = ["application", "review", "profile", "preferences", "training"]',
     'roles.mentor.gates["profile"]: comes before review: the office looks at what has been filled in'),
    (GATES, 'gates = ["profile", "application", "preferences", "review", "training"]',
     'roles.mentor.gates["application"]: comes first: nobody fills anything in before'),
    (GATES, 'gates = ["application", "profile", "preferences", "review"]',
     "roles.mentor.trainings: needs the gate training"),
    (GATES, 'gates = ["profile", "preferences", "review", "training"]',
     "roles.mentor.application: needs the gate application: otherwise nobody reads it"),
    (GATES, 'gates = ["application", "profile", "profile", "review", "training"]',
     'roles.mentor.gates["profile"]: stands twice'),
    ('["application", "preferences", "first_request"]', '["application", "first_request", "preferences"]',
     'roles.mentee.gates["preferences"]: comes before first_request, which is the last gate'),
    ('["application", "preferences", "first_request"]', '["application", "preferences", "review", "first_request"]',
     'roles.mentee.gates["first_request"]: or review: the first request is what the office looks at'),
    ('["application", "preferences", "first_request"]', '["application", "profile", "first_request"]',
     'roles.mentee.gates["profile"]: needs the form profile'),
    (GATES, 'gates = ["application", "profile", "preferences", "training", "first_request"]',
     'roles.mentor.gates["first_request"]: is for mentees'),
    (ROUTE, 'steps = ["choose", "ask"]',
     'roles.mentee.gates["first_request"]: needs the step review in route.steps'),
    (ROUTE, 'steps = ["review", "ask"]', "route.steps: needs one of choose, name and assign"),
    (ROUTE, 'steps = ["review", "choose"]', 'route.steps["choose"]: needs ask after it: who is found by choose'),
    (ROUTE, 'steps = ["choose", "ask", "review"]', 'route.steps["ask"]: comes last: an acceptance connects the two'),
    (ROUTE, 'steps = ["assign", "review"]', 'route.steps["assign"]: comes last where nobody is asked: it connects'),
    (ROUTE, 'steps = ["choose", "assign", "ask"]', "route.steps: needs one of choose, name and assign"),
    (ROUTE, 'steps = ["assign"]\noffers = true', "route.offers: needs the step ask"),
    ("mentors = 3", "mentors = 3\nat_once = 4", "route.at_once: is more than mentors"),
    ("own_limit = 2\n", 'counted_by = "flag"\n', "capacity.counted_by: counted_by = 'flag' needs flag_field"),
    ("own_limit = 2\n", 'flag_field = "free"\n', "capacity.flag_field: needs counted_by = 'flag'"),
    ("own_limit = 2\n", 'counted_by = "flag"\nflag_field = "about"\n', "capacity.flag_field: no mentor's form has a"),
    ("own_limit = 2\n", 'counted_by = "flag"\nflag_field = "about"\n', "capacity.own_limit_field: needs counted_by"),
    ('length = "P12M"', 'length = "P12M"\nlength_at_least = "P2Y"', "sessions.length_at_least: is longer than length"),
    ('when_all_fail = "choose_again"', 'when_all_fail = "office"', "offices: no office has the power match"),
    ('meets = ["Resident', 'meets = ["Registrar", "Resident', 'roles.mentee.application.fields["stage"].meets'),
    ('kind = "text"\nmax_length = 30', 'kind = "text"\nmeets = ["1"]\nmax_length = 30',
     'roles.mentee.application.fields["membership_number"].meets: meets belongs'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line"), WHAT_CANNOT_WORK)
def test_gates_and_steps_that_cannot_work_are_refused_with_why(old: str, new: str, line: str) -> None:
    assert any(each.startswith(line) for each in mistakes(edited((old, new)))), mistakes(edited((old, new)))


@pytest.mark.parametrize(("old", "new", "line"), EVERY_MISTAKE)
def test_a_mistake_is_named_by_its_key(old: str, new: str, line: str) -> None:
    assert any(each.startswith(line) for each in mistakes(edited((old, new)))), mistakes(edited((old, new)))


def test_silence_cannot_ask_the_next_without_a_window() -> None:
    text = edited(('reply_within = "P5D"\n', ""), ('on_silence = "end"', 'on_silence = "ask_next"'), ('["P2D"]', "[]"))
    assert mistakes(text) == ("route.on_silence: on_silence = 'ask_next' needs reply_within",)


def test_all_mistakes_come_at_once_a_line_each_in_the_order_of_the_file() -> None:
    """Wrong values and what does not fit together, in one round."""
    text = edited(
        ('name = "BCS Mentoring Scheme"', 'nam = "BCS"'),
        ("places = 60", "place = 60"),
        ('kind = "ratings"', 'kind = "picture"'),
        ("mentors = 3", "mentors = 9\nbudget = 30"),
        ('topics_field = "topics"', 'topics_field = "x"'),
        ('headline_field = "current_role"', 'headline_field = "about"'),
        ('["P2D"]', '["P5D"]'),
    )
    found = mistakes_with_lines(text)
    assert [line.split(": ")[1] for line in found] == [
        "nam", "roles.mentee.place", 'roles.mentor.profile.fields["expertise"].kind', "route.mentors",
        "route.budget", "matching.topics_field", "matching.headline_field", "reminders.invitation_unanswered",
    ]  # fmt: skip
    numbers = [int(line.split(": ")[0].removeprefix("line ")) for line in found]
    assert text.splitlines()[numbers[1] - 1] == "place = 60"
    assert numbers == sorted(numbers)
    for words in ("Extra inputs", "Input should", "Field required", "fields.2"):
        assert words not in str(found)


IN_THE_FILES_WORDS = [
    ("places = 60", "place = 60", "roles.mentee.place: is not known here; did you mean places?"),
    ("mentors = 3", "budget = 30", "route.budget: is not known here; it belongs to [capacity]"),
    ('strength = "must"', 'strong = "must"', 'roles.mentee.preferences.fields["ways"].compare.strong: is not known'),
    ("[approvals]", "[quorum]", "quorum: is not known here; there are key, name, "),
    ('on_silence = "end"', 'on_silence = "ask_nxt"',
     "route.on_silence: 'ask_nxt' is not known; it may be 'end' or 'ask_next'; did you mean 'ask_next'?"),
    ("mentors = 3", "mentors = 2.5", "route.mentors: must be a whole number"),
    ("open = true", 'open = "perhaps"', "roles.mentee.open: must be true or false"),
    ('name = "BCS Mentoring Scheme"', "name = 5", 'name: must be text in quotes: "…"'),
    ('name = "BCS Mentoring Scheme"', 'name = " "', "name: must not be empty"),
    ('contact = "academy@example.org"', 'contact = "academy"', "contact: must be an e-mail address"),
    (COPIES, 'email_copies = "arrival"', "email_copies: must be a list"),
    ("[[offices]]", "[offices]", "offices: may stand several times, so write it in double brackets: [[offices]]"),
    ("[route]", "[[route]]", "route: stands once, so write it in single brackets"),
    ("[words]", "words = 1\n[approvals]\n[more]", "words: must be a table"),
    ('title = "Join as mentee"', 'title = "Join this scheme as a mentee"',
     "roles.mentee.application.title: must have at most 24 characters, and has 28"),
    ('["P2D"]', '["P4D", "P2D", "P1D"]', "reminders.invitation_unanswered: takes at most 2, and has 3"),
    ('key = "stage"\n', "", "roles.mentee.application.fields[entry 2].key: is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line"), IN_THE_FILES_WORDS)
def test_a_mistake_is_said_in_the_words_of_the_file(old: str, new: str, line: str) -> None:
    text = edited((old, new))
    if new.endswith("[more]"):
        text = text.replace("\n[approvals]\nwithin", "\n[most]\nwithin")
    assert any(each.startswith(line) for each in mistakes(text)), mistakes(text)


VALUES = ("1", '"x"', "[]", "{}", "[1]", "{ x = 1 }", "true", "2026-01-02", '[["x"]]', "[{ key = 1 }]")


def test_whatever_stands_in_a_line_is_a_scheme_or_a_mistake_with_its_line() -> None:
    told: list[str] = []
    for number, line in enumerate(SHIPPED.splitlines()):
        key, equals, value = line.partition(" = ")
        if not equals or line.startswith((" ", "#")) or value == "[":
            continue
        lines = SHIPPED.splitlines()
        lines[number] = f"{key} = {VALUES[number % len(VALUES)]}"
        try:
            read("\n".join(lines), "mine")
        except SchemeError as error:
            told += error.mistakes
    assert len(told) > 80
    assert [line for line in told if not line.startswith("line ")] == []


GATE = ('"review", "training"]', '"review", "training", "code"]')
CODE = """[[documents]]
key = "code"
title = "Code of conduct"
called = "code of conduct"
for = "mentor"
blocks = "matching"
text = ["Either may end it at any time."]
"""


ADDED = ("[contact_details]", f"{CODE}[contact_details]")


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([GATE, ADDED], ""),
        ([('blocks = "sessions"', 'blocks = "nothing"')], ""),
        ([GATE], "needs a document for = 'mentor'"),
        ([ADDED], "needs the gate code in roles.mentor"),
        ([('for = "pair"', 'for = "mentee"')], "a mentee alone has no sessions"),
        ([('blocks = "sessions"', 'blocks = "matching"')], "a pair is matched already"),
        ([(ADDED[0], ADDED[1].replace('= "code"', '= "agreement"'))], "has the key 'agreement' too"),
    ],
)
def test_a_gate_for_a_code_and_its_documents_belong_together(edits: list[tuple[str, str]], said: str) -> None:
    text = edited(*edits)
    if not said:
        read(text, "mine")
    else:
        assert any(said in line for line in mistakes(text)), mistakes(text)


CONCERNS = 'offices = ["administrator"]'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (CONCERNS, 'offices = ["chair"]', "no office has the key 'chair'"),
        (', "handle_concerns"]', "]", "administrator needs the power handle_concerns"),
        (CONCERNS, 'offices = ["administrator", "administrator"]', "administrator stands twice"),
        (CONCERNS, "offices = []", "needs a place in concerns.offices, which says who comes first"),
        ('within = "P7D"\nbeyond', 'within = "soon"\nbeyond', "concerns.within: "),
        ("honorary.secretary@example.org", "the secretary", "concerns.beyond: "),
    ],
)
def test_whoever_takes_concerns_up_has_the_power_and_a_place_in_line(old: str, new: str, said: str) -> None:
    assert any(said in line for line in mistakes(edited((old, new)))), mistakes(edited((old, new)))


NOT_YET = [
    ('required = false\nmax_length = 600\nseen_by = "office"\n\n[approvals]',
     'required = false\nmax_length = 600\ncompare = { with = "stage", strength = "must" }\n\n[approvals]',
     'roles.mentor.application.fields["why"].compare'),
    ('key = "mentor_gender"\n', 'key = "mentor_gender"\nmeets = ["No preference"]\n',
     'roles.mentee.preferences.fields["mentor_gender"].meets'),
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
        ('steps = ["review", "choose", "ask"]', 'steps = ["choose", "review", "ask"]'),
        ('approval_holds = "P30D"\n', ""),
        ("mentors = 3", "mentors = 3\nat_once = 2"),
        ("first_conversation = true", "first_conversation = false"),
        ("recommended = 2\n", ""),
        ("recommended = 2", "recommended = 2\nbudget = 30"),
        ("expected = 4", 'expected = 4\nevery = "P1M"'),
        ('length = "P12M"', 'length = "P12M"\nlength_at_least = "P6M"'),
        ('headline_field = "current_role"\n', ""),
        ("places = 60\n", ""),
        ('length = "P12M"\nmore_time = "P6M"\n', ""),
        ("expected = 4", "expected = 12\nminutes_at_most = 90"),
        ('modes = ["In person", "Video call", "Telephone"]\nadvice', 'modes = ["Video call"]\nadvice'),
        ('connected = "email"', 'connected = "chat"'),
        ('renewed_every = "P3Y"\n', ""),
        ('name = "New mentor training"', 'name = "Course"\nkind = "qualification"'),
        ('name = "New mentor training"', 'name = "Course"\nkind = "course_or_equivalent"'),
        (COPIES, "email_copies = []"),
    ],
)
def test_the_settings_in_which_schemes_differ_and_that_are_served(old: str, new: str) -> None:
    read(edited((old, new)), "mine")


def test_what_is_left_out_is_no_limit() -> None:
    scheme = read(edited(("recommended = 2\n", ""), ("places = 60\n", "")), "mine")
    assert scheme.capacity.recommended is None
    assert scheme.roles["mentee"].places is None
