"""Random cases by the hundred thousand, for as long as one lets them: ``make nightly MINUTES=60``.

Each module holds one campaign: a promise, and a function that tries it on cases it draws from a
seed. ``make test`` runs a few of each (``tests/test_campaigns.py``), a night as many as its time
allows, on seeds that no earlier night has used, and adds them to ``tests/benchmarks/REPORT.md``.
"""
