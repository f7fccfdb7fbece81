"""Every error a person may meet: one class a cause, each with its code and its sentence.

``message`` is French and says what to do; ``retryable`` says whether the same call may succeed
later. The web layer maps ``status`` to HTTP; the core knows no web framework.

Exception
└── AssistantError
    ├── InvalidQuestion        question_empty, question_too_long, question_not_text,
    │                          history_malformed, request_malformed
    ├── UnknownSource          source_unknown
    ├── UnknownPassage         passage_unknown
    ├── IndexUnavailable       index_missing, index_damaged
    ├── ModelMismatch          index_other_model, index_model_changed
    ├── CorpusError            corpus_manifest, corpus_unknown_file, corpus_missing_file,
    │                          corpus_altered_file, corpus_unreadable_file,
    │                          document_known, document_unknown,
    │                          address_refused, fetch_disallowed, fetch_failed,
    │                          index_unwritable
    └── EmbeddingError         model_unavailable, model_failed, passage_too_long
"""


class AssistantError(Exception):
    """Base of all errors meant to be read by a person."""

    status = 500
    retryable = False

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class InvalidQuestion(AssistantError):
    """The request cannot be understood as a question; asking otherwise will do."""

    status = 422


class UnknownSource(AssistantError):
    """A source id that no document of the index bears."""

    status = 404


class UnknownPassage(AssistantError):
    """A passage id that no passage of the index bears."""

    status = 404


class IndexUnavailable(AssistantError):
    """There is no index to answer from, or it cannot be read; an ingest mends it."""

    status = 503
    retryable = True


class ModelMismatch(AssistantError):
    """The index was not made by the embedding model in the settings as it is now."""

    status = 503


class CorpusError(AssistantError):
    """A document is missing, unknown, altered, unreadable or out of reach, or the index of them all
    cannot be written; the message names it.
    """


class EmbeddingError(AssistantError):
    """The embedding model cannot be loaded, fails, or would cut a passage short in silence."""
