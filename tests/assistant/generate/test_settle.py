"""From what a model wrote to what is shown: sentences, markers, what is replaced or removed."""

import pytest

from assistant.generate.check import supports
from assistant.generate.check.evidence import Evidence
from assistant.generate.sentences import Sentence, lines, numbers, split
from assistant.generate.settle import Settled, complete, settle, sourced
from assistant.generate.trouble import Failed

KNOWN = {
    1: Evidence(1, "La commune prête un local aux associations."),
    2: Evidence(2, "Le budget est de 12 000 euros par an."),
}


def settled(text: str) -> Settled:
    """The checked text over two passages."""
    return settle(lines(text), KNOWN, lambda s, known: supports(s, known, "fr"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a [1]", (1,)), ("a [1][2]", (1, 2)), ("a [2, 1]", (2, 1)), ("a [1-3]", (1, 2, 3)),
        ("a [0] [9]", (0, 9)), ("a [x] (1)", ()), ("a [1–2] b [2]", (1, 2)),
        ("a [1-999999]", tuple(range(1, 51))),
    ],
)  # fmt: skip
def test_markers(text: str, told: tuple[int, ...]) -> None:
    assert numbers(text) == told


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Un. [1] Deux [2].", ["Un.", "Deux."]),
        ("Selon M. Viaud, l'art. 9 le dit [1]. Et L. 1111 aussi. [2]",
         ["Selon M. Viaud, l'art. 9 le dit.", "Et L. 1111 aussi."]),
        ("Cela coûte 1.5 million [1]. Oui [1]", ["Cela coûte 1.5 million.", "Oui"]),
        ("« Il l'a financé. » [1] Puis « non » [2].", ["« Il l'a financé. »", "Puis « non »."]),
    ],
)  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [one.text for one in split(text)] == sentences


def test_each_marker_answers_for_what_stands_before_it() -> None:
    (one,) = split("Un local [1] et un budget [2].")
    assert one.parts == (("Un local", (1,)), ("et un budget", (2,)))
    assert split("Rien.") == [Sentence("Rien.", ())]


def test_what_is_supported_is_kept_as_it_is_written() -> None:
    text = "La commune prête un local [1]. Le budget annuel est de 12 000 € [2]."
    found = settled(text)
    expected = "La commune prête un local. [1] Le budget annuel est de 12 000 €. [2]"
    assert (found.blocks, found.kept) == ([expected], 2)


def test_what_is_not_gives_way_to_the_passage_once() -> None:
    found = settled("La commune prête un local [1].\n- Le budget est de 15 000 euros [2].\n"
                    "- Le budget est de 16 000 euros [2].\n- Le RTES paie.")  # fmt: skip
    assert found.blocks == [
        "La commune prête un local. [1]",
        "- « Le budget est de 12 000 euros par an. » [2]",
    ]
    assert (found.kept, found.replaced, found.removed) == (1, 1, 2)


@pytest.mark.parametrize("marker", ["[0]", "[3]", "[1][3]", ""])
def test_a_marker_must_name_a_passage(marker: str) -> None:
    found = settled(
        f"Le budget est de 12 000 euros par an [2]. La commune prête un local {marker}."
    )
    assert found.kept == 1


def test_no_marker_at_all() -> None:
    with pytest.raises(Failed, match="marker"):
        settled("La commune prête un local. Oui [7].")


def test_nothing_supported() -> None:
    with pytest.raises(Failed, match="unsupported"):
        settled("La commune vend un château [1].")


