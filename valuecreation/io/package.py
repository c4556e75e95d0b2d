"""datapackage.json: a Frictionless Data Package that describes every column of a study, made from the one schema."""

import json
from pathlib import Path

from valuecreation.findings import Finding
from valuecreation.study import Study, schema
from valuecreation.study.cells import NO, PATTERNS, YES

_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "date": "date"}
_OURS = ("$schema", "name", "title", "description", "fictional", "language", "licenses", "sources", "resources")
_TRUE, _FALSE = (True, *YES), (False, *NO)


def describe_package(study: Study) -> str:
    """Return datapackage.json of a study."""
    about = study.about
    package: dict = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": study.name}
    for key in ("title", "description"):
        words = about.get(key)
        if isinstance(words, dict):
            package[key] = words.get("en") or next(iter(words.values()))
            package |= {f"{key}_nl": words["nl"]} if "nl" in words else {}
        elif words:
            package[key] = words
    package |= {key: about[key] for key in ("fictional", "language") if key in about}
    if "licence" in about:
        package["licenses"] = [{"name": about["licence"]}]
    if "sources" in about:
        package["sources"] = [{"title": source} for source in about["sources"]]
    for key, value in about.get("other", {}).items():
        package[key.removesuffix("_in_full")] = value
    package["resources"] = [_resource(study, name) for name in study.tables]
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def read_package(folder: Path) -> tuple[dict, list[Finding]]:
    """Return what datapackage.json says about a study, and a finding when some of it cannot be read."""
    path = folder / "datapackage.json"
    if not path.is_file():
        return {}, []
    try:
        package = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        return {}, [_unreadable(path, {"en": f"line {error.lineno}", "nl": f"regel {error.lineno}"})]
    except (ValueError, RecursionError, OSError):
        return {}, [_unreadable(path, {"en": "it is no JSON", "nl": "het is geen JSON"})]
    if not isinstance(package, dict):
        return {}, [_unreadable(path, {"en": "it is no JSON object", "nl": "het is geen JSON-object"})]
    about, odd = _about(package)
    return about, [_unreadable(path, {"en": f"{key} is not in order", "nl": f"{key} klopt niet"}) for key in odd]


def _unreadable(path: Path, reason: dict[str, str]) -> Finding:
    return Finding("bad_datapackage", value=path.name, details={"reason": reason})


def _about(package: dict) -> tuple[dict, list[str]]:
    """Return what is known of a study from its data package, and which parts of it are not in order."""
    about: dict = {}
    odd = [
        key
        for key in ("name", "title", "description", "language")
        if key in package and not isinstance(package[key], str)
    ]
    about |= {key: package[key] for key in ("name", "language") if isinstance(package.get(key), str) and package[key]}
    used = set(_OURS)
    for key in ("title", "description"):
        plain, dutch = package.get(key), package.get(f"{key}_nl")
        if isinstance(dutch, str):
            used.add(f"{key}_nl")
            about[key] = {"nl": dutch} if not isinstance(plain, str) or plain == dutch else {"en": plain, "nl": dutch}
        elif isinstance(plain, str):
            about[key] = plain
    fictional = package.get("fictional")
    fictional = fictional.casefold() if isinstance(fictional, str) else fictional
    if fictional in _TRUE or fictional in _FALSE:
        about["fictional"] = fictional in _TRUE
    elif fictional is not None:
        odd.append("fictional")
    other = {key: value for key, value in package.items() if key not in used}
    for key, part, ours in (("licenses", "name", "licence"), ("sources", "title", "sources")):
        listed = package.get(key)
        if listed is None:
            continue
        names = (
            [one.get(part) if isinstance(one, dict) else one for one in listed] if isinstance(listed, list) else [None]
        )
        if not all(isinstance(name, str) for name in names):
            odd.append(key)
        elif names:
            about[ours] = names[0] if ours == "licence" else names
        simple = isinstance(listed, list) and all(isinstance(one, dict) and set(one) == {part} for one in listed)
        if not simple or (ours == "licence" and len(listed) > 1):
            other[f"{key}_in_full"] = listed
    return about | ({"other": other} if other else {}), odd


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
