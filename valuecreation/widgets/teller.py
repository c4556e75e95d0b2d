"""The story form in a notebook: five questions, of which none must be answered, and a story on disk when it is kept."""

from collections.abc import Mapping
from pathlib import Path

import ipywidgets

from valuecreation.errors import MissingTable, ValueCreationError
from valuecreation.io.journals import coded, open_journal
from valuecreation.study import Study
from valuecreation.study.acts import Act
from valuecreation.study.desk import now
from valuecreation.study.telling import CYCLES, ToldStep, ToldStory, rows_of
from valuecreation.widgets.keys import keep_keys
from valuecreation.words import check_language, label, phrase, vocabulary

_ABOUT = ("title", "told_on", "counterfactual")


class Teller(ipywidgets.VBox):
    """A form for one story; `tell` makes one.

    Attributes
    ----------
    study : Study
        The study with the stories that were kept.
    path : Path
        Where they are on disk.
    """

    def __init__(self, study: Study, collected_by: str, language: str = "nl", folder: str | Path | None = None):
        if not isinstance(study, Study):
            raise MissingTable(f"tell takes a study; this is {type(study).__name__}. Read one with vc.read_study.")
        self._base, self._folder, self._by, self._language = study, folder, collected_by, check_language(language)
        self._journal = open_journal(study, collected_by, folder)
        say = lambda name: phrase(f"tell_{name}", language)  # noqa: E731
        wide = ipywidgets.Layout(width="46em")
        style = {"description_width": "11em"}
        people = study.frame("participants")["participant_id"].dropna().tolist()
        groups = study.frame("memberships")["subgroup"].dropna().unique().tolist()
        self.teller = ipywidgets.Combobox(
            options=[*people, *groups], description=say("teller_short"), layout=wide, style=style
        )
        self.about: Mapping[str, ipywidgets.Widget] = {
            "title": ipywidgets.Text(description=say("title"), layout=wide, style=style),
            "told_on": ipywidgets.Text(description=say("told_on_short"), value=now()[:10], layout=wide, style=style),
            "counterfactual": ipywidgets.Textarea(description=say("otherwise"), layout=wide, style=style),
        }
        self.steps = {cycle: self._step(cycle) for cycle in CYCLES}
        self.keep = ipywidgets.Button(description=say("keep"), button_style="primary")
        self.keep.on_click(lambda _: self.kept())
        self.told = ipywidgets.HTML()
        heading = ipywidgets.HTML(f"<p>{say('how')}</p>")
        blocks = [one for part in self.steps.values() for one in part["shown"]]
        parts = [
            heading,
            self.teller,
            self.about["title"],
            self.about["told_on"],
            *blocks,
            self.about["counterfactual"],
        ]
        super().__init__([*parts, self.keep, self.told])
        keep_keys(self)

    def __repr__(self) -> str:
        return f"<Teller on {self._base.name}: {len(CYCLES)} questions, noted by {self._by}>"

    @property
    def study(self) -> Study:
        """The study with the stories that were kept up to now."""
        return coded(self._base, folder=self._folder)

    @property
    def path(self) -> Path:
        """Where the kept stories are."""
        return self._journal.path

    def story(self) -> ToldStory:
        """Return the story as the form has it now."""
        steps = tuple(
            ToldStep(
                cycle, part["text"].value.strip(), part["status"].value or None, part["polarity"].value or None,
                part["date"].value.strip() or None, part["led_on"].value,
            )
            for cycle, part in self.steps.items()
            if part["text"].value.strip()
        )  # fmt: skip
        about = {name: self.about[name].value.strip() or None for name in _ABOUT}
        return ToldStory(self.teller.value.strip(), steps, collected_by=self._by, **about)

    def kept(self) -> bool:
        """Keep the story: on disk at once, in the journal of who noted it down, and empty the form for the next."""
        self._journal.fresh()
        number = self._journal.acts[-1].number + 1 if self._journal.acts else 1
        try:
            changes = rows_of(self.study, self.story(), self._language)
            self._journal.add(Act(number, now(), self._by, "tell", changes=tuple(changes)))
        except ValueCreationError as error:
            lines = "<br>".join(str(error).splitlines())
            self.told.value = f'<p role="alert"><strong>{lines}</strong></p>'
            return False
        name = changes[0].now["story_id"]
        self.told.value = (
            f'<p role="status">{phrase("tell_kept", self._language, story=name, n=len(self.story().steps))}</p>'
        )
        for one in (self.teller, *(self.about[name] for name in ("title", "counterfactual"))):
            one.value = ""
        for part in self.steps.values():
            part["text"].value = part["date"].value = ""
            part["status"].value = part["polarity"].value = ""
            part["led_on"].value = False
        return True

    def _step(self, cycle: str) -> dict:
        say = lambda name: phrase(f"tell_{name}", self._language)  # noqa: E731
        wide, narrow = ipywidgets.Layout(width="46em"), ipywidgets.Layout(width="23em")
        style = {"description_width": "11em"}
        named = say(cycle)
        heading = ipywidgets.HTML(f"<h4 style='margin:.6em 0 .1em'>{named}</h4>")
        choices = {
            name: ipywidgets.Dropdown(
                options=[("", ""), *((label(name, key, self._language), key) for key in vocabulary(name))],
                description=say(f"head_{name}"), layout=narrow, style=style,
            )
            for name in ("status", "polarity")
        }  # fmt: skip
        text = ipywidgets.Textarea(description=say("head_words"), layout=wide, style=style, rows=2, tooltip=named)
        date = ipywidgets.Text(description=say("head_date"), layout=narrow, style=style, placeholder="2025, 2025-03")
        led_on = ipywidgets.Checkbox(description=say("led_on"), indent=True, layout=wide)
        row = ipywidgets.HBox(
            [choices["status"], choices["polarity"], date], layout=ipywidgets.Layout(flex_flow="row wrap")
        )
        shown = [heading, text, row, *([led_on] if cycle != CYCLES[-1] else [])]
        return {"text": text, "date": date, "led_on": led_on, **choices, "shown": shown}


def tell(study: Study, collected_by: str, language: str = "nl", folder: str | Path | None = None) -> Teller:
    """Return the form on which somebody tells a story, to be shown as the last line of a notebook cell.

    Five questions, one for each cycle; none must be answered, and a story may start anywhere. That one thing led to the next is
    noted only where the teller says so. A kept story is on disk at once; `vc.coded` gives the study with it. On paper or by mail
    the same form is `vc.story_form`.

    Parameters
    ----------
    study : Study
    collected_by : str
        Who notes it down.
    language : {"nl", "en"}
    folder : str or Path, optional
        Where it is kept; see `vc.code`.

    Returns
    -------
    Teller

    Examples
    --------
    >>> import valuecreation as vc
    >>> vc.tell(vc.load_example("lindehout"), collected_by="researcher", folder="stories-of-today")
    <Teller on lindehout: 5 questions, noted by researcher>
    """
    return Teller(study, collected_by, language, folder)
