"""Tests that share something costly, or the whole machine, are handed to one worker."""

import pytest

pytestmark = pytest.mark.xdist_group("a group")


def test_a_group_is_known_to_whoever_hands_out_tests(request: pytest.FixtureRequest) -> None:
    handed_out = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@a group") == handed_out
