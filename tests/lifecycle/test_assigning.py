"""The office picks a mentor for a request, or leaves the choice to the mentee again."""

from dataclasses import replace

import pytest

from bot.lifecycle import offers, requests
from bot.lifecycle.request import Invitation

from .builders import NOW, SCHEME, member, refusal, request, told, with_requests

CONNECTS = with_requests(steps=("assign",), when_all_fail="choose_again", approval_holds=None)
ASKS = with_requests(steps=("assign", "ask"), when_all_fail="choose_again", approval_holds=None)
TAKES_OVER = with_requests(when_all_fail="office")


def test_the_one_who_is_picked_is_connected_at_once_or_asked_as_the_route_says() -> None:
    waits = request("assigning", waiting_since=NOW)
    step = requests.assign(waits, "i9", member(), 0, CONNECTS, NOW)
    (picked,) = step.state.invitations
    assert (step.state.state, step.state.waiting_since) == ("accepted", None)
    assert (picked.id, picked.mentor, picked.state, picked.answered_at) == ("i9", "bea", "accepted", NOW)
    step = requests.assign(waits, "i9", member(), 1, ASKS, NOW)
    (asked,) = step.state.invitations
    assert (step.state.state, asked.state, asked.asked_at) == ("asking", "open", NOW)
    assert ("bea", "invitation") in told(step)


def test_a_mentor_without_room_or_without_training_is_not_picked() -> None:
    waits = request("assigning", waiting_since=NOW)
    assert refusal(lambda: requests.assign(waits, "i9", member(), 2, ASKS, NOW)) == "mentor_full"
    assert refusal(lambda: requests.assign(waits, "i9", member(trainings={}), 0, ASKS, NOW)) == "not_approved"
    assert refusal(lambda: requests.assign(request("choosing"), "i9", member(), 0, ASKS, NOW)) != ""


def test_whose_offer_was_open_hears_that_another_was_found() -> None:
    offered = Invitation("i1", "cyd", 1, "open", NOW, None, asker="mentor")
    waits = request("assigning", (), waiting_since=NOW)
    step = requests.assign(replace(waits, invitations=(offered,)), "i9", member(), 0, CONNECTS, NOW)
    assert ("cyd", "found_another") in told(step)
    assert [each.state for each in step.state.invitations] == ["withdrawn", "accepted"]


def test_the_choice_is_given_back_with_a_few_words() -> None:
    waits = request("assigning", ("declined", "declined"), waiting_since=NOW, revision=2)
    step = requests.give_back(waits, "Try somebody in Leeds.", TAKES_OVER, NOW)
    assert (step.state.state, step.state.reply, step.state.revision) == ("choosing", "Try somebody in Leeds.", 3)
    assert told(step)[0] == ("ada", "given_back")
    assert step.notices[0].occurrence == 3
    assert refusal(lambda: requests.give_back(waits, "Hm.", CONNECTS, NOW)) == "gone", "there it is the office's"
    assert refusal(lambda: requests.may_give_back(request("asking"), TAKES_OVER)) != ""


@pytest.mark.parametrize(
    ("state", "asker", "mentor", "reason"),
    [("open", "mentor", "bea", None), ("open", "mentor", "cyd", "not_yours"), ("open", "mentee", "bea", "not_yours"),
     ("declined", "mentor", "bea", "gone"), ("unavailable", "mentor", "bea", "gone")],
)  # fmt: skip
def test_an_open_offer_is_taken_back_by_whoever_made_it(
    state: str, asker: str, mentor: str, reason: str | None
) -> None:
    made = Invitation("i1", "bea", 1, state, NOW, None, asker=asker)  # type: ignore[arg-type]
    one = replace(request("choosing"), invitations=(made, Invitation("i2", "dan", 2, "open", asker="mentor")))
    if reason is not None:
        assert refusal(lambda: offers.take_back(one, "i1", mentor, NOW)) == reason
        return
    step = offers.take_back(one, "i1", mentor, NOW)
    assert [(each.state, each.answered_at) for each in step.state.invitations] == [("unavailable", NOW), ("open", None)]
    assert (step.state.state, step.notices) == ("choosing", ())


def test_which_approval_still_counts() -> None:
    approved = request("expired", approved_at=NOW)
    assert requests.still_approved(approved, SCHEME, NOW)
    for other in (request("turned_down", approved_at=NOW), request("asking", approved_at=NOW), request("expired")):
        assert not requests.still_approved(other, SCHEME, NOW)
    assert not requests.still_approved(approved, with_requests(approval_holds=None), NOW)


def test_a_mentors_profile_is_read_for_a_request_that_looks_for_one() -> None:
    requests.may_see_mentors(request("choosing"), member())
    for one, mentor in (
        (request("in_review"), member()), (request("clarifying"), member()), (request("choosing"), None),
        (request("choosing"), member("mentee")), (request("choosing"), member(state="in_review")),
    ):  # fmt: skip
        assert refusal(lambda one=one, mentor=mentor: requests.may_see_mentors(one, mentor)) == "gone"  # type: ignore[misc]
