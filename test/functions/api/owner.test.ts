import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { cloudOwner, localOwner } from "#functions/api/owner.ts";

const ask = async (owner: typeof localOwner, path: string, init: RequestInit = {}, env: object = {}) => {
  const app = new Hono().all("*", (context) => context.text(owner(context)));
  app.onError((error) => new Response(error.name, { status: 400 }));
  return (await app.request(path, init, env)).text();
};

describe("localOwner", () => {
  it("is the single user, or the simulated workspace beside it", async () => {
    expect(await ask(localOwner, "/")).toBe("local");
    expect(await ask(localOwner, "/", { headers: { "x-sigma-workspace": "simulated" } })).toBe("local-simulated");
    expect(await ask(localOwner, "/?workspace=simulated")).toBe("local-simulated");
    expect(await ask(localOwner, "/?workspace=real")).toBe("local");
  });

  it("takes no other workspace", async () => {
    expect(await ask(localOwner, "/", { headers: { "x-sigma-workspace": "someone-else" } })).toBe("INVALID_PARAM");
  });
});

describe("cloudOwner", () => {
  const event = (owner: unknown, scopes = "read write") => ({ event: { requestContext: { authorizer: { lambda: { owner, scopes } } } } });

  it("is the authorizer's word in the event", async () => {
    expect(await ask(cloudOwner, "/", {}, event("u-123"))).toBe("u-123");
  });

  it("is never taken from what the caller writes", async () => {
    const init = { headers: { "x-sigma-workspace": "simulated", "x-owner": "u-123", authorization: "Bearer u-123" } };
    expect(await ask(cloudOwner, "/?owner=u-123&workspace=simulated", init)).toBe("UNAUTHENTICATED");
    expect(await ask(cloudOwner, "/?workspace=simulated", init, event("u-9"))).toBe("u-9");
  });

  it("asks for the scope that the method needs", async () => {
    expect(await ask(cloudOwner, "/", {}, event("u-1", "read"))).toBe("u-1");
    expect(await ask(cloudOwner, "/", { method: "POST" }, event("u-1", "read"))).toBe("FORBIDDEN");
    expect(await ask(cloudOwner, "/", { method: "DELETE" }, event("u-1", "write"))).toBe("u-1");
    expect(await ask(cloudOwner, "/", {}, event("u-1", "write"))).toBe("FORBIDDEN");
  });

  it("refuses an event without an owner that can be a key", async () => {
    for (const owner of [undefined, "", "a/b", "../x", 7, "a".repeat(65)])
      expect(await ask(cloudOwner, "/", {}, event(owner))).toBe("UNAUTHENTICATED");
  });
});
