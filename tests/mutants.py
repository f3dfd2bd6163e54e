"""What came of `mutmut run`: how many of the changes the tests have noticed, module by module, of all there were."""

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

WANTED = 85
"""Per cent."""
NOTICED = frozenset({"killed", "timeout", "segfault", "suspicious"})


def main() -> int:
    """Print it, what has been noticed least first; 1 where it is less than wanted."""
    mutmut = Path(sys.executable).with_name("mutmut")
    told = subprocess.run([mutmut, "results", "--all", "true"], check=True, capture_output=True, text=True)
    by_module: dict[str, Counter[str]] = defaultdict(Counter)
    for line in told.stdout.splitlines():
        name, _, came_of_it = line.strip().partition(": ")
        by_module[name.partition(".x")[0]][came_of_it] += 1
    for module, counts in sorted(by_module.items(), key=lambda each: _share(each[1])):
        print(
            f"{_share(counts):5.1f} %  {module}  ({counts['survived']} unnoticed, {counts['no tests']} never reached)"
        )
    share = _share(sum(by_module.values(), Counter()))
    print(f"{share:.1f} % of all are noticed, at least {WANTED} % are wanted")
    return 0 if share >= WANTED else 1


def _share(counts: Counter[str]) -> float:
    return 100 * sum(counts[each] for each in NOTICED) / max(1, counts.total())


if __name__ == "__main__":
    sys.exit(main())
