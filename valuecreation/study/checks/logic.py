"""What a row says against itself: a figure that is said to be missing, an end before its beginning."""

from collections.abc import Iterator

from valuecreation.findings import Finding
from valuecreation.study.cells import as_text
from valuecreation.study.checks.rows import row_of

_PERIODS = (("networks", "started", "ended"), ("memberships", "joined", "left"))


def measurements(study) -> Iterator[Finding]:
    """Measurements whose ``data_state`` and value contradict each other."""
    frame = study.frame("measurements")
    absent = frame["data_state"].isin(["not_collected"]) & frame["value"].notna()
    for position in frame.index[absent]:
        contrary = {
            "en": f"holds the figure {frame['value'][position]}",
            "nl": f"bevat het cijfer {frame['value'][position]}",
        }
        state = frame["data_state"][position]
        yield Finding("state_and_value", "measurements", row_of(position), "data_state", state, {"contrary": contrary})
    lost = (frame["data_state"] == "present") & frame["value"].isna()
    for position in frame.index[lost]:
        contrary = {"en": "holds no figure", "nl": "bevat geen cijfer"}
        yield Finding(
            "state_and_value", "measurements", row_of(position), "data_state", "present", {"contrary": contrary}
        )


def periods(study) -> Iterator[Finding]:
    """Periods that end before they begin."""
    for table, first, last in _PERIODS:
        frame = study.frame(table)
        begin, end = as_text(frame[first]), as_text(frame[last])
        for position in frame.index[begin.notna() & end.notna()]:
            shorter = min(len(begin[position]), len(end[position]))
            if end[position][:shorter] < begin[position][:shorter]:
                details = {"other": first, "earlier": begin[position]}
                yield Finding("ended_before_start", table, row_of(position), last, end[position], details)
