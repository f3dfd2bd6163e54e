"""Every move as a whole: nothing that it changes, tells or sets a time for may come, go or differ unseen.

The other tests of this room say why; this one holds all of it, on one thing in its states. UPDATE_GOLDEN=1 writes
`moves.txt` anew; what differs is read before it is kept.
"""

import os
from pathlib import Path

from . import moves_of_members, moves_of_pairs, moves_of_requests
from .whole_moves import lines_of

MOVES = Path(__file__).with_name("moves.txt")


def test_every_move_is_as_it_was_read() -> None:
    cases = [*moves_of_members.cases(), *moves_of_requests.cases(), *moves_of_pairs.cases()]
    assert len({case.name for case in cases}) == len(cases), "each has its own name"
    text = "".join(f"{line}\n" for case in cases for line in lines_of(case))
    if os.environ.get("UPDATE_GOLDEN") == "1":
        MOVES.write_text(text, encoding="utf-8")
    assert text == MOVES.read_text(encoding="utf-8")
