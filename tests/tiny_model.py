"""Sentence-transformers models small enough to be made by a test, offline, with random weights."""

from pathlib import Path
from typing import Any

LIMIT = 64  # tokens, the two special ones included; a word of one letter is one token
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789'.,:;!?-"


def transformer(folder: Path, limit: int = LIMIT, **options: Any) -> str:
    """The folder of a one-layer model that reads letters; ``options`` go to the model."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS]
    vocabulary += [f"##{letter}" for letter in LETTERS]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    reader = Transformer(str(folder / "bert"), max_seq_length=limit)
    modules = [reader, Pooling(config.hidden_size)]
    SentenceTransformer(modules=modules, device="cpu", **options).save(str(folder / "model"))
    return str(folder / "model")


def static(folder: Path) -> str:
    """The folder of a static model: a vector a word, no limit of length."""
    import numpy as np
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = {"[UNK]": 0, "commune": 1, "jardin": 2, "lavoir": 3}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(0).normal(size=(len(words), 8)).astype(np.float32)
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return str(folder)
