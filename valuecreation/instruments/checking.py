"""Checking the file of a questionnaire: every fault with its line, so that a person can repair them all in one go."""

import re
from collections.abc import Iterator

from valuecreation.errors import listed
from valuecreation.instruments.model import KINDS
from valuecreation.words import LANGUAGES

PARTS = {"name", "version", "title", "description", "cautions", "sources", "scales", "items", "licence"}
ITEM_PARTS = {
    "number", "name", "kind", "question", "prompt", "codes", "text_with", "scale", "rows", "identifies", "options",
}  # fmt: skip
_NAME = re.compile(r"[\w.-]+")


def faults(data: object, lines: dict[tuple, int]) -> Iterator[str]:
    """Yield what is wrong with the data of the file of a questionnaire, a line each."""

    def at(*path: object) -> str:
        return f"line {next((lines[path[:cut]] for cut in range(len(path), -1, -1) if path[:cut] in lines), 1)}: "

    if not isinstance(data, dict):
        yield at() + "a questionnaire begins with name:, title: and items:."
        return
    for key in data.keys() - PARTS:
        yield at(key) + f"{key} is not part of a questionnaire; parts are {listed(sorted(PARTS))}."
    if not _NAME.fullmatch(str(data.get("name") or "")):
        yield at("name") + "name is missing, or has other signs than letters, digits, dots and hyphens."
    for key in ("title", "description"):
        if data.get(key) is not None and not _is_text(data[key]):
            yield at(key) + f"{key} must be one text, or one in each of {listed(LANGUAGES)}."
    for key in ("cautions", "sources"):
        part = data.get(key)
        lists = part.values() if isinstance(part, dict) and key == "cautions" else [part or []]
        if not all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in lists):
            yield at(key) + f"{key} must be a list of texts, each after a hyphen."
    scales = data.get("scales") or {}
    if not isinstance(scales, dict):
        yield at("scales") + "scales must have names below it, each with its points."
        scales = {}
    for name, scale in scales.items():
        if not isinstance(scale, dict) or not isinstance(scale.get("points"), list):
            yield at("scales", name) + f"scale {name!r} needs points: with a list below it."
            continue
        if scale.get("printed") not in (None, "high_to_low", "low_to_high"):
            yield at("scales", name, "printed") + f"scale {name!r}: printed can be high_to_low, low_to_high."
        for fault in _point_faults(scale["points"]):
            yield at("scales", name, "points") + f"scale {name!r}{fault}"
    if not isinstance(data.get("items"), list) or not data["items"]:
        yield at("items") + "there are no items; write items: with a list of - number: entries below it."
        return
    seen: dict[str, int] = {}
    for place, item in enumerate(data["items"]):
        if not isinstance(item, dict) or not _whole(item.get("number")):
            yield at("items", place) + "an item must begin with number: and a whole number."
            continue
        for key in ("number", "name"):
            word = f"{key} {item.get(key)}"
            if word in seen:
                yield at("items", place) + f"{word} is that of the item in line {seen[word]} too; give each its own."
            seen[word] = lines.get(("items", place), 1)
        for where, fault in _item_faults(item, scales):
            yield at("items", place, *where) + f"item {item['number']}{fault}"


def _item_faults(item: dict, scales: dict) -> Iterator[tuple[tuple, str]]:
    kind = item.get("kind")
    for key in item.keys() - ITEM_PARTS:
        yield (key,), f": {key} is not part of an item; parts are {listed(sorted(ITEM_PARTS))}."
    if not _NAME.fullmatch(str(item.get("name") or "")):
        yield ("name",), ": name is missing, or has other signs than letters, digits, dots and hyphens."
    if kind not in KINDS:
        yield ("kind",), f": kind {kind!r} is not one of {listed(KINDS)}."
    if not _is_text(item.get("question")):
        yield ("question",), f": question must be one text, or one in each of {listed(LANGUAGES)}."
    if item.get("prompt") is not None and not _is_text(item["prompt"]):
        yield ("prompt",), f": prompt must be one text, or one in each of {listed(LANGUAGES)}."
    if item.get("identifies") not in (None, "person"):
        yield ("identifies",), f": identifies {item['identifies']!r} can only be person."
    keys: list[str] = []
    if kind == "yes_no":
        codes = item.get("codes")
        whole = isinstance(codes, dict) and set(codes) == {"yes", "no"} and all(map(_whole, codes.values()))
        if not whole or codes["yes"] == codes["no"]:
            yield ("codes",), ": a yes/no item needs codes: {yes: …, no: …} with two different whole numbers."
        keys = ["yes", "no"]
    elif kind in ("choice", "several"):
        options = item.get("options")
        if isinstance(options, list):
            yield from ((("options",), fault) for fault in _point_faults(options, keyed=True))
            keys = [str(one.get("key")) for one in options if isinstance(one, dict)]
        else:
            yield ("options",), ": it needs options: with a list of - {code: 1, key: …, label: …} below it."
    elif kind in ("scale", "matrix") and item.get("scale") not in scales:
        yield ("scale",), f": scale {item.get('scale')!r} is not one of those under scales: {listed(scales)}."
    if kind == "matrix" and not (_whole(item.get("rows")) and int(item["rows"]) > 0):
        yield ("rows",), ": a matrix needs rows: with the number of categories for which the form has room."
    if item.get("text_with") is not None and item["text_with"] not in keys:
        yield ("text_with",), f": text_with {item['text_with']!r} is none of its answers ({listed(keys)})."


def _point_faults(points: list, keyed: bool = False) -> Iterator[str]:
    seen: set[str] = set()
    if not points:
        yield ": there is nothing to choose."
    for point in points:
        shaped = isinstance(point, dict) and _whole(point.get("code")) and _is_text(point.get("label"))
        if not shaped or (keyed and not point.get("key")):
            yield f": a choice needs code: (a whole number), {'key:, ' if keyed else ''}and label:; this is {point!r}."
            continue
        for key in point.keys() - {"code", "key", "label", "also"}:
            yield f": {key} is not part of a choice; parts are also, code, key, label."
        also = point.get("also") or []
        if not isinstance(also, list) or not all(isinstance(one, str) for one in also):
            yield f": also must be a list of words; this is {also!r}."
        for word in (f"code {point['code']}", *([f"key {point['key']}"] if keyed else [])):
            if word in seen:
                yield f": {word} stands there twice; two answers could not be told apart."
            seen.add(word)


def _whole(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit()


def _is_text(part: object) -> bool:
    if isinstance(part, dict):
        return bool(part) and set(part) <= set(LANGUAGES) and all(isinstance(one, str) for one in part.values())
    return isinstance(part, str)
