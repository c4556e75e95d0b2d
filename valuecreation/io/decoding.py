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
        raw = _decoded(content, "utf-16", name)
        found.append(Finding("not_utf8", table, value=name, details={"encoding": "UTF-16"}))
    else:
        try:
            raw = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raw, found = _not_utf8(content, error.start, name, table)
    if "\0" in raw:
        line = raw[: raw.index("\0")].count("\n") + 1
        raise UnreadableStudy(
            f"{name}, line {line}: the file has zero bytes in it; it is no plain text, or UTF-16 without its mark. Open it in "
            "the program that made it and save it as CSV UTF-8 or plain text UTF-8."
        )
    if raw.startswith("\ufeff") and not found:
        found.append(Finding("byte_order_mark", table, value=name))
    found += _line_ends(raw, name, table)
    return normalise(raw), found


def _not_utf8(content: bytes, start: int, name: str, table: str | None) -> tuple[str, list[Finding]]:
    """Read bytes that are not UTF-8: as Windows-1252, or byte by byte where the rest is UTF-8 after all."""
    partly = content.decode("utf-8", errors="surrogateescape")
    odd = [sign for sign in partly if "\udc80" <= sign <= "\udcff"]
    if any(sign > "\x7f" for sign in partly if not "\udc80" <= sign <= "\udcff"):
        raw = "".join(_single(sign, name, content) if "\udc80" <= sign <= "\udcff" else sign for sign in partly)
        line = content[:start].count(b"\n") + 1
        byte = f"0x{ord(odd[0]) - 0xDC00:02X}"
        return raw, [Finding("mixed_encoding", table, value=name, details={"line": line, "byte": byte})]
    return _decoded(content, "cp1252", name), [
        Finding("not_utf8", table, value=name, details={"encoding": "Windows-1252"})
    ]


def _single(sign: str, name: str, content: bytes) -> str:
    return _decoded(bytes([ord(sign) - 0xDC00]), "cp1252", name, content)


def _decoded(content: bytes, encoding: str, name: str, whole: bytes | None = None) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = (content[: error.start] if whole is None else whole[: whole.find(content)]).count(b"\n") + 1
        what = "UTF-16 that was cut off" if encoding == "utf-16" else "neither UTF-8 nor Windows-1252 text"
        raise UnreadableStudy(
            f"{name}, line {line}: the bytes are {what}. Open the file in the program that made it and save it as CSV UTF-8 "
            "or plain text UTF-8."
        ) from error


def _line_ends(raw: str, name: str, table: str | None) -> Iterator[Finding]:
    if raw.replace("\r\n", "").count("\r"):
        yield Finding("line_ends", table, value=name, details={"sign": "CR"})
