"""Forced colours: a person's own few colours, and whatever hues told is told by shapes."""

from __future__ import annotations

import pytest

from tests.browser.training import Training

# Of the small picture of every unit: how many pixels have which colour.
THUMBNAILS = """(area) => {
  const canvas = area.querySelector("canvas");
  const context = canvas.getContext("2d");
  const scale = canvas.width / canvas.getBoundingClientRect().width;
  const { left, top } = canvas.getBoundingClientRect();
  return [...area.querySelectorAll(".mgw-netview-unit")].map((unit) => {
    const box = unit.getBoundingClientRect();
    const inner = [box.left - left + 2, box.top - top + 2, box.width - 12, box.height - 12];
    const { data } = context.getImageData(...inner.map((x) => Math.round(x * scale)));
    const shades = Array.from({ length: data.length / 4 }, (_, n) => data[4 * n]);
    const dark = shades.filter((shade) => shade < 64).length / shades.length;
    const light = shades.filter((shade) => shade > 191).length / shades.length;
    return { dark, light };
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_small_pictures_of_units_show_patterns(plain_page, scheme):
    plain = plain_page(forced_colors="active", color_scheme=scheme, device_scale_factor=2)
    training = Training(
        plain, hidden=[4, 3], n_samples=60, activation="tanh", speed="max", theme=scheme
    )
    training.go(40)
    units = training.root.locator(".mgw-netview-area").evaluate(THUMBNAILS)
    assert len(units) == 2 + 4 + 3 + 1
    for unit in units:
        assert unit["dark"] > 0.02, unit
        assert unit["light"] > 0.02, unit
    legend = training.root.locator(".mgw-netview-legend")
    assert "dots above 0, stripes below 0" in legend.inner_text()


def test_hues_tell_it_where_there_are_hues(plain):
    training = Training(plain, hidden=[4, 3], n_samples=60)
    assert "stripes" not in training.root.locator(".mgw-netview-legend").inner_text()
