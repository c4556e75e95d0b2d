"""Docstrings: their examples run, and every public function says what it takes and gives."""

import doctest
import importlib
import pkgutil

import pytest

import valuecreation

MODULES = ["valuecreation", *(found.name for found in pkgutil.walk_packages(valuecreation.__path__, "valuecreation."))]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_true(name):
    found = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.failed == 0


@pytest.mark.parametrize("name", valuecreation.__all__)
def test_a_public_name_is_documented(name):
    said = getattr(valuecreation, name).__doc__
    assert len(said) > 40
    if callable(getattr(valuecreation, name)) and not isinstance(getattr(valuecreation, name), type):
        assert "Returns" in said
