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

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
DEVICES = {"telephone": (390, 844), "bureau": (1280, 900)}
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
    taken = Image.open(BytesIO(page.screenshot()))
    context.close()
    # 64 colours: a flat page loses nothing to the eye, and three quarters of its weight.
    name = f"{state}-{device}{'-sombre' if dark else ''}.png"
    taken.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)


def main() -> None:
    """Take them all, over the published index; nothing is written beside it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        settings = load_settings()
        database = f"sqlite:///{folder}/feedback.sqlite"
        app = create_app(Settings(**{**dict(settings), "database_url": database}))
        with serving(app) as port:
            for state in STATES:
                for device in DEVICES:
                    for dark in (False, True) if state in DARK else (False,):
                        take(browser, f"http://127.0.0.1:{port}", state, device, dark=dark)


if __name__ == "__main__":
    main()
