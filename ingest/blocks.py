"""What a document is made of once it is laid out: its blocks, in reading order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ingest.aligned import Aligned

Form = Literal["heading", "paragraph", "item", "row", "callout", "quotation", "law"]


@dataclass(frozen=True)
class Block:
    """One block, its text mended. Numbers refer to other blocks by their place in the list.

    ``sign`` is what stands before an item that is numbered (« 1. »), ``bullet``
    the mark that its dash replaces, ``label`` what stands above
    a call-out, ``group`` the list that an item or row belongs to, ``lead`` the block that
    introduces it, ``depth`` 0 for the items of an outer list.
    """

    form: Form
    text: Aligned
    page: int | None = None
    level: int = 0
    sign: Aligned | None = None
    bullet: Aligned | None = None
    label: Aligned | None = None
    kind: str | None = None
    group: int | None = None
    lead: int | None = None
    depth: int = 0
    mark: str = ""
    indent: int = 0
    bold: bool = False
    gap: bool = True
    apart: bool = False
    lines: int = 1

    @property
    def words(self) -> str:
        """Its text, plain."""
        return self.text.text


Step = Callable[[list[Block]], list[Block]]
