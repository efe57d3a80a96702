"""Who may import whom: the arrows of the design, read from the sources."""

import ast
import sys
from pathlib import Path

import pytest

import microgradwidgets
from tests.processes import run

PACKAGE = Path(microgradwidgets.__file__).parent
SOURCES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): ast.parse(path.read_text("utf-8"))
    for path in PACKAGE.rglob("*.py")
}
# Files that grew out of one idea stand together.
PARTS = {
    "engine": {"arithmetic", "engine", "gradients", "anomaly", "unravelling", "pickling", "text"}
    | {"arguments", "backpropagation", "folding", "ids", "immutable", "records", "weighted_sum"}
    | {"watching", "grouping"},
    "randomness": {"randomness", "elementary"},
    "tape": {"tape", "tape_bytes", "batch", "recorded_groups"},
    "graph": {"graph"},
    "checks": {"checks"},
    "caller": {"caller"},
    "explain": {"explanation", "paths"},
    "comparison": {"comparison"},
    "diagnosis": {"diagnosis"},
    "foreign": {"foreign", "foreign_gradients", "micrograd_graph", "torch_graph", "unkept"},
    "simulation": {"simulation", "mistakes", "mutable_engine"},
    "formulas": {
        "formula",
        "formula_text",
        "symbols",
        "notation",
        "derivation",
        "latex",
        "python_code",
    },
    "passes": {"passes", "prediction"},
    "nn": {"nn", "model_arguments"},
    "losses": {"losses"},
    "datasets": {"datasets"},
    "trainer": {"trainer", "recorded_loss", "recorded_network", "optimizers", "divergence"},
    "plot_data": {"plot_data"},
    "sweep": {"sweeping", "configuration", "processes"},
    "writing": {"row_text", "training_script"},
    "command": {"__main__", "cli"}
    | {
        f"cli/{part}"
        for part in ("__init__", "course", "demo", "doctor", "errors", "export", "hosts", "writing")
    },
}
MAY_IMPORT = {
    "engine": set(),
    "randomness": {"engine"},
    "tape": {"engine"},
    "graph": {"engine"},
    "checks": {"engine", "tape", "graph"},
    "caller": {"engine"},
    "comparison": {"engine", "tape", "graph"},
    "diagnosis": {"engine", "tape", "graph"},
    "explain": {"engine", "tape", "graph"},
    "foreign": {"engine", "graph"},
    "simulation": {"engine", "tape", "graph"},
    "formulas": {"engine", "tape"},
    "passes": {"engine", "tape", "graph"},
    "nn": {"engine", "randomness"},
    "losses": {"engine", "nn", "randomness"},
    "datasets": {"engine", "randomness"},
    "trainer": {"engine", "tape", "nn", "losses", "randomness"},
    "plot_data": {"engine", "tape", "graph", "nn", "losses", "datasets", "trainer"},
    "sweep": {"engine", "nn", "losses", "datasets", "trainer", "plot_data", "randomness"},
    "writing": {"engine", "datasets", "formulas"},
    "teaching": {*PARTS} - {"command"},
    "command": {"package", "teaching", "views"},
}
THIRD_PARTY_OF_VIEWS = {"anywidget", "graphviz", "ipywidgets", "matplotlib", "pygraphviz", "tqdm"}
THIRD_PARTY_OF_VIEWS |= {"markdown_it"}
# The extra `export`: nbconvert, what it stands on itself, and formulas.
EXPORTING = {"bs4", "jinja2", "latex2mathml", "nbclient", "nbconvert", "nbformat", "jupyter_client"}
# What anywidget's interface is made of, and who calls `_ipython_display_` and `_display_`.
THIRD_PARTY_OF_VIEWS |= {"traitlets", "IPython", "marimo"}


def part_of(module):
    """The part of the design that a module of ours belongs to."""
    if module in ("__init__", ""):
        return "package"
    if module.split("/")[0] in ("teaching", "views"):
        return module.split("/")[0]
    (part,) = [part for part, modules in PARTS.items() if module in modules]
    return part


