"""Code systems as data: each is a YAML file with Dutch and English as equals, so that a person adds one without Python."""

from valuecreation.codebook.code import Code
from valuecreation.codebook.loading import extend, is_shipped, list_codebooks, load_codebook
from valuecreation.codebook.model import Codebook

__all__ = ["Code", "Codebook", "extend", "is_shipped", "list_codebooks", "load_codebook"]
