"""Files that are not to be trusted, by name, each with a word of the refusal that it must meet."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.ingest import law_files, written

BOMB = (
    '<!DOCTYPE ARTICLE [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {n} "{f"&{o};" * 10}">' for o, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
XXE = '<!DOCTYPE ARTICLE [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE ARTICLE SYSTEM "http://127.0.0.1:9/a.dtd">'
ODT = b"application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """The members of a zip, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content: bytes, others: Mapping[str, bytes]) -> bytes:
    """A zip with members replaced or added."""
    return zipped(members(content) | dict(others))


def linked() -> bytes:
    """A Word document whose settings are a symbolic link."""
    out = io.BytesIO(written.word())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def locked() -> bytes:
    """A zip whose first member is said to be encrypted."""
    content = bytearray(written.word())
    at = content.index(b"PK\x01\x02") + 8
    struct.pack_into("<H", content, at, 1)
    return bytes(content)


def damaged() -> bytes:
    """A Word document with bytes of its text overwritten."""
    content = bytearray(written.word())
    at = content.index(b"word/document.xml") + 60
    content[at : at + 40] = bytes(40)
    return bytes(content)


def law(before: str, body: str = law_files.legi()) -> bytes:
    """LEGI XML with something between its declaration and its root."""
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}{body}'.encode()


def word(body: str, encoding: str = "utf-8", before: str = "") -> bytes:
    """A Word document with another body."""
    text = f'<?xml version="1.0" encoding="{encoding}"?>{before}{WORD}{body}</w:body></w:document>'
    return changed(written.word(), {"word/document.xml": text.encode(encoding)})


def page(body: str) -> bytes:
    """A web page."""
    return f'<!DOCTYPE html><html lang="fr"><head><title>T</title></head><body>{body}'.encode()


