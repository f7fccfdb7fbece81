"""A model that runs in this process, through the real local path: a transformer made on the spot.

Its weights are random, so that what it writes means nothing: the check must see through it.
"""

import asyncio
from pathlib import Path

import pytest

from assistant.ask import ask
from assistant.generate.chat import Chat
from assistant.generate.write import FALLBACK, Writer
from assistant.index import Index
from assistant.settings import Settings
from assistant.types import Question

TEMPLATE = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A causal transformer of one layer over letters, with its tokenizer."""
    import torch
    from tokenizers import Regex, Tokenizer
    from tokenizers.decoders import Fuse
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    made = tmp_path_factory.mktemp("causal")
    letters = ["<unk>", "<end>", *"abcdefghijklmnopqrstuvwxyzé .,[]0123456789\n"]
    tokenizer = Tokenizer(WordLevel({c: i for i, c in enumerate(letters)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    tokenizer.decoder = Fuse()
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="<unk>", eos_token="<end>", pad_token="<end>"
    )
    wrapped.chat_template = TEMPLATE
    wrapped.save_pretrained(made)
    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=len(letters), n_positions=20_000, n_embd=16, n_layer=1, n_head=2,
        bos_token_id=1, eos_token_id=1, pad_token_id=1,
    )  # fmt: skip
    GPT2LMHeadModel(config).save_pretrained(made)
    return made


def test_a_transformer_in_this_process_is_asked_and_checked(
    folder: Path, index: Index, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(
        model_name=f"huggingface:{folder}", model_tokens=12, model_first_token=60.0,
        model_next_token=60.0, model_seconds=60.0,
    )  # fmt: skip
    writer = Writer(settings)
    question = Question(text="Comment une commune peut-elle soutenir un PTCE ?")
    answer = ask(question, index, writer)
    assert "model: empty" not in caplog.text  # it did write
    assert answer.generator == FALLBACK
    assert writer.breaker.state == "closed"


def test_its_limit_of_tokens_is_told_as_a_cut(folder: Path) -> None:
    chat = Chat(Settings(model_name=f"huggingface:{folder}", model_tokens=3))

    async def end() -> str | None:
        pieces = [piece async for piece in chat.stream([("human", "bonjour")])]
        return pieces[-1].end

    assert asyncio.run(end()) == "length"


def test_it_is_made_once(folder: Path) -> None:
    chat = Chat(Settings(model_name=f"huggingface:{folder}", model_tokens=1))
    assert chat.load() is chat.load()
