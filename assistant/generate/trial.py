"""Settings in; what works of the language model that they name and what does not, out, in French.

A reply is asked for in each language, by the real prompt over the published index, or over one
made-up passage where there is none. Steps that one failure makes impossible are told as not tried.
"""

import time
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from assistant.ask import ask
from assistant.compose.draft import Draft
from assistant.errors import AssistantError
from assistant.generate.chat import Chat, Message, provider_of
from assistant.generate.check import judge, supports
from assistant.generate.check.evidence import Evidence
from assistant.generate.live import Listener, Nobody
from assistant.generate.plan import Plan, plan
from assistant.generate.prompt import TRIAL, messages, trial
from assistant.generate.settle import complete, settle
from assistant.generate.talk import Limits, Talk
from assistant.generate.thoughts import spoken, unopened
from assistant.generate.trouble import Failed
from assistant.generate.write import ended, read
from assistant.index import Index, Reader
from assistant.messages import MODEL, MODEL_REASONS
from assistant.settings import Settings
from assistant.types import Answer, Language, Question
from assistant.understand import Query

# What any index about the subject answers from a few passages.
ASKED: dict[Language, str] = {
    "fr": "Comment une commune peut-elle soutenir un PTCE ?",
    "en": "How can a municipality support a PTCE?",
}

EXTRAS = {"mistralai": "mistral"} | {name: name for name in ("openai", "ollama", "huggingface")}


class Step(NamedTuple):
    """One line of the report; ``good`` is None for what was not tried."""

    good: bool | None
    text: str

    def __str__(self) -> str:
        mark = {True: MODEL["good"], False: MODEL["bad"], None: MODEL["untried"]}[self.good]
        return f"{mark} {self.text}"


class Case(NamedTuple):
    """A prompt, and the passages that it gives; ``real`` where they are of the documents."""

    language: Language
    messages: list[Message]
    known: Mapping[int, Evidence]
    real: bool


class Heard(NamedTuple):
    """A reply, and when its first and last words came, in seconds."""

    text: str
    pieces: int
    first: float
    last: float
    whole: bool  # it came to its own end
    aloud: bool  # its thoughts would be taken for the answer while they come


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
    for case in _cases(settings):
        yield from _reply(talk, case, settings)


def _unmade(failed: Failed, settings: Settings) -> Step:
    provider = provider_of(settings)
    extra = EXTRAS.get(provider)
    if failed.reason == "extra" and extra:
        return Step(False, MODEL["no_extra"].format(provider=provider, extra=extra))
    return Step(False, f"{MODEL_REASONS[failed.reason]} ({failed.seen})")


def _cases(settings: Settings) -> list[Case]:
    """What is asked: a real question on the published index, a made one where there is none."""
    try:
        index = Reader(settings).current()
        return [_real(language, index) or _made(language) for language in TRIAL]
    except AssistantError:
        return [_made(language) for language in TRIAL]


def _made(language: Language) -> Case:
    return Case(language, trial(language), {1: Evidence(1, TRIAL[language][1])}, real=False)


def _real(language: Language, index: Index) -> Case | None:
    """The prompt of a question that the documents answer; None where they do not."""
    noted = Noted()
    ask(Question(text=ASKED[language]), index, noted)
    given = noted.plan
    if given is None or given.language != language:
        return None
    return Case(language, messages(given), given.evidence, real=True)


class Noted:
    """Words nothing, and keeps the plan that a model would be given."""

    plan: Plan | None = None

    def word(
        self,
        query: Query,
        draft: Draft,
        answer: Answer,
        index: Index,
        listener: Listener | None = None,
    ) -> Answer:
        """The answer as it is."""
        self.plan = plan(query, draft, answer, index)
        return answer


def _reply(talk: Talk, case: Case, settings: Settings) -> Iterator[Step]:
    """The steps of one reply."""
    named = MODEL[case.language]
    try:
        heard = _heard(talk, case)
    except Failed as failed:
        seen = f" ({failed.seen})" if failed.seen else ""
        yield Step(False, f"{named} : {MODEL_REASONS[failed.reason]}{seen}")
        yield Step(None, f"{named} : {MODEL['not_tried']}")
        return
    for good, text in (*_came(heard, case, settings), *_judged(heard, case)):
        yield Step(good, f"{named} : {text}")


def _came(heard: Heard, case: Case, settings: Settings) -> Iterator[tuple[bool, str]]:
    """How a reply came: what it was asked, when, in how many pieces, and whether to its end."""
    passages = MODEL["real" if case.real else "made"].format(n=len(case.known))
    times = MODEL["answer"].format(first=heard.first, last=heard.last)
    limit = MODEL["of_seconds"].format(limit=settings.model_seconds)
    yield True, f"{passages} {times} {limit}"
    yield (
        heard.pieces > 1,
        MODEL["stream" if heard.pieces > 1 else "no_stream"].format(n=heard.pieces),
    )
    limits = {
        "tokens": settings.model_tokens,
        "characters": settings.model_characters,
        "seconds": settings.model_seconds,
    }
    yield heard.whole, MODEL["whole" if heard.whole else "cut"].format(**limits)
    if heard.aloud:
        yield False, MODEL["aloud"]


def _judged(heard: Heard, case: Case) -> Iterator[tuple[bool, str]]:
    """What a reply is worth: its language, its markers, and what would be shown of it."""
    try:
        told = read(heard.text, case.language, whole=heard.whole)
    except Failed:
        yield False, MODEL["other_language"]
        return
    yield True, MODEL["right_language"]
    sentences = [sentence for line in told for sentence in line.sentences]
    marked = sum(bool(sentence.numbers) for sentence in sentences)
    every = bool(sentences) and marked == len(sentences)
    counted = MODEL["markers"].format(n=marked, total=len(sentences))
    yield every, counted if every else f"{counted} {MODEL['larger']}"
    kept = sum(judge(s, case.known, case.language).support == "supported" for s in sentences)
    counted = MODEL["supported"].format(n=kept, total=len(sentences))
    yield kept > 0, counted if kept else f"{counted} {MODEL['larger']}"
    try:
        settled = settle(told, case.known, partial(supports, language=case.language))
        complete(settled, case.known, "")
    except Failed as failed:
        yield False, f"{MODEL_REASONS[failed.reason]}."
        return
    yield True, MODEL["shown"]


def _heard(talk: Talk, case: Case) -> Heard:
    """A whole reply. Raises Failed, ``empty`` where it says nothing."""
    started = time.monotonic()
    texts: list[str] = []
    first, end = 0.0, ""
    for piece in talk.pieces(case.messages, Nobody()):
        end = piece.end or end
        if piece.text:
            first = first or time.monotonic() - started
            texts.append(piece.text)
    raw = "".join(texts)
    whole = ended(end)  # a reply that was cut may have spent all on its thoughts
    if not spoken(raw).strip() and whole:
        raise Failed("empty")
    took = time.monotonic() - started
    return Heard(spoken(raw), len(texts), first, took, whole=whole, aloud=unopened(raw))
