"""What can be set from outside, read from the environment under the prefix ASSISTANT_.

Nothing is read at import: call :func:`load_settings` where the program starts.
"""

import json
import re
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.messages import (
    HOST_REFUSED,
    ORIGIN_REFUSED,
    PROXY_REFUSED,
    SECRET_SHORT,
    STORAGE_REFUSED,
)

SQLITE = "sqlite"  # the file of the data folder, unlike the URL of a database
SECRET_LENGTH = 12  # characters
# As a browser writes it (RFC 6454): no path, no capital, no port that the scheme implies.
ORIGIN = re.compile(
    r"(?!https:.*:443$)(?!http:.*:80$)https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:\d{1,5})?"
)

STORAGE = re.compile(r"(redis|rediss|redis\+unix)://.+")
# A name of the public tree: letters at its end, so that no number of a machine passes for one.
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def _listed(given: object) -> Sequence[object]:
    """A JSON list, or values apart by spaces or commas; what is no list is one value."""
    if isinstance(given, str):
        listed = given.lstrip().startswith("[")
        given = json.loads(given) if listed else re.split(r"[\s,]+", given)
    return [one for one in given if one] if isinstance(given, list | tuple) else [""]


def _hosts(given: object) -> tuple[str, ...]:
    """Names of sites. Raises, in French, for what is none (an address, a port, a number)."""
    hosts = tuple(map(str, _listed(given)))
    for one in hosts:
        if not HOST.fullmatch(one):
            raise ValueError(HOST_REFUSED.format(host=one))
    return hosts


def _origins(given: object) -> tuple[str, ...]:
    """Origins of sites, as browsers write them. Raises, in French, for another form."""
    origins = tuple(map(str, _listed(given)))
    for one in origins:
        if not ORIGIN.fullmatch(one):
            raise ValueError(ORIGIN_REFUSED.format(origin=one))
    return origins


def _long(secret: SecretStr) -> SecretStr:
    """A secret that is not soon guessed. Raises, in French and without telling it, for another."""
    if len(secret.get_secret_value()) < SECRET_LENGTH:
        raise ValueError(SECRET_SHORT.format(least=SECRET_LENGTH))
    return secret


Secret = Annotated[SecretStr, AfterValidator(_long)]


def _networks(given: object) -> tuple[str, ...]:
    """Addresses and networks, one that holds every address apart. Raises, in French."""
    return tuple(str(_network(one)) for one in _listed(given))


def _network(given: object) -> IPv4Network | IPv6Network:
    try:
        network = ip_network(str(given))
    except ValueError as error:
        raise ValueError(PROXY_REFUSED.format(proxy=given)) from error
    if network.prefixlen == 0:  # whoever comes would be believed
        raise ValueError(PROXY_REFUSED.format(proxy=given))
    return network


def _storage(url: SecretStr) -> SecretStr:
    """The URL of a Redis or Valkey. Raises, in French and without telling it, for another."""
    if not STORAGE.fullmatch(url.get_secret_value()):
        raise ValueError(STORAGE_REFUSED)
    return url


class Weights(BaseModel):
    """How the views are fused, for each language: words, character 4-grams, dense."""

    model_config = ConfigDict(frozen=True)

    # The lexicon gives English words their French keys, so that words still count in English.
    french: tuple[float, float, float] = (0.4, 0.3, 0.3)
    english: tuple[float, float, float] = (0.4, 0.25, 0.35)
    echelon: float = Field(0.15, ge=0, description="Gain of a passage on the person's échelon.")
    place: float = Field(0.15, ge=0, description="Gain of a passage on the person's place.")


class Settings(BaseSettings):
    """Typed settings; the README's table documents each."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True, extra="ignore")

    data_dir: Path = Field(Path("data"), description="Everything the programs write.")
    corpus_dir: Path = Field(Path("corpus"), description="Documents and manifest.toml.")
    embedding_model: str = Field(
        "bundled", description="`bundled`, a sentence-transformers id, or a folder."
    )
    weights: Weights = Field(Weights(), description="JSON: weights of the views, see retrieval.")
    database_url: str = Field(
        SQLITE,
        repr=False,  # it may hold a password
        pattern=rf"^({SQLITE}|[a-z]\w*(\+\w+)?://.+)$",
        description="Audience: `sqlite` for a file of the data folder, or a SQLAlchemy URL.",
    )
    keep_questions: bool = Field(False, description="Keep the text of questions, masked.")
    retention_days: int = Field(
        180, ge=1, le=1_095, description="Days that opinions and questions are kept."
    )
    staff_password: Secret | None = Field(None, description="Of the team's page; none, no page.")
    metrics_token: Secret | None = Field(
        None, description="Of /metrics from elsewhere; none, from this machine only."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="JSON lines, or text; `auto`: text on a terminal."
    )
    fetch_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_hosts)] = Field(
        ("rtes.fr", "www.rtes.fr", "legifrance.gouv.fr", "www.legifrance.gouv.fr"),
        description="Sites that documents may be fetched from.",
    )
    rate_limit: str = Field("60/minute", description="Questions per address; `off` for none.")
    rate_storage: Annotated[SecretStr, AfterValidator(_storage)] | None = Field(
        None, description="URL of a Redis where several servers count together; none, each alone."
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_networks)] = Field(
        (), description="Addresses or networks whose X-Forwarded-For and -Proto are believed."
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = Field(
        (), description="Sites that may hold the widget, and frame the pages; none by default."
    )
    model_name: str | None = Field(
        None,
        pattern=r"^[a-z_]+:\S+$",
        description="`provider:model` of a language model; none by default.",
    )
    model_url: str | None = Field(
        None, pattern=r"^https?://\S+$", description="Its address; the provider's own by default."
    )
    model_key: SecretStr | None = Field(None, description="Its key; never shown, never logged.")
    model_temperature: float = Field(0.0, ge=0, le=2, description="How freely it words.")
    model_first_token: float = Field(20.0, gt=0, description="Seconds before its first token.")
    model_next_token: float = Field(10.0, gt=0, description="Seconds between two tokens.")
    model_seconds: float = Field(45.0, gt=0, description="Seconds for one whole reply.")
    model_tokens: int = Field(800, ge=1, description="Tokens of one reply, at most.")
    model_characters: int = Field(5_000, ge=1, description="Characters of one reply, at most.")
    model_per_minute: int = Field(30, ge=1, description="Replies asked for in any minute.")
    model_in_flight: int = Field(4, ge=1, description="Replies being written at once.")
    chroma_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s/]+/?$",
        description="A Chroma server that machines share; by default each index holds its own.",
    )
    chroma_token: SecretStr | None = Field(None, description="What that server's proxy wants.")
    chroma_header: str = Field("Authorization", description="The header that bears the token.")
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the server listens on.")


def load_settings() -> Settings:
    """Settings as the environment gives them now.

    Raises pydantic's ValidationError, which names the variable, when a value does not fit.
    """
    return Settings()
