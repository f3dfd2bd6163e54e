"""The tests: one folder per floor of the house.

Whatever the environment says, the bytecode of test modules is kept: pytest rewrites the asserts of some three hundred
files, which took every worker five seconds, and each process that a test starts reads its modules, too.
"""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
