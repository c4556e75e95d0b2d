"""What tables show of a learning network of nursing homes, as the Dutch framework of 2017 asked for it."""

from itertools import combinations

import pandas as pd

from valuecreation.analyses.appraisal_facts import about_network, conflict, one_value, told
from valuecreation.analyses.appraisal_material import OnDate, Seen, mentions
from valuecreation.guide import Criterion

_ANSWERS = {"yes": "yes", "ja": "yes", "no": "no", "nee": "no", "partly": "partly", "deels": "partly"}


def check_partners(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether each member sees enough partners: other entity and other board, and these differ among themselves."""
    frame, least = known.organisations(criterion.words.get("kind", ())), criterion.thresholds["least"]
    if frame.empty or not known.has("organisations", "legal_entity") or not known.has("organisations", "board"):
        return known.seen("unknown", "no_columns", columns="legal_entity, board", table="organisations")
    pairs = [(_spelt(one.legal_entity), _spelt(one.board)) for one in frame.itertuples(index=False)]
    sure = [_partners(pairs, place, least, False) for place in range(len(pairs))]
    possible = [_partners(pairs, place, least, True) for place in range(len(pairs))]
    n, N = sum(sure), len(pairs)
    values = {
        "n": n, "N": N, "least": least, "entities": len({one for one, _ in pairs if one}),
        "boards": len({two for _, two in pairs if two}), "silent": sum(None in pair for pair in pairs),
        "left_out": len(known.organisations()) - N, "no_kind": int(frame["kind"].isna().sum()),
    }  # fmt: skip
    if n == N:
        state = "met"
    elif all(possible):
        state = "unknown"
    else:
        state = "partly" if n else "not_met" if not any(possible) else "unknown"
    seen = known.seen(state, "partners", {"organisations": frame}, **values)
    return known.add(seen, "kinds", **values) if values["left_out"] or values["no_kind"] else seen


def _partners(pairs: list[tuple], place: int, least: int, possibly: bool) -> bool:
    """Return whether one organisation sees `least` others that differ from it and from each other, or possibly could."""

    def apart(one: tuple, two: tuple) -> bool:
        return all(possibly if None in both else both[0] != both[1] for both in zip(one, two, strict=True))

    others = [pair for other, pair in enumerate(pairs) if other != place and apart(pairs[place], pair)]
    others = others if possibly else sorted(set(others))
    return any(all(apart(*two) for two in combinations(some, 2)) for some in combinations(others, least))


def check_clients(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether the organisations together have enough clients; what is not known can only add to it."""
    frame, least = known.organisations(criterion.words.get("kind", ())), criterion.thresholds["least"]
    if frame.empty or not known.has("organisations", "clients"):
        return known.seen("unknown", "no_column", column="clients", table="organisations")
    count = pd.to_numeric(frame["clients"], errors="coerce")
    together, silent = int(count.sum()), int(count.isna().sum())
    state = "met" if together >= least else "unknown" if silent else "not_met"
    left_out = len(known.organisations()) - len(frame)
    values = {"together": together, "least": least, "N": len(frame), "silent": silent, "left_out": left_out}
    seen = known.seen(state, "clients", {"organisations": frame}, **values)
    no_kind = int(frame["kind"].isna().sum())
    return known.add(seen, "kinds", left_out=left_out, no_kind=no_kind) if left_out or no_kind else seen


def check_plan_and_report(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether they worked together on the plan and on the report: products of that kind, or facts."""
    products, found, said, rows = known.until("products", "date"), {}, {}, {"products": [], "facts": []}
    for part in ("plan", "report"):
        words = criterion.words[part]
        own = products[mentions(products["kind"], words) | mentions(products["name"], words)]
        value, facts, differ = one_value(about_network(known, (f"quality_{part}",)), _answer)
        if differ:
            return conflict(known, facts)
        if len(own) and value == "no":
            return Seen(
                "unknown",
                known.say("disagree", facts=told(known, facts), tables=known.say("products_of_kind", n=len(own))),
                {"products": list(own.index), "facts": list(facts.index)},
            )
        found[part] = "yes" if len(own) else value
        rows["products"] += list(own.index)
        rows["facts"] += list(facts.index)
        said[part] = known.say(f"seen_{found[part] or 'nothing'}")
    values = list(found.values())
    if values == ["yes", "yes"]:
        state = "met"
    elif values == ["no", "no"]:
        state = "not_met"
    else:
        state = "partly" if {"yes", "partly"} & set(values) else "unknown"
    return Seen(state, known.say("plan_and_report", **said), {table: own for table, own in rows.items() if own})


def check_exchange(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether staff and board members took part in something with another organisation; any form counts."""
    held = known.held
    took = _placed(known, criterion, known.took(held))
    if took.empty:
        return known.seen(
            "unknown", "no_rows", tables="activities, participation, participants (role, organisation_id)"
        )
    partners = took.groupby("activity_id")["partner"].nunique()
    joint = took[took["activity_id"].isin(partners[partners >= 2].index)]
    rows = {"activities": held[held["activity_id"].isin(joint["activity_id"])]}
    staff, board = (joint.loc[joint["board"] == is_board, "activity_id"].nunique() for is_board in (False, True))
    state = "met" if staff and board else "partly" if staff or board else "not_met"
    if state == "not_met" and took["unplaced"].any():
        state = "unknown"
    return known.seen(state, "exchange", rows, staff=staff, board=board, N=took["activity_id"].nunique(), on=known.on)


def check_shadowing_both(known: OnDate, criterion: Criterion) -> Seen:
    """Answer from facts whether staff and board can shadow at a partner; what was held shows that some did."""
    answers, facts_of = {}, []
    for group in ("staff", "board"):
        value, facts, differ = one_value(about_network(known, (f"shadowing_{group}",)), _answer)
        if differ:
            return conflict(known, facts)
        answers[group] = value
        facts_of.append(facts)
    held, visits = known.visits(criterion)
    everybody = _placed(known, criterion, known.took(held))
    partners = everybody.groupby("activity_id")["partner"].nunique() if len(everybody) else pd.Series(dtype=int)
    visits = everybody[
        everybody["activity_id"].isin(partners[partners >= 2].index)
        & everybody["participant_id"].isin(visits["participant_id"])
        & everybody.index.isin(visits.index)
    ]
    did = {
        "staff": visits.loc[~visits["board"].astype(bool), "participant_id"].nunique(),
        "board": visits.loc[visits["board"].astype(bool), "participant_id"].nunique(),
    }
    rows = {"facts": pd.concat(facts_of), "participation": visits}
    rows = {table: part for table, part in rows.items() if len(part)}
    values = list(answers.values())
    if values == ["yes", "yes"]:
        state = "met"
    elif {"yes", "partly"} & set(values) or any(did.values()):
        state = "partly"
    else:
        state = "not_met" if values == ["no", "no"] else "unknown"
    said = {group: known.say(f"seen_{value or 'nothing'}") for group, value in answers.items()}
    return known.seen(state, "shadowing_both", rows, **said, did_staff=did["staff"], did_board=did["board"])


def _placed(known: OnDate, criterion: Criterion, took: pd.DataFrame) -> pd.DataFrame:
    """Return participation with the partner organisation and whether it is of the board; who has no role or place is left out.

    Two locations under one legal entity are one partner.
    """
    care = known.organisations(criterion.words.get("kind", ()))
    names = [
        _spelt(entity) or f"id {name}"
        for entity, name in zip(care["legal_entity"], care["organisation_id"], strict=True)
    ]
    partner = pd.Series(names, index=care["organisation_id"].to_numpy(dtype=object), dtype="str")
    people = known.people.set_index("participant_id")
    people = people.reindex(took["participant_id"].to_numpy())
    board = mentions(people["role"], criterion.words["board"]).to_numpy()
    placed = took.assign(
        partner=partner.reindex(people["organisation_id"].to_numpy(dtype=object)).to_numpy(), board=board,
        unplaced=(people["role"].isna() | people["organisation_id"].isna()).any(),
    )  # fmt: skip
    return placed[people["role"].notna().to_numpy() & placed["partner"].notna()]


def _spelt(name: object) -> str | None:
    return None if pd.isna(name) or not str(name).strip() else " ".join(str(name).split()).casefold()


def _answer(value: str) -> str | None:
    return _ANSWERS.get(value.strip().casefold())


NURSING_CHECKS = {
    "partners": check_partners, "clients": check_clients, "plan_and_report": check_plan_and_report,
    "exchange": check_exchange, "shadowing_both": check_shadowing_both,
}  # fmt: skip
