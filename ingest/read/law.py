"""LEGI XML, the open data of the law by the DILA: bytes in, one reading an article out.

A file of the DILA holds one article in one version; several put together in one file are read too,
and :mod:`ingest.read.laws` reads the archive of a whole text.
"""

from collections.abc import Iterator

from lxml import etree

from ingest import messages
from ingest.read.articles import reading
from ingest.read.formats import refused
from ingest.read.reading import Article, Reading

FOREVER = "2999-01-01"  # what the DILA writes for no end
_LASTS = ("VIGUEUR", "VIGUEUR_DIFF", "ABROGE_DIFF")
_BREAKS = {"p", "br", "div", "li", "tr", "blockquote"}

Element = etree._Element


def read(content: bytes) -> list[Reading]:
    """Every article of the file, in its order.

    Raises CorpusError ``corpus_unreadable_file`` when the file declares entities or holds no
    article, and what lxml raises of XML that is none.
    """
    root = parsed(content)
    found = [reading for e in articles(root) if (reading := reading_of(e))]
    if not found:
        alone = root.tag in ("TEXTELR", "TEXTE_VERSION", "SECTION_TA")
        raise refused(messages.ONLY_STRUCTURE if alone else messages.NO_ARTICLE, "{file}")
    return found


def parsed(content: bytes) -> Element:
    """The root of an XML file. Raises CorpusError when it declares entities, and as lxml does."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(messages.XML_ENTITIES, "{file}")
    return root


def articles(root: Element) -> list[Element]:
    """The articles of a file, in its order."""
    return [e for e in root.iter("ARTICLE") if e.find(".//META_ARTICLE") is not None]


def id_of(element: Element) -> str | None:
    """The LEGIARTI number of an article."""
    return _said(element, ".//META_COMMUN/ID")


def reading_of(element: Element) -> Reading | None:
    """An article in one version; None when it has no text."""
    alineas = list(_alineas(element))
    if not alineas:
        return None
    short, whole = _text(element)
    state, start, end = (_said(element, f".//META_ARTICLE/{tag}")
                         for tag in ("ETAT", "DATE_DEBUT", "DATE_FIN"))  # fmt: skip
    end = None if end == FOREVER else end
    if end is None and state and state not in _LASTS:
        end = start  # it never came into force, or nobody knows when it ceased to be
    article = Article(
        number=_said(element, ".//META_ARTICLE/NUM") or "unique",
        id=id_of(element),
        state=state,
        start=None if start == FOREVER else start,
        end=end,
        links=tuple(_links(element)),
        law=whole,
    )
    return reading(short, article, alineas, messages.FROM_LEGI)


def _text(element: Element) -> tuple[str, str]:
    """The name of the law, short where the file has a short one, and whole."""
    titles = element.findall(".//CONTEXTE/TEXTE/TITRE_TXT")
    if not titles:
        raise refused(messages.NO_ARTICLE, "{file}")
    whole = " ".join("".join(map(str, titles[-1].itertext())).split())
    return titles[-1].get("c_titre_court") or whole, whole


def _alineas(element: Element) -> Iterator[str]:
    """The paragraphs of an article, then the note of its editor."""
    for content in element.iterfind(".//BLOC_TEXTUEL/CONTENU"):
        yield from paragraphs(content)
    for content in element.iterfind("./NOTA/CONTENU"):
        yield from paragraphs(content)


def paragraphs(content: Element) -> Iterator[str]:
    """The paragraphs of XHTML that marks them with ``p`` or only parts them with ``br``."""
    said = ""
    for event, element in etree.iterwalk(content, events=("start", "end")):
        breaks = str(element.tag).lower() in _BREAKS
        if breaks and said.strip():
            yield said
        said = ("" if breaks else said) + (
            (element.text if event == "start" else element.tail) or ""
        )
        if element is content and event == "end":
            break
    if said.strip():
        yield said


def _links(element: Element) -> Iterator[str]:
    for link in element.iterfind("./LIENS/LIEN"):
        kind, words = link.get("typelien"), " ".join("".join(map(str, link.itertext())).split())
        if words:
            yield f"{kind} : {words}" if kind else words


def _said(element: Element, path: str) -> str | None:
    return (element.findtext(path) or "").strip() or None
