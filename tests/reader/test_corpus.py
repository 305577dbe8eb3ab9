"""The self-talk corpus: what is committed is sound, and the check finds what is not."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "corpus.py"
CORPUS = ROOT / "data" / "selftalk"

if str(SCRIPT.parent) not in sys.path:
    sys.path.append(str(SCRIPT.parent))

import corpus  # noqa: E402
import corpus_format  # noqa: E402
import corpus_likeness  # noqa: E402

HARSH: dict[str, Any] = {
    "id": "home-z-0001",
    "text": "Burnt the rice and that's me all over, useless with fire.",
    "theme": "home",
    "life": "cooks for one",
    "voice": "critic",
    "about": "self",
    "poles": ["self_judgment"],
    "tone": ["harsh"],
    "event": "Burnt the rice",
    "verdict": "that's me all over, useless with fire",
    "kindness": -1,
}


def put(raw: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A record with some keys changed, or taken out where None, in the order of the format."""
    both = {key: value for key, value in (raw | changed).items() if value is not None}
    return {key: both[key] for key in sorted(both, key=order)}


def order(key: str) -> int:
    return corpus_format.KEYS.index(key) if key in corpus_format.KEYS else 99


def folder(at: Path, *records: dict[str, Any]) -> Path:
    """A corpus of these records in one batch, z."""
    (at / "themes.toml").write_text((CORPUS / "themes.toml").read_text("utf-8"), "utf-8")
    rows = [json.dumps(record) + "\n" for record in records]
    (at / "z.jsonl").write_text("".join(rows), "utf-8")
    return at


def test_the_committed_corpus_and_the_guide_pass_every_check() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "check"], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert "distinct 4-grams" in done.stdout


def test_the_guide_has_at_least_sixty_worked_examples() -> None:
    blocks = corpus_format.GUIDE_LINES.findall((CORPUS / "GUIDE.md").read_text("utf-8"))
    assert sum(block.count("\n") for block in blocks) >= 60


def test_the_labels_are_those_of_the_reader() -> None:
    from secondvoice.reader.reading import ASSUMPTIONS, CARES, POLES, TONES

    assert set(corpus_format.CHOICES["poles"]) == set(POLES)
    assert set(corpus_format.CHOICES["tone"]) == set(TONES)
    assert set(corpus_format.CHOICES["assumptions"]) == set(ASSUMPTIONS)
    assert set(corpus_format.CHOICES["care"]) == set(CARES)


def test_each_label_and_each_word_of_the_format_is_explained() -> None:
    guide = (CORPUS / "GUIDE.md").read_text("utf-8")
    readme = (CORPUS / "README.md").read_text("utf-8")
    for names in corpus_format.CHOICES.values():
        assert [name for name in names if name not in guide] == []
    assert [key for key in corpus_format.KEYS if f"`{key}`" not in readme] == []


def test_a_sound_record_is_read_with_its_defaults() -> None:
    line, wrong = corpus_format.parse(HARSH)
    assert wrong == []
    assert (line.event, line.care, line.sure, line.pair) == (
        ("Burnt the rice",),
        "none",
        True,
        None,
    )
    plain, wrong = corpus_format.parse(
        {"id": "home-z-0002", "text": "Rain.", "theme": "home", "life": "x", "about": "none"}
    )
    assert (plain.tone, wrong) == (("plain",), [])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text": None}, "'text'"),
        ({"text": 7}, "'text'"),
        ({"mood": "low"}, "not a key"),
        ({"about": "me"}, "'about' is none of"),
        ({"voice": "friend"}, "'voice' is none of"),
        ({"care": "soon"}, "'care' is none of"),
        ({"poles": ["self_judgement"]}, "self_judgement"),
        ({"poles": "self_judgment"}, "not a list"),
        ({"tone": ["harsh", "harsh"]}, "twice"),
        ({"verdict": "that is me all over"}, "word for word"),
        ({"verdict": ["useless", "Burnt the rice and"]}, "share words"),
        ({"event": HARSH["text"]}, "whole text"),
        ({"verdict": None}, "need a verdict"),
        ({"kindness": -3}, "from -2 to 2"),
        ({"kindness": True}, "from -2 to 2"),
        ({"kindness": 1}, "no pole on its side"),
        ({"kindness": 0}, "'kindness' is 0"),
        ({"about": "other"}, "only a line about the self"),
        ({"tone": ["contemptuous"]}, "contempt is an attack"),
        ({"tone": ["plain", "cold"]}, "plain stands alone"),
        ({"tone": ["warm"]}, "need a compassionate pole"),
        ({"sure": False, "note": "sarcasm: or not"}, "should decline"),
        ({"sure": "no"}, "neither true nor false"),
        ({"pair": ""}, "'pair'"),
        ({"text": "Burnt the rice, that's me all over, useless with fire. " * 9}, "more than 80"),
    ],
)
def test_a_faulty_record_is_refused_with_a_sentence(changed: dict[str, Any], says: str) -> None:
    _, wrong = corpus_format.parse(put(HARSH, **changed))
    assert any(says in sentence for sentence in wrong), wrong


