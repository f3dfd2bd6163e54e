"""The days on which nobody works, by country: from the package `holidays`, read when it is first asked."""

from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator


def _known(region: str) -> str:
    country, _, part = region.partition("-")
    import holidays
    from holidays.registry import EntityLoader

    # The package imports the files of all countries with that of one; their parts it would have to look up besides.
    known = country in EntityLoader.get_country_codes()
    if not known or (part and part not in getattr(holidays, country).subdivisions):
        raise ValueError(f"no holidays are known of {region!r}: write a country (GB) or a part of one (GB-SCT)")
    return region


Region = Annotated[str, AfterValidator(_known)]
"""A country by its two letters, or a part of one: ISO 3166, "GB" or "GB-SCT"."""


def holiday(region: str | None, day: date) -> str | None:
    """What is kept on that day in that region, in the region's own words; None: nothing, or there is no region."""
    return _of(region, day.year).get(day) if region else None


@lru_cache(maxsize=64)
def _of(region: str, year: int) -> dict[date, str]:
    from holidays import country_holidays

    country, _, part = region.partition("-")
    return dict(country_holidays(country, subdiv=part or None, years=year).items())
