"""Flows and the matrix on many stories, beside plain pandas doing the counts alone; the bootstrap over tellers."""

import numpy as np
import pandas as pd

CYCLES = np.array(["immediate", "potential", "applied", "realised", "reframing"])
SETUP = (
    "from benchmarks import stories as b; import valuecreation as vc; "
    "import valuecreation.analyses.flows, valuecreation.analyses.matrix; "
    "study = b.material({stories})"
)
FLOWS = "vc.flows(study)"
MATRIX = "vc.matrix(study)"
PLAIN = "b.plain(study)"
BOOTSTRAP = (
    "from benchmarks import stories as b; from valuecreation.stats.flows import bootstrap_tellers; found = b.behind(2_000)",
    "bootstrap_tellers(found, 1000)",
)


def material(stories: int, indicators: int = 60):
    """Return a study of so many stories, three tellers for every four of them, with five steps and three links each."""
    import valuecreation as vc

    rng = np.random.default_rng(2026)
    names = np.array([f"V{number:05d}" for number in range(stories)])
    told = pd.DataFrame(
        {
            "story_id": names,
            "network_id": "n",
            "teller": [f"P{number:05d}" for number in rng.integers(0, stories * 3 // 4, stories)],
        }
    )
    steps = pd.DataFrame(
        {
            "story_id": np.repeat(names, 5), "step": np.tile(np.arange(1, 6), stories),
            "cycle": CYCLES[rng.integers(0, 5, stories * 5)],
            "status": np.array(["experienced", "reported", "intention"])[rng.integers(0, 3, stories * 5)],
            "polarity": np.array(["+", "+", "-", "0"])[rng.integers(0, 4, stories * 5)], "date": "2025-03-01",
        }
    )  # fmt: skip
    first = rng.integers(1, 3, stories * 3)
    links = pd.DataFrame(
        {
            "story_id": np.repeat(names, 3), "from_step": first, "to_step": first + rng.integers(1, 4, stories * 3),
            "kind": "flow",
            "claimant": "c", "claimant_role": np.array(["teller", "analyst"])[rng.integers(0, 2, stories * 3)],
        }
    ).drop_duplicates()  # fmt: skip
    known = [f"I{number:02d}" for number in range(indicators)]
    figures = pd.DataFrame({"indicator_id": known, "cycle": np.resize(CYCLES, indicators), "name": known, "gain": "up"})
    measured = pd.DataFrame(
        {
            "indicator_id": np.repeat(known, 2),
            "date": np.tile(["2025-01-01", "2025-06-01"], indicators),
            "value": rng.integers(1, 9, indicators * 2) * 1.0,
        }
    )
    rests = steps.sample(frac=0.2, random_state=1)[["story_id", "step"]]
    rests = rests.assign(indicator_id=np.array(known)[rng.integers(0, indicators, len(rests))])
    tables = {
        "stories": told,
        "steps": steps,
        "links": links,
        "indicators": figures,
        "measurements": measured,
        "step_indicators": rests,
    }
    return vc.Study(tables, name="many")


def plain(study) -> pd.DataFrame:
    """Count the arrows with two merges and a group, and nothing else: no withdrawal, no chains, no times, no evidence."""
    steps = study.tables["steps"][["story_id", "step", "cycle"]]
    tellers = study.tables["stories"][["story_id", "teller"]]
    links = study.tables["links"].merge(steps, left_on=["story_id", "from_step"], right_on=["story_id", "step"])
    links = links.merge(
        steps, left_on=["story_id", "to_step"], right_on=["story_id", "step"], suffixes=("_from", "_to")
    )
    links = links.merge(tellers, on="story_id")
    return links.groupby(["cycle_from", "cycle_to", "kind", "claimant_role"])["teller"].nunique()


def behind(stories: int) -> np.ndarray:
    """Return tellers x arrows for the bootstrap."""
    return np.random.default_rng(2026).random((stories * 3 // 4, 50)) < 0.1
