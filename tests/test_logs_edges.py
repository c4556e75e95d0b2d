"""Lists of edges: whatever a researcher published comes through, every reply a row of its own."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from real_data import real

import valuecreation as vc

EDGES = (
    b"Sender,Reciever,Timestamp,Title\r"
    b'Fenna Bos,Ruud Vis,9/27/13,"Hi\rRuud"\r'
    b"Ruud Vis,Ruud Vis,10/1/13,Self\r"
    b'Fenna Bos,Ruud Vis,9/27/13,"Hi\rRuud"\r'
    b"Fenna Bos,Wil Maas,9/28/13,\r"
    b"Fenna Bos,,9/28/13,"
)
NODES = (
    "\ufeffuid;name;role;group\nFenna Bos;Fenna;nurse;A\nRuud Vis;Ruud;teacher;B\nBram Bot;Bram;nurse;A\n"
    "Bram Bot;Bram;nurse;B\n;x;y;z\n"
)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "edges.csv").write_bytes(EDGES)
    (tmp_path / "nodes.csv").write_text(NODES, encoding="utf-8")
    return tmp_path / "edges.csv", tmp_path / "nodes.csv"


def rules(read) -> list[str]:
    return [finding.rule for finding in read.read_findings]


def test_every_oddity_comes_through_with_a_finding(files):
    read = vc.read_edges(*files, day_first=False)
    assert read.edges["source"].tolist() == ["P01", "P02", "P01", "P01", "P01"]
    assert read.edges["target"].fillna("-").tolist() == ["P02", "P02", "P02", "P03", "-"]
    assert read.edges["at"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["2013-09-27", "2013-10-01"]
    assert read.edges["edge_id"].is_unique
    assert set(read.nodes["node_id"]) == {"P01", "P02", "P03", "P04"}
    expected = {
        "line_ends", "byte_order_mark", "log_delimiter", "no_final_newline", "edge_header", "edge_to_itself", "edge_twice",
        "edge_without_end", "edge_columns_left", "edge_to_unlisted", "node_without_edges", "node_twice", "node_without_id",
        "node_columns_left", "log_short_year",
    }  # fmt: skip
    assert expected <= set(rules(read))
    for language in ("en", "nl"):
        assert not read.findings(language)["message"].str.contains("[{}]", regex=True).any()


def test_no_name_comes_along(files):
    read = vc.read_edges(*files, day_first=False)
    frames = (read.edges, read.nodes, read.study.participants, read.findings(), read.findings("nl"))
    said = " ".join(str(value) for frame in frames for value in frame.to_numpy().ravel())
    for word in ("Fenna", "Ruud", "Bram", "Wil"):
        assert word not in said, word
    assert read.key["name"].tolist() == ["Fenna Bos", "Ruud Vis", "Wil Maas", "Bram Bot"]


def test_dates_that_can_mean_two_days_are_decided_by_a_person(files):
    with pytest.raises(
        vc.ValueCreationError, match="0 can only have the day first and 4 only the month first"
    ) as asked:
        vc.read_edges(*files)
    assert asked.value.undecided["row"].tolist() == [3]
    wrong = vc.read_edges(*files, day_first=True)
    assert wrong.edges["at"].isna().sum() == 4
    assert wrong.edges["at_written"].tolist()[0] == "9/27/13"
    assert "log_time_other_order" in rules(wrong)


def test_columns_are_kept_on_request(files):
    read = vc.read_edges(*files, day_first=False, keep=["Title"])
    assert read.edges["Title"].tolist()[0] == "Hi\nRuud"
    with pytest.raises(vc.ValueCreationError, match="column of edges.csv 'Titel'"):
        vc.read_edges(*files, day_first=False, keep=["Titel"])


def test_dutch_headers_semicolons_and_a_zip(tmp_path):
    path = tmp_path / "e.csv.gz"
    path.write_bytes(gzip.compress("van;naar;datum\r\nFenna;Zoë;2025-03-04\r\n".encode("cp1252")))
    read = vc.read_edges(path)
    assert len(read.edges) == 1
    assert {"not_utf8", "log_delimiter"} <= set(rules(read))


def test_pseudonyms_in_the_file_stay_and_a_key_is_followed(tmp_path):
    (tmp_path / "e.csv").write_text("source,target\nP07,D-12\n")
    read = vc.read_edges(tmp_path / "e.csv")
    assert read.edges[["source", "target"]].to_numpy().tolist() == [["P07", "D-12"]]
    assert {"log_pseudonyms_kept", "edge_no_times"} <= set(rules(read))
    (tmp_path / "f.csv").write_text("source,target\n37,461\n")
    first = vc.read_edges(tmp_path / "f.csv")
    (tmp_path / "g.csv").write_text("source,target\n500,461\n")
    assert vc.read_edges(tmp_path / "g.csv", key=first.key).edges.loc[0, ["source", "target"]].tolist() == [
        "P03",
        "P02",
    ]


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("a,b\n1,2\n", {}, "no column is the source"),
        ("source,recievr,receivr\n1,2,3\n", {}, "can both be the target"),
        ("source,target\n", {}, "has no rows"),
        ("source,target\n1,2\n", {"columns": {"weight": "x"}}, "role of a column 'weight'"),
        ("source,target\n1,2\n", {"columns": {"target": "x"}}, "column of e.csv 'x'"),
    ],
)
def test_what_is_no_list_of_edges_is_refused_in_words(tmp_path, text, options, words):
    (tmp_path / "e.csv").write_text(text)
    with pytest.raises(vc.ValueCreationError, match=words):
        vc.read_edges(tmp_path / "e.csv", **options)


def test_a_column_of_weights_is_a_warning_because_rows_are_then_no_single_replies(tmp_path):
    (tmp_path / "e.csv").write_text("source,target,weight\na,b,3\n")
    read = vc.read_edges(tmp_path / "e.csv", keep=["weight"])
    assert read.edges["weight"].tolist() == ["3"]
    assert "edge_weight" in rules(read)


def test_attributes_of_nodes_that_mean_something_else_here_get_another_name(tmp_path):
    (tmp_path / "e.csv").write_text("source,target\na,b\n")
    (tmp_path / "n.csv").write_text("id,role_group,node_id,at\na,x,y,z\nb,x,y,z\n")
    read = vc.read_edges(tmp_path / "e.csv", tmp_path / "n.csv", columns={"node": "id"})
    assert read.nodes.columns.tolist() == ["node_id", "role_group", "node_id (file)", "at (file)"]
    assert "node role_group" in read.study.participants
    assert not read.study.check()["severity"].eq("error").any()


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from('\r\n",; '), max_size=5)
END = st.sampled_from(["\n", "\r", "\r\n"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), END, st.sampled_from(",;\t"))
def test_every_row_is_an_edge_whatever_the_signs(tmp_path, rows, end, sign):
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    lines = [sign.join(("source", "target")), *(sign.join(map(quoted, (*row,))) for row in rows)]
    (tmp_path / "e.csv").write_bytes(end.join(lines).encode() + end.encode())
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return
    read = vc.read_edges(tmp_path / "e.csv")
    assert len(read.edges) == len(filled)


def test_the_real_discussion():
    edges, nodes = real("mooc-ed-dlt2/edgelist.csv"), real("mooc-ed-dlt2/nodes.csv")
    with pytest.raises(vc.ValueCreationError, match="0 can only have the day first and 1445 only the month first"):
        vc.read_edges(edges, nodes)
    read = vc.read_edges(edges, nodes, day_first=False)
    assert (len(read.edges), len(read.nodes)) == (2584, 492)
    assert (read.edges["source"] == read.edges["target"]).sum() == 25
    assert read.edges["at"].notna().all()
    assert {"line_ends", "edge_header", "edge_to_itself", "node_without_edges"} <= set(rules(read))
