"""A figure that says in words what it shows, so that a screen reader, a printed page and a test can read it too."""

import base64
import io
from dataclasses import dataclass
from html import escape
from pathlib import Path

from matplotlib.figure import Figure

from valuecreation.errors import UnwritableStudy
from valuecreation.words import phrase

_DOTS_PER_INCH = 110


@dataclass(frozen=True, repr=False)
class Described:
    """A figure with its description.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    text : str
        What the figure shows, in words: its alternative text.
    language : {"en", "nl"}
    """

    figure: Figure
    text: str
    language: str = "en"

    def save(self, path: str | Path) -> Path:
        """Save the figure (.png, .svg or .pdf by the ending), with its description in a text file beside it."""
        path = Path(path)
        if path.suffix.lower() not in (".png", ".svg", ".pdf") or not path.parent.is_dir():
            raise UnwritableStudy(
                f"{path.as_posix()}: a figure is saved as .png, .svg or .pdf, in a folder that exists."
            )
        self.figure.savefig(path, dpi=2 * _DOTS_PER_INCH, metadata=_no_stamp(path.suffix))
        path.with_suffix(".txt").write_text(self.text + "\n", encoding="utf-8", newline="\n")
        return path

    def png(self) -> bytes:
        """Return the figure as PNG, the same bytes for the same figure."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=_DOTS_PER_INCH, metadata={"Software": None})
        return buffer.getvalue()

    def __repr__(self) -> str:
        return f"<Described figure: {self.text}>"

    def _repr_html_(self) -> str:
        image = base64.b64encode(self.png()).decode("ascii")
        return (
            f'<figure style="margin:0"><img alt="{escape(self.text)}" style="max-width:100%" '
            f'src="data:image/png;base64,{image}">'
            f"<figcaption><details><summary>{escape(phrase('described', self.language))}</summary>"
            f"{escape(self.text)}</details></figcaption></figure>"
        )


def _no_stamp(suffix: str) -> dict | None:
    return {".png": {"Software": None}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(suffix.lower())
