"""datapackage.json: a Frictionless Data Package that describes every column of a study, made from the one schema."""

import json
from pathlib import Path

from valuecreation.findings import Finding
from valuecreation.study import Study, schema
from valuecreation.study.cells import NO, PATTERNS, YES

_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "date": "date"}
_ABOUT = ("title", "description", "fictional", "language", "sources", "licence")


def describe_package(study: Study) -> str:
    """Return datapackage.json of a study."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": study.name,
        **{key: study.about[key] for key in _ABOUT if key in study.about and key not in ("licence", "title", "description")},
        "resources": [_resource(study, name) for name in study.tables],
    }
    for key in ("title", "description"):
        words = study.about.get(key)
        if isinstance(words, dict):
            package[key] = words.get("en") or next(iter(words.values()), "")
            package[f"{key}_nl"] = words.get("nl", "")
        elif words:
            package[key] = words
    if study.about.get("licence"):
        package["licenses"] = [{"name": study.about["licence"]}]
    if "sources" in package:
        package["sources"] = [{"title": source} for source in package["sources"]]
    order = ["$schema", "name", "title", "title_nl", "description", "description_nl", "fictional", "language", "licenses", "sources"]
    ordered = {key: package[key] for key in [*order, *package] if key in package}
    return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"


def read_package(folder: Path) -> tuple[dict, list[Finding]]:
    """Return what datapackage.json says about a study, and a finding when it cannot be read."""
    path = folder / "datapackage.json"
    if not path.is_file():
        return {}, []
    try:
        package = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(package, dict):
            raise ValueError("it is no JSON object")
    except (ValueError, RecursionError, OSError) as error:
        return {}, [Finding("bad_datapackage", value=path.name, details={"reason": str(error).splitlines()[0]})]
    about = {key: package[key] for key in ("name", "fictional", "language") if key in package}
    for key in ("title", "description"):
        if key in package:
            about[key] = {"en": package[key], "nl": package[f"{key}_nl"]} if package.get(f"{key}_nl") else package[key]
    if isinstance(package.get("licenses"), list) and package["licenses"]:
        first = package["licenses"][0]
        about["licence"] = str(first.get("name", "")) if isinstance(first, dict) else str(first)
    if isinstance(package.get("sources"), list):
        about["sources"] = [str(one.get("title", "")) if isinstance(one, dict) else str(one) for one in package["sources"]]
    return about, []


def _resource(study: Study, name: str) -> dict:
    table = schema.table(name)
    frame = study.tables[name]
    fields = [_field(table, column) for column in frame.columns]
    described: dict = {"fields": fields, "missingValues": [""]}
    if len(table.key) == 1 and table.key[0] in frame and table.columns[table.key[0]].required:
        described["primaryKey"] = [table.key[0]]
    foreign = [
        {"fields": [column], "reference": {"resource": target, "fields": [schema.table(target).key[0]]}}
        for column in frame.columns
        if column in table.columns
        and (target := table.columns[column].references) in study
        and not table.columns[column].also
        and schema.table(target).key[0] in study.tables[target]
    ]
    if foreign:
        described["foreignKeys"] = foreign
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "title": f"A row is {table.row['en']}",
        "title_nl": f"Een rij is {table.row['nl']}",
        "schema": described,
    }


def _field(table: schema.Table, name: str) -> dict:
    column = table.columns.get(name)
    if column is None:
        return {"name": name, "type": "string", "description": "a column of this study's own"}
    field: dict = {"name": name, "type": _TYPES.get(column.type, "string")}
    field["description"] = column.description["en"]
    field["description_nl"] = column.description["nl"]
    if column.type == "boolean":
        field["trueValues"], field["falseValues"] = [YES[0]], [NO[0]]
    constraints: dict = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    if column.type in ("partial", "moment"):
        constraints["pattern"] = PATTERNS[column.type]
    if constraints:
        field["constraints"] = constraints
    return field
