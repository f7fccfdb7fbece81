"""An extractive answer and its plan in; the answer that a model words, checked, out.

State, what is missing, citations and nearest passages stay those of the extractive answer. When
the model gives nothing that can be shown, its text stays too, and says so.
"""

import logging
import re
import time
from functools import partial

from assistant.compose.draft import Draft
from assistant.compose.write import framed, write
from assistant.generate.budget import Breaker, Budget, Clock
from assistant.generate.chat import Chat
from assistant.generate.check import supports
from assistant.generate.live import Listener, Nobody
from assistant.generate.plan import Plan, plan
from assistant.generate.prompt import messages
from assistant.generate.sentences import MARKER, Line, lines
from assistant.generate.settle import Settled, complete, settle, sourced
from assistant.generate.talk import Limits, Talk
from assistant.generate.thoughts import Spoken, spoken
from assistant.generate.trouble import Failed
from assistant.index import Index
from assistant.messages import ANSWERS
from assistant.settings import Settings
from assistant.types import Answer, Checked, Language
from assistant.understand import Query
from assistant.understand.language import detect

WRITTEN, FALLBACK = "model", "extractive-fallback"
# How providers call the end of a reply that met its limit of tokens, or their filter of content.
CUT_SHORT = {"length", "max_tokens", "model_length"}
FILTERED = {"content_filter", "refusal", "safety", "recitation", "blocklist", "prohibited_content"}
QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
log = logging.getLogger("assistant.generate")


class Writer:
    """Words answers with the model of the settings. Several threads may share it."""

    def __init__(self, settings: Settings, clock: Clock = time.monotonic) -> None:
        chat = Chat(settings)
        self._load = chat.load
        self._talk = Talk(chat, Limits.of(settings))
        self._budget = Budget(settings.model_per_minute, settings.model_in_flight, clock)
        self.breaker = Breaker(clock)

    def load(self) -> None:
        """Import the client now, which the first answer would otherwise wait for."""
        try:
            self._load()
        except Failed as failed:
            log.warning("model: %s %s", failed.reason, failed.seen)

    def word(
        self,
        query: Query,
        draft: Draft,
        answer: Answer,
        index: Index,
        listener: Listener | None = None,
    ) -> Answer:
        """The answer in the words of the model, or as it is with why. Raises Gone."""
        given = plan(query, draft, answer, index)
        try:
            settled, whole = self._settled(given, listener or Nobody())
        except Failed as failed:
            log.warning("model: %s %s", failed.reason, failed.seen)
            return _fallback(draft, answer, index)
        return _written(draft, answer, settled, whole=whole)

    def _settled(self, given: Plan, listener: Listener) -> tuple[Settled, bool]:
        """The checked text, and whether the model came to its own end. Raises Failed, Gone."""
        with self.breaker.reply(), self._budget.reply():
            text, whole = self._reply(given, listener)
        told = read(text, given.language, whole=whole)
        settled = settle(told, given.evidence, partial(supports, language=given.language))
        complete(settled, given.evidence, ANSWERS[given.language]["also"])
        settled.blocks = sourced(settled.blocks, given.origins)
        return settled, whole

    def _reply(self, given: Plan, listener: Listener) -> tuple[str, bool]:
        """What the model writes, and whether it came to its own end."""
        self._load()  # seconds, the first time: no part of what the model is given
        text, end, shown = "", "", Spoken()
        for piece in self._talk.pieces(messages(given), listener):
            if piece.text:
                text += piece.text
                if now := shown.heard(piece.text):
                    listener.text(now)
            end = piece.end or end
        whole = ended(end)
        text = spoken(text)
        if not MARKER.sub("", text).strip():
            raise Failed("empty")
        return text, whole


def ended(end: str) -> bool:
    """Whether a reply with this end came to its own; none is our limit. Raises ``filtered``."""
    if end.lower() in FILTERED:
        raise Failed("filtered")
    return bool(end) and end.lower() not in CUT_SHORT


def read(text: str, language: Language, *, whole: bool) -> list[Line]:
    """The lines of a reply, which a reply that was cut has up to its last stop or marker.

    Raises Failed ``language`` unless, quotations aside, they are in it, or too short to tell.
    """
    told = lines(text, whole=whole)
    said = " ".join(sentence.text for line in told for sentence in line.sentences)
    if detect(QUOTED.sub(" ", said), language) != language:
        raise Failed("language")
    return told


def _written(draft: Draft, answer: Answer, settled: Settled, *, whole: bool) -> Answer:
    checked = Checked(kept=settled.kept, replaced=settled.replaced, removed=settled.removed)
    cut = None if whole else ANSWERS[answer.language]["cut"]
    said = " ".join(filter(None, [cut, _said(answer.language, checked)]))
    text = framed(draft, answer.language, settled.blocks, said)
    return answer.model_copy(update={"answer": text, "generator": WRITTEN, "checked": checked})


def _said(language: Language, checked: Checked) -> str:
    """That a model wrote, what became of its sentences, and that the check can be wrong."""
    words = ANSWERS[language]
    *first, last = (
        words[name if n == 1 else f"{name}s"].format(n=n)
        for name, n in checked.model_dump().items()
        if n
    )
    what = words["and"].join(filter(None, [", ".join(first), last]))
    return words["checked"].format(what=what)


def _fallback(draft: Draft, answer: Answer, index: Index) -> Answer:
    """The extractive answer, which says that it is one."""
    text, _ = write(draft, index, answer.language, ANSWERS[answer.language]["fallback"])
    return answer.model_copy(update={"answer": text, "generator": FALLBACK})
