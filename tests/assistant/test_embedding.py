"""Vectors mean something, nothing is cut in silence, and a model that is not there says so."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from assistant.embedding import Embedder, bundled_folder
from assistant.errors import EmbeddingError
from ingest.embed import embed
from tests.tiny_model import LIMIT, static, transformer


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return transformer(tmp_path_factory.mktemp("short"))


def letters(count: int) -> str:
    """A text of that many words of one letter, which are one token each."""
    return " ".join("a" * count)


def test_documents_are_unit_vectors(tiny: str) -> None:
    vectors = Embedder(tiny).documents(["la mairie", "le conseil municipal"])
    assert vectors.shape == (2, 16)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_same_text_has_the_same_vector(tiny: str) -> None:
    embedder = Embedder(tiny)
    alone = embedder.documents(["la mairie"])[0]
    among = embedder.documents(["un texte bien plus long que l'autre", "la mairie"])[1]
    assert np.allclose(alone, among, atol=1e-5)
    assert np.allclose(alone, embedder.query("la mairie"), atol=1e-5)


def test_the_bundled_model_knows_what_is_near() -> None:
    embedder = Embedder("bundled")
    a, b, c = embedder.documents(
        ["La mairie prête un local.", "La mairie a prêté des locaux.", "Il pleut sur Brest."]
    )
    assert float(a @ b) > float(a @ c)


TYPED = (
    "",
    "🎉",
    "SCIC",
    "epci",
    "how can my department support a PTCE",
    "L’élu·e d'à côté",
    "ça " * 600,
)


def test_the_bundled_model_is_one_of_sentence_transformers() -> None:
    """It is read by another library, which gives the same vectors."""
    peer = SentenceTransformer(str(bundled_folder()), device="cpu").float()
    expected = peer.encode(list(TYPED), normalize_embeddings=True)
    embedder = Embedder("bundled")
    assert np.abs(embedder.documents(TYPED) - expected).max() < 1e-3
    for text, row in zip(TYPED, expected, strict=True):
        assert np.abs(embedder.query(text) - row).max() < 1e-3, text


def test_the_bundled_model_needs_no_torch() -> None:
    code = (
        "import sys; from assistant.embedding import Embedder; made = Embedder('bundled');"
        "made.query('maire'); made.documents(['La mairie.']);"
        "print(*[m for m in ('torch', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_bundled_model_is_small() -> None:
    assert (bundled_folder() / "model.safetensors").stat().st_size <= 17_000_000


@pytest.mark.parametrize("word", ["ptce", "scic", "epci", "srdeii", "cress", "intercommunalite"])
def test_the_words_of_the_field_are_whole(word: str) -> None:
    assert word in Tokenizer.from_file(str(bundled_folder() / "tokenizer.json")).get_vocab()


def test_the_bundled_model_reads_english_by_the_french() -> None:
    embedder = Embedder("bundled")
    near, far = embedder.documents(["Qui finance ce projet ?", "Il pleut sur la forêt."])
    asked = embedder.query("who pays for this project")
    assert float(asked @ near) > float(asked @ far)


def test_a_passage_that_would_be_cut_is_refused(tiny: str) -> None:
    embedder = Embedder(tiny)
    assert embedder.documents([letters(LIMIT - 2)]).shape == (1, 16)
    with pytest.raises(EmbeddingError, match="tronqué") as caught:
        embedder.documents(["court", letters(LIMIT - 1)])
    assert caught.value.code == "passage_too_long"


def test_a_prefix_of_the_model_counts(tmp_path: Path) -> None:
    """Models such as E5 put « passage: » before each text; it takes tokens too."""
    prompts = {"document": letters(10) + " "}
    folder = transformer(tmp_path, prompts=prompts, default_prompt_name="document")
    with pytest.raises(EmbeddingError) as caught:
        Embedder(folder).documents([letters(LIMIT - 4)])
    assert caught.value.code == "passage_too_long"


def test_a_question_longer_than_the_model_is_no_error(tiny: str) -> None:
    assert Embedder(tiny).query(letters(500)).shape == (16,)


def test_a_long_passage_is_read_by_windows(tiny: str) -> None:
    rows, count = embed({"long": letters(500), "court": "un"}, {}, Embedder(tiny))
    assert count == 2
    assert rows.shape == (2, 16)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_a_static_model_has_no_limit(tmp_path: Path) -> None:
    embedder = Embedder(static(tmp_path))
    assert embedder.fits("commune " * 5000)
    near, far = embedder.documents(["commune jardin", "lavoir"])
    assert float(embedder.query("jardin commune") @ near) > float(near @ far)


@pytest.mark.parametrize("name", ["personne/ce-modele-n-existe-pas", "/un/dossier/absent"])
def test_a_model_that_is_not_there(name: str) -> None:
    with pytest.raises(EmbeddingError, match="ne peut pas être chargé") as caught:
        Embedder(name).query("la mairie")
    assert caught.value.code == "model_unavailable"
    assert name in caught.value.message
    assert "ASSISTANT_EMBEDDING_MODEL" in caught.value.message


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", "utf-8")
    with pytest.raises(EmbeddingError) as caught:
        Embedder(str(tmp_path)).query("la mairie")
    assert caught.value.code == "model_unavailable"


class Broken:
    """Stands for a model that loads and then fails, or gives what is no vector."""

    max_seq_length = None
    tokenizer = None

    def __init__(self, given: float | Exception) -> None:
        self.given = given

    def encode(self, texts: object, **options: object) -> object:
        if isinstance(self.given, Exception):
            raise self.given
        return np.full((len(texts), 4) if isinstance(texts, list) else 4, self.given)


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        (float("nan"), "nombres finis"),
        (float("inf"), "nombres finis"),
        (RuntimeError("shapes differ"), "shapes differ"),
        (MemoryError(), "MemoryError"),
    ],
)
@pytest.mark.parametrize("name", ["bundled", "un-autre"])
def test_a_model_that_fails_says_what_to_do(
    name: str, given: float | Exception, cause: str
) -> None:
    embedder = Embedder(name)
    embedder.__dict__ |= {"_model": Broken(given), "_table": Broken(given)}
    for way in (
        lambda: embedder.query("la mairie"),
        lambda: embedder.documents(["la mairie"]),
        embedder.check,
    ):
        with pytest.raises(EmbeddingError) as caught:
            way()
        assert caught.value.code == "model_failed"
        for said in (name, cause, "ASSISTANT_EMBEDDING_MODEL", "python -m ingest"):
            assert said in caught.value.message


def test_a_text_of_no_known_word_is_no_failure() -> None:
    assert not Embedder("bundled").query("🎉").any()


def test_a_fingerprint_tells_what_a_model_holds(tiny: str, tmp_path: Path) -> None:
    copy = tmp_path / "copie"
    shutil.copytree(tiny, copy)
    before = Embedder(str(copy)).fingerprint
    assert Embedder(str(copy)).fingerprint == before
    (copy / "README.md").write_text("Une autre fiche.", "utf-8")
    assert Embedder(str(copy)).fingerprint == before
    (copy / "modules.json").write_text("[]", "utf-8")
    assert Embedder(str(copy)).fingerprint != before
    assert Embedder("bundled").fingerprint.startswith("bundled@")
