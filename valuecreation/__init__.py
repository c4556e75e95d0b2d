"""From diaries and interviews of a learning network to evidence that a stranger can check.

Five nouns, and how they fit together. A **study** is a set of tidy tables: documents, segments, codings and whatever else
was collected; none is mandatory. A **codebook** is a code system as data, with its definitions and boundary tests in Dutch
and English. **Findings** are all there is to repair, to look at and to know about a study. An analysis takes a study and
answers with a **result**: a table, its unit, its cautions, its figure, and the **evidence**, the sentences behind every
number.

    >>> import valuecreation as vc
    >>> study = vc.load_example("lindehout")
    >>> result = vc.profile(study)
    >>> result.evidence(code="reframing", status="experienced").columns[:3].tolist()
    ['document_id', 'segment_id', 'participant_id']

Nothing heavy is loaded before it is used: pandas comes with the first study, the drawing with the first figure.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOME = {
    "Codebook": "codebook",
    "ColumnMapping": "io.diaries.mapping",
    "Edges": "io.logs.edges",
    "Events": "events.model",
    "Log": "io.logs.log",
    "Result": "result",
    "Study": "study",
    "Transcript": "io.transcripts.transcript",
    "ValueCreationError": "errors",
    "add_transcript": "io.transcripts.adding",
    "agreement": "analyses.agreement",
    "appraise": "analyses.appraisal",
    "cadence": "analyses.cadence",
    "calibrate": "analyses.calibration",
    "calibrate_class": "analyses.calibration_class",
    "code": "widgets.coder",
    "coded": "io.journals",
    "composite": "study.composing",
    "cooccurrence": "analyses.cooccurrence",
    "count_mentions": "instruments.responses",
    "exercise": "io.exercises",
    "explore": "widgets.explorer",
    "field_kit": "reporting.field_kit",
    "flows": "analyses.flows",
    "goal_coverage": "analyses.goal_coverage",
    "group_log": "analyses.group_log",
    "group_log_form": "io.group_logs",
    "hints": "analyses.hints",
    "instrument": "instruments.loading",
    "inventory": "analyses.inventory",
    "keeping": "analyses.keeping",
    "lens": "analyses.lens",
    "list_codebooks": "codebook",
    "list_examples": "io.examples",
    "list_guides": "guide.loading",
    "list_instruments": "instruments.loading",
    "load_codebook": "codebook",
    "load_cues": "cues",
    "load_example": "io.examples",
    "load_guide": "guide.loading",
    "map_events": "events.mapping",
    "matrix": "analyses.matrix",
    "member_check": "reporting.member_check",
    "member_checks": "reporting.member_check",
    "migrate": "study.migration",
    "my_page": "analyses.my_page",
    "narrative": "analyses.narrative",
    "new_study": "io.blank",
    "open_events": "events.opening",
    "over_time": "analyses.over_time",
    "participation": "analyses.participation",
    "plan": "analyses.plan",
    "profile": "analyses.cycles",
    "propose_columns": "io.diaries.mapping",
    "questionnaire_form": "io.questionnaires.forms",
    "reach": "analyses.reach",
    "read_consent_forms": "reporting.consent_forms",
    "read_diaries": "io.diaries.reading",
    "read_edges": "io.logs.edges",
    "read_exercise": "io.exercise_sheets",
    "read_group_log": "io.group_logs",
    "read_member_check": "reporting.member_check",
    "read_moodle": "io.logs.moodle",
    "read_qualtrics": "io.questionnaires.wide",
    "read_questionnaire_forms": "io.questionnaires.forms",
    "read_spss": "io.questionnaires.spss",
    "read_story_form": "io.story_forms",
    "read_study": "io.studies",
    "read_transcript": "io.transcripts.reading",
    "read_xapi": "io.logs.xapi",
    "read_xes": "io.logs.xes_reading",
    "reconcile": "analyses.facts",
    "remove_withdrawn": "study",
    "resegment": "study.resegmenting",
    "segment": "study.segmenting",
    "show": "result",
    "since": "analyses.since",
    "stories": "analyses.stories",
    "story": "analyses.stories",
    "story_form": "io.story_forms",
    "succession": "analyses.succession",
    "tell": "widgets.teller",
    "teller_against_analyst": "analyses.member_checks",
    "tie_graph": "analyses.tie_graph",
    "ties": "analyses.ties",
    "touched": "study.resegmenting",
    "triangulate": "analyses.triangulation",
    "write_graph": "analyses.tie_graph",
    "write_ocel": "io.logs.ocel",
    "write_study": "io.studies",
    "write_xes": "io.logs.xes_writing",
}

__all__ = sorted(_HOME)

if TYPE_CHECKING:
    from valuecreation.analyses.agreement import agreement as agreement
    from valuecreation.analyses.appraisal import appraise as appraise
    from valuecreation.analyses.cadence import cadence as cadence
    from valuecreation.analyses.calibration import calibrate as calibrate
    from valuecreation.analyses.calibration_class import calibrate_class as calibrate_class
    from valuecreation.analyses.cooccurrence import cooccurrence as cooccurrence
    from valuecreation.analyses.cycles import profile as profile
    from valuecreation.analyses.facts import reconcile as reconcile
    from valuecreation.analyses.flows import flows as flows
    from valuecreation.analyses.goal_coverage import goal_coverage as goal_coverage
    from valuecreation.analyses.group_log import group_log as group_log
    from valuecreation.analyses.hints import hints as hints
    from valuecreation.analyses.inventory import inventory as inventory
    from valuecreation.analyses.keeping import keeping as keeping
    from valuecreation.analyses.lens import lens as lens
    from valuecreation.analyses.matrix import matrix as matrix
    from valuecreation.analyses.member_checks import teller_against_analyst as teller_against_analyst
    from valuecreation.analyses.my_page import my_page as my_page
    from valuecreation.analyses.narrative import narrative as narrative
    from valuecreation.analyses.over_time import over_time as over_time
    from valuecreation.analyses.participation import participation as participation
    from valuecreation.analyses.plan import plan as plan
    from valuecreation.analyses.reach import reach as reach
    from valuecreation.analyses.since import since as since
    from valuecreation.analyses.stories import stories as stories
    from valuecreation.analyses.stories import story as story
    from valuecreation.analyses.succession import succession as succession
    from valuecreation.analyses.tie_graph import tie_graph as tie_graph
    from valuecreation.analyses.tie_graph import write_graph as write_graph
    from valuecreation.analyses.ties import ties as ties
    from valuecreation.analyses.triangulation import triangulate as triangulate
    from valuecreation.codebook import Codebook as Codebook
    from valuecreation.codebook import list_codebooks as list_codebooks
    from valuecreation.codebook import load_codebook as load_codebook
    from valuecreation.cues import load_cues as load_cues
    from valuecreation.errors import ValueCreationError as ValueCreationError
    from valuecreation.events.mapping import map_events as map_events
    from valuecreation.events.model import Events as Events
    from valuecreation.events.opening import open_events as open_events
    from valuecreation.guide.loading import list_guides as list_guides
    from valuecreation.guide.loading import load_guide as load_guide
    from valuecreation.instruments.loading import instrument as instrument
    from valuecreation.instruments.loading import list_instruments as list_instruments
    from valuecreation.instruments.responses import count_mentions as count_mentions
    from valuecreation.io.blank import new_study as new_study
    from valuecreation.io.diaries.mapping import ColumnMapping as ColumnMapping
    from valuecreation.io.diaries.mapping import propose_columns as propose_columns
    from valuecreation.io.diaries.reading import read_diaries as read_diaries
    from valuecreation.io.examples import list_examples as list_examples
    from valuecreation.io.examples import load_example as load_example
    from valuecreation.io.exercise_sheets import read_exercise as read_exercise
    from valuecreation.io.exercises import exercise as exercise
    from valuecreation.io.group_logs import group_log_form as group_log_form
    from valuecreation.io.group_logs import read_group_log as read_group_log
    from valuecreation.io.journals import coded as coded
    from valuecreation.io.logs.edges import Edges as Edges
    from valuecreation.io.logs.edges import read_edges as read_edges
    from valuecreation.io.logs.log import Log as Log
    from valuecreation.io.logs.moodle import read_moodle as read_moodle
    from valuecreation.io.logs.ocel import write_ocel as write_ocel
    from valuecreation.io.logs.xapi import read_xapi as read_xapi
    from valuecreation.io.logs.xes_reading import read_xes as read_xes
    from valuecreation.io.logs.xes_writing import write_xes as write_xes
    from valuecreation.io.questionnaires.forms import questionnaire_form as questionnaire_form
    from valuecreation.io.questionnaires.forms import read_questionnaire_forms as read_questionnaire_forms
    from valuecreation.io.questionnaires.spss import read_spss as read_spss
    from valuecreation.io.questionnaires.wide import read_qualtrics as read_qualtrics
    from valuecreation.io.story_forms import read_story_form as read_story_form
    from valuecreation.io.story_forms import story_form as story_form
    from valuecreation.io.studies import read_study as read_study
    from valuecreation.io.studies import write_study as write_study
    from valuecreation.io.transcripts.adding import add_transcript as add_transcript
    from valuecreation.io.transcripts.reading import read_transcript as read_transcript
    from valuecreation.io.transcripts.transcript import Transcript as Transcript
    from valuecreation.reporting.consent_forms import read_consent_forms as read_consent_forms
    from valuecreation.reporting.field_kit import field_kit as field_kit
    from valuecreation.reporting.member_check import member_check as member_check
    from valuecreation.reporting.member_check import member_checks as member_checks
    from valuecreation.reporting.member_check import read_member_check as read_member_check
    from valuecreation.result import Result as Result
    from valuecreation.result import show as show
    from valuecreation.study import Study as Study
    from valuecreation.study import remove_withdrawn as remove_withdrawn
    from valuecreation.study.composing import composite as composite
    from valuecreation.study.migration import migrate as migrate
    from valuecreation.study.resegmenting import resegment as resegment
    from valuecreation.study.resegmenting import touched as touched
    from valuecreation.study.segmenting import segment as segment
    from valuecreation.widgets.coder import code as code
    from valuecreation.widgets.explorer import explore as explore
    from valuecreation.widgets.teller import tell as tell


def __getattr__(name: str):
    if name in _HOME:
        found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