def test_a_line_of_danger_may_not_name_a_means() -> None:
    danger = put(HARSH, text="I want to be dead", voice=None, poles=None, tone=None, event=None)
    danger = put(danger, verdict=None, kindness=None, care="now")
    assert corpus_format.parse(danger)[1] == []
    named = put(danger, text="I want to be dead and I have the pills")
    assert "never says by what means" in corpus_format.parse(named)[1][0]


def test_keys_out_of_order_and_things_that_are_no_record_are_named_by_their_line(
    tmp_path: Path,
) -> None:
    at = folder(tmp_path, HARSH)
    with (at / "z.jsonl").open("a", encoding="utf-8") as batch:
        batch.write('not json\n[1]\n{"text": "Rain.", "id": "home-z-0002"}\n')
    lines, problems = corpus_format.load(at)
    assert [line.id for line in lines] == ["home-z-0001"]
    assert [problem.split(":")[1] for problem in problems][:3] == ["2", "3", "4"]


def between(at: Path) -> list[str]:
    lines, problems = corpus_format.load(at)
    assert problems == []
    likeness = list(corpus_likeness.neighbours([line.text for line in lines], corpus.LIKE))
    return [sentence for _, sentence in corpus.between_lines(lines, likeness)]


def test_a_half_of_a_pair_an_id_used_twice_and_a_pair_in_two_themes_are_found(
    tmp_path: Path,
) -> None:
    alone = put(HARSH, pair="z-p001")
    other = {"id": "home-z-0002", "text": "Rain.", "theme": "home", "life": "x", "about": "none"}
    assert between(folder(tmp_path, alone, other)) == ["the pair z-p001 has one member only."]
    assert between(folder(tmp_path, HARSH, put(other, id="home-z-0001"))) == [
        "this id is there more than once."
    ]
    elsewhere = put(other, id="work-z-0002", theme="work", pair="z-p001")
    assert between(folder(tmp_path, alone, elsewhere)) == ["the pair z-p001 is in two themes."]
    assert "not called" in between(folder(tmp_path, *[put(r, pair="7") for r in (HARSH, other)]))[0]


def test_templates_are_found_and_pairs_may_share_their_words(tmp_path: Path) -> None:
    refilled = put(
        HARSH,
        id="home-z-0002",
        text="Burnt the toast and that's me all over, useless with fire.",
        event="Burnt the toast",
    )
    assert len(between(folder(tmp_path, HARSH, refilled))) == 2
    pair = [put(record, pair="z-p001") for record in (HARSH, refilled)]
    assert between(folder(tmp_path, *pair)) == []
    assert "nearly the same words (1.00)." in between(
        folder(tmp_path, pair[0], put(pair[0], id="home-z-0002"))
    )


def test_one_sentence_with_its_gap_filled_in_two_ways_is_a_template() -> None:
    filled = [
        "My boss said I'm lazy and I felt awful",
        "My teacher said I'm slow and I felt awful",
        "Why can't I ever get up on time like a normal person",
        "Why can't I ever pay a bill like a normal person",
        "I sent the wrong file and everyone laughed",
        "I sent the wrong file to the client at three",
    ]
    assert list(corpus_likeness.framed(filled)) == [(0, 1), (2, 3)]


