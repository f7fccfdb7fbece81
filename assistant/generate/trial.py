"""Settings in; what works of the language model that they name and what does not, out, in French.

A reply is asked for in each language, on one made-up passage. Steps that one failure makes
impossible are told as not tried.
"""

import time
from collections.abc import Iterator
from typing import NamedTuple

from assistant.generate.chat import Chat, provider_of
from assistant.generate.check import judge
from assistant.generate.check.evidence import Evidence
from assistant.generate.live import Nobody
from assistant.generate.prompt import TRIAL, trial
from assistant.generate.sentences import lines
from assistant.generate.talk import Limits, Talk
from assistant.generate.trouble import Failed
from assistant.messages import MODEL, MODEL_REASONS
from assistant.settings import Settings
from assistant.types import Language
from assistant.understand.language import detect

EXTRAS = {"mistralai": "mistral"} | {name: name for name in ("openai", "ollama", "huggingface")}


class Step(NamedTuple):
    """One line of the report; ``good`` is None for what was not tried."""

    good: bool | None
    text: str

    def __str__(self) -> str:
        mark = {True: MODEL["good"], False: MODEL["bad"], None: MODEL["untried"]}[self.good]
        return f"{mark} {self.text}"


class Heard(NamedTuple):
    """A reply, and when its first and last words came, in seconds."""

    text: str
    pieces: int
    first: float
    last: float


def steps(settings: Settings) -> Iterator[Step]:
    """What works, step by step, each as soon as it is known."""
    if settings.model_name is None:
        yield Step(False, MODEL["no_name"])
        return
    where = settings.model_url or MODEL["own_address"]
    key = MODEL["with_key" if settings.model_key else "without_key"]
    yield Step(True, MODEL["settings"].format(name=settings.model_name, where=where, key=key))
    chat = Chat(settings)
    try:
        chat.load()
    except Failed as failed:
        yield _unmade(failed, settings)
        return
    yield Step(True, MODEL["library"].format(provider=chat.provider))
    talk = Talk(chat, Limits.of(settings))
    for language in TRIAL:
        yield from _reply(talk, language)


def _unmade(failed: Failed, settings: Settings) -> Step:
    provider = provider_of(settings)
    extra = EXTRAS.get(provider)
    if failed.reason == "extra" and extra:
        return Step(False, MODEL["no_extra"].format(provider=provider, extra=extra))
    return Step(False, f"{MODEL_REASONS[failed.reason]} ({failed.seen})")


def _reply(talk: Talk, language: Language) -> Iterator[Step]:
    """The steps of one reply."""
    named = MODEL[language]
    try:
        heard = _heard(talk, language)
    except Failed as failed:
        seen = f" ({failed.seen})" if failed.seen else ""
        yield Step(False, f"{named} : {MODEL_REASONS[failed.reason]}{seen}")
        yield Step(None, f"{named} : {MODEL['not_tried']}")
        return
    yield Step(True, f"{named} : " + MODEL["answer"].format(first=heard.first, last=heard.last))
    yield Step(heard.pieces > 1, f"{named} : " + MODEL["stream"].format(n=heard.pieces))
    told = [sentence for line in lines(heard.text) for sentence in line.sentences]
    other = detect(" ".join(s.text for s in told), language) != language
    yield Step(not other, f"{named} : " + MODEL["other_language" if other else "right_language"])
    known = {1: Evidence(1, TRIAL[language][1])}
    marked = [sentence for sentence in told if sentence.numbers]
    whole = bool(told) and len(marked) == len(told)
    yield Step(whole, f"{named} : " + MODEL["markers"].format(n=len(marked), total=len(told)))
    kept = sum(judge(one, known, language).support == "supported" for one in told)
    yield Step(kept > 0, f"{named} : " + MODEL["supported"].format(n=kept, total=len(told)))


def _heard(talk: Talk, language: Language) -> Heard:
    """A whole reply. Raises Failed, ``empty`` where it says nothing."""
    started = time.monotonic()
    texts: list[str] = []
    first = 0.0
    for piece in talk.pieces(trial(language), Nobody()):
        if piece.text:
            first = first or time.monotonic() - started
            texts.append(piece.text)
    if not "".join(texts).strip():
        raise Failed("empty")
    return Heard("".join(texts), len(texts), first, time.monotonic() - started)
