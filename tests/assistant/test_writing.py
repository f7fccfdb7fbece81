"""The way of writing, the typing errors and the language of a question change no citation."""

import re
import unicodedata

import pytest

from assistant.index import Index
from assistant.understand.language import detect
from tests.assistant.asking import BROAD, asked, cited, unaccented

PLAIN = (
    "Quand la charte des PTCE a-t-elle été actualisée ?",
    "Qu'est-ce qu'un pôle territorial de coopération économique ?",
    "Que fait le conseil départemental de l'Oise pour les PTCE ?",
    "Comment une commune peut-elle soutenir un PTCE ?",
    "Quel est le budget annuel des cellules d'animation ?",
)


@pytest.mark.parametrize("question", PLAIN)
@pytest.mark.parametrize(
    "way", ["accents", "capitals", "lower", "apostrophes", "spaces", "decomposed"]
)
def test_the_way_of_writing_changes_no_citation(question: str, way: str, index: Index) -> None:
    written = {
        "accents": unaccented(question),
        "capitals": question.upper(),
        "lower": question.lower(),
        "apostrophes": question.replace("'", "’").replace(" ?", "\u00a0?"),
        "spaces": f"  {question.replace(' ', '  ')}\n",
        "decomposed": unicodedata.normalize("NFD", question),
    }[way]
    plainly, otherwise = asked(index, question), asked(index, written)
    assert cited(otherwise) == cited(plainly)
    assert otherwise.status == plainly.status == "answered"


@pytest.mark.parametrize(
    ("question", "mistyped"),
    [
        (PLAIN[0], "quand la chrate des ptce a telle été actualisé ?"),
        (PLAIN[2], "que fait le conseil departementale de l'Oise pour les ptce"),
        (PLAIN[3], "coment une comune peut elle soutenir un PTCE ?"),
        (PLAIN[4], "quel est le bugdet anuel des celules d'animation ?"),
    ],
)
def test_typing_errors_change_no_citation(question: str, mistyped: str, index: Index) -> None:
    assert cited(asked(index, mistyped)) == cited(asked(index, question))


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("What is a PTCE?", "Qu'est-ce qu'un PTCE ?"),
        ("How can a department support a PTCE?", BROAD),
    ],
)
def test_english_gets_english_around_french_quotes(english: str, french: str, index: Index) -> None:
    answer, other = asked(index, english), asked(index, french)
    assert (answer.language, other.language) == ("en", "fr")
    assert cited(answer) == cited(other)
    headings = [re.findall(r"^### .+", a.answer, re.M) for a in (answer, other)]
    assert len(headings[0]) == len(headings[1])
    assert not headings[0] or headings[0] != headings[1]


def test_an_english_refusal_is_in_english(index: Index) -> None:
    assert detect(asked(index, "What is the budget of Fabricanova?").answer) == "en"
    assert detect(asked(index, "Quel est le budget de Fabricanova ?").answer) == "fr"
