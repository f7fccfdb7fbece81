"""Blocks that two or more lines of a document make together.

Comes in: blocks as they stand on the page. Go out: the same with call-outs under their label,
addresses after what they belong to, quotations with their speaker, laws with their reference.
"""

import re
from dataclasses import replace

from ingest.aligned import Aligned, join
from ingest.blocks import Block, Form
from ingest.words import words

ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.-]+|(?:\+33|\b0)\s?[1-9](?:[ .-]?\d\d){4}\b"
    r"|\b[\w-]+\.(?:fr|org|com|net|eu)(?:/\S*)?(?![\w-])",
    re.IGNORECASE,
)
_ONLY_ADDRESS = re.compile(rf"\W*(?:(?:{ADDRESS.pattern})\W*)+", re.IGNORECASE)
_INLINE = r"(?:\s+n?°?\s*\d{1,2})?(?:\s*[:–—]\s*(?=\S)|\s+-\s+(?=\S))"
_OWN_LINE = r"(?:\s+n?°?\s*\d{1,2})?\s*[:.–—-]?"
_GLUED = r"\s+(?=(?-i:[«“\"]?\s?[A-ZÀ-ÖØ-ÞŒ]))"
_SPEAKER = re.compile(r"[-–—(,]?\s*(?:[A-ZÀ-ÖØ-Þ][\w'’.-]+\s+){1,3}")
_CLOSING = {"«": "»", "“": "”", '"': '"'}
SHORT = 160  # characters; a reference, a speaker or a label's remainder is no longer


def addressed(blocks: list[Block]) -> list[Block]:
    """With a line that is only an address joined to the line before it."""
    done: list[Block] = []
    for block in blocks:
        last = done[-1] if done else None
        alone = block.form == "paragraph" and _ONLY_ADDRESS.fullmatch(block.words)
        if alone and last and last.form in ("paragraph", "item") and not block.apart:
            done[-1] = replace(last, text=glued(last.text, block.text))
        else:
            done.append(block)
    return done


def called_out(blocks: list[Block]) -> list[Block]:
    """With every call-out as one block, its label apart from its text."""
    done: list[Block] = []
    for block in blocks:
        last = done[-1] if done else None
        if last and last.form == "callout" and not last.words and block.form != "heading":
            done[-1] = replace(last, text=block.text, page=block.page)
        else:
            done.append(_callout(block))
    return [_given_back(block) for block in done]


def quoted(blocks: list[Block]) -> list[Block]:
    """With every quotation as one block with its speaker."""
    done: list[Block] = []
    for i, block in enumerate(blocks):
        last = done[-1] if done else None
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        if last and last.form == "quotation" and _is_speaker(block, last, after):
            parts = [block.bullet, block.text] if block.bullet else [block.text]
            done[-1] = replace(last, text=glued(last.text, *parts))
        elif block.form == "paragraph" and _quotation_end(block.words) is not None:
            done.append(replace(block, form="quotation"))
        else:
            done.append(block)
    return done


def with_laws(blocks: list[Block]) -> list[Block]:
    """With the text of a law and the reference under it as one block."""
    done: list[Block] = []
    for block in blocks:
        last = done[-1] if done else None
        if last and last.form == "quotation" and _is_reference(block):
            done[-1] = replace(last, form="law", text=glued(last.text, block.text))
        elif (
            last
            and block.form == "quotation"
            and last.form == "paragraph"
            and words().law_announced.search(last.words)
        ):
            done.append(replace(block, form="law"))
        elif last and last.form == "law" and _is_reference(block):
            done[-1] = replace(last, text=glued(last.text, block.text))
        else:
            done.append(block)
    return done


def glued(*parts: Aligned) -> Aligned:
    """The parts with a space between them, which stands for nothing in the raw text."""
    whole = [parts[0]]
    for part in parts[1:]:
        whole += [Aligned.inserted(" ", whole[-1].origins[-1][1]), part]
    return join(whole)


def _callout(block: Block) -> Block:
    """The block as a call-out when a label opens it; with no text when it is only the label."""
    if block.form not in ("paragraph", "item", "heading"):
        return block
    for label, kind in words().callouts:
        whole = re.fullmatch(label.pattern + _OWN_LINE, block.words, re.IGNORECASE)
        if whole:
            empty = block.text[len(block.text) :]
            return replace(block, form="callout", text=empty, label=block.text, kind=kind)
        if block.bold and not block.words.endswith((".", "!", "…")):
            continue  # « Exemple : la ville de … » in bold is the heading of what follows
        tails = (_INLINE, _GLUED) if kind == "experience" else (_INLINE,)
        for tail in tails if block.form != "heading" else ():
            inline = re.match(label.pattern + tail, block.words, re.IGNORECASE)
            if inline and not block.words.endswith(":"):
                rest, said = block.text[inline.end() :], block.text[: inline.end()].strip()
                return replace(block, form="callout", text=rest, label=said, kind=kind)
    return block


def _given_back(block: Block) -> Block:
    """A label under which nothing stands is a heading after all, or the last line of a page."""
    if block.form != "callout" or block.words or block.label is None:
        return block
    form: Form = "heading" if block.level else "paragraph"
    return replace(block, form=form, text=block.label, label=None, kind=None)


def _quotation_end(text: str) -> int | None:
    """Where the quotation that a text consists of ends (a speaker may follow), else None."""
    close = _CLOSING.get(text[:1])
    if close is None:
        return None
    end = text.rfind(close, 1) + 1
    after = text[end:].strip(" .,")
    if end < 30 or (after and not re.match(r"[-–—(]", after)) or len(after) > SHORT:
        return None
    opening = text[0]
    inside = text[1 : end - 1]
    if opening != close and inside.find(close) != -1 and opening not in inside:
        return None
    return end


def _is_speaker(block: Block, last: Block, after: Block | None) -> bool:
    """Whether a line says who spoke the quotation before it."""
    if last.words[-1:] not in '»”".' or len(block.words) > SHORT or block.words.endswith(":"):
        return False
    if block.form == "item":
        listed = after is not None and after.form == "item"
        return block.sign is None and not listed and bool(_SPEAKER.match(block.words))
    named = block.form == "paragraph" and bool(_SPEAKER.match(block.words))
    return named and (block.words[:1] in "-–—(" or "," in block.words)


def _is_reference(block: Block) -> bool:
    return (
        block.form == "paragraph"
        and len(block.words) <= SHORT
        and bool(words().reference.match(block.words))
    )