def imports(module):
    """What a module imports, anywhere in it: ours by path, others by their first name."""
    for node in ast.walk(SOURCES[module]):
        if isinstance(node, ast.Import):
            yield from (("other", name.name.split(".")[0]) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield "other", node.module.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            folder = module.split("/")[: -node.level]
            path = "/".join([*folder, *(node.module or "").split(".")]).strip("/")
            names = [name.name for name in node.names]
            yield from (("own", "/".join(filter(None, [path, n]))) for n in names)


def own_modules(module):
    """Modules of ours that a module imports, also as names out of them."""
    for kind, path in imports(module):
        if kind == "own":
            candidates = [path, path.rpartition("/")[0]]
            found = [c for c in candidates if c in SOURCES or f"{c}/__init__" in SOURCES]
            yield found[0] if found else "__init__"


@pytest.mark.parametrize("module", SOURCES)
def test_every_module_has_a_place_in_the_design(module):
    assert part_of(module)


@pytest.mark.parametrize("module", [m for m in SOURCES if part_of(m) in MAY_IMPORT])
def test_imports_follow_the_arrows(module):
    part = part_of(module)
    imported = {part_of(other) for other in own_modules(module)}
    assert imported <= MAY_IMPORT[part] | {part}


@pytest.mark.parametrize("module", [m for m in SOURCES if part_of(m) != "views"])
def test_outside_views_nothing_third_party_is_imported(module):
    others = {name for kind, name in imports(module) if kind == "other"}
    assert others <= sys.stdlib_module_names


@pytest.mark.parametrize("module", [m for m in SOURCES if part_of(m) == "views"])
def test_views_import_what_the_package_depends_on_and_no_more(module):
    others = {name for kind, name in imports(module) if kind == "other"}
    allowed = THIRD_PARTY_OF_VIEWS | (EXPORTING if module.startswith("views/exporting/") else set())
    assert others - sys.stdlib_module_names <= allowed


OF_CHECKS = {"arguments", "arithmetic", "engine", "graph", "tape", "tape_bytes"}


def test_the_reading_of_imports_sees_what_is_there():
    assert set(own_modules("checks")) == OF_CHECKS
    assert "text" in set(own_modules("views/still"))
    assert ("other", "IPython") in set(imports("views/live"))  # though inside a function


LOADED = """
import sys
before = set(sys.modules)
import microgradwidgets
{statement}
loaded = {{name.split(".")[0] for name in set(sys.modules) - before}}
print(*sorted(loaded - set(sys.stdlib_module_names) - {{"microgradwidgets"}}))
"""


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "from microgradwidgets import Tape, Value, backward, nodes, to_dot",
        "microgradwidgets.Value(1.0).tanh().backward(); dir(microgradwidgets)",
        "import microgradwidgets.cli, microgradwidgets.views",
    ],
)
def test_importing_the_package_loads_the_standard_library_alone(statement):
    assert run(LOADED.format(statement=statement)) == "\n"


def test_show_loads_anywidget_but_not_matplotlib():
    loaded = run(LOADED.format(statement="microgradwidgets.show")).split()
    assert "anywidget" in loaded
    assert "matplotlib" not in loaded
    assert "marimo" not in loaded


def test_the_package_offers_what_it_names_and_nothing_misspelt():
    assert all(hasattr(microgradwidgets, name) for name in microgradwidgets.__all__)
    assert set(microgradwidgets.__all__) <= set(dir(microgradwidgets))
    with pytest.raises(AttributeError, match="module 'microgradwidgets' has no attribute 'shwo'"):
        microgradwidgets.shwo  # noqa: B018


def test_no_module_hides_a_public_name():
    # Importing a module binds it in the package, in place of a function called the same.
    modules = {path.split("/")[0] for path in SOURCES}
    assert not modules & set(microgradwidgets.__all__)