FILES: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("vide.txt", lambda: b"", "vide"),
    ("blanc.docx", lambda: b" \n\n ", "vide"),
    ("marque.txt", lambda: b"\xef\xbb\xbf \n", "vide"),
    ("immense.txt", lambda: b"a" * 20_000_001, "20 Mo"),
    ("nul.txt", lambda: b"abc\0def", "pas du texte"),
    ("commandes.md", lambda: b"abc\x1b[2Jdef", "pas du texte"),
    ("octets.txt", lambda: b"caf\x81\x8d", "UTF-8"),
    ("utf16.txt", lambda: "Les pôles".encode("utf-16"), "UTF-16"),
    ("rapport.docx", lambda: b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "contenu est un PDF"),
    ("rapport.pdf", written.word, "Word"),
    ("rapport2.docx", written.odt, "ODT"),
    ("page.txt", written.spip, "page web"),
    ("image.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "une image"),
    ("loi.html", lambda: law(""), "LEGI"),
    ("texte.doc", lambda: b"Les communes agissent.", "du texte"),
    ("ancien.doc", lambda: OLE, "ancien format"),
    ("secret.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
    ("lettre.rtf", lambda: b"{\\rtf1 Bonjour}", "RTF"),
    ("anime.gif", lambda: b"GIF89a" + bytes(20), "PNG, JPEG ou TIFF"),
    ("carte.webp", lambda: b"RIFF\0\0\0\0WEBPVP8 ", "PNG, JPEG ou TIFF"),
    ("tout.gz", lambda: b"\x1f\x8b\x08" + bytes(20), "archive"),
    ("tout.rar", lambda: b"Rar!\x1a\x07", "archive"),
    ("tout.7z", lambda: b"7z\xbc\xaf\x27\x1c", "archive"),
    ("guide.exe", lambda: b"MZ\x90\0", "programme"),
    ("guide.txt", lambda: b"\x7fELF\x02\x01", "programme"),
    ("base.txt", lambda: b"SQLite format 3\0", "base de données"),
    ("tract.ps", lambda: b"%!PS-Adobe-3.0", "PostScript"),
    ("dessin.xml", lambda: b'<?xml version="1.0"?><svg/>', "autre que celui des lois"),
    ("fil.xml", lambda: b'<?xml version="1.0"?><rss></rss>', "autre que celui des lois"),
    ("budget.xlsx", lambda: zipped({"xl/workbook.xml": b""}), "tableur"),
    ("diapos.pptx", lambda: zipped({"ppt/presentation.xml": b""}), "diaporama"),
    ("lot.zip", lambda: zipped({"guide.txt": b"Les communes"}), "archive"),
    ("creux.zip", lambda: zipped({}), "archive"),
    ("nu.odt", lambda: zipped({"mimetype": ODT}), "archive"),
    ("chiffre.odt", lambda: changed(written.odt(), {
        "META-INF/manifest.xml": b"<m:encryption-data/>"}), "mot de passe"),
    ("verrou.docx", locked, "mot de passe"),
    ("coupe.docx", lambda: written.word()[:-600], "endommagé"),
    ("coupe.odt", lambda: written.odt()[:900], "endommagé"),
    ("abime.docx", damaged, "endommagé"),
    ("faux.docx", lambda: b"PK\x03\x04" + bytes(300), "endommagé"),
    ("bombe.docx", lambda: changed(written.word(), {"word/x.xml": bytes(40_000_000)}), "démesuré"),
    ("milliers.docx", lambda: changed(written.word(), {f"x/{i}": b"" for i in range(2_100)}),
     "démesuré"),
    ("sortie.docx", lambda: changed(written.word(), {"../../evil.xml": b"a"}), "sortent"),
    ("racine.docx", lambda: changed(written.word(), {"/etc/evil": b"a"}), "sortent"),
    ("barres.docx", lambda: changed(written.word(), {"..\\..\\evil": b"a"}), "sortent"),
    ("lien.docx", linked, "lien"),
    ("macros.docx", lambda: changed(written.word(), {"word/vbaProject.bin": b"a"}), "macros"),
    ("entites.docx", lambda: word("&i;", before=BOMB), "entités"),
    ("entites16.docx", lambda: word("&a;", "utf-16", XXE), "entités"),
    ("entites.odt", lambda: changed(written.odt(), {"content.xml": BOMB.encode()}), "entités"),
    ("pas-xml.docx", lambda: changed(written.word(), {"word/document.xml": b"\x01\x02"}),
     "endommagé"),
    ("profond.docx", lambda: word("<w:sdt><w:sdtContent>" * 3_000), "endommagé"),
    ("muet.docx", lambda: word("<w:p/>"), "aucun texte"),
    ("rires.xml", lambda: law(BOMB, law_files.legi(("&i;",))), "entités"),
    ("voleur.xml", lambda: law(XXE, law_files.legi(("&a;",))), "entités"),
    ("distant.xml", lambda: law(REMOTE), "entités"),
    ("coupe.xml", lambda: law("")[:700], "endommagé"),
    ("profond.xml", lambda: law("", f"<ARTICLE>{'<p>' * 20_000}"), "endommagé"),
    ("sans-article.xml", lambda: law("", "<ARTICLES><META/></ARTICLES>"), "aucun article"),
    ("profond.html", lambda: page("<div>" * 5_000 + "Les communes agissent."), "imbriqué"),
    ("scripts.html", lambda: page("<script>write('Les communes')</script>"), "aucun texte"),
    ("cadres.html", lambda: page("<iframe src='https://example.org/'></iframe>"), "aucun texte"),
    ("coupe.pdf", lambda: b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "endommagé"),
    ("coupe.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "endommagé"),
    ("coupe.tif", lambda: b"II*\0\xff\xff\xff\xff", "endommagé"),
    ("{file}{0}.docx", lambda: b"PK\x03\x04 ", "endommagé"),
    ("--aide.odt", lambda: b"PK\x03\x04 ", "endommagé"),
)  # fmt: skip
