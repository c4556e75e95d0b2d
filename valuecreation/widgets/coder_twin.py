"""The still twin of the coding widget: a document with its codes in the margin, as a page that needs no kernel."""

from dataclasses import dataclass, field
from html import escape

from valuecreation.words import in_language, label, load_data


@dataclass(frozen=True, repr=False)
class Twin:
    """A coded document as a page.

    Parameters
    ----------
    page : dict
        What `document_shown` returns.
    coder, language : str
    """

    page: dict = field(repr=False)
    coder: str
    language: str = "en"

    def __repr__(self) -> str:
        coded = sum(bool(one["codings"]) for one in self.page["segments"])
        return f"<Twin of {self.page['document']}: {coded} of {len(self.page['segments'])} segments have a code of {self.coder}>"

    def _word(self, name: str, **values: object) -> str:
        return in_language(load_data("widgets/coder.yaml")[name], self.language).format(**values)

    def _repr_html_(self) -> str:
        text, at, rows = self.page["text"], 0, []
        for one in sorted(self.page["segments"], key=lambda one: (one["start"], one["end"])):
            if one["start"] > at:
                rows.append((escape(text[at : one["start"]].strip()), "", "opacity:.75"))
            quote = escape(text[one["start"] : one["end"]])
            words = f"<mark>{quote}</mark>" if one["selection"] else quote
            rows.append((words, self._codes(one), ""))
            at = max(at, one["end"])
        rows.append((escape(text[at:].strip()), "", "opacity:.75"))
        cell = "text-align:left;vertical-align:top;padding:.3em .8em;white-space:pre-wrap"
        body = "".join(
            f'<tr><td style="{cell};max-width:40em;{faint}">{words}</td><td style="{cell}">{codes}</td></tr>'
            for words, codes, faint in rows
            if words
        )
        heads = "".join(
            f'<th scope="col" style="{cell}">{escape(one)}</th>'
            for one in (self.page["document"], self._word("other", coder=self.coder))
        )
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"

    def _codes(self, segment: dict) -> str:
        said = [self._said(one) for one in segment["codings"]]
        for who, codings in (segment.get("others") or {}).items():
            found = "; ".join(self._said(one) for one in codings) or self._word("other_none")
            said.append(f"<em>{escape(self._word('other', coder=who))}:</em> {found}")
        settled = [f"{self._said(one)}" for one in segment.get("agreed") or ()]
        settled += [escape(one) for one in segment.get("nothing") or ()]
        if settled:
            said.append(f"<em>{escape(self._word('agreed'))}:</em> {'; '.join(settled)}")
        if segment.get("memo"):
            said.append(f"<em>{escape(segment['memo'])}</em>")
        return "<br>".join(said)

    def _said(self, coding: dict) -> str:
        judged = [label(name, coding[name], self.language) for name in ("status", "polarity") if coding.get(name)]
        words = ", ".join(judged) if judged else self._word("unjudged")
        memo = f" – {escape(coding['memo'])}" if coding.get("memo") else ""
        return f"<strong>{escape(coding['label'])}</strong> ({escape(words)}){memo}"
