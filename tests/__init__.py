"""The tests: one folder per floor of the house. What holds for all of their processes is set here, before any other.

Whatever the environment says, the bytecode of test modules is kept: pytest rewrites the asserts of some three hundred
files, which took every worker five seconds, and each process that a test starts reads its modules, too.

Nobody here speaks TLS, and nobody is believed who would: a client that is made reads all the authorities it believes,
which takes twenty milliseconds where there are as many as on a whole machine.
"""

import os
import sys
from pathlib import Path

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ["SSL_CERT_FILE"] = str(Path(__file__).parent / "support" / "authority.pem")