@pytest.mark.parametrize(
    ("quote", "text", "shown"),
    [
        ("La commune prête un local. Elle aide le pôle.",
         "La commune prête un local [3]. Elle vend un château [3].",
         ["La commune prête un local. [3] « Elle aide le pôle. » [3]"]),
        ("« La commune prête un local. Elle aide le pôle. » - Ana Ruiz, maire",
         "La commune prête un local [3].\nElle vend un château [3].",
         ["La commune prête un local. [3]", "« Elle aide le pôle. » - Ana Ruiz, maire [3]"]),
        ("« La commune prête un local. Elle aide le pôle. »",
         "« La commune prête un local [3]. Elle aide le pôle. » [3]",
         ["« La commune prête un local. » [3] « Elle aide le pôle. » [3]"]),
        ("« La commune prête un local. Elle aide le pôle. »",
         "La commune prête un local [3].\nElle vend un château [3].",
         ["La commune prête un local. [3]", "« Elle aide le pôle. » [3]"]),
        ("La commune prête un local.",
         "La commune prête un local [3].\nElle vend un château [3].",
         ["La commune prête un local. [3]"]),
        ("La commune prête un local. Elle aide le pôle.",
         "Elle aide le pôle [3].\nElle vend un château [3].\nLa commune prête un local [3].",
         ["Elle aide le pôle. [3]", "« La commune prête un local. » [3]"]),
        ("La commune prête un local.",
         "La commune prête un local [3]. La commune prête un local [3].",
         ["La commune prête un local. [3]"]),
    ],
)  # fmt: skip
def test_nothing_is_said_twice(quote: str, text: str, shown: list[str]) -> None:
    known = {3: Evidence(3, quote)}
    found = settle(lines(text), known, lambda s, known: supports(s, known, "fr"))
    assert found.blocks == shown


def test_what_is_left_out_is_quoted_after() -> None:
    found = settled("La commune prête un local [1].")
    complete(found, KNOWN, "Aussi")
    assert found.blocks[1:] == ["### Aussi", "- « Le budget est de 12 000 euros par an. » [2]"]
    complete(found := settled("Le budget est de 15 000 € [2]. La commune prête un local [1]."),
             KNOWN, "Aussi")  # fmt: skip
    assert len(found.blocks) == 1


def test_a_text_that_leaves_most_out_is_no_answer() -> None:
    known = KNOWN | {3: Evidence(3, "Le RTES anime un réseau.")}
    with pytest.raises(Failed, match="untold"):
        complete(settled("La commune prête un local [1]."), known, "Aussi")


def test_what_is_told_keeps_its_source_and_date_once() -> None:
    origins = {1: "Revue, mai 2022", 2: "Revue, mai 2022", 3: "Loi, en vigueur depuis 2014"}
    blocks = [
        "Un. [1] Deux. [2]",
        "Trois. [3]",
        "### Aussi",
        "- « A » [1]\n- « B » [2]\n- « C » [3]",
    ]
    assert sourced(blocks, origins) == [
        "Un. [1] Deux. [2] (Revue, mai 2022)",
        "Trois. [3] (Loi, en vigueur depuis 2014)",
        "### Aussi",
        "- « A » [1]\n- « B » [2] (Revue, mai 2022)\n- « C » [3] (Loi, en vigueur depuis 2014)",
    ]


def test_headings_are_left_out() -> None:
    text = "# Titre\n**Le local**\nLa commune prête un local [1]."
    assert settled(text).blocks == ["La commune prête un local. [1]"]


@pytest.mark.parametrize(
    "around",
    [
        "{}\n\nSources : [1] Points de RepèrESS, mai 2022 ; [2] Budget",
        "{}\n\n**Sources**\n- [1] Points de RepèrESS\n[2] Budget, 2022",
        "{}\n\n## Sources :\n1. Points de RepèrESS, mai 2022 [1]",
        "{}\n[1]", "{} (Points de RepèrESS, mai 2022) [1]", "{} Source : Points de RepèrESS [1].",
        "```markdown\n{}\n```", "Réponse :\n{}", "Bonjour ! Voici la réponse.\n{}",
        "Here is the answer:\n\n{}\n\nI hope this helps! N'hésitez pas à me relancer.",
    ],
)  # fmt: skip
def test_what_states_nothing_is_left_out_uncounted(around: str) -> None:
    told = "La commune prête un local [1]. Le budget annuel est de 12 000 € [2]."
    found = settled(around.format(told))
    assert " ".join(found.blocks) == " ".join(settled(told).blocks)
    assert (found.kept, found.replaced, found.removed) == (2, 0, 0)


def test_what_states_something_is_counted() -> None:
    found = settled("La commune prête un local [1]. Voici 300 dragons [2].\nUn château est vendu.")
    assert (found.kept, found.replaced, found.removed) == (1, 1, 1)


def test_an_unfinished_end_is_left_out() -> None:
    (line,) = lines("La commune prête un local [1]. Le budget est de 12", whole=False)
    assert [s.text for s in line.sentences] == ["La commune prête un local."]
    assert lines("La commune prête", whole=False) == []
