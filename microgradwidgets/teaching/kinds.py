"""All that an exercise is written with, in one place to import from."""

from .expression_answers import built, expression
from .function_answers import drawn, function
from .number_answers import gradient, gradients, number
from .registry import Answer, Exercise, exercise
from .verdict import Verdict, right, wrong

__all__ = [
    "Answer",
    "Exercise",
    "Verdict",
    "built",
    "drawn",
    "exercise",
    "expression",
    "function",
    "gradient",
    "gradients",
    "number",
    "right",
    "wrong",
]
