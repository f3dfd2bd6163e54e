"""Lists that are shown a page at a time. What turns them is in `wording/builders.turning`."""


def pages_of(total: int, size: int) -> int:
    """How many pages of that size so many things fill; one at least, which may be empty."""
    return max(1, -(-total // size))
