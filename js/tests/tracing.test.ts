// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { Mounted } from "./mounted.ts";
import { lossOf } from "./networks.ts";

test("buttons beside what is selected trace it through closed groups", async () => {
  const figure = await new Mounted(lossOf(20, [3, 1]).bytes).drawn();
  figure.row("data loss = ").click();
  const pressed = () =>
    figure
      .all(".mgw-traces button")
      .filter((button) => button.getAttribute("aria-pressed") === "true")
      .map(({ textContent }) => textContent);
  const dim = () => figure.all(".mgw-box.mgw-dim .mgw-title").map(({ textContent }) => textContent);
  expect(pressed()).toEqual(["both"]);
  expect(dim()).toEqual(["L2 loss"]);
  figure.button("made from").click();
  expect(pressed()).toEqual(["made from"]);
  expect(dim()).toEqual(["L2 loss", "total loss"]);
  expect(figure.said).toBe("Showing what it was made from");
  expect(document.activeElement?.textContent).toBe("made from");
  figure.button("leads to").click();
  expect(dim()).toEqual(["L2 loss"]);
  expect(figure.get(".mgw-panel strong").textContent).toBe("data loss");
});
