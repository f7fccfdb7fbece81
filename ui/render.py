"""From the name of a template of ``html/`` and its values to HTML; every value is escaped."""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ui.cards import written
from ui.messages import CHAT, ECHELONS, SOURCE_KINDS


def render(template: str, **values: object) -> Markup:
    """The HTML of a template. Raises jinja2's UndefinedError when a value is missing."""
    return Markup(_templates().get_template(template).render(**values))


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("ui", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["written"] = written
    made.globals.update(source_kinds=SOURCE_KINDS, echelons=ECHELONS, texts=CHAT)
    return made
