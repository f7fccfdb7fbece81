"""This project with the language model of its settings: worded answers, and what the check took."""

from assistant.ask import ask
from assistant.generate.write import Writer
from assistant.index import Index
from assistant.settings import load_settings
from assistant.types import Answer
from evals.case import Case, question
from evals.systems.product import Product


class Worded(Product):
    """The assistant over one index, its answers worded by the model of ASSISTANT_MODEL_NAME."""

    name = "worded"

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._writer = Writer(load_settings())
        self._writer.load()

    def _asked(self, case: Case) -> Answer:
        return ask(question(case), self._index, self._writer)
