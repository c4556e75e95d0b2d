"""Bytes to text: the encodings and line ends that people's programs write, each with a note of what was found."""

import codecs
from collections.abc import Iterator

from valuecreation.errors import UnreadableStudy
from valuecreation.findings import Finding
from valuecreation.text import normalise


def decode(content: bytes, name: str, table: str | None) -> tuple[str, list[Finding]]:
    r"""Return the text of a file with ``\n`` line ends, and what was noticed about its encoding.

    UTF-8 is expected; UTF-16 with its mark and Windows-1252, which Dutch Excel writes, are read with a note.

    Raises
    ------
    UnreadableStudy
        When the bytes are no text.
    """
    found = []
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "UTF-16"
    else:
        encoding = "UTF-8"
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            encoding = "Windows-1252"
    try:
        raw = content.decode({"Windows-1252": "cp1252"}.get(encoding, encoding))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableStudy(
            f"{name}, line {line}: the bytes are neither UTF-8 nor Windows-1252 text. Open the file in the program that "
            "made it and save it as CSV UTF-8 or plain text UTF-8."
        ) from error
    if "\0" in raw:
        line = raw[: raw.index("\0")].count("\n") + 1
        raise UnreadableStudy(
            f"{name}, line {line}: the file has zero bytes in it, so it is no plain text. Save it as CSV UTF-8 or plain text UTF-8."
        )
    if encoding != "UTF-8":
        found.append(Finding("not_utf8", table, value=name, details={"encoding": encoding}))
    elif raw.startswith("\ufeff"):
        found.append(Finding("byte_order_mark", table, value=name))
    found += _line_ends(raw, name, table)
    return normalise(raw), found


def _line_ends(raw: str, name: str, table: str | None) -> Iterator[Finding]:
    if raw.replace("\r\n", "").count("\r"):
        yield Finding("line_ends", table, value=name, details={"sign": "CR"})
