"""Article 9 as the corpus quotes it, in the forms of the DILA and of Légifrance."""

import html
import io
import re
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

_GUIDE = Path(__file__).parents[2] / "corpus" / "points-de-reperess-aura-2022.txt"
_FOUND = re.search(r'^"(Les pôles .*)"\s+Article 9', _GUIDE.read_text("utf-8"), re.MULTILINE)
assert _FOUND is not None
QUOTED = _FOUND[1]
LAW = "LOI n° 2014-856 du 31 juillet 2014"
NINE = (
    f"I.-{QUOTED}",
    "II.-Les pôles territoriaux de coopération économique d'intérêt général sont soutenus par "
    "l'Etat, qui les choisit par appels à projets au regard des critères suivants :",
    "1° De la qualité du projet économique et de son ancrage territorial :",
    "a) La réponse à un besoin du territoire ;",
    "b) La place faite aux habitants ;",
    "2° De la gouvernance mentionnée à l'article L. 1111-4 du code général.",
    "Un décret fixe les modalités d'application du présent II.",
)
BEFORE = ("Les pôles territoriaux de coopération économique sont reconnus par décret.",)


def legi(
    alineas: tuple[str, ...] = NINE,
    *,
    number: str = "9",
    id: str = "LEGIARTI000029314391",
    state: str = "VIGUEUR",
    start: str = "2014-08-02",
    end: str = "2999-01-01",
    law: str = LAW,
) -> str:
    """One article as the DILA writes it."""
    said = "<br/>".join(f"<p>{html.escape(a, quote=False)}</p>" for a in alineas)
    return f"""<ARTICLE>
<META><META_COMMUN><ID>{id}</ID><ORIGINE>LEGI</ORIGINE><NATURE>Article</NATURE></META_COMMUN>
<META_SPEC><META_ARTICLE><NUM>{number}</NUM><ETAT>{state}</ETAT><DATE_DEBUT>{start}</DATE_DEBUT>
<DATE_FIN>{end}</DATE_FIN><TYPE>AUTONOME</TYPE></META_ARTICLE></META_SPEC></META>
<CONTEXTE><TEXTE cid="JORFTEXT000029313296" nature="LOI" num="2014-856">
<TITRE_TXT c_titre_court="{law}" id_txt="LEGITEXT000029318827">{law} relative à l'économie sociale
et solidaire (1)</TITRE_TXT></TEXTE></CONTEXTE>
<BLOC_TEXTUEL><CONTENU>{said}</CONTENU></BLOC_TEXTUEL>
<NOTA><CONTENU/></NOTA>
<LIENS><LIEN typelien="CITATION" sens="cible">Code général des collectivités</LIEN></LIENS>
</ARTICLE>"""


def file(*articles: str) -> bytes:
    """A file of one article, or of several."""
    body = articles[0] if len(articles) == 1 else f"<ARTICLES>{''.join(articles)}</ARTICLES>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def page() -> bytes:
    """The page of the law as it is saved from Légifrance: two articles, one repealed."""
    said = "".join(f"<p>{html.escape(a, quote=False)}</p>" for a in NINE)
    return f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">
<title>{LAW} relative à l'économie sociale et solidaire (1) - Légifrance</title>
<link rel="canonical" href="https://www.legifrance.gouv.fr/loda/id/JORFTEXT000029313296"></head>
<body><header><a href="/">Légifrance, le service public de la diffusion du droit</a></header>
<main><h1 class="main-title">{LAW} relative à l'économie sociale et solidaire (1)</h1>
<article><div><p class="name-article" id="LEGIARTI000029314391">
<a href="/loda/article_lc/LEGIARTI000029314391/2014-08-02">Article 9</a></p>
<p class="version-article">Version en vigueur depuis le 02 août 2014</p>
<div class="content">{said}</div>
<ul class="relative-link"><li>Liens relatifs</li></ul></div></article>
<article><div><p class="name-article" id="LEGIARTI000029314392">Article 10 (abrogé)</p>
<p class="version-article">Version en vigueur du 02 août 2014 au 1er janvier 2019</p>
<div class="content"><p>Les pôles rendent compte chaque année.</p></div></div></article></main>
<footer>À propos de cette version</footer></body></html>""".encode()


TEXT = "LEGITEXT000029318827"


def text(*lost: str) -> dict[str, bytes]:
    """The folder of a text as the DILA makes it, by path; ``lost`` are ids it names and lacks."""
    versions = {
        "LEGIARTI000029314391": legi(),
        "LEGIARTI000011111111": legi(
            BEFORE, id="LEGIARTI000011111111", state="MODIFIE", start="2012-01-01", end="2014-08-02"
        ),
        "LEGIARTI000029314392": legi(
            ("Les pôles publient un rapport annuel.",), number="10", state="ABROGE",
            id="LEGIARTI000029314392", end="2019-01-01",
        ),
        "LEGIARTI000029314393": legi(("Rien.",), number="10", id="LEGIARTI000029314393",
                                     state="MODIFIE_MORT_NE", end="2014-08-02"),
    }  # fmt: skip
    links = "".join(
        f'<LIEN_ART id="{id}" num="{10 + i}" etat="VIGUEUR" debut="2014-08-02" fin="2999-01-01"/>'
        for i, id in enumerate([*versions, *lost])
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    meta = f"<META><META_COMMUN><ID>{TEXT}</ID></META_COMMUN></META>"
    files = {
        f"texte/struct/{TEXT}.xml": f"<TEXTELR>{meta}<STRUCT>{links}</STRUCT></TEXTELR>",
        f"texte/version/{TEXT}.xml": f"<TEXTE_VERSION>{meta}</TEXTE_VERSION>",
        "section_ta/LEGISCTA000029314390.xml": "<SECTION_TA><STRUCTURE_TA/></SECTION_TA>",
    } | {f"article/LEGI/ARTI/00/{id}.xml": said for id, said in versions.items()}
    return {path: f"{head}{said}".encode() for path, said in files.items()}


def tarred(files: Mapping[str, bytes], mode: Literal["w", "w:gz"] = "w:gz") -> bytes:
    """The same in a tar."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(f"./{path}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return made.getvalue()
