import { describe, expect, it } from "vitest";
import { alertsFromEnv } from "#functions/shared/alerts-from-env.ts";
import { readEnv } from "#functions/shared/env.ts";
import { portsFromEnv } from "#functions/shared/ports-from-env.ts";
import { recordPortsFromEnv } from "#functions/shared/record-ports-from-env.ts";
import { workflowFromEnv } from "#functions/shared/workflow-from-env.ts";

const complete = {
  ARTIFACT_BUCKET: "artifacts",
  SECRET_PREFIX: "sigma/",
  STATE_TABLE: "state",
  SIGNALS_TABLE: "signals",
  IDEMPOTENCY_TABLE: "idempotency",
};
const missing = (variable: string) => expect.objectContaining({ code: "CONFIG_INVALID", facts: { variable } });

describe("portsFromEnv", () => {
  it.each(Object.keys(complete))("names %s when the stack did not set it", (variable) => {
    expect(() => portsFromEnv({ ...complete, [variable]: undefined })).toThrowError(missing(variable));
  });

  it("runs from a bundle only: outside of one the code has no version", () => {
    expect(() => portsFromEnv(complete)).toThrowError(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining("npm run synth") }),
    );
  });
});

describe("portsFromEnv with settings of the vendors' plans", () => {
  it("names the one that cannot be read", () => {
    for (const [variable, value] of [
      ["POLYGON_REQUESTS_PER_MINUTE", "many"],
      ["ALPACA_FEED", "all"],
      ["POLYGON_URL", "nonsense"],
    ])
      expect(() => portsFromEnv({ ...complete, [variable!]: value })).toThrowError(
        expect.objectContaining({ code: "CONFIG_INVALID", fieldErrors: [expect.objectContaining({ path: variable })] }),
      );
  });
});

describe("recordPortsFromEnv", () => {
  it("needs the tables and no bucket", () => {
    const { clock } = recordPortsFromEnv({ ...complete, ARTIFACT_BUCKET: undefined });
    expect(clock.now()).toBeGreaterThan(0);
    expect(() => recordPortsFromEnv({ ...complete, SIGNALS_TABLE: "" })).toThrowError(missing("SIGNALS_TABLE"));
  });
});

describe("alertsFromEnv and workflowFromEnv", () => {
  it("name the variable that is missing", () => {
    expect(() => alertsFromEnv({})).toThrowError(missing("ALERT_TOPIC_ARN"));
    expect(() => workflowFromEnv({})).toThrowError(missing("STATE_MACHINE_ARN_PREFIX"));
  });
});

describe("readEnv", () => {
  it("says what is missing and who sets it", () => {
    expect(() => readEnv({}, "STATE_TABLE")).toThrowError(
      'The environment variable "STATE_TABLE" is not set. The stack sets it: deploy the function again.',
    );
  });
});
