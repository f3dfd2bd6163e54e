"""The garbage collector, kept away from what is loaded for good, as `bot.serving` does it; without importing a bot."""

import gc


def spare_the_collector() -> None:
    """All that is loaded now stays: else the collector goes through it again and again, for a fifth of the time that
    tests take."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
