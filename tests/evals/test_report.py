"""What people and machines read: figures with their n, French numbers, no address of elsewhere."""

import json
import re
from html.parser import HTMLParser

import pytest

from evals.baseline import compare, keep
from evals.calibration import Judged
from evals.given import failed as given_up
from evals.intervals import Figure
from evals.messages import COLD, METRICS, PAGE, PARTS, SYSTEMS, TABLE
from evals.metrics import HEADLINE, metrics
from evals.metrics import PARTS as JUDGED
from evals.report.measured import Measured, as_json
from evals.report.numbers import interval, number
from evals.report.page import page
from evals.report.table import changes, failed, table
from evals.run import Run
from evals.systems import MADE
from tests.evals.made import LOCAL, TEXTS, answer, case, judged, many, refusable

WANTED = metrics(TEXTS)
GIVEN_UP = given_up("panne", ranks=False)
ATTACK = "<script>alert(1)</script>"


def measured() -> Measured:
    """Two systems, one of which fails; a loss since the baseline; both sorts of questions."""
    first = many(12, 13)
    asked = case(LOCAL, id="d001", question=ATTACK, mentions=("absent",))
    first.rows += [
        judged("development", asked, answer(LOCAL, answer=f"{ATTACK} [1]", elapsed_ms=9.0)),
        judged("development", refusable(id="d002"), answer(status="refused", elapsed_ms=2.0)),
    ]
    first.cold = [1.5, 2.0, 9.0]
    calibration = [
        Judged(half="test", answerable=sure > 0.5, probability=sure) for sure in (0.1, 0.4, 0.8)
    ]
    return Measured(
        runs=[first, many(20, 5, "bm25")],
        metrics=WANTED,
        index_version="v1",
        calibration=calibration,
        changes=compare(first, json.loads(keep(many(20, 5))), WANTED),
    )


@pytest.fixture(scope="module")
def told() -> Measured:
    return measured()


@pytest.fixture(scope="module")
def html(told: Measured) -> str:
    return page(told)


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        (0.9214, "fully_good", "92,1\u202f%"),
        (3.25, "length", "3,2\u202f×"),
        (24.44, "elapsed_p50", "24,4\u202fms"),
        (145.4, "elapsed_p95", "145\u202fms"),
        (None, "mrr", "–"),
    ],
)
def test_numbers_are_french(value: float | None, name: str, text: str) -> None:
    assert number(value, name) == text


def test_an_interval_is_told_without_its_unit() -> None:
    assert interval(Figure(value=0.5, low=0.25, high=0.75, n=4), "mrr") == "25,0 – 75,0"
    assert interval(Figure(), "mrr") == ""


def test_the_table_tells_each_figure_with_its_interval_and_its_n(told: Measured) -> None:
    shown = table(told.runs, WANTED)
    line = next(row for row in shown.splitlines() if row.startswith(METRICS["fully_good"][0]))
    assert "48,0\u202f% (30,0 – 66,5), n 25" in line and "≥ 92,0\u202f%" in line
    assert SYSTEMS["product"] in shown and SYSTEMS["bm25"] in shown
    assert f"{COLD[0]:32}2,0\u202fs, n 3" in shown
    assert METRICS["recall_4"][0] not in shown  # no system told its ranking


def test_what_failed_is_shown_and_what_is_good_is_not(told: Measured) -> None:
    shown = failed(told.runs[0].of("development"))
    assert "d001" in shown and "d002" not in shown


def test_changes_name_the_figure_the_half_and_the_probability(told: Measured) -> None:
    assert len(told.changes) == 3
    assert "Refus à tort, test" in changes(told.changes)
    assert "moins bien 8, p = 0,008" in changes(told.changes)


def test_the_json_is_whole_and_holds_no_text_of_a_question(told: Measured) -> None:
    kept = json.loads(json.dumps(as_json(told)))
    assert kept["systems"].keys() == {"product", "bm25"}
    half = kept["systems"]["product"]["halves"]["test"]
    assert half["figures"]["fully_good"]["n"] == half["kinds"]["figure"]["fully_good"]["n"] == 25
    assert len(kept["systems"]["product"]["questions"]) == 27
    assert {change["loss"] for change in kept["changes"]} == {True}
    assert len(kept["calibration"]["test"]["curve"]) == 101
    assert ATTACK not in json.dumps(kept) and LOCAL not in json.dumps(kept)


