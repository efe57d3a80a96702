"""The bill of materials in the wheel: valid, whole, and of what is really there."""

import base64
import json
from email.parser import Parser

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.distributions import ROOT, contents_of

pytestmark = pytest.mark.packaging

BILL = "microgradwidgets.cdx.json"
ABOUT = "microgradwidgets-0.1.0.dist-info"


@pytest.fixture(scope="module")
def contents(wheel):
    return contents_of(wheel)


@pytest.fixture(scope="module")
def bill(contents):
    return json.loads(contents[f"{ABOUT}/sboms/{BILL}"])


def called(component):
    return "/".join(filter(None, (component.get("group"), component["name"])))


def test_it_is_cyclonedx(bill, contents):
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(contents[f"{ABOUT}/sboms/{BILL}"].decode()) is None
    nameless = [{key: x for key, x in one.items() if key != "name"} for one in bill["components"]]
    # What is not would be seen.
    assert validator.validate_str(json.dumps({**bill, "components": nameless})) is not None


def test_the_source_distribution_has_the_same(contents, sdist):
    assert contents_of(sdist)[BILL] == contents[f"{ABOUT}/sboms/{BILL}"]


def test_it_says_what_it_is_of(bill):
    assert bill["metadata"]["component"]["purl"] == "pkg:pypi/microgradwidgets@0.1.0"
    assert bill["metadata"]["component"]["licenses"] == [{"license": {"id": "MIT"}}]


def test_each_package_of_npm_in_the_bundle_is_named_as_the_lock_file_has_it(bill):
    """With the version, the licence and the sum of its bytes."""
    lock = json.loads((ROOT / "js/package-lock.json").read_text("utf-8"))["packages"]
    locked = {path[len("node_modules/") :]: one for path, one in lock.items() if path}
    used = {name: one for name, one in locked.items() if not one.get("dev")}
    named = {called(one): one for one in bill["components"] if "hashes" in one}
    assert named.keys() == used.keys()
    for name, one in named.items():
        sum_of_bytes = base64.b64decode(used[name]["integrity"].removeprefix("sha512-")).hex()
        assert one["hashes"] == [{"alg": "SHA-512", "content": sum_of_bytes}]
        assert one["version"] == used[name]["version"]
        assert one["licenses"] == [{"license": {"id": used[name]["license"]}}]
        assert one["purl"] == f"pkg:npm/{name.replace('@', '%40')}@{one['version']}"


def test_what_these_packages_bring_along_is_named_too(bill):
    brought = {called(one): one for one in bill["components"] if "hashes" not in one}
    licences = {
        "Graphviz": "EPL-2.0",
        "Expat": "MIT",
        "Emscripten": "MIT",
        "fzstd": "MIT",
        "marked": "MIT",
    }
    for name, licence in licences.items():
        assert brought[name]["licenses"] == [{"license": {"id": licence}}]
    script = "views/static/graphviz.js.gz"
    inside = [name for name, one in brought.items() if script in json.dumps(one)]
    assert {*inside} == {"Graphviz", "Expat", "Emscripten", "fzstd"}
    assert brought["Graphviz"]["version"].split(".")[0].isdigit()


def test_what_pip_installs_beside_it_is_named(bill, contents):
    metadata = Parser().parsestr(contents[f"{ABOUT}/METADATA"].decode())
    asked = [one for one in metadata.get_all("Requires-Dist") if "extra ==" not in one]
    required = [one for one in bill["components"] if one.get("scope") == "required"]
    named = {f"{one['name']}{one['properties'][0]['value']}" for one in required}
    assert named == {*asked}
    assert {one["purl"] for one in required} == {f"pkg:pypi/{one['name']}" for one in required}


def test_every_part_hangs_together(bill):
    names = [one["bom-ref"] for one in bill["components"]]
    assert len({*names}) == len(names)
    top = bill["metadata"]["component"]["bom-ref"]
    hanging = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert hanging.keys() == {top, *names}
    reached, waiting = set(), [top]
    while waiting:
        one = waiting.pop()
        reached.add(one)
        waiting += hanging[one]
    assert reached == {top, *names}


def test_it_tells_no_time(bill):
    """The same sources give the same wheel."""
    assert "timestamp" not in bill["metadata"]
    assert "serialNumber" not in bill
