import { expect, test } from "vitest";
import { Unstyled, whyNot } from "../src/failing.ts";

const INSTEAD = "What is seen instead is the still picture.";

test("a page that allows no style says so, and keeps the picture", () => {
  expect(whyNot(new Unstyled())).toBe(
    `The page around does not let the live figure bring its style. ${INSTEAD}`,
  );
});

test.each([
  "Failed to fetch dynamically imported module: blob:http://localhost/1",
  "error loading dynamically imported module: blob:http://localhost/1",
  "Importing a module script failed.",
])("a script that may not be loaded is said to be kept from it: %s", (words) => {
  expect(whyNot(new TypeError(words))).toBe(
    `The page around does not let the script of the live figure run. ${INSTEAD}`,
  );
});
