"""Compared with DIAN's stylesheet: a mutant that it refuses is not accepted without an observation."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from lxml import etree

from cuadre.checking import check

from .cases import TODAY, base, table
from .stylesheet import Objection, objections
from .tree_figures import Element
from .tree_mutants import TreeMutant, mutants

_DOCUMENTS = [
    ("plain", "F"),
    ("nominal", "F"),
    ("foreign", "F"),
    ("full", "F"),
    ("full", "C"),
    ("full", "D"),
]


class Difference(NamedTuple):
    """A class of mutants: what is broken, by which change, of which element of which tax."""

    rule: str
    operation: str
    element: str
    tax: str


def _listed(name: str, letter: str) -> set[Difference]:
    """Read the differences of differences.csv that stand, each for its reason."""
    return {
        Difference(row["rule"], row["operation"], row["element"], row["tax"])
        for row in table("differences")
        if f"{name}-{letter}" in row["documents"].split(" ")
    }


def _tree(name: str, letter: str) -> Element:
    return etree.fromstring(base(name, letter))


def _unseen(mutant: TreeMutant) -> Iterator[Objection]:
    """Name what the stylesheet has against a mutant that cuadre accepts without an observation."""
    found = objections(mutant.root)
    if found and check(etree.tostring(mutant.root), today=TODAY, ignore="XSD").verdict == "accepted":
        yield from found


@pytest.mark.parametrize(("name", "letter"), _DOCUMENTS)
def test_the_stylesheet_has_nothing_against_the_documents(name: str, letter: str) -> None:
    """A document that the mutants are made of satisfies every condition."""
    assert objections(_tree(name, letter)) == set()


@pytest.mark.parametrize(("name", "letter"), _DOCUMENTS)
def test_no_class_of_mutants_is_accepted_that_the_stylesheet_refuses(name: str, letter: str) -> None:
    """The classes of mutants that the stylesheet refuses and cuadre accepts are those that are listed."""
    found = {
        Difference(objection.rule, mutant.operation, mutant.element, mutant.tax)
        for mutant in mutants(_tree(name, letter))
        for objection in _unseen(mutant)
    }
    listed = _listed(name, letter)
    assert sorted(found - listed) == [], "classes that are new"
    assert sorted(listed - found) == [], "classes that are listed and gone"


def test_every_condition_is_broken_by_a_mutant() -> None:
    """No condition of the stylesheet is stated so that nothing breaks it."""
    broken = {
        objection.rule
        for name in ("foreign", "full")
        for mutant in mutants(_tree(name, "F"))
        for objection in objections(mutant.root)
    }
    assert sorted(broken) == sorted(_CONDITIONS)


_CONDITIONS = [
    *("AD16", "AQ06", "AQ07", "AR03", "AR05", "AR06", "AS02", "AS07", "AT02", "AT07"),
    *("AU02", "AU04", "AU06", "AU08", "AU10", "AU14", "AV04", "AV06", "AX02", "AX07", "AX09"),
    *("AY02", "AY07", "BB02", "BB04", "BD03", "BE05", "BE06"),
]


def test_every_listed_class_has_its_reason() -> None:
    """A class is listed with a reason, once, and for documents that there are."""
    rows = table("differences")
    known = {f"{name}-{letter}" for name, letter in _DOCUMENTS}
    assert all(row["reason"] and set(row["documents"].split(" ")) <= known for row in rows)
    assert len({tuple(list(row.values())[:4]) for row in rows}) == len(rows)
