import { describe, expect, it } from "vitest";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { apiHarness } from "./support.ts";

type Health = { status: string; parts: Record<string, { status: string; detail: string }> };
const healthOf = async (response: Response) => (await response.json()) as Health;

describe("GET /healthz", () => {
  it("uses every part and says that it works", async () => {
    const { call } = apiHarness();
    const response = await call("GET", "/healthz");
    expect(response.status).toBe(200);
    const { status, parts } = await healthOf(response);
    expect(status).toBe("ok");
    expect(Object.keys(parts)).toEqual(["process", "storage", "metadata", "workflow", "providers"]);
    expect(parts["providers"]!.detail).toBe("sample, simulated, files");
  });

  it("says which provider has a ticker", async () => {
    const { call } = apiHarness();
    expect((await healthOf(await call("GET", "/healthz?ticker=SPX"))).parts["providers"]!.detail).toBe("sample has SPX");
    expect((await healthOf(await call("GET", "/healthz?ticker=NOPE"))).parts["providers"]!.detail).toBe("no provider has NOPE");
    expect((await call("GET", "/healthz?ticker=a%20b")).status).toBe(400);
  });

  it("is honest about each part, and keeps paths to itself", async () => {
    for (const part of ["storage", "metadata", "workflow", "providers"] as const) {
      const { call, ports } = apiHarness();
      const broken = async () => {
        throw new SigmaError("STORE_READ_ONLY", "The folder /home/somebody cannot be written.");
      };
      if (part === "storage") ports.artifacts.put = broken;
      if (part === "metadata") ports.metadata.get = broken;
      if (part === "workflow") ports.workflow.describe = broken;
      if (part === "providers") ports.marketData.offers = broken;
      const response = await call("GET", "/healthz");
      expect(response.status, part).toBe(503);
      const { status, parts } = await healthOf(response);
      expect(status).toBe("fail");
      expect(parts[part]).toMatchObject({ status: "fail", detail: "STORE_READ_ONLY" });
      expect(Object.values(parts).filter((one) => one.status === "fail")).toHaveLength(1);
    }
  });

  it("needs no owner", async () => {
    const { call } = apiHarness({
      mode: "cloud",
      owner: () => {
        throw new SigmaError("UNAUTHENTICATED", "no token");
      },
    });
    expect((await call("GET", "/healthz")).status).toBe(200);
    expect((await call("GET", "/openapi.json")).status).toBe(200);
    expect((await call("GET", "/v1/runs")).status).toBe(401);
  });
});
