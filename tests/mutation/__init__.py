"""Small faults put into the Python code one at a time, to see whether some test notices.

``make mutants-python`` runs them by mutmut, in an environment of its own. A fault that no test
notices must be listed in ``python_survivors.json``, with the reason why that is no harm.
"""
