"""What texts name: told of many at once as it is told of each."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from assistant.naming import Keys, Roll, named
from assistant.understand.terms import Kind, Term

# Words of one family and of others, names and concepts, and a key too short to have a family.
WORDS = (
    "cooper", "coopera", "cooperat", "coope", "commun", "communal", "ess", "^gers", "^lyon",
    "^saint", "@commune", "@scic", "2014", "projet", "projection",
)  # fmt: skip
some_keys = st.frozensets(st.sampled_from(WORDS), max_size=6)
terms = st.builds(
    Term,
    text=st.just("mot"),
    keys=st.frozensets(st.sampled_from(WORDS), max_size=3),
    kind=st.sampled_from(get_args(Kind)),
    role=st.just("about"),
    stems=st.frozensets(st.sampled_from(WORDS), max_size=3),
)


@given(texts=st.lists(some_keys.map(Keys), max_size=12), term=terms)
def test_many_texts_name_what_each_of_them_names(texts: list[Keys], term: Term) -> None:
    assert Roll(texts).named(term).tolist() == [named(term, keys) for keys in texts]
