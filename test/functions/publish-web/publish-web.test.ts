import { describe, expect, it } from "vitest";
import { createPublishWeb } from "#functions/publish-web/publish-web.ts";
import type { SiteFile, SiteHeaders, SiteStore } from "#lib/ports/site-store.ts";

const NOW = Date.UTC(2026, 10, 20);
const DAY_MS = 86_400_000;
const CONFIG = {
  mode: "cloud",
  sign_in: { domain: "https://sigma-lab-1.auth.example", client_id: "c", issuer: "https://issuer.example/pool" },
};
const bytes = (text: string) => new TextEncoder().encode(text);
const FILES = new Map([
  ["index.html", bytes("<!doctype html>")],
  ["mark.svg", bytes("<svg/>")],
  ["assets/index-0a1b2c3d.js", bytes("1")],
]);

function world(options: { files?: ReadonlyMap<string, Uint8Array>; present?: readonly SiteFile[]; failing?: string } = {}) {
  const put: { key: string; headers: SiteHeaders; text: string }[] = [];
  const removed: string[] = [];
  const answers: { url: string; body: Record<string, unknown> }[] = [];
  const site: SiteStore = {
    async put(key, body, headers) {
      if (key === options.failing) throw new Error("AccessDenied: no");
      put.push({ key, headers, text: new TextDecoder().decode(body) });
    },
    list: async () => options.present ?? [],
    remove: async (keys) => void removed.push(...keys),
  };
  const handler = createPublishWeb({
    site,
    clock: { now: () => NOW },
    files: options.files ?? FILES,
    answer: async (url, body) => void answers.push({ url, body: JSON.parse(body) as Record<string, unknown> }),
  });
  return { handler, put, removed, answers };
}

const event = (RequestType: string, ResourceProperties: object = { Config: JSON.stringify(CONFIG), Digest: "d", ServiceToken: "arn" }) => ({
  RequestType,
  ResponseURL: "https://answers.example/1",
  StackId: "stack",
  RequestId: "request",
  LogicalResourceId: "Published",
  ResourceType: "Custom::WebApp",
  ResourceProperties,
});
const SUCCESS = {
  Status: "SUCCESS",
  StackId: "stack",
  RequestId: "request",
  LogicalResourceId: "Published",
  PhysicalResourceId: "web-app",
};

describe("createPublishWeb", () => {
  it("puts every file below its address, with type and life, and the page that names the others last", async () => {
    const { handler, put, answers } = world();
    await handler(event("Create"));
    expect(put.map(({ key, headers }) => [key, headers.contentType, headers.cacheControl])).toEqual([
      ["app/mark.svg", "image/svg+xml; charset=utf-8", "no-cache"],
      ["app/assets/index-0a1b2c3d.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
      ["app/config.json", "application/json; charset=utf-8", "no-cache"],
      ["app/index.html", "text/html; charset=utf-8", "no-cache"],
    ]);
    expect(JSON.parse(put.find(({ key }) => key === "app/config.json")!.text)).toEqual(CONFIG);
    expect(answers).toEqual([{ url: "https://answers.example/1", body: SUCCESS }]);
  });

  it("keeps what earlier pages may still load for a month, and removes it then", async () => {
    const { handler, removed } = world({
      present: [
        { key: "app/index.html", writtenAt: NOW - 90 * DAY_MS },
        { key: "app/assets/index-0a1b2c3d.js", writtenAt: NOW - 90 * DAY_MS },
        { key: "app/assets/index-recent00.js", writtenAt: NOW - 29 * DAY_MS },
        { key: "app/assets/index-old00000.js", writtenAt: NOW - 31 * DAY_MS },
      ],
    });
    await handler(event("Update"));
    expect(removed).toEqual(["app/assets/index-old00000.js"]);
  });

  it("removes everything when the stack goes", async () => {
    const present = [
      { key: "app/index.html", writtenAt: NOW },
      { key: "app/config.json", writtenAt: NOW },
    ];
    const { handler, removed, put, answers } = world({ present });
    await handler(event("Delete", {}));
    expect(removed).toEqual(["app/index.html", "app/config.json"]);
    expect(put).toEqual([]);
    expect(answers[0]!.body).toEqual(SUCCESS);
  });

  it("tells CloudFormation what failed, and fails itself, without having replaced the page", async () => {
    const { handler, put, answers } = world({ failing: "app/config.json" });
    await expect(handler(event("Update"))).rejects.toThrow("AccessDenied");
    expect(put.map(({ key }) => key)).not.toContain("app/index.html");
    expect(answers[0]!.body).toMatchObject({ Status: "FAILED", Reason: "AccessDenied: no", PhysicalResourceId: "web-app" });
  });

  it.each([
    ["no page", new Map([["mark.svg", bytes("x")]]), undefined, /Build it, and deploy again/],
    ["no configuration", FILES, {}, /Config/],
    ["a configuration that is none", FILES, { Config: '{"mode":"cloud"}' }, /properties of the custom resource|sign_in/],
  ] as const)("says that there is %s", async (_, files, properties, reason) => {
    const { handler, answers, put } = world({ files });
    await expect(handler(event("Create", properties))).rejects.toThrow(reason);
    expect(answers[0]!.body["Status"]).toBe("FAILED");
    expect(put).toEqual([]);
  });

  it("refuses what is no event of a custom resource", async () => {
    await expect(world().handler({ RequestType: "Other" })).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });
});
