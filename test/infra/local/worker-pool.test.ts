import { describe, expect, it, onTestFinished } from "vitest";
import { createWorkerPool, type WorkerPool } from "#infra/local/worker-pool.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";

const clock = { now: () => Date.parse("2026-01-02T00:00:00Z") };

function pool(size: number): WorkerPool {
  const script = new URL("./scripted-worker.child.ts", import.meta.url);
  const created = createWorkerPool({ size, home: "unused", metadata: createMemoryMetadataStore({ clock }), script });
  onTestFinished(() => created.close());
  return created;
}

describe("createWorkerPool", () => {
  it("answers each call with its own result, however many there are for its workers", async () => {
    const { run } = pool(2);
    const events = Array.from({ length: 9 }, (_, i) => i);
    expect(await Promise.all(events.map((event) => run("echo", event)))).toEqual(events);
  });

  it("hands an error over with its code, message, facts and fields", async () => {
    const failure = await pool(1)
      .run("fail", null)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SigmaError);
    expect(failure).toMatchObject({
      code: "DATA_INVALID",
      message: "Row 3 is bad.",
      facts: { row: 3 },
      fieldErrors: [{ path: "close", issue: "must be above 0" }],
    });
  });

  it.each(["exit", "throw-outside"])(
    "fails the job of a worker that dies (%s) as Lambda would name it, and replaces the worker",
    async (handler) => {
      const { run } = pool(1);
      const dying = run(handler, null);
      const next = run("echo", "next");
      await expect(dying).rejects.toMatchObject({ name: "Runtime.ExitError", message: expect.stringContaining(`"${handler}"`) });
      expect(await next).toBe("next");
    },
  );

  it("ends a handler that takes longer than it may, as Lambda would name it, and goes on", async () => {
    const { run } = pool(1);
    const slow = run("wait", 60_000, undefined, 0.3);
    const next = run("echo", "next");
    await expect(slow).rejects.toMatchObject({
      name: "Sandbox.Timedout",
      message: expect.stringContaining('"wait" took longer than the 0.3 s'),
    });
    expect(await next).toBe("next");
  });

  it("asks whether work may start when its turn has come, and goes on with the next when it may not", async () => {
    const { run } = pool(1);
    let open = true;
    const mayStart = async (): Promise<void> => {
      if (!open) throw new SigmaError("RUN_CANCELED", "The run was canceled.");
    };
    const first = run("wait", 40, mayStart);
    const second = run("echo", "second", mayStart);
    const third = run("echo", "third");
    open = false;
    await expect(second).rejects.toMatchObject({ code: "RUN_CANCELED" });
    expect(await first).toBe(40);
    expect(await third).toBe("third");
  });

  it("fails what waits and what comes later once it is closed", async () => {
    const closing = pool(1);
    const busy = closing.run("wait", 5000);
    const waiting = closing.run("echo", 1);
    const settled = Promise.allSettled([busy, waiting]);
    await closing.close();
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(closing.run("echo", 1)).rejects.toMatchObject({ name: "Runtime.ExitError" });
  });
});
