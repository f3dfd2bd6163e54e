"""Signing keys and tokens, read by an independent reader."""

import jwt
import pytest

from tests.support.teams import TeamsPlace
from tests.support.teams.keys import STRANGE, UNKNOWN
from tests.support_teams.conftest import ScriptedBot


async def read(place: TeamsPlace, bot: ScriptedBot, token: str) -> dict[str, object]:
    """The claims of a token that holds before the keys of the place."""
    async with bot.http.get(place.service.keys_url) as answer:
        keys = jwt.PyJWKSet.from_dict(await answer.json())
    kid = jwt.get_unverified_header(token)["kid"]
    claims: dict[str, object] = jwt.decode(
        token, keys[kid].key, ["RS256"], audience=place.app_id, issuer="https://api.botframework.com"
    )
    return claims


async def test_a_token_holds_before_the_keys_of_the_place(place: TeamsPlace, bot: ScriptedBot) -> None:
    claims = await read(place, bot, place.service.token())
    assert claims["serviceurl"] == place.service.service_url
    assert place.service.key_fetches == 1
    assert (await read(place, bot, place.service.token(role="x")))["role"] == "x"


async def test_every_part_of_a_token_can_be_made_wrong(place: TeamsPlace, bot: ScriptedBot) -> None:
    make = place.service.token
    wrong = {
        make(aud="another"): jwt.InvalidAudienceError,
        make(iss="https://example.org"): jwt.InvalidIssuerError,
        make(exp=1): jwt.ExpiredSignatureError,
        make(aud=None): jwt.MissingRequiredClaimError,
        make(key=STRANGE): jwt.InvalidSignatureError,
        make(key=UNKNOWN): KeyError,
        make(header={"alg": "none"}): jwt.InvalidAlgorithmError,
        make(header={"alg": "HS256"}): jwt.InvalidAlgorithmError,
    }
    for token, error in wrong.items():
        with pytest.raises(error):
            await read(place, bot, token)


async def test_the_bot_is_given_its_own_token_for_its_password(place: TeamsPlace, bot: ScriptedBot) -> None:
    url = f"{place.service.url}/{place.tenant}/oauth2/v2.0/token"
    asked = {
        "client_id": place.app_id,
        "client_secret": place.service.app_password,
        "grant_type": "client_credentials",
        "scope": "https://api.botframework.com/.default",
    }
    async with bot.http.post(url, data=asked) as answer:
        assert (await answer.json())["access_token"] == place.service.bot_token
    async with bot.http.post(url, data=asked | {"client_secret": "guessed"}) as answer:
        assert answer.status == 401
