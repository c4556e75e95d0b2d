"""Reading a codebook file: YAML in, plain data out, with the line on which each part stands."""

import yaml

from valuecreation.errors import InvalidCodebook

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
_MOST_PARTS = 100_000


def read_yaml(text: str, name: str) -> tuple[object, dict[tuple, int], list[str]]:
    """Return the data of a YAML text, the line of each path in it, and what is wrong with the YAML itself.

    Every scalar is read as text (``version: 1.0`` stays ``"1.0"``, ``no`` stays ``"no"``); an empty one is None.

    Raises
    ------
    InvalidCodebook
        When the text is no YAML; the message names the line.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "the file"
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable as YAML"
        raise InvalidCodebook(
            f"{name}: {where}: {reason}. Look at the indentation, the colons and the quotation marks just before it."
        ) from error
    lines: dict[tuple, int] = {}
    faults: list[str] = []
    return (None if root is None else _plain(root, (), lines, faults)), lines, faults


def _plain(node: yaml.Node, path: tuple, lines: dict, faults: list[str]) -> object:
    line = lines[path] = node.start_mark.line + 1
    if len(lines) > _MOST_PARTS:
        raise InvalidCodebook(f"line {line}: the file refers to itself (& and *), or is far too large for a codebook.")
    if len(path) > _DEEPEST:
        if not any(fault.endswith("nested too deep.") for fault in faults):
            faults.append(f"line {line}: nested too deep.")
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, place), lines, faults) for place, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                faults.append(f"line {key.start_mark.line + 1}: a name must be a single word.")
                continue
            if key.value in result:
                faults.append(f"line {key.start_mark.line + 1}: {key.value} stands here a second time.")
                continue
            result[key.value] = _plain(value, (*path, key.value), lines, faults)
            lines[(*path, key.value)] = key.start_mark.line + 1
        return result
    return None if node.tag.endswith(":null") else node.value
