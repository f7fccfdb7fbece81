"""Which language models may be measured, or may judge: read from the environment, EVALS_…

``EVALS_MODEL_NAME``, ``EVALS_MODEL_URL`` and ``EVALS_MODEL_KEY`` name the model that is measured
beside the others; ``EVALS_JUDGE_NAME``, ``_URL`` and ``_KEY`` the one that judges.
"""

from pydantic import BaseModel, ConfigDict, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Endpoint(BaseModel):
    """A model behind an OpenAI-compatible address."""

    model_config = ConfigDict(frozen=True)

    name: str
    url: str
    key: SecretStr = SecretStr("none")  # a local server asks for none, the client wants one
    timeout: float = 60.0  # seconds for one reply


class EvalSettings(BaseSettings):
    """The models configured; None where there is none."""

    model_config = SettingsConfigDict(
        env_prefix="EVALS_", env_nested_delimiter="_", env_nested_max_split=1, frozen=True
    )

    model: Endpoint | None = None
    judge: Endpoint | None = None
