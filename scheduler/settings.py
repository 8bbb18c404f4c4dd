"""Settings: read once, from the environment (`PULLQUOTE_*`) over `pullquote.toml`. Never changed at run time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from scheduler.domain.addresses import networks
from scheduler.domain.errors import PullquoteError

FILE = "pullquote.toml"


class Settings(BaseSettings):
    """Every field has a default that works on one machine."""

    model_config = SettingsConfigDict(
        env_prefix="PULLQUOTE_", toml_file=FILE, frozen=True, extra="forbid", validate_default=True
    )

    database: str = Field(
        "sqlite:///queue.db",
        description="where the state lives: sqlite:///FILE, or postgresql://USER@HOST/NAME for several machines",
    )
    key_file: Path = Field(
        Path("pullquote.key"), description="the key that seals channel secrets; made where missing"
    )
    key: SecretStr | None = Field(None, description="the key itself, instead of the file")
    templates: Path | None = Field(None, description="your folder of templates, looked into before ours")
    cache: Path | None = Field(
        None, description="where drawings are kept between runs, else in your user's cache; may be deleted"
    )
    base_url: str = Field(
        "http://localhost:8080", description="the app's public address; unsubscribe links begin with it"
    )
    host: str = Field("127.0.0.1", description="the address that the app listens on")
    port: int = Field(8080, description="the port that the app listens on", ge=0, le=65535)
    senders: int = Field(4, description="how many deliveries one daemon makes at a time", ge=1, le=64)
    hand_out: bool = Field(
        False,
        description="leave the sending to `pullquote worker`, on this machine and others; needs PostgreSQL",
    )
    call_seconds: float = Field(30.0, description="the longest that one HTTP call may take", gt=0, le=120)
    lease_seconds: float = Field(
        30.0,
        description="how soon another worker takes over from one that died; renewed while it lives",
        ge=1,
        le=30,
    )
    allow_networks: tuple[str, ...] = Field(
        (), description="private networks that may be called all the same, such as 127.0.0.0/8"
    )
    log_level: str = Field("INFO", description="how much the daemon tells: DEBUG, INFO, WARNING")

    @field_validator("allow_networks")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        networks(value)
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (the base class names them)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(**given: Any) -> Settings:
    """The settings of this installation. `given` wins over the environment and the file."""
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise PullquoteError(
            f"The settings are not right ({faults}): mend {FILE} or the environment."
        ) from None


def origin(name: str) -> str:
    """Where a setting comes from: the environment, the file, or its default."""
    if f"PULLQUOTE_{name}".upper() in {key.upper() for key in os.environ}:
        return "environment"
    in_file = TomlConfigSettingsSource(Settings, Path(FILE))() if Path(FILE).exists() else {}
    return FILE if name in in_file else "default"