def made_up(count: int) -> list[str]:
    """Texts of random words with here and there a borrowed stretch, so that some are alike."""
    chance = random.Random(3)
    letters = "etaoinshrdlu"
    stock = ["".join(chance.choices(letters, k=chance.randint(2, 8))) for _ in range(3000)]
    texts: list[str] = []
    for _ in range(count):
        spoken = chance.choices(stock, k=chance.randint(1, 30))
        if texts and chance.random() < 0.2:
            spoken = [*chance.choice(texts).split(), *spoken[:5]]
        texts.append(" ".join(spoken))
    return texts


@pytest.mark.parametrize("least", [0.15, 0.45, 0.6, 1.0])
def test_the_quick_search_finds_every_pair_that_comparing_all_would(least: float) -> None:
    texts = made_up(250)
    sets = [corpus_likeness.grams(text) for text in texts]
    every = {
        (one, other): len(sets[one] & sets[other]) / len(sets[one] | sets[other])
        for other in range(len(sets))
        for one in range(other)
    }
    expected = {pair for pair, near in every.items() if near >= least}
    found = {(one, other) for one, other, _ in corpus_likeness.neighbours(texts, least)}
    assert found == expected


def test_six_thousand_lines_are_searched_for_likeness_in_seconds() -> None:
    texts = made_up(6000)
    begun = time.process_time()
    assert len(list(corpus_likeness.neighbours(texts, corpus.LIKE))) > 0
    assert len(list(corpus_likeness.framed(texts))) > 0
    assert time.process_time() - begun < 30


def test_pairs_stay_on_one_side_and_held_out_themes_are_whole() -> None:
    lines, problems = corpus_format.load(CORPUS)
    assert problems == []
    themes = corpus.themes_of(CORPUS)
    by_group: dict[str, set[str]] = {}
    by_theme: dict[str, set[str]] = {}
    for line in lines:
        by_group.setdefault(line.group, set()).add(corpus.side(line, themes))
        by_theme.setdefault(line.theme, set()).add(corpus.side(line, themes))
    assert [group for group, sides in by_group.items() if len(sides) > 1] == []
    for theme, about in themes.items():
        if "split" in about:
            assert by_theme.get(theme, {about["split"]}) == {about["split"]}


def test_the_side_of_a_line_never_changes() -> None:
    line, _ = corpus_format.parse(HARSH)
    themes = corpus.themes_of(CORPUS)
    names = [f"home-z-{number:04}" for number in range(1, 2001)]
    sides = [corpus.side(corpus_format.parse(put(HARSH, id=name))[0], themes) for name in names]
    assert corpus.side(line, themes) == sides[0]
    assert sides[:8] == [
        "validation",
        "train",
        "train",
        "train",
        "validation",
        "test",
        "train",
        "validation",
    ]
    assert 0.66 < sides.count("train") / 2000 < 0.74
    assert 0.12 < sides.count("test") / 2000 < 0.18


def test_one_side_comes_out_as_full_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sport = put(HARSH, id="sport-z-0001", theme="sport")
    at = folder(tmp_path, sport)
    assert corpus.main(["--folder", str(at), "split", "test"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["id"], record["care"], record["event"]) == (
        "sport-z-0001", "none", ["Burnt the rice"],
    )  # fmt: skip
    assert corpus.main(["--folder", str(at), "split", "train"]) == 0
    assert capsys.readouterr().out == ""


def test_a_kind_voice_that_is_only_longer_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stock = made_up(400)
    records = []
    for number in range(100):
        harsh = " ".join(stock[number].split()[:8]) or "no"
        kind = " ".join([*stock[number + 100].split(), *stock[number + 200].split()][:24])
        common = put(HARSH, event=None, pair=f"z-p{number:03}", verdict="*")
        records += [
            put(common, id=f"home-z-{2 * number:04}", text=harsh),
            put(
                common, id=f"home-z-{2 * number + 1:04}", text=kind, poles=["mindfulness"],
                tone=None, verdict=None, kindness=1,
            ),
        ]  # fmt: skip
    assert corpus.main(["--folder", str(folder(tmp_path, *records)), "check"]) == 1
    said = capsys.readouterr().err
    assert "pairs where the kind half is longer" in said
    assert "neutral or about others: 0.0%" in said
