import { describe, expect, it } from "vitest";
import { ProblemError } from "#client/problem.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { failureOf, failureText, UsageError } from "../../cli/failure.ts";
import { paintFor, plain } from "../../cli/paint.ts";

describe("failureText", () => {
  it("says what is wrong, what was found, what to do, and the code, in one paragraph", () => {
    const error = new SigmaError("HISTORY_TOO_SHORT", 'Expected at least 500 bars, found "250". Import more.');
    expect(failureText(failureOf(error), plain)).toBe(
      'Error: Not enough history. Expected at least 500 bars, found "250". Import more.\nCode HISTORY_TOO_SHORT.',
    );
  });

  it("lists the fields when there are several, and the request of an API's answer", () => {
    const error = new ProblemError({
      type: "urn:sigma-lab:problem:invalid-param",
      title: "A parameter is invalid",
      status: 400,
      code: "INVALID_PARAM",
      detail: "Two are wrong.",
      field_errors: [
        { path: "splits", issue: "too small" },
        { path: "tag", issue: "too long" },
      ],
      request_id: "r-1",
    });
    expect(failureText(failureOf(error), plain)).toBe(
      "Error: A parameter is invalid. Two are wrong.\n  - splits: too small\n  - tag: too long\nCode INVALID_PARAM, request r-1.",
    );
  });

  it("does not say the same twice", () => {
    const error = new SigmaError("RUN_CANCELED", "The run was canceled. Go on with it.");
    expect(failureText(failureOf(error), plain)).toBe("Error: The run was canceled. Go on with it.\nCode RUN_CANCELED.");
  });

  it("never shows a stack", () => {
    const text = failureText(failureOf(new TypeError("boom")), plain);
    expect(text).toContain("boom");
    expect(text).not.toMatch(/\bat .*:\d+/);
  });
});

describe("failureOf", () => {
  it("exits with 2 for a wrong command line and with 1 for anything else", () => {
    expect(failureOf(new UsageError("x")).exit_code).toBe(2);
    expect(failureOf(new SigmaError("NOT_FOUND", "x")).exit_code).toBe(1);
    expect(failureOf(new Error("x")).exit_code).toBe(1);
  });
});

describe("paintFor", () => {
  it("colours terminals only, and not those of users who asked for none", () => {
    expect(paintFor({ isTTY: true }, {})("red", "x")).toBe("\u001B[31mx\u001B[39m");
    expect(paintFor({ isTTY: true }, { NO_COLOR: "1" })("red", "x")).toBe("x");
    expect(paintFor({}, {})("red", "x")).toBe("x");
    expect(paintFor({}, { FORCE_COLOR: "1" })("red", "x")).toBe("\u001B[31mx\u001B[39m");
  });
});
