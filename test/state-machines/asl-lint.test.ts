import { readdirSync, readFileSync } from "node:fs";
import validate from "asl-validator";
import { describe, expect, it } from "vitest";
import { lintStateMachine } from "#infra/asl-lint.ts";
import { FUNCTIONS, type FunctionName, stateNameOf } from "#infra/manifest.ts";
import { MACHINES } from "#lib/ports/workflow.ts";

const placeholders = new Set((Object.keys(FUNCTIONS) as FunctionName[]).map((name) => `${stateNameOf(name)}Arn`));
const read = (name: string): string => readFileSync(new URL(`../../state-machines/${name}.asl.json`, import.meta.url), "utf8");
const files = readdirSync(new URL("../../state-machines", import.meta.url)).filter((name) => name.endsWith(".asl.json"));

describe("state machines", () => {
  it("has one file for each machine that the product knows", () => {
    expect(files.map((file) => file.replace(".asl.json", "")).sort()).toEqual([...MACHINES].sort());
  });

  for (const file of files) {
    const text = read(file.replace(".asl.json", ""));
    it(`${file} is clean`, () => {
      expect(lintStateMachine(text, placeholders)).toEqual([]);
    });

    it(`${file} is valid in the language itself`, () => {
      const deployed = JSON.parse(text.replaceAll(/\$\{([A-Za-z0-9]+)\}/g, "arn:aws:lambda:us-east-1:000000000000:function:$1"));
      const { isValid, errorsText } = validate(deployed);
      expect(isValid ? "" : errorsText("\n")).toBe("");
    });
  }

  it("runs every pipeline handler from some machine", () => {
    const elsewhere = ["api", "authorizer", "publish-web", "record-outcome"];
    const everything = files.map((file) => read(file.replace(".asl.json", ""))).join("\n");
    const unused = (Object.keys(FUNCTIONS) as FunctionName[]).filter(
      (name) => !elsewhere.includes(name) && !everything.includes(`\${${stateNameOf(name)}Arn}`),
    );
    expect(unused).toEqual([]);
  });
});

describe("lintStateMachine", () => {
  const change = (edit: (machine: { States: Record<string, Record<string, unknown>>; TimeoutSeconds?: number }) => void): string[] => {
    const machine = JSON.parse(read("sweep"));
    edit(machine);
    return lintStateMachine(JSON.stringify(machine), placeholders);
  };
  const item = (machine: { States: Record<string, Record<string, unknown>> }) =>
    (machine.States["FitFolds"]!["ItemProcessor"] as { States: Record<string, Record<string, unknown>> }).States["FitFold"]!;

  it.each<[string, Parameters<typeof change>[0], RegExp]>([
    ["no machine timeout", (m) => delete m.TimeoutSeconds, /no TimeoutSeconds of its own/],
    ["a task without timeout", (m) => delete m.States["PlanSweep"]!["TimeoutSeconds"], /"PlanSweep" has no TimeoutSeconds/],
    ["a task without catch", (m) => delete m.States["PlanSweep"]!["Catch"], /"PlanSweep" has no Catch/],
    ["a missing retry", (m) => ((m.States["PlanSweep"]!["Retry"] as unknown[]).length = 1), /does not retry STORE_UNAVAILABLE/],
    [
      "retries without jitter",
      (m) => delete (m.States["PlanSweep"]!["Retry"] as Record<string, unknown>[])[0]!["JitterStrategy"],
      /without full jitter/,
    ],
    [
      "an unknown error",
      (m) => (m.States["PlanSweep"]!["Catch"] = [{ ErrorEquals: ["OOPS"], Next: "RecordFailure" }]),
      /unknown error "OOPS"/,
    ],
    [
      "States.ALL too early",
      (m) =>
        (m.States["PlanSweep"]!["Catch"] = [
          { ErrorEquals: ["States.ALL"], Next: "RecordFailure" },
          { ErrorEquals: ["INTERNAL"], Next: "RecordFailure" },
        ]),
      /States.ALL before the end/,
    ],
    ["a path passed as text", (m) => (m.States["PlanSweep"]!["Parameters"] = { run_id: "$.run_id" }), /would be passed as text/],
    ["a path key without path", (m) => (m.States["PlanSweep"]!["Parameters"] = { "run_id.$": "sweep_1" }), /holds no path/],
    ["unbounded concurrency", (m) => delete m.States["FitFolds"]!["MaxConcurrency"], /MaxConcurrency of 1 to 40/],
    ["a catch inside a map", (m) => (item(m)["Catch"] = [{ ErrorEquals: ["States.ALL"], Next: "FitFold" }]), /catches inside "FitFolds"/],
    ["another function's placeholder", (m) => (m.States["PlanSweep"]!["Resource"] = "${CollectSweepArn}"), /must run "\$\{PlanSweepArn\}"/],
    ["an unknown placeholder", (m) => (m.States["PlanSweep"]!["Resource"] = "${NobodyArn}"), /not in the substitution table/],
    ["a state that nothing reaches", (m) => (m.States["Alone"] = { Type: "Succeed" }), /"Alone" is never reached/],
    ["a loop without exit", (m) => (m.States["Done"] = { Type: "Choice", Choices: [], Default: "Done" }), /"Done" never reaches an end/],
    ["a target that is not there", (m) => (m.States["CollectSweep"]!["Next"] = "Nowhere"), /"Nowhere" is a target and does not exist/],
    ["a banned feature", (m) => (m.States["PlanSweep"]!["HeartbeatSeconds"] = 5), /uses Heartbeat/],
    ["a state type outside the list", (m) => (m.States["Done"] = { Type: "Wait", Seconds: 1, End: true }), /has the type Wait/],
    ["the same name twice", (m) => (m.States["FitFold"] = { Type: "Succeed" }), /two states are named "FitFold"/],
  ])("finds %s", (_, edit, finding) => {
    expect(change(edit).join("\n")).toMatch(finding);
  });
});
