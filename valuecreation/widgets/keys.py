"""Keeping keys: a control inside JupyterLab that is worked by keyboard must not share its keys with JupyterLab."""

from pathlib import Path

import anywidget
import ipywidgets

MARK = "vc-keep-keys"


class KeepKeys(anywidget.AnyWidget):
    """An invisible part of a box, which keeps the keys pressed in the box from JupyterLab's shortcuts."""

    _esm = Path(__file__).with_name("keys.js")

    def __repr__(self) -> str:
        return "<KeepKeys>"


def keep_keys(box: ipywidgets.Box) -> None:
    """Keep the keys that are pressed in a box inside it."""
    box.add_class(MARK)
    box.children = (*box.children, KeepKeys())
