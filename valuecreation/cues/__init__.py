"""Boundary hints: a quiet remark beside a chosen code, from cue lists that anybody can edit; never a code.

>>> [remark.rule for remark in remarks("Volgende week ga ik haar bellen.", "applied", "experienced")]
['intention-as-applied']
"""

from valuecreation.cues.lists import Cues, Rule, load_cues
from valuecreation.cues.remarks import Remark, remarks

__all__ = ["Cues", "Remark", "Rule", "load_cues", "remarks"]
