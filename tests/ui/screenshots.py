"""``python -m tests.ui.screenshots``: the main states of the pages, into ``docs/screenshots``.

The published index answers. Each state is taken on a telephone and on a desk; some in the dark.
"""

import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from api.app import create_app
from assistant.settings import Settings, load_settings
from tests.api.server import serving
from tests.ui.chromium import chromium
from tests.ui.widget.stand_in import ELEMENT, SCRIPT, StandIn, standing_in

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
DEVICES = {"telephone": (390, 844), "bureau": (1280, 900)}
# A site of an ordinary look, to show the widget on.
SITE = """<style>body{margin:0;font:18px/1.6 Georgia,serif;color:#223;background:#fdfdfb}
main{max-width:44rem;margin:2rem auto;padding:0 1rem}a{color:#00518f}</style>
<p>Le réseau réunit des collectivités qui s’engagent pour une économie solidaire.</p>
<h2>Les pôles territoriaux</h2><p>Ils rassemblent, sur un même territoire, des entreprises de
l’économie sociale et solidaire, d’autres entreprises, des collectivités et des chercheurs.</p>"""
DARK = ("accueil", "reponse", "lecture")


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the whole answer."""
    page.get_by_label("Votre question").fill(question)
    page.keyboard.press("Enter")
    page.locator("#conversation .exchange").last.wait_for()


def answered(page: Page) -> None:
    """An answer with its sources."""
    ask(page, "Comment une commune peut-elle soutenir un PTCE ?")


def partial(page: Page) -> None:
    """An answer that says what is missing."""
    ask(page, "Combien de PTCE y a-t-il aujourd’hui ?")


def refused(page: Page) -> None:
    """A refusal with what is nearest."""
    ask(page, "Quel est le numéro de téléphone de la préfecture de l’Isère ?")


def failed(page: Page) -> None:
    """A server that does not answer."""
    page.route("**/gradio_api/**", lambda route: route.abort())
    page.get_by_label("Votre question").fill("Comment une commune peut-elle soutenir un PTCE ?")
    page.keyboard.press("Enter")
    page.locator("#failure").filter(has_text=" ").wait_for()
    page.locator("#failure").scroll_into_view_if_needed()


def territory(page: Page) -> None:
    """The choices of échelon and territory, open."""
    page.locator("#lens summary").click()
    page.get_by_label("Votre échelon").select_option("departement")
    page.get_by_label("Votre département ou région").select_option("38")
    page.locator("#lens").scroll_into_view_if_needed()


def reading(page: Page) -> None:
    """A source with its quotation highlighted."""
    answered(page)
    page.locator("#conversation .sources").evaluate("(sources) => { sources.open = true; }")
    page.get_by_role("link", name="Voir dans le document").first.click()
    page.locator("mark").wait_for()


def about(page: Page) -> None:
    """À propos."""
    page.get_by_role("link", name="À propos", exact=True).click()
    page.locator("#documents").wait_for()


STATES: dict[str, Callable[[Page], None]] = {
    "accueil": lambda page: None,
    "reponse": answered,
    "partielle": partial,
    "refus": refused,
    "erreur": failed,
    "territoire": territory,
    "lecture": reading,
    "a-propos": about,
}


def take(browser: Browser, url: str, state: str, device: str, *, dark: bool) -> None:
    """One picture, named after its state and device."""
    width, height = DEVICES[device]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(url)
    page.locator("#around").wait_for()
    STATES[state](page)
    save(page, f"{state}-{device}{'-sombre' if dark else ''}")
    context.close()


def save(page: Page, name: str) -> None:
    """What is seen of a page, in 64 colours: to the eye the same, at a quarter of the weight."""
    taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    small = taken.quantize(64, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{name}.png", optimize=True)


def stand_in(browser: Browser, site: StandIn, device: str) -> None:
    """The widget on a site of somebody else: closed, then open on an answer."""
    width, height = DEVICES[device]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(site.url)
    launch = page.get_by_role("button", name="Une question sur les PTCE ?")
    launch.wait_for()
    save(page, f"site-ferme-{device}")
    launch.click()
    page.get_by_label("Votre question").fill("Comment une commune peut-elle soutenir un PTCE ?")
    page.keyboard.press("Enter")
    page.get_by_role("log").get_by_role("article").wait_for()
    save(page, f"site-ouvert-{device}")
    context.close()


def main() -> None:
    """Take them all, over the published index; nothing is written beside it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        settings = load_settings()
        database = f"sqlite:///{folder}/feedback.sqlite"
        settings = Settings(**{**dict(settings), "database_url": database})
        with standing_in(settings, fake=False) as site:
            site.page("/", body=SITE + SCRIPT + ELEMENT.format(""))
            for device in DEVICES:
                stand_in(browser, site, device)
        with serving(create_app(settings)) as port:
            for state in STATES:
                for device in DEVICES:
                    for dark in (False, True) if state in DARK else (False,):
                        take(browser, f"http://127.0.0.1:{port}", state, device, dark=dark)


if __name__ == "__main__":
    main()
