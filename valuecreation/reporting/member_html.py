"""A member check as a page: to fill in by keyboard or mouse, to print, and to save as a small file; it sends nothing."""

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

from valuecreation.errors import UnreadableStudy
from valuecreation.reporting.member_docx import ANSWERS, heard, reference
from valuecreation.reporting.member_sheet import Sheet, Understood
from valuecreation.words import label, phrase, vocabulary

FORM = "valuecreation member check"
_STYLE = """body{font:1.05rem/1.6 system-ui,sans-serif;max-width:46rem;
margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
blockquote{margin:.5rem 0 1rem;padding:.2rem 1rem;border-left:4px solid #1b4965;white-space:pre-wrap}
fieldset{border:1px solid #767676;border-radius:6px;margin:0 0 1rem;padding:.5rem 1rem}legend{font-weight:600}
label{display:inline-block;margin:.15rem 1rem .15rem 0}textarea,select,button{font:inherit;padding:.25rem .5rem;max-width:100%}
label:has(textarea){display:block}textarea{display:block;width:100%;box-sizing:border-box;min-height:3rem}
:focus-visible{outline:3px solid #0b57d0;outline-offset:2px}
@media print{button{display:none}fieldset{break-inside:avoid}}"""
_SCRIPT = """document.getElementById("save").addEventListener("click", () => {
  const rows = [...document.querySelectorAll("fieldset[data-reference]")].map((field) => ({
    reference: field.dataset.reference,
    ticks: [...field.querySelectorAll("input:checked")].map((one) => one.value),
    code: field.querySelector("[data-part=code]").value, status: field.querySelector("[data-part=status]").value,
    words: field.querySelector("textarea").value.trim() }));
  const about = document.body.dataset, day = new Date(), two = (number) => String(number).padStart(2, "0");
  const sheet = { form: about.form, study: about.study, participant: about.participant,
    on: `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`, rows };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(sheet, null, 1)], { type: "application/json" }));
  link.download = `member-check-${about.participant}.json`;
  link.click();
  document.getElementById("told").textContent = about.saved;
});"""


def write_html(sheet: Sheet, path: Path) -> None:
    """Write a sheet as one page that needs nothing beside itself."""
    path.write_text(_page(sheet), encoding="utf-8", newline="\n")


def read_json(path: Path) -> tuple[str, str, list[dict], str]:
    """Return the study, the participant, the answered rows and the day of the file that the page saved."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        if read["form"] != FORM:
            raise KeyError("form")
        rows = [
            {
                "reference": str(one["reference"]),
                "ticks": list(one["ticks"]),
                "words": str(one["words"]),
                "code": one.get("code") or "",
                "status": one.get("status") or "",
            }
            for one in read["rows"]
        ]
        return str(read["study"]), str(read["participant"]), rows, str(read["on"])
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise UnreadableStudy(
            f"{path.name} is not the file that the page of a member check saves. Ask for that file again."
        ) from error


def _page(sheet: Sheet) -> str:
    say = lambda name, **values: escape(phrase(f"member_{name}", sheet.language, **values))  # noqa: E731
    parts = [
        f'<!doctype html><html lang="{sheet.language}"><head><meta charset="utf-8"><title>{escape(sheet.title)}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style></head>",
        f'<body data-form="{FORM}" data-study="{escape(sheet.study)}" data-participant="{escape(sheet.participant_id)}" ',
        f'data-saved="{say("saved")}"><main><h1>{escape(sheet.title)}</h1><p>{say("for", who=sheet.participant_id)}</p>',
        f"<p><strong>{say('fictional')}</strong></p>" if sheet.fictional else "",
        f"<p>{say('intro')}</p>",
    ]
    for number, line in enumerate(sheet.lines, start=1):
        parts.append(f"<h2>{number}. {escape(line.when)}</h2><blockquote>{escape(line.quote)}</blockquote>")
        for place, one in enumerate(line.understood):
            parts.append(_field(sheet, f"{number}-{place}", line.segment_id, one, say))
    parts.append(f'<p><button type="button" id="save">{say("save")}</button></p><p id="told" role="status"></p></main>')
    parts.append(f"<script>{_SCRIPT}</script></body></html>\n")
    return "".join(parts)


def _field(sheet: Sheet, number: str, segment_id: str, one: Understood, say: Callable[..., str]) -> str:
    answers = {name: label("member_answer", name, sheet.language) for name in ANSWERS}
    ticks = "".join(
        f'<label><input type="radio" name="a{number}" value="{name}"> {escape(words)}</label>'
        for name, words in answers.items()
    )
    codes = {code: named for book, code, named in sheet.choices if book == one.codebook}
    statuses = {name: label("status", name, sheet.language) for name in vocabulary("status")}
    return (
        f'<fieldset data-reference="{escape(reference(segment_id, one))}"><legend>{escape(heard(one))}</legend>{ticks}'
        f"<p>{_choice('code', say('rather'), codes)} {_choice('status', say('status'), statuses)}</p>"
        f"<label>{say('remark')}<textarea></textarea></label></fieldset>"
    )


def _choice(part: str, words: str, choices: dict[str, str]) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(named)}</option>' for value, named in choices.items())
    return f'<label>{words}: <select data-part="{part}"><option value=""></option>{options}</select></label>'
