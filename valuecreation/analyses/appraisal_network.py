"""What tables show of the setting up and the working of a network, criterion by criterion."""

from math import ceil

import pandas as pd

from valuecreation.analyses.appraisal_facts import about_network, check_facts, conflict, one_value, told
from valuecreation.analyses.appraisal_material import OnDate, Seen, mentions
from valuecreation.guide import Criterion
from valuecreation.study.desk import AGREED
from valuecreation.study.withdrawal import withdrawn

_PEOPLE = ("participants", "number_of_participants", "deelnemers")
_SUBGROUPS = ("subgroups", "number_of_subgroups", "subgroepen")
_FOUND = ("experienced", "reported")
_CYCLES = ("vcf-2011", "vcf-2020")


def check_domains(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether members come from several domains; the roles that a guide names are examples."""
    members = known.members
    groups = members["role_group"].dropna()
    groups = groups[groups != "other"]
    if groups.empty:
        return known.seen("unknown", "no_column", column="role_group", table="participants")
    found = sorted(groups.unique())
    least, silent = criterion.thresholds["least"], int(members["role_group"].isna().sum())
    named = [word for word in criterion.words.get("examples", ()) if mentions(members["role"], (word,)).any()]
    state = "met" if len(found) >= least else "not_met" if known.all_known and not silent else "unknown"
    seen = known.seen(
        state, "domains", {"participants": members.loc[groups.index]}, count=len(found), least=least,
        found=known.labels("role_group", found), N=len(members), silent=silent,
    )  # fmt: skip
    return known.add(seen, "domains_examples", found=", ".join(named)) if named else seen


def check_role(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether somebody has a role, or whether a role group is among the members, or what a fact says.

    Who leads or facilitates need not be in the table: not finding the role says nothing. A role group is asked of members.
    """
    groups, roles = criterion.words.get("role_group", ()), criterion.words.get("role", ())
    members = known.members if groups or known.has("memberships") else known.people
    has = mentions(members["role"], roles) | members["role_group"].isin(groups)
    if has.any():
        return known.seen("met", "role_found", {"participants": members[has]}, n=int(has.sum()), N=len(members))
    facts = about_network(known, (criterion.attribute,)) if criterion.attribute else pd.DataFrame()
    if not facts.empty:
        value, own, differ = one_value(facts, lambda value: "no" if value.casefold() in _NO else "yes")
        if differ:
            return conflict(known, own)
        return known.seen("met" if value == "yes" else "not_met", "facts", {"facts": own}, facts=told(known, own))
    silent = int(members["role_group" if groups else "role"].isna().sum())
    if groups and known.all_known and len(members) and not silent:
        return known.seen("not_met", "role_none", {"participants": members}, N=len(members))
    return known.seen("unknown", "role_unknown", N=len(members), silent=silent)


_NO = ("no", "nee", "none", "geen", "false")


def check_open_membership(known: OnDate, criterion: Criterion) -> Seen:
    """Answer from the column membership of the network."""
    own = known.own_network.dropna(subset=["membership"])
    if own.empty:
        return known.seen("unknown", "no_column", column="membership", table="networks")
    word = own["membership"].iloc[0]
    if word not in ("open", "closed"):
        return known.seen("unknown", "odd_value", {"networks": own}, value=word, column="membership")
    return known.seen("met" if word == "open" else "not_met", f"membership_{word}", {"networks": own})


def check_planned_hours(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether hours were planned for each participant."""
    own = known.own_network
    own = own.assign(planned_hours_per_month=pd.to_numeric(own["planned_hours_per_month"], errors="coerce"))
    own = own.dropna(subset=["planned_hours_per_month"])
    if own.empty:
        return known.seen("unknown", "no_column", column="planned_hours_per_month", table="networks")
    hours = own["planned_hours_per_month"].iloc[0]
    state = "met" if hours > 0 else "not_met"
    return known.seen(state, "planned_hours", {"networks": own}, hours=f"{hours:g}")


def check_joint_meetings(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether joint meetings were held or are planned."""
    words = criterion.words["work_form"]
    held, ahead = (part[mentions(part["work_form"], words)] for part in (known.held, known.ahead))
    rows = {"activities": pd.concat([held, ahead])}
    if len(held) or len(ahead):
        return known.seen("met", "joint_meetings", rows, held=len(held), ahead=len(ahead), on=known.on)
    value, facts, differ = one_value(about_network(known, ("planned_joint_meetings",)), _whole)
    if differ:
        return conflict(known, facts)
    if value is not None:
        state = "met" if int(value) > 0 else "not_met"
        return known.seen(state, "facts", {"facts": facts}, facts=told(known, facts))
    if known.held["work_form"].notna().any():
        return known.seen("not_met", "no_such_activity", {"activities": known.held}, N=len(known.held), on=known.on)
    return known.seen("unknown", "no_activities", on=known.on)


def check_meetings_ahead(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether something stands in the table after the day; a log of what was held cannot show that nothing does."""
    if len(known.ahead):
        last = known.ahead["date"].astype("str").str.slice(0, 10).max()
        return known.seen("met", "ahead", {"activities": known.ahead}, n=len(known.ahead), on=known.on, last=last)
    return known.seen("unknown", "none_ahead", on=known.on)


def check_shadowing(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether every member walked along at least once; a host did not walk along."""
    members = known.member_ids(criterion.words.get("left_out", ()))
    held, took = known.visits(criterion)
    if not members or not known.all_known or not known.has("participation"):
        return known.seen("unknown", "no_rows", tables="participation, memberships")
    if held.empty:
        if known.held["work_form"].isna().any() or known.held.empty:
            return known.seen("unknown", "no_activities", on=known.on)
        return known.seen("not_met", "no_such_activity", {"activities": known.held}, N=len(known.held), on=known.on)
    took = took[took["participant_id"].isin(members)]
    n = took["participant_id"].nunique()
    state = "met" if n == len(members) else "partly" if n else "not_met"
    return known.seen(state, "shadowing", {"activities": held, "participation": took}, n=n, N=len(members), on=known.on)


def check_subgroup_size(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether subgroups are small, and say when no division of so many people could be."""
    advised, most = criterion.thresholds["advised"], criterion.thresholds["most"]
    members = known.member_ids(criterion.words.get("left_out", ()))
    spells = known.spells[known.spells["participant_id"].isin(members)]
    placed = spells.dropna(subset=["subgroup"])
    if placed.empty:
        return _size_from_facts(known, most)
    sizes = placed.groupby("subgroup")["participant_id"].nunique()
    people, groups, rows = len(members), len(sizes), {"memberships": placed}
    loose = people - placed["participant_id"].nunique()
    values = {
        "people": people, "groups": groups, "smallest": int(sizes.min()), "largest": int(sizes.max()), "most": most,
        "advised": advised, "over": int((sizes > most).sum()), "loose": loose, "needed": ceil(people / most),
    }  # fmt: skip
    if values["largest"] > most:
        seen = known.seen("not_met", "size_over", rows, **values)
    elif loose:
        seen = known.seen("unknown", "size_loose", rows, **values)
    else:
        seen = known.seen("met", "size_edge" if values["largest"] > advised else "size_within", rows, **values)
    return known.add(seen, "size_cannot", **values) if people > groups * most else seen


def _size_from_facts(known: OnDate, most: int) -> Seen:
    """Answer from facts about how many people and subgroups there are: enough to refuse, never enough to approve."""
    people, who, differ = one_value(about_network(known, _PEOPLE), _whole)
    groups, which, other = one_value(about_network(known, _SUBGROUPS), _whole)
    if differ or other:
        return conflict(known, pd.concat([part for part, odd in ((who, differ), (which, other)) if odd]))
    if people is None or not groups or int(groups) < 1:
        return known.seen("unknown", "no_rows", tables="memberships (subgroup)")
    rows, needed = {"facts": pd.concat([who, which])}, ceil(int(people) / most)
    values = {"people": people, "groups": groups, "most": most, "needed": needed}
    if int(people) > int(groups) * most:
        return known.add(
            known.seen("not_met", "size_cannot", rows, **values), "by_facts", facts=told(known, rows["facts"])
        )
    return known.seen("unknown", "size_could", rows, **values)


def check_mixed_subgroups(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether each subgroup has members of several role groups."""
    placed = known.spells.dropna(subset=["subgroup"])
    groups = known.members.set_index("participant_id")["role_group"]
    placed = placed.assign(role_group=groups.reindex(placed["participant_id"]).to_numpy())
    if placed.empty or placed["role_group"].isna().all():
        return known.seen("unknown", "no_rows", tables="memberships (subgroup), participants (role_group)")
    kinds = placed.groupby("subgroup")["role_group"].nunique()
    silent = placed["role_group"].isna().groupby(placed["subgroup"]).any()
    least = criterion.thresholds["least"]
    n, open_ones = int((kinds >= least).sum()), int(((kinds < least) & silent).sum())
    unmixed = len(kinds) - n - open_ones
    state = "met" if n == len(kinds) else "partly" if n and unmixed else "unknown" if open_ones else "not_met"
    return known.seen(state, "mixed", {"memberships": placed}, n=n, N=len(kinds), least=least, silent=open_ones)


def check_questions_from_shadowing(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether learning questions were raised in shadowing."""
    questions = known.study.frame("questions")
    raised = questions[questions["raised_in"].isin(known.held["activity_id"])]
    if raised.empty:
        return known.seen("unknown", "no_rows", tables="questions (raised_in), activities")
    held, _ = known.visits(criterion)
    own = raised[raised["raised_in"].isin(held["activity_id"])]
    rows = {"questions": own if len(own) else raised}
    return known.seen("met" if len(own) else "not_met", "questions_raised", rows, n=len(own), N=len(raised))


def check_questions_worked_out(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether the questions that a subgroup took up led to a product."""
    raised = known.held if known.has("activities") else known.study.frame("activities")
    questions = known.study.frame("questions").dropna(subset=["question_id"])
    questions = questions[questions["raised_in"].isna() | questions["raised_in"].isin(raised["activity_id"])]
    taken = questions.dropna(subset=["subgroup"])
    if taken.empty or not known.has("products", "question_id"):
        return known.seen("unknown", "no_rows", tables="questions (subgroup), products (question_id)")
    made = known.until("products", "date")
    made = made[made["question_id"].isin(taken["question_id"])]
    n = made["question_id"].nunique()
    state = "met" if n == len(taken) else "partly" if n else "not_met"
    return known.seen(state, "worked_out", {"questions": taken, "products": made}, n=n, N=len(taken), on=known.on)


def check_own_goals(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether every member set a goal; who has none may not have been asked."""
    members = known.member_ids(criterion.words.get("left_out", ()))
    goals = known.until("goals", "set_on")
    goals = goals[goals["participant_id"].isin(members)]
    if goals.empty or not known.all_known:
        return known.seen("unknown", "no_own_goals" if known.all_known else "no_memberships")
    n = goals["participant_id"].nunique()
    return known.seen("met" if n == len(members) else "partly", "own_goals", {"goals": goals}, n=n, N=len(members))


def check_joint_goals(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether the network set goals."""
    goals = known.until("goals", "set_on")
    joint = goals[goals["network_id"].notna() & goals["participant_id"].isna()]
    joint = known.own(joint)
    if len(joint):
        return known.seen("met", "joint_goals", {"goals": joint}, n=len(joint), on=known.on)
    return known.seen("unknown", "no_joint_goals", on=known.on)


def check_own_yield(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether every member told of a gain; who was not asked is not somebody without one."""
    members = known.member_ids(criterion.words.get("left_out", ()))
    documents = known.own(known.until("documents", "date"))
    segments = known.study.frame("segments")
    segments = segments.merge(documents[["document_id", "participant_id"]], on="document_id", suffixes=("", "_whose"))
    segments["teller"] = segments["participant_id"].fillna(segments["participant_id_whose"])
    gone = withdrawn(known.study, segments[["teller", "document_id"]].rename(columns={"teller": "participant_id"}))
    segments, codings = segments[~gone], known.study.frame("codings")
    codings = codings[codings["codebook"].isin(_CYCLES)]
    agreed = codings["coder"] == AGREED
    codings = codings[agreed | ~codings["segment_id"].isin(codings.loc[agreed, "segment_id"])]
    found = codings[codings["status"].isin(_FOUND) & (codings["polarity"] == "+")]
    tellers = segments.set_index("segment_id")["teller"]
    tellers = tellers[~tellers.index.duplicated() & tellers.isin(known.member_ids())]
    whose = pd.Series(tellers.reindex(found["segment_id"]).to_numpy(), index=found.index)
    rows, n = found[whose.isin(members)], len(set(whose.dropna()) & members)
    coded = codings["segment_id"].isin(tellers.index).any()
    if not members or not coded:
        return known.seen("unknown", "no_rows", tables="codings, segments, documents")
    if not known.all_known:
        return known.seen("unknown", "no_memberships", {"codings": rows})
    asked = set(tellers[tellers.index.isin(codings["segment_id"])]) & members
    state = "met" if n == len(members) else "partly" if n else "unknown" if asked != members else "not_met"
    values = {"n": n, "N": len(members), "silent": len(members - asked)}
    return known.seen(state, "own_yield", {"codings": rows}, **values)


def check_joint_yield(known: OnDate, criterion: Criterion) -> Seen:
    """Answer whether there are products."""
    products = known.until("products", "date")
    if len(products):
        return known.seen("met", "products", {"products": products}, n=len(products), on=known.on)
    return known.seen("unknown", "no_products", on=known.on)


def check_uptake(known: OnDate, criterion: Criterion) -> Seen:
    """Answer in how many organisations of the members a product was kept; stuck is not kept."""
    organisations, uptake = known.organisations(), known.until("uptake", "date")
    if organisations.empty or uptake.empty:
        return known.seen("unknown", "no_rows", tables="uptake, organisations")
    uptake = uptake[uptake["organisation_id"].isin(organisations["organisation_id"])]
    kept = uptake[uptake["state"].ne("stuck").fillna(True)]
    n, N = kept["organisation_id"].nunique(), len(organisations)
    state = "met" if n == N else "partly" if n else "not_met" if uptake["organisation_id"].nunique() == N else "unknown"
    return known.seen(state, "uptake", {"uptake": uptake}, n=n, N=N, stuck=len(uptake) - len(kept))


def _whole(value: str) -> str | None:
    return str(int(value)) if value.strip().isdigit() else None


NETWORK_CHECKS = {
    "domains": check_domains, "role": check_role, "facts": check_facts, "open_membership": check_open_membership,
    "planned_hours": check_planned_hours, "joint_meetings": check_joint_meetings, "meetings_ahead": check_meetings_ahead,
    "shadowing": check_shadowing, "subgroup_size": check_subgroup_size, "mixed_subgroups": check_mixed_subgroups,
    "questions_from_shadowing": check_questions_from_shadowing, "questions_worked_out": check_questions_worked_out,
    "own_goals": check_own_goals, "joint_goals": check_joint_goals, "own_yield": check_own_yield,
    "joint_yield": check_joint_yield, "uptake": check_uptake,
}  # fmt: skip
