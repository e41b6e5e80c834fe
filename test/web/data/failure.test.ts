import { describe, expect, it } from "vitest";
import { ProblemError } from "#client/problem.ts";
import { failureKind, SaidError, UnreachableError } from "../../../web/src/data/failure.ts";

describe("failureKind", () => {
  it("tells what the API refused from what nobody answered", () => {
    expect(failureKind(new ProblemError({ type: "about:blank", title: "Conflict", status: 409, code: "CONFLICT" }))).toBe("answered");
    expect(failureKind(new UnreachableError(new TypeError("Failed to fetch")))).toBe("unreachable");
    expect(failureKind(new TypeError("network error"))).toBe("unreachable");
  });

  it.each([
    "Failed to fetch dynamically imported module: http://127.0.0.1/app/assets/run-page-1.js",
    "error loading dynamically imported module: http://127.0.0.1/app/assets/run-page-1.js",
    "Importing a module script failed.",
    "Unable to preload CSS for /app/assets/run-page-1.css",
  ])("knows a part of the app that did not come: %s", (message) => {
    expect(failureKind(new TypeError(message))).toBe("unloadable");
  });

  it("leaves words that say all as they are", () => {
    expect(failureKind(new SaidError("Bars of 2026-11-20 are missing. Build the matrix again."))).toBe("said");
  });

  it("takes everything else for the app's own fault", () => {
    expect(failureKind(new TypeError("Cannot read properties of undefined (reading 'rows')"))).toBe("fault");
    expect(failureKind(new Error("Minified React error #185"))).toBe("fault");
  });
});
