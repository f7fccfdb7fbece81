"""Text is cut as the rest of the program folds it, and pieces are found where they are said."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from assistant import lexicon, words
from ingest.model import text
from ingest.model.text import FILES, SPECIAL, Texts, field_words, read, strings, synonyms, tokenizer
from tests.ingest.model.made import FRENCH, Made, rows, whole_words, write

WORDS = ("scic", "elus", "l", "oeuvre", "ex", "aequo", "2020", "2030", "n", "o", "foret", "epci")
KNOWN = whole_words(WORDS)
LAW = [FRENCH, "les élus et la mairie", "le local prêté par la commune"] * 3


def cut(pieces: Tokenizer, given: str) -> list[str]:
    return list(pieces.encode(given).tokens)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("SCIC", ["scic"]),
        ("l’Œuvre, L'ŒUVRE", ["l", "oeuvre", "l", "oeuvre"]),
        ("Ex\u00a0Æquo", ["ex", "aequo"]),
        ("«\u202fe\u0301lus\u202f»", ["elus"]),
        ("Élus/forêt…EPCI", ["elus", "foret", "epci"]),
        ("2020-2030", ["2020", "2030"]),
        ("scic_epci", ["scic", "epci"]),
        ("n° O", ["n", "o"]),
        ("ｓｃｉｃ", ["scic"]),
        ("日本", [SPECIAL[1]]),
        ("[UNK] ?", [SPECIAL[1]]),
        ("… !", []),
        ("", []),
    ],
)
def test_folded_and_split(given: str, expected: list[str]) -> None:
    assert cut(KNOWN, given) == expected


def test_a_word_is_cut_unless_it_is_to_stay_whole() -> None:
    letters = [*LAW, *["s c i"] * 3]
    cut_up, whole = tokenizer(letters, 200, []), tokenizer(letters, 200, ["scic", "mairie"])
    assert cut(cut_up, "SCIC") == ["s", "##c", "##i", "##c"]
    assert cut(whole, "SCIC") == ["scic"]
    assert whole.get_vocab_size() == cut_up.get_vocab_size() + 1


def test_a_vocabulary_numbers_every_piece_from_the_special_ones() -> None:
    vocabulary = tokenizer(LAW, 60, ["mairie", "scic"]).get_vocab()
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))
    assert [vocabulary[piece] for piece in SPECIAL] == [0, 1]


def test_the_same_text_gives_the_same_vocabulary() -> None:
    """The rows of the table are numbered by it: a seed says nothing if it moves."""
    first, second = tokenizer(LAW, 80, ["scic"]), tokenizer(LAW, 80, ["scic"])
    assert first.get_vocab() == second.get_vocab()


@pytest.fixture(scope="module")
def named() -> list[str]:
    return field_words()


def test_the_words_of_the_field_are_folded_and_whole(named: list[str]) -> None:
    assert {"scic", "epci", "ptce", "commune"} <= set(named)
    assert named == list(dict.fromkeys(words.fold(word) for word in named))
    pieces = tokenizer(LAW, 100, named)
    plain = [w for w in named if w.isalnum() and unicodedata.is_normalized("NFKD", w)]
    assert len(plain) > 0.99 * len(named)
    assert [w for w in plain if cut(pieces, w) != [w]] == []


def forms(concept: lexicon.Concept) -> set[str]:
    return {form.removeprefix("=") for form in (*concept.fr, *concept.en, *concept.caps)}


def test_synonyms_are_forms_of_one_concept() -> None:
    concepts = lexicon.load().concepts
    found = synonyms(0)
    assert all({one, other} <= forms(concepts[name]) for one, other, name in found)
    assert {one for one, _, name in found if name == "commune"} == forms(concepts["commune"])
    assert sum(one != other for one, other, _ in found) > 0.9 * len(found)
    assert not {"ask", "block"} & {concepts[name].kind for _, _, name in found}


def test_synonyms_follow_the_seed() -> None:
    assert synonyms(0) == synonyms(0)
    assert synonyms(0) != synonyms(1)


def test_rows_are_read_as_written(tmp_path: Path) -> None:
    made = rows(3)
    write(tmp_path, made)
    assert read(tmp_path) == made


@pytest.mark.parametrize("missing", FILES)
def test_the_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    write(tmp_path, {name: found for name, found in rows(1).items() if name != missing})
    with pytest.raises(FileNotFoundError, match=missing):
        read(tmp_path)


def test_strings_are_every_text_but_the_name_of_a_code() -> None:
    held: Made = {
        "codes_fr": [{"code": "Code rural", "headings": ["Livre", "Titre"], "text": "Le sol."}],
        "laws_sections": [{"en_note": None, "en": "The land.", "fr": ""}],
    }
    assert list(strings(held)) == ["Livre", "Titre", "Le sol.", "The land."]


phrases = st.lists(st.sampled_from([*WORDS, "日本", "«"]), max_size=6).map(" ".join)


@given(given=st.lists(st.none() | phrases, max_size=8), data=st.data())
def test_pieces_are_those_of_the_stretches(given: list[str | None], data: st.DataObject) -> None:
    each = [KNOWN.encode(one or "").ids for one in given]
    texts = Texts(KNOWN, given)
    assert len(texts) == len(given)
    picked = data.draw(
        st.lists(st.sampled_from(range(len(each))), max_size=9) if each else st.just([])
    )
    spans = [data.draw(st.tuples(st.integers(0, len(each[i])), st.integers(0, 6))) for i in picked]
    naive = [each[i][first : first + most] for i, (first, most) in zip(picked, spans, strict=True)]
    start = np.array([texts.start[i] + s for i, (s, _) in zip(picked, spans, strict=True)], int)
    length = np.array([len(ids) for ids in naive], int)
    ids, offsets = texts.pieces(start, length)
    assert ids.tolist() == [id for stretch in naive for id in stretch]
    assert offsets.tolist() == [sum(map(len, naive[:i])) for i in range(len(naive))]


def test_texts_of_many_batches_are_those_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    given = ["scic epci", None, "l’œuvre", "", "forêt", "2020"]
    once = Texts(KNOWN, given)
    monkeypatch.setattr(text, "CHUNK", 2)
    assert Texts(KNOWN, given).flat.tolist() == once.flat.tolist()
    assert once.length.tolist() == [2, 0, 2, 0, 1, 1]


def together(numbers: Sequence[int], given: Sequence[object]) -> bool:
    """Whether two have one number where they are equal, and there alone."""
    pairs = [(a, b) for a in range(len(given)) for b in range(len(given))]
    return all((numbers[a] == numbers[b]) == (given[a] == given[b]) for a, b in pairs)


@given(st.lists(phrases, min_size=1, max_size=8))
def test_equal_texts_are_the_same(given: list[str]) -> None:
    assert together(Texts(KNOWN, given).same.tolist(), given)


@given(st.lists(st.tuples(phrases, st.sampled_from("abc")), min_size=1, max_size=8))
def test_groups_say_what_is_the_same(given: list[tuple[str, str]]) -> None:
    texts, groups = zip(*given, strict=True)
    assert together(Texts(KNOWN, texts, groups).same.tolist(), groups)
