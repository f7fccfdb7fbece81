"""Messages in; the reply of a chat model out, piece by piece, whoever serves it.

The only module that knows LangChain's chat models. They are made by ``init_chat_model``, from the
settings alone, when the first reply is asked for: the libraries take seconds to import.
"""

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from assistant.generate.trouble import Failed
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import BaseMessageChunk

Message = tuple[str, str]  # role (system, human), text
LOCAL = "huggingface"  # in this process: no network can cut it, and it cannot stream in a loop
ENDS = ("finish_reason", "done_reason", "stop_reason")  # as providers call it


class Piece(NamedTuple):
    """A part of a reply; ``end`` is why it ended there (``stop``, ``length``…), if it did."""

    text: str
    end: str | None = None


class Chat:
    """The model that the settings name. Several threads may share it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._made: BaseChatModel | None = None

    @property
    def provider(self) -> str:
        """The first part of the name: openai, mistralai, ollama, huggingface…"""
        return provider_of(self._settings)

    def load(self) -> "BaseChatModel":
        """The client, made at the first call. Raises Failed ``extra`` or ``setting``."""
        with self._lock:
            if self._made is None:
                self._made = _make(self._settings)
            return self._made

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[Piece, None]:
        """The reply as it comes. Raises Failed, and whatever the provider's client raises."""
        model = self.load()
        if self.provider == LOCAL:
            async for piece in _in_thread(model, messages, self._settings.model_tokens):
                yield piece
            return
        stream = cast("Any", model.astream(list(messages)))
        async with aclosing(stream) as chunks:
            async for chunk in chunks:
                yield Piece(chunk.text, _end(chunk))


def provider_of(settings: Settings) -> str:
    """The provider that the settings name; empty where they name no model."""
    return (settings.model_name or "").partition(":")[0]


def _make(settings: Settings) -> "BaseChatModel":
    os.environ.setdefault("LANGSMITH_TRACING", "false")  # it would send questions to a third party
    try:
        from langchain.chat_models import init_chat_model

        return cast(
            "BaseChatModel", init_chat_model(settings.model_name or "", **options(settings))
        )
    except ImportError as error:
        raise Failed("extra", type(error).__name__) from error
    except Exception as error:  # noqa: BLE001 (its text may hold the key)
        raise Failed("setting", type(error).__name__) from None


def options(settings: Settings) -> dict[str, Any]:
    """The settings in the words of the provider; our own time limits stand above its own."""
    return {"temperature": settings.model_temperature} | _OPTIONS.get(
        provider_of(settings), _usual
    )(settings)


def _usual(settings: Settings) -> dict[str, Any]:
    """What most of LangChain's chat models take. Never a retry: the fallback is at hand."""
    given = {"base_url": settings.model_url, "api_key": settings.model_key}
    return {
        "max_tokens": settings.model_tokens,
        "timeout": settings.model_seconds,
        "max_retries": 0,
    } | {name: value for name, value in given.items() if value is not None}


def _openai(settings: Settings) -> dict[str, Any]:
    """A server of one's own often asks for no key, but the client wants one."""
    keyless = {"api_key": "none"} if settings.model_url else {}
    return keyless | _usual(settings) | {"stream_chunk_timeout": None}


def _mistral(settings: Settings) -> dict[str, Any]:
    """Its time limit is in whole seconds; of its attempts, the first counts."""
    return _usual(settings) | {"timeout": round(settings.model_seconds) or 1, "max_retries": 1}


def _ollama(settings: Settings) -> dict[str, Any]:
    """It asks for no key; a proxy before it may."""
    key = settings.model_key
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    address = {"base_url": settings.model_url} if settings.model_url else {}
    client = {"timeout": settings.model_seconds, "headers": headers}
    return address | {"num_predict": settings.model_tokens, "client_kwargs": client}


def _huggingface(settings: Settings) -> dict[str, Any]:
    """A folder, or a model already downloaded, run here by transformers."""
    warm = settings.model_temperature > 0
    sampling = {} if warm else {"do_sample": False, "temperature": None}
    return {"backend": "pipeline", "max_tokens": settings.model_tokens} | sampling


_OPTIONS: dict[str, Callable[[Settings], dict[str, Any]]] = {
    "openai": _openai,
    "mistralai": _mistral,
    "ollama": _ollama,
    LOCAL: _huggingface,
}


async def _in_thread(
    model: "BaseChatModel", messages: Sequence[Message], most: int
) -> AsyncGenerator[Piece, None]:
    """The reply of a model that runs here, from the plain iterator that it has.

    It does not tell why it ended: ``most`` tokens are a reply that was cut.
    """
    chunks, text = model.stream(list(messages)), ""
    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        text += chunk.text
        yield Piece(chunk.text)
    written = cast("Any", model).tokenizer.encode(text, add_special_tokens=False)
    yield Piece("", "stop" if len(written) < most else "length")


def _end(chunk: "BaseMessageChunk") -> str | None:
    told = chunk.response_metadata
    return next((str(told[name]) for name in ENDS if told.get(name)), None)
