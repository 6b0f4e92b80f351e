"""The pieces of a name that may stand apart from one another in a text."""

import re
from collections.abc import Sequence

from evtimeline.core.anatomy import Part, PartSort
from evtimeline.core.text import fold, squeeze


def part_of(word: str) -> Part:
    """A word of a name as a part of its own."""
    return Part(PartSort.CONTENT, f"word:{squeeze(fold(word))}", word)


def words_apart(parts: Sequence[Part]) -> list[Part]:
    """The words of the coined part of a name, each as a part: Wukong and Xbox may stand apart."""
    proper = [part for part in parts if part.sort is PartSort.PROPER and part.text.isascii()]
    return [part_of(word) for part in proper for word in part.text.split()] if len(proper) == 1 else []


_MODEL = re.compile(r"(?P<brand>.*[^\W\d_]{2}[ -]|.*[一-鿿]{2})(?P<model>[A-Za-z]{1,4}\d+[A-Za-z]*|\d+[A-Za-z]+)")


def split_models(parts: Sequence[Part]) -> list[Part]:
    """The parts with brand and model as two: 晨曦X50 may stand in a text as 晨曦 ... X50."""
    split: list[Part] = []
    for part in parts:
        match = _MODEL.fullmatch(part.text.strip()) if part.sort is PartSort.PROPER else None
        if match:
            pieces = (match["brand"].strip(" -"), match["model"])
            split += [Part(PartSort.CONTENT, f"word:{squeeze(fold(piece))}", piece) for piece in pieces]
        else:
            split.append(part)
    return split
