"""What the desk is told by its environment, and by nothing else."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from features.errors import KizukiError
from features.language.text import Language
from models.signing import keys_folder

PREFIX = "KIZUKI_"
OF_OTHERS = {"KIZUKI_PROMOTERS_KEY", "KIZUKI_SHARED", "KIZUKI_SLOW"}  # of workshop and tests


class Settings(BaseSettings):
    """Settings by name; each is read from the environment variable KIZUKI_ and its name."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    home: Path = Field(default=Path(".kizuki"), description="the folder of champions and journal")
    checkpoints: Path = Field(
        default_factory=lambda said: said["home"] / "journal.checkpoints",
        description="the signed checkpoints of the journal; best where it cannot be written itself",
    )
    signing_key: Path = Field(
        default_factory=lambda said: said["home"] / "journal.key",
        description="the key that signs checkpoints, made where there is none",
    )
    bundle_keys: Path = Field(
        default_factory=lambda said: keys_folder(said["home"]),
        description="the folder of public keys (.pub) of which one must have signed who answers",
    )
    child_keys: Path = Field(
        default_factory=lambda said: said["home"] / "children.keys",
        description="the keys that open what the journal keeps of each child; best on another disk",
    )
    store: SecretStr = Field(
        default_factory=lambda said: SecretStr(f"sqlite:///{said['home'] / 'store.db'}"),
        description="the URL of the store of case events: sqlite:///FILE or postgresql://…",
    )
    store_owner: SecretStr | None = Field(
        default=None,
        description="the same URL with the role that owns the tables, for kizuki store migrate",
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="the address to listen on")
    port: int = Field(default=8601, ge=0, le=65535, description="the port; 0 takes a free one")
    metrics_host: str = Field(
        default="127.0.0.1", min_length=1, description="the address of the metrics"
    )
    metrics_port: int | None = Field(
        default=None, ge=0, le=65535, description="the port of GET /metrics; none without it"
    )
    traces: str | None = Field(
        default=None,
        pattern="^https?://",
        description="the URL of a collector that takes spans (OTLP over HTTP); none without it",
    )
    model: str = Field(
        default="placement_24m", description="who answers unless the request names another"
    )
    language: Language = Field(
        default="ja", description="of an answer unless the request names another"
    )
    largest_body: int = Field(default=2**20, ge=2**10, le=2**26, description="bytes of one request")
    largest_batch: int = Field(
        default=2**24, ge=2**10, le=2**28, description="bytes of many requests in one"
    )
    slowest_body: float = Field(
        default=10.0,
        gt=0,
        le=120,
        description="seconds for the head of a request to arrive, and for its body",
    )
    retention_years: int | None = Field(
        default=None,
        ge=1,
        le=150,
        description="how long `kizuki retain` keeps what is on record",
    )
    most_asked: int = Field(
        default=6000, ge=1, le=10**6, description="requests a minute of one caller, who is asked"
    )
    silent: bool = Field(default=False, description="journal every score, and show none")
    ask: Literal["nobody", "everybody"] = Field(
        default="nobody",
        description="who is asked who they are; nobody is, at most, on this machine alone",
    )
    agency: str = Field(default="", description="whose cases they are; who is asked must be of it")
    token_keys: Path | None = Field(
        default=None, description="public keys of access tokens (JWK Set), each with kid and alg"
    )
    token_issuer: str | None = Field(
        default=None, min_length=1, description="whose access tokens are taken (iss)"
    )
    token_audience: str | None = Field(
        default=None, min_length=1, description="what they call this desk (aud)"
    )
    webhook_key: Path = Field(
        default_factory=lambda said: said["home"] / "webhooks.key",
        description="the key that the secrets of webhooks follow from, made where there is none",
    )
    webhooks_here: bool = Field(
        default=False,
        description="call webhooks on this machine too, to try them; only where nobody is asked",
    )
    api_keys: Path = Field(
        default_factory=lambda said: said["home"] / "api_keys",
        description="the hashes of the API keys that `kizuki keys make` made",
    )
    revoked: Path = Field(
        default_factory=lambda said: said["home"] / "revoked",
        description="ids of persons, systems, tokens and keys that are out, one a line",
    )

    origin: str | None = Field(
        default=None,
        pattern=r"^https?://[^/]+$",
        description="by which address browsers reach this desk: https://kizuki.example.go.jp",
    )
    login_client: str | None = Field(
        default=None,
        min_length=1,
        description="what the identity provider calls this desk (client_id), where people log in",
    )
    login_secret: SecretStr | None = Field(
        default=None, min_length=1, description="the secret that goes with it (client_secret)"
    )
    login_mfa: str = Field(
        default="mfa",
        min_length=1,
        description="words of which acr or amr must say one: that a second factor was asked for",
    )
    login_claims: dict[str, str] = Field(
        default_factory=dict,
        description='what the provider calls our claims: {"office": "department"}',
    )
    login_roles: dict[str, str] = Field(
        default_factory=dict,
        description='what its roles mean: {"csc-intake": "screener"}; ours mean themselves',
    )

    @property
    def journal(self) -> Path:
        """The file that every answer is kept in."""
        return self.home / "journal.db"

    @property
    def jobs(self) -> Path:
        """The file that jobs are kept in until they are answered."""
        return self.home / "jobs.db"

    @property
    def beside(self) -> Path:
        """The file that every answer of a challenger is kept in."""
        return self.home / "challengers.db"

    @property
    def checkpoints_beside(self) -> Path:
        """The signed checkpoints of the challengers' journal."""
        return self.checkpoints.with_name(f"challengers.{self.checkpoints.name}")


def read_settings() -> Settings:
    """The settings; raises KizukiError for a variable that is none, or that cannot be taken."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    _refuse_unknown(os.environ, known)
    try:
        return Settings()
    except ValidationError as problem:
        wrong = [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in problem.errors()]
        raise KizukiError("; ".join(wrong)) from None


def settings_told() -> str:
    """Every setting as its environment variable and what it means, a paragraph each."""
    fields = Settings.model_fields.items()
    return "\n\n".join(f"{PREFIX}{name.upper()}: {of.description}." for name, of in fields)


def _refuse_unknown(environment: Mapping[str, str], known: set[str]) -> None:
    given = {name for name in environment if name.upper().startswith(PREFIX)}
    unknown = sorted(given - known - OF_OTHERS)
    if unknown:
        there = ", ".join(sorted(known))
        raise KizukiError(f"{', '.join(unknown)}: no such setting; there are: {there}")
