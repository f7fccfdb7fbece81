"""The corpus written again in the formats of word processors, sites and the law.

The blocks are those of the documents as they are laid out, so that the truth is known.
"""

import html
import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import docx
import odfdo
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ingest.layout import lay_out
from ingest.manifest import load_manifest, read_document

CORPUS = Path(__file__).parents[2] / "corpus"
ENTRIES = {e.id: e for e in load_manifest(CORPUS).document}
NESTED = "etude-restitution-2014"
TABLE = (("Région", "Dispositif", "Montant"), ("Bretagne", "Appel à projets", "20 000 €"),
         ("Normandie", "Avance remboursable", "5 000 €"))  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One block to write: its form, its depth or level, its words."""

    form: str
    depth: int
    words: str


@lru_cache
def told(id: str = NESTED) -> tuple[Told, ...]:
    """A document of the corpus as blocks: headings, paragraphs, items."""
    entry = ENTRIES[id]
    found = []
    for block in lay_out(read_document(CORPUS, entry)[0].text, entry.pages):
        form = block.form if block.form in ("heading", "item") else "paragraph"
        found.append(Told(form, block.depth if form == "item" else 2, block.words))
    return tuple(found)


def words(id: str = NESTED) -> list[str]:
    """All that is written, the table last, word by word."""
    cells = [cell for row in TABLE for cell in row]
    return " ".join([*(t.words for t in told(id)), *cells]).split()


@lru_cache
def word() -> bytes:
    """A Word document: nested lists, a table, a header, a note, a tracked deletion."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "En-tête de toutes les pages"
    made.core_properties.title = "Restitution de l'étude"
    for block in told():
        if block.form == "heading":
            made.add_heading(block.words, level=2)
        elif block.form == "item":
            style = "List Bullet" if not block.depth else f"List Bullet {block.depth + 1}"
            made.add_paragraph(block.words, style=style)
        else:
            made.add_paragraph(block.words)
    deleted = OxmlElement("w:del")
    deleted.append(run := OxmlElement("w:r"))
    run.append(text := OxmlElement("w:delText"))
    text.text = "mot effacé"
    made.paragraphs[-1]._p.append(deleted)
    table = made.add_table(rows=0, cols=3)
    for row in TABLE:
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = said
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    assert made.element.body.iter(qn("w:tbl"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@lru_cache
def odt() -> bytes:
    """The same as an OpenDocument text."""
    made = odfdo.Document("text")
    body = made.body
    body.clear()
    lists: list[odfdo.List] = []
    for block in told():
        if block.form != "item":
            lists.clear()
            heading = block.form == "heading"
            body.append(odfdo.Header(2, block.words) if heading else odfdo.Paragraph(block.words))
            continue
        del lists[block.depth + 1 :]
        if len(lists) <= block.depth:
            lists.append(odfdo.List())
            outer = lists[-2].get_elements("text:list-item")[-1] if block.depth else body
            outer.append(lists[-1])
        lists[-1].append_item(odfdo.ListItem(block.words))
    table = odfdo.Table("Aides", width=0, height=0)
    for row in TABLE:
        table.append_row(odfdo.Row())
        for column, cell in enumerate(row):
            table.set_value((column, table.height - 1), cell)
    body.append(table)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@lru_cache
def spip() -> bytes:
    """A page as SPIP makes them: menus, hat, headings between, notes, share links, a script."""
    body, depth = [], 0
    for block in told():
        said = (
            html.escape(block.words, quote=False).replace(" ;", "&nbsp;;").replace(" :", "&nbsp;:")
        )
        wanted = block.depth + 1 if block.form == "item" else 0
        while depth > wanted:
            body.append("</li></ul>")
            depth -= 1
        if block.form == "item":
            body.append("</li>" if depth == wanted else '<ul class="spip" role="list">')
            depth = wanted
            body.append(f"<li> {said}")
        else:
            mark = 'h3 class="spip"' if block.form == "heading" else "p"
            body.append(f"<{mark}>{said}</{mark.split()[0]}>")
    body += ["</li></ul>"] * depth
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in TABLE[1:])
    head = "".join(f"<th>{c}</th>" for c in TABLE[0])
    return _PAGE.format(body="\n".join(body), head=head, rows=rows).encode()


_PAGE = """<!DOCTYPE html>
<html lang="fr" dir="ltr"><head><meta charset="utf-8">
<title>Restitution de l'étude - RTES</title><meta name="generator" content="SPIP 4.2">
<script>document.write("texte du script")</script><style>p {{ color: red }}</style></head>
<body class="page_article"><div class="page">
<header role="banner"><a href="/">RTES, accueil du site</a></header>
<nav class="nav" id="nav"><ul><li><a href="/agenda">Agenda</a></li>
<li><a href="/adherer">Adhérer</a></li></ul></nav>
<p class="arbo"><a href="/">Accueil</a> &gt; <a href="/thematiques">Thématiques</a></p>
<main class="main" role="main"><article class="contenu-principal hentry">
{body}
<div class="table"><table class="spip"><thead><tr>{head}</tr></thead>
<tbody>{rows}</tbody></table></div>
<div class="partage"><a href="https://example.org/share">Partager sur un réseau</a></div>
<form action="/recherche"><label>Rechercher</label><input name="q"></form>
</article></main>
<aside><h2>Dans la même rubrique</h2>
<ul><li><a href="/autre">Un autre article du site</a></li></ul></aside>
<footer role="contentinfo"><p>Mentions légales, plan du site, contact</p></footer>
<iframe src="https://example.org/suivi"></iframe>
</div></body></html>
"""
FURNITURE = ("texte du script", "Adhérer", "Partager", "Rechercher", "Mentions", "rubrique",
             "accueil du site", "En-tête", "effacé")  # fmt: skip
