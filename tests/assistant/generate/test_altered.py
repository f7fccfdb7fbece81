"""What a model changes in a sentence that it nearly copies is seen, and so is a false quotation."""

import pytest

from assistant.generate.check.altered import altered

QUOTE = (
    "La commune met à disposition des locaux pour le pôle, et la région finance son animation "
    "pendant trois ans."
)
COPY = QUOTE.removesuffix(".")


def test_a_copy_is_itself() -> None:
    assert list(altered(QUOTE, [QUOTE], "fr")) == []


@pytest.mark.parametrize(
    "added", ["gratuitement", "illégalement", "en urgence", "avec succès", "rarement"]
)
def test_a_copy_with_more_is_no_copy(added: str) -> None:
    assert list(altered(f"{COPY} {added}.", [QUOTE], "fr")) == ["added"]


LIES = [
    "au détriment des entreprises privées",
    "après de longues discussions avec les habitants",
    "sous peine d'amende",
    "à titre exceptionnel",
]


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_of_several_words_tells_wherever_it_stands(lie: str) -> None:
    front = f"{lie[0].upper()}{lie[1:]}, {QUOTE[0].lower()}{QUOTE[1:]}"
    for text in (f"{COPY} {lie}.", front, QUOTE.replace(" pour le pôle", f" {lie} pour le pôle")):
        assert list(altered(text, [QUOTE], "fr")) == ["added"]


def test_a_stretch_is_copied_and_the_rest_reworded() -> None:
    text = (
        "Les salles sont prêtées, et la région finance son animation pour une durée de trois ans."
    )
    assert list(altered(text, [QUOTE], "fr")) == []


def test_a_small_word_that_turns_the_meaning_tells() -> None:
    assert list(altered(QUOTE.replace(", et la", ", ou la"), [QUOTE], "fr")) == ["added"]


def test_a_free_rewording_is_left_to_the_rest_of_the_check() -> None:
    free = "La mairie prête des salles ; trois années d'animation sont payées par la Région."
    assert list(altered(free, [QUOTE], "fr")) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Le guide dit : « la région finance son animation ».", []),
        ("Le guide dit : « la région finance toute son animation ».", ["quotation", "added"]),
        ("Le guide dit : « la région finance son animation.", ["quotation"]),
    ],
)
def test_what_is_between_quotation_marks_is_quoted(said: str, found: list[str]) -> None:
    told = list(altered(said, [QUOTE], "fr"))
    assert ("quotation" in told) == ("quotation" in found)
