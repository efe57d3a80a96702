/** A file is handed to the browser, which puts it where it puts downloads. */
// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { save } from "../src/export/files.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("under its name, with its content and type, which are let go of later", async () => {
  vi.useFakeTimers();
  const blobs: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return "blob:one";
  });
  const revoke = vi.spyOn(URL, "revokeObjectURL").mockImplementation(() => {});
  const clicked: HTMLAnchorElement[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    clicked.push(this);
  });
  save("a,b", "text/csv", "rows.csv");
  expect(clicked.map(({ href, download }) => [href, download])).toEqual([["blob:one", "rows.csv"]]);
  expect([await blobs[0]!.text(), blobs[0]!.type]).toEqual(["a,b", "text/csv"]);
  expect(revoke).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(revoke.mock.calls).toEqual([["blob:one"]]);
});
