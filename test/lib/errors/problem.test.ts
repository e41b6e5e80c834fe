import { describe, expect, it } from "vitest";
import { ERROR_CATALOG, isErrorCode } from "#lib/errors/catalog.ts";
import { ProblemSchema, toProblem } from "#lib/errors/problem.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";

describe("toProblem", () => {
  it("maps a catalogued error with its facts and field errors", () => {
    const error = new SigmaError(
      "MODEL_INVALID",
      'The model "m" is wrong.',
      { model: "m", rows: 3, names: ["a", "b"], missing: null },
      { fieldErrors: [{ path: "label.horizon", issue: "must be 1 or more" }] },
    );
    const problem = toProblem(error, "/v1/models");
    expect(problem).toEqual({
      type: "urn:sigma-lab:problem:model-invalid",
      title: "The model configuration is invalid",
      status: 422,
      detail: 'The model "m" is wrong.',
      instance: "/v1/models",
      code: "MODEL_INVALID",
      facts: { model: "m", rows: 3, names: ["a", "b"], missing: null },
      field_errors: [{ path: "label.horizon", issue: "must be 1 or more" }],
    });
    expect(ProblemSchema.parse(JSON.parse(JSON.stringify(problem)))).toEqual(problem);
  });

  it("keeps the detail of an error that is not catalogued out of the response", () => {
    const secret = new Error("connect to db with password hunter2");
    for (const thrown of [secret, "text", undefined, { code: "MODEL_INVALID", message: "fake" }]) {
      expect(toProblem(thrown, "/v1/x")).toEqual({
        type: "about:blank",
        title: "Internal Server Error",
        status: 500,
        instance: "/v1/x",
        code: "INTERNAL",
      });
    }
  });

  it("has a status and type for every code", () => {
    for (const code of Object.keys(ERROR_CATALOG).filter(isErrorCode)) {
      const { status, type, title } = toProblem(new SigmaError(code, "x"), "/");
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(type).toMatch(/^urn:sigma-lab:problem:[a-z]+(-[a-z]+)*$/);
      expect(title).not.toBe("");
    }
  });
});

describe("SigmaError", () => {
  it("has its code as name, so that a workflow can match it, and knows whether a retry helps", () => {
    const cause = new Error("socket");
    const error = new SigmaError("STORE_UNAVAILABLE", "The store did not answer.", {}, { cause });
    expect(error.name).toBe("STORE_UNAVAILABLE");
    expect(error.retryable).toBe(true);
    expect(error.cause).toBe(cause);
    expect(new SigmaError("DATA_INVALID", "x").retryable).toBe(false);
  });
});

describe("isErrorCode", () => {
  it("knows the codes and no inherited property", () => {
    expect(isErrorCode("DATA_INVALID")).toBe(true);
    expect(isErrorCode("toString")).toBe(false);
    expect(isErrorCode("NOPE")).toBe(false);
  });
});