# ---------------------------------------------------------------- the page


class Seen(HTMLParser):
    """What a browser would load or could not: addresses, ids, images without a name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        known = dict(attrs)
        self.addresses += [known[a] or "" for a in ("href", "src", "action") if a in known]
        self.ids += [known["id"] or ""] if "id" in known else []


def test_the_page_asks_nothing_of_any_address(html: str) -> None:
    seen = Seen(html)
    assert all(address.startswith("#") for address in seen.addresses)
    assert set(seen.tags).isdisjoint({"script", "link", "img", "iframe", "object", "embed"})
    assert not re.search(r"https?:|//\w+\.\w|@import|url\((?!#)", html)


def test_the_page_names_every_part_once(html: str) -> None:
    seen = Seen(html)
    assert len(seen.ids) == len(set(seen.ids))
    assert {a.removeprefix("#") for a in seen.addresses} <= set(seen.ids)
    labels = re.findall(r'aria-labelledby="([^"]+)"', html)
    assert set(labels) <= set(seen.ids)
    assert html.count("<svg") == html.count('role="img" aria-label="') == 5


def test_the_page_shows_failures_with_what_was_expected_and_given(html: str) -> None:
    assert html.count("<article>") == 14
    assert LOCAL in html
    assert ATTACK not in html and "&lt;script&gt;alert(1)" in html


def test_the_page_tells_which_parts_failed_and_which_passages_were_found(html: str) -> None:
    article = next(part for part in html.split("<article>") if "d001" in part)
    assert PAGE["wrong"].format(what="les faits attendus") in article
    assert f"<b>{PAGE['found']}</b>" in article and PAGE["not_found"] not in article
    assert html.count(f'<b class="wrong">{PAGE["not_found"]}</b>') == 13
    assert html.count(">Je ne sais pas.</p>") == 13  # what a failed question was answered
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [1]</p>" in article


def test_a_figure_that_no_judge_could_tell_is_shown_as_failed() -> None:
    row = judged("test", case(LOCAL), answer(LOCAL))
    row.errors["mrr"] = "ValueError: illisible"
    del row.scores["mrr"]
    shown = page(Measured(runs=[Run(system="mine", rows=[row])], metrics=WANTED, index_version="v"))
    assert f"–<small>n 0, {TABLE['failed'].format(failed=1)}" in shown
    assert METRICS["mrr"][0] in table([Run(system="mine", rows=[row])], WANTED)


def test_answers_without_time_stand_beside_the_times() -> None:
    rows = [
        judged("test", case(LOCAL), answer(LOCAL, elapsed_ms=4.0)),
        judged("test", case(LOCAL), GIVEN_UP),
    ]
    shown = table([Run(system="mine", rows=rows)], WANTED)
    line = next(row for row in shown.splitlines() if row.startswith(METRICS["elapsed_p95"][0]))
    assert f"n 1, {TABLE['untimed'].format(none=1)}" in line and "(" not in line
    assert "  1 × panne" in shown


def test_the_page_shows_each_figure_and_its_n(html: str) -> None:
    for name in HEADLINE:
        assert METRICS[name][0] in html
    assert "48,0\u202f%" in html and "n 25" in html
    assert 'class="loss"' in html


def test_the_drawings_take_their_colours_from_the_page(html: str) -> None:
    drawn = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    assert "var(--one)" in drawn and "var(--ink)" in drawn
    assert set(re.findall(r"#[0-9a-f]{6}\b", drawn)) == set()


def test_a_page_without_calibration_or_times_has_no_such_plot() -> None:
    run = Run(system="mine", rows=[judged("test", case(LOCAL), answer(LOCAL))])
    shown = page(Measured(runs=[run], metrics=WANTED, index_version="v1"))
    assert shown.count("<svg") == 1
    assert "mine" in shown


def test_every_metric_and_every_system_has_its_french_name() -> None:
    assert {metric.name for metric in WANTED} <= METRICS.keys()
    assert MADE.keys() <= SYSTEMS.keys()
    assert PARTS.keys() == set(JUDGED)
