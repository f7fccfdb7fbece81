"""The page that helps staff to take the widget in: its choices, its lines, its hash."""

import html
import re

from playwright.sync_api import expect

from tests.ui.test_access import violations
from tests.ui.widget.conftest import Guest
from ui.widget.released import releases

NEWEST = releases()[-1]


def lines(guest: Guest, name: str) -> str:
    """The lines under a name, as they would be copied."""
    return guest.page.get_by_role("region", name=f"Lignes à copier : {name}").inner_text()


def test_what_is_chosen_is_in_the_lines_and_on_the_page(guest: Guest) -> None:
    guest.page.goto(f"{guest.site.api}/integrer")
    assert '<assistant-ptce><a href="' in lines(guest, "HTML")
    guest.page.get_by_label("Un bloc dans le texte d’une page").check()
    guest.page.get_by_label("Échelon de vos visiteurs").select_option("region")
    guest.page.get_by_label("Département ou région").select_option("Bretagne")
    guest.page.get_by_label("Phrase d’accueil").fill('Dites « "bonjour" » <b>')
    guest.page.get_by_label("Questions proposées").fill("Pourquoi ?\n\n Comment ? ")
    guest.page.get_by_label("Adresse de votre site").fill("https://www.exemple.fr/ma/page")
    guest.page.get_by_label("Garder la version").check()
    wanted = (
        '<assistant-ptce inline echelon="region" place="Bretagne" '
        'greeting="Dites « &quot;bonjour&quot; » &lt;b&gt;" questions="Pourquoi ? | Comment ?">'
    )
    for name in ("SPIP, squelette", "SPIP, modèle", "WordPress", "HTML"):
        assert wanted in lines(guest, name)
        assert f'integrity="{NEWEST.integrity}" crossorigin="anonymous"' in lines(guest, name)
    assert 'ORIGINS="https://www.exemple.fr"' in lines(guest, "le réglage de l’administrateur")
    preview = guest.page.locator("#preview")
    expect(preview.get_by_text('Dites « "bonjour" » <b>')).to_be_visible()
    expect(preview.locator(".starts button")).to_have_text(["Pourquoi ?", "Comment ?"])
    assert guest.said == []


def test_the_model_of_spip_leaves_open_what_is_not_chosen(guest: Guest) -> None:
    written = "SPIP, modèle"
    guest.page.goto(f"{guest.site.api}/integrer")
    asked = (
        ' inline[ echelon="(#ENV{echelon}|attribut_html)"][ place="(#ENV{place}|attribut_html)"]>'
    )
    assert asked in lines(guest, written)
    guest.page.get_by_label("Échelon de vos visiteurs").select_option("region")
    guest.page.get_by_label("Phrase d’accueil").fill("Posez vos questions #PTCE !")
    guest.page.get_by_label("Phrase d’accueil").blur()
    shown = lines(guest, written)
    assert (
        ' inline echelon="region" greeting="Posez vos questions &num;PTCE !"[ place="(#ENV{'
        in shown
    )
    assert shown.startswith("#CACHE{86400}\n<div") and shown.rstrip().endswith("</div>")
    expect(
        guest.page.locator("#preview").get_by_text("Posez vos questions #PTCE !")
    ).to_be_attached()


def test_the_lines_that_are_copied_work_on_the_site(guest: Guest) -> None:
    guest.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    guest.page.goto(f"{guest.site.api}/integrer")
    guest.page.get_by_label("Garder la version").check()
    guest.page.get_by_role("button", name="Copier : HTML").click()
    expect(guest.page.get_by_text("Copié.")).to_be_visible()
    body = guest.page.evaluate("navigator.clipboard.readText()")
    policy = lines(guest, "politique de sécurité")
    guest.site.headers["Content-Security-Policy"] = f"default-src 'none'; {policy}"
    guest.page.goto(guest.site.page("/colle", body=body))
    guest.launch.click()
    guest.ask("Quel local pour une commune ?")
    assert guest.said == []


def test_the_page_is_whole_without_its_script(guest: Guest) -> None:
    page = guest.page.request.get(f"{guest.site.api}/integrer").text()
    shown = html.unescape(re.sub("<[^>]+>", "", page))
    assert f'<script type="module" src="{guest.site.api}/widget.js"></script>' in shown
    assert NEWEST.integrity in shown
    assert f"script-src {guest.site.api}; connect-src {guest.site.api}" in shown


def test_the_page_is_for_everybody(guest: Guest) -> None:
    for scheme in ("light", "dark"):
        guest.page.emulate_media(color_scheme=scheme)
        guest.page.goto(f"{guest.site.api}/integrer")
        guest.page.locator("#options").wait_for()
        if scheme == "dark":
            guest.page.get_by_label("Un bloc dans le texte d’une page").check()
        assert violations(guest.page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for width in (320, 390, 768, 1280):
        guest.page.set_viewport_size({"width": width, "height": 640})
        assert guest.page.evaluate(wide) == 0, width
