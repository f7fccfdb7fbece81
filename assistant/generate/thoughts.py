"""What a model writes in; what of it is meant for people, out, while it comes too.

Models that reason write it before their answer, between tags that differ from one to another. Some
are made to begin inside, and only close it: nothing is shown before a first marker, which each
sentence of an answer bears.
"""

import re

from assistant.generate.sentences import MARKER

_NAME = r"(?:\w+:)?(?:think|thought|reason|reflect|analy[sz]|scratch|deliberat)\w*"
# <think>, [THINK], ◁think▷, and the channels of « harmony » (github.com/openai/harmony).
_OPEN = rf"(?:<\|?{_NAME}[^<>]*>|\[think\w*\]|◁{_NAME}▷)"
_CLOSE = rf"(?:<\|?/{_NAME}[^<>]*>|\[/think\w*\]|◁/{_NAME}▷)"
_FLAGS = re.DOTALL | re.IGNORECASE
_BLOCK = re.compile(
    rf"{_OPEN}.*?(?:{_CLOSE}|\Z)"
    r"|<\|channel\|>(?!final).*?(?:<\|end\|>|\Z)|(?:<\|start\|>\w*)?(?:<\|channel\|>final)?<\|\w+\|>",
    _FLAGS,
)
_UNOPENED = re.compile(rf"\A.*{_CLOSE}", _FLAGS)
_BEGUN = re.compile(r"(?:<[^<>\n]{0,40}|\[[^\[\]\n]{0,20}|◁[^◁▷\n]{0,20})\Z")  # a tag, perhaps


def spoken(text: str) -> str:
    """A whole text without what its model wrote for itself."""
    return _UNOPENED.sub("", _BLOCK.sub("", text))


def unopened(text: str) -> bool:
    """Whether a model closes a thought that it never opened, so that none can tell it coming."""
    return bool(_UNOPENED.match(_BLOCK.sub("", text)))


class Spoken:
    """The same of a text that comes piece by piece; no tag and no marker is split."""

    def __init__(self) -> None:
        self._text = ""
        self._shown = 0

    def heard(self, piece: str) -> str:
        """What may be shown now of all that came; empty where nothing more may."""
        self._text += piece
        ready = _BEGUN.sub("", spoken(self._text))
        if not MARKER.search(ready):
            return ""
        if len(ready) < self._shown:  # what was shown was a thought, which is closed only now
            self._shown = 0
        new, self._shown = ready[self._shown :], len(ready)
        return new
