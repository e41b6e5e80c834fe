import { describe, expect, it } from "vitest";
import { requireScope } from "#functions/authorizer/require-scope.ts";

const event = (scopes?: unknown) => ({ requestContext: { authorizer: { lambda: { owner: "desk-7", scopes } } } });

describe("requireScope", () => {
  it("lets a reader read and a writer write", () => {
    requireScope("GET", event("read"));
    requireScope("HEAD", event("read write"));
    requireScope("POST", event("read write"));
    requireScope("DELETE", event("write"));
  });

  it.each([
    ["POST", "read", "write"],
    ["PUT", "read", "write"],
    ["DELETE", "read writer", "write"],
    ["GET", "write", "read"],
    ["GET", undefined, "read"],
  ])("refuses %s with the scopes %s", (method, scopes, needed) => {
    expect(() => requireScope(method, event(scopes))).toThrowError(
      expect.objectContaining({ code: "FORBIDDEN", facts: { scope: needed } }),
    );
  });

  it("refuses an event that no authorizer answered", () => {
    expect(() => requireScope("GET", {})).toThrowError(expect.objectContaining({ code: "FORBIDDEN" }));
    expect(() => requireScope("GET", undefined)).toThrowError(expect.objectContaining({ code: "FORBIDDEN" }));
  });
});
