import { describe, expect, it } from "vitest";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { apiHarness } from "./support.ts";

type Health = { status: string; parts: Record<string, { status: string; detail: string }>; providers: Record<string, unknown>[] };
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

  it("says of each provider whether it is ready, what it gives, how often it may be asked, and whether it has the ticker", async () => {
    const { call, ports } = apiHarness();
    const offers = await ports.marketData.offers("local");
    const vendor = { provider: "polygon", description: "What your plan includes", kinds: ["bars"], symbols: null } as const;
    ports.marketData.offers = async () => [...offers, { ...vendor, needs: null, requestsPerMinute: 5 }];
    const { parts, providers } = await healthOf(await call("GET", "/healthz?ticker=SPX"));
    expect(parts["providers"]!.detail).toBe("sample has SPX; polygon may have SPX: asked when a model needs it");
    expect(providers.find(({ provider }) => provider === "polygon")).toEqual({
      provider: "polygon",
      ready: true,
      needs: null,
      entitlement: "What your plan includes",
      requests_per_minute: 5,
      has_ticker: null,
    });
    expect(providers.find(({ provider }) => provider === "sample")).toMatchObject({
      ready: true,
      requests_per_minute: null,
      has_ticker: true,
    });
    ports.marketData.offers = async () => [{ ...vendor, needs: "the secret POLYGON_API_KEY", requestsPerMinute: 5 }];
    const without = await healthOf(await call("GET", "/healthz?ticker=SPX"));
    expect(without.parts["providers"]!.detail).toBe("no provider has SPX");
    expect(without.providers).toMatchObject([{ ready: false, needs: "the secret POLYGON_API_KEY" }]);
  });

  it("is not ready when records cannot be written, though they can be read", async () => {
    const { call, ports } = apiHarness();
    ports.metadata.put = async () => {
      throw new SigmaError("STORE_READ_ONLY", "The file is read-only.");
    };
    const response = await call("GET", "/healthz");
    expect(response.status).toBe(503);
    expect((await healthOf(response)).parts["metadata"]).toMatchObject({ status: "fail", detail: "STORE_READ_ONLY" });
  });

  it("gives up on a part that does not answer, not on one that this process kept from answering", async () => {
    const { call, ports } = apiHarness();
    ports.workflow.describe = () => new Promise(() => {});
    const { get } = ports.artifacts;
    ports.artifacts.get = async (...args) => {
      // The thread computes for longer than anybody would wait, and the answer comes right after it.
      const until = performance.now() + 3200;
      while (performance.now() < until);
      await new Promise((settle) => setTimeout(settle, 20));
      return get(...args);
    };
    const response = await call("GET", "/healthz");
    expect(response.status).toBe(503);
    const { parts } = await healthOf(response);
    expect(parts["workflow"]).toMatchObject({ status: "fail", detail: "no answer within 3000 ms" });
    expect(parts["storage"]).toMatchObject({ status: "ok" });
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
