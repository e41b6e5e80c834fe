import { describe, expect, it } from "vitest";
import { runFailure } from "#lib/runs/run-failure.ts";

describe("runFailure", () => {
  it("takes the message out of a Lambda's cause", () => {
    const cause = JSON.stringify({ errorType: "HISTORY_TOO_SHORT", errorMessage: "Not enough bars.", trace: ["at x"] });
    expect(runFailure("HISTORY_TOO_SHORT", cause)).toEqual({ code: "HISTORY_TOO_SHORT", detail: "Not enough bars." });
  });

  it.each(["States.Timeout", "Sandbox.Timedout", "TIMED_OUT"])("names %s TIMEOUT", (name) => {
    expect(runFailure(name, "after 600 s")).toEqual({ code: "TIMEOUT", detail: "after 600 s" });
  });

  it("calls what the catalogue does not name INTERNAL and keeps the name", () => {
    expect(runFailure("TypeError", "x is undefined")).toEqual({ code: "INTERNAL", detail: "TypeError: x is undefined" });
    expect(runFailure("States.Runtime", "")).toEqual({ code: "INTERNAL", detail: "States.Runtime" });
  });
});
