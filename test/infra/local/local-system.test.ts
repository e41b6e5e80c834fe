import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { awaitRun } from "#infra/local/await-run.ts";
import { localClock } from "#infra/local/clock.ts";
import { createLocalSystem, localHome } from "#infra/local/local-system.ts";
import { startRun } from "#lib/runs/start-run.ts";

afterEach(() => void vi.restoreAllMocks());

function emptyHome(): string {
  const home = mkdtempSync(join(tmpdir(), "sigma home "));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

describe("createLocalSystem", () => {
  it("records how a run ended also when its alert cannot be delivered, and says so on stderr", async () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const alerts = {
      deliver: async () => {
        throw new Error("no route to the webhook");
      },
    };
    const system = await createLocalSystem({ home: emptyHome(), alerts, workers: 1 });
    onTestFinished(() => system.close());
    const { run } = await startRun(
      { ...system.ports, workflow: system.workflow },
      {
        owner: "local",
        machine: "publish",
        packId: null,
        modelId: null,
        tag: null,
        codeVersion: "test",
        input: { trained_model_id: "nobody", request: { action: "publish", by: "local", reason: "" } },
      },
    );
    await expect(awaitRun(system, "local", run.run_id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/was not delivered: no route to the webhook\n$/));
  });

  it("shows the input of each step to who asked for it", async () => {
    const seen: string[] = [];
    const system = await createLocalSystem({
      home: emptyHome(),
      alerts: { deliver: async () => {} },
      workers: 1,
      onStep: (state) => seen.push(state),
    });
    onTestFinished(() => system.close());
    const { run } = await startRun(
      { ...system.ports, workflow: system.workflow },
      {
        owner: "local",
        machine: "signals",
        packId: null,
        modelId: null,
        tag: null,
        codeVersion: "test",
        input: { tick: "2026-01-02T21:00:00Z", request: { as_of: null, trained_model_id: null, scope: "owner" } },
      },
    );
    expect((await awaitRun(system, "local", run.run_id)).status).toBe("succeeded");
    expect(seen).toEqual(["PlanSignals"]);
  });
});

describe("localHome", () => {
  it("is SIGMA_HOME, else .sigma in the working directory", () => {
    expect(localHome("/data/sigma home")).toBe("/data/sigma home");
    expect(localHome("")).toBe(join(process.cwd(), ".sigma"));
  });
});

describe("localClock", () => {
  it("stands still at SIGMA_CLOCK and refuses what is no time", () => {
    expect(localClock("2026-01-02T21:00:00Z").now()).toBe(Date.UTC(2026, 0, 2, 21));
    expect(() => localClock("yesterday")).toThrowError(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining('"yesterday"') }),
    );
  });
});
