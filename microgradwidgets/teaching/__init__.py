'''Teaching with the package: exercises that check themselves.

An exercise is a function in ``exercises/lesson_NN.py`` that works out what is right and judges an
answer. This is all there is to adding one; nothing needs to be listed anywhere::

    @exercise("02.9", "the gradient of x in tanh(x²), at x = 0.5")
    def through_tanh(answer: Answer) -> Verdict:
        """A chain of two operations."""
        return gradient(answer, built(lambda x: (x**2).tanh(), x=0.5), "x")

and in the notebook ``check("02.9", answer)``. What judges answers is imported from ``kinds``:

- ``number(answer, truth, why, slips={"what was missed": wrong number})``
- ``gradient(answer, output, "b")`` and ``gradients(answer, output)``, which find out by themselves
  which rule was broken where;
- ``expression(answer, output)``, for a ``Value`` whose leaves are labelled as those of ``output``;
- ``function(answer, truth, inputs, why, slips={"what was missed": wrong function})``, where the
  inputs are, for instance, ``drawn(6, (-2.0, 2.0))``; with ``values=True`` it gets values;
- ``right(why)`` and ``wrong(why)``, for whatever else there is to judge of ``answer.given``.

``exercises/lesson_02.py`` has one of each kind.
'''
