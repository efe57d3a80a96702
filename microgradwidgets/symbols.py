r"""Names as mathematics: what a learner calls a value, read as a symbol with its index.

``x1`` is x with the index 1, ``w_out`` w with the index out, ``alpha`` a Greek letter, and a
parameter of a network carries its layer and neuron as in the literature: w₂⁽¹'³⁾. Whatever cannot
be read so stays the text it is. JavaScript's twin is ``js/src/formula/symbols.ts``.
"""

from __future__ import annotations

import re

from .formula import Formula
from .text import is_blank, visible_text

LONGEST_NAME = 40

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω",
}  # fmt: skip
"""The letters that have a name of their own in LaTeX."""

_PLACES = re.compile(r"(?:[A-Za-z]+ [0-9]+ · )+")
_NAME = re.compile(
    r"([A-Za-z]+|[α-ωΓΔΘΛΞΠΣΥΦΨΩ])([0-9]*)((?:_[A-Za-z0-9]+)*)_?"
    r"""((?:\[(?:-?[0-9]+|'[A-Za-z0-9]+')\])*)"""
)


def symbol(label: str) -> Formula | None:
    """A label as a name in a formula; None where there is nothing to see in it.

    >>> symbol("x1"), symbol("w_out"), symbol("learning rate")
    (('name', 'x', '1', ''), ('name', 'w', 'out', ''), ('name', 'learning rate', '', ''))
    >>> symbol("layer 1 · neuron 3 · w2")
    ('name', 'w', '2', '1,3')
    """
    if is_blank(label):
        return None
    shown = visible_text(label).replace("\n", "↵")
    places = _PLACES.match(shown)
    place = ",".join(re.findall("[0-9]+", places[0])) if places else ""
    found = _NAME.fullmatch(shown, places.end() if places else 0)
    if found is not None and len(found[0]) <= LONGEST_NAME:
        base, digits, parts, brackets = found.groups()
        words = re.findall("[A-Za-z0-9]+", parts)
        # `data_loss` is a phrase, not data with an index.
        if base in GREEK or len(base) <= 2 or all(len(w) == 1 or w.isdigit() for w in words):
            index = [*filter(None, [digits]), *words, *re.findall("-?[A-Za-z0-9]+", brackets)]
            return ("name", GREEK.get(base, base), ",".join(index), place)
    return ("name", shown[:LONGEST_NAME] + "…" * (len(shown) > LONGEST_NAME), "", "")
