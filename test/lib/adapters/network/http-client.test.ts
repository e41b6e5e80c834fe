import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createHttpClient, type HttpClientOptions } from "#lib/adapters/network/http-client.ts";
import { createRequestBudget } from "#lib/adapters/network/request-budget.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { clientOf, SECRET, shownOf, sleepingClock, vendor } from "./loopback.ts";

const schema = z.object({ price: z.number() });
const request = { path: "/v1/price/SPY", query: { cursor: "abc" }, schema, feature: "prices (the Gold plan)" };
const fine = { body: { price: 5, added_by_the_vendor_later: true } };

const failureOf = async (work: Promise<unknown>): Promise<SigmaError> => {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(SigmaError);
  return error as SigmaError;
};

describe("createHttpClient", () => {
  it("asks with the key in its header and takes of the answer what it needs", async () => {
    const { url, asked } = await vendor(() => fine);
    expect(await clientOf(url).client.open().get(request)).toEqual({ price: 5 });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ path: "/v1/price/SPY", query: { cursor: "abc" }, headers: { authorization: `Bearer ${SECRET}` } });
  });

  it("reads compressed answers", async () => {
    const { url } = await vendor(() => (response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"price":7}'));
    });
    expect(await clientOf(url).client.open().get(request)).toEqual({ price: 7 });
  });

  describe("tries again", () => {
    it("after 500, 502 and 429, with jittered waits", async () => {
      const { url, asked } = await vendor((_, before) => (before < 3 ? { status: [500, 502, 429][before]! } : fine));
      const { client, waits } = clientOf(url, { random: () => 0.5 });
      expect(await client.open().get(request)).toEqual({ price: 5 });
      expect(asked).toHaveLength(4);
      expect(waits).toEqual([500, 1000, 2000]);
    });

    it("after as many seconds as Retry-After says, or at its date", async () => {
      const { url } = await vendor((_, before) => {
        if (before === 0) return { status: 429, headers: { "retry-after": "7" } };
        return before === 1 ? { status: 503, headers: { "retry-after": "Wed, 10 Jul 2024 14:00:57 GMT" } } : fine;
      });
      const { client, waits } = clientOf(url, { now: Date.UTC(2024, 6, 10, 14, 0) });
      await client.open().get(request);
      expect(waits).toEqual([7000, 50_000]);
    });

    it("after an answer that breaks off and a connection that is cut", async () => {
      const { url, asked } = await vendor((_, before) => {
        if (before === 0)
          return (response) => response.writeHead(200, { "content-length": "500" }).write('{"pri', () => response.destroy());
        return before === 1 ? (response) => response.destroy() : fine;
      });
      expect(await clientOf(url).client.open().get(request)).toEqual({ price: 5 });
      expect(asked).toHaveLength(3);
    });

    it("after an attempt that took too long, in its head or in its body", async () => {
      const { url, asked } = await vendor((_, before) => {
        if (before === 0) return () => {};
        return before === 1 ? (response) => void response.writeHead(200).write('{"price":') : fine;
      });
      const { client } = clientOf(url, { limits: { timeoutMs: 60 } });
      expect(await client.open().get(request)).toEqual({ price: 5 });
      expect(asked).toHaveLength(3);
    });
  });

  describe("gives up", () => {
    it("as RATE_LIMITED when the vendor still says so after the last attempt", async () => {
      const { url, asked } = await vendor(() => ({ status: 429 }));
      const error = await failureOf(
        clientOf(url, { limits: { attempts: 3 } })
          .client.open()
          .get(request),
      );
      expect(error).toMatchObject({ code: "RATE_LIMITED", retryable: true, facts: { provider: "vendor", endpoint: "/v1/price/SPY" } });
      expect(asked).toHaveLength(3);
    });

    it("at once when it is to wait longer than it may", async () => {
      const { url, asked } = await vendor(() => ({ status: 429, headers: { "retry-after": "86400" } }));
      const { client, waits } = clientOf(url);
      const error = await failureOf(client.open().get(request));
      expect(error).toMatchObject({ code: "RATE_LIMITED", facts: { retryAfterSeconds: 86_400 } });
      expect(error.message).toContain("it asks to wait 86400 s");
      expect([asked.length, waits]).toEqual([1, []]);
    });

    it("as DATA_UNAVAILABLE when a server error or a dead host stays", async () => {
      const { url } = await vendor(() => ({ status: 503 }));
      expect(await failureOf(clientOf(url).client.open().get(request))).toMatchObject({
        code: "DATA_UNAVAILABLE",
        message: expect.stringContaining('"vendor" did not answer /v1/price/SPY: status 503, after 5 attempts'),
        facts: { reason: "unreachable" },
      });
      const dead = clientOf("http://127.0.0.1:1");
      expect(await failureOf(dead.client.open().get(request))).toMatchObject({
        code: "DATA_UNAVAILABLE",
        facts: { reason: "unreachable" },
      });
      expect(dead.waits).toHaveLength(4);
    });

    it("as DATA_INVALID when every answer breaks off", async () => {
      const { url } = await vendor(
        () => (response) => response.writeHead(200, { "content-length": "99" }).write('{"price"', () => response.destroy()),
      );
      expect(await failureOf(clientOf(url).client.open().get(request))).toMatchObject({
        code: "DATA_INVALID",
        message: expect.stringContaining('The answer of "vendor" to /v1/price/SPY cannot be used: it broke off in each of 5 attempts'),
      });
    });
  });

  describe("refuses an answer", () => {
    it.each([
      ['{"price": 5', "it is no JSON, or was cut off"],
      ["<html>busy</html>", "it is no JSON, or was cut off"],
      ["", "it is no JSON, or was cut off"],
    ])("that is no JSON: %j", async (body, issue) => {
      const { url, asked } = await vendor(() => ({ body: body === "" ? " " : body }));
      const error = await failureOf(clientOf(url).client.open().get(request));
      expect(error).toMatchObject({ code: "DATA_INVALID", facts: { provider: "vendor", endpoint: "/v1/price/SPY" } });
      expect(error.message).toContain(issue);
      expect(asked).toHaveLength(1);
    });

    it("that lacks a needed field, by its name", async () => {
      const { url } = await vendor(() => ({ body: { results: [{ price: 1 }, { cost: 2 }, { price: "3" }] } }));
      const error = await failureOf(
        clientOf(url)
          .client.open()
          .get({ ...request, schema: z.object({ results: z.array(schema) }) }),
      );
      expect(error.code).toBe("DATA_INVALID");
      expect(error.fieldErrors.map(({ path }) => path)).toEqual(["results.1.price", "results.2.price"]);
    });

    it("that is larger than allowed, said beforehand, streamed, or packed", async () => {
      const big = JSON.stringify({ price: 5, padding: "x".repeat(5000) });
      const limits = { maxBytes: 1000 };
      const said = await vendor(() => ({ body: big }));
      const streamed = await vendor(() => (response) => {
        response.writeHead(200);
        const more = (): void => {
          if (!response.destroyed) response.write("x".repeat(500), () => setImmediate(more));
        };
        more();
      });
      const packed = await vendor(() => (response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(big)));
      for (const { url, asked } of [said, streamed, packed]) {
        const error = await failureOf(clientOf(url, { limits }).client.open().get(request));
        expect(error).toMatchObject({ code: "DATA_INVALID", message: expect.stringContaining('it is larger than "1000" bytes') });
        expect(asked).toHaveLength(1);
      }
    });
  });

  describe("tells why the vendor refuses", () => {
    it.each([
      [401, "credentials", 'does not take the key in "VENDOR_KEY" (status 401)'],
      [403, "entitlement", "does not let this key have prices (the Gold plan) (status 403 for /v1/price/SPY)"],
      [404, "not_found", "has nothing at /v1/price/SPY"],
      [400, "refused", 'refused /v1/price/SPY with status "400"'],
      [302, "refused", 'refused /v1/price/SPY with status "302"'],
    ])("status %i: %s", async (status, reason, message) => {
      const { url, asked } = await vendor(() => ({
        status,
        headers: { location: "http://127.0.0.1:1/elsewhere" },
        body: { message: `No, ${SECRET}!` },
      }));
      const error = await failureOf(clientOf(url).client.open().get(request));
      expect(error).toMatchObject({ code: "DATA_UNAVAILABLE", facts: { provider: "vendor", endpoint: "/v1/price/SPY", reason, status } });
      expect(error.message).toContain(message);
      expect(error.message).toContain("No, [hidden]!");
      expect(asked).toHaveLength(1);
    });

    it("and never shows the key or the query, whatever fails", async () => {
      const bodies = [
        { status: 401, body: { error: `bad key ${SECRET}` } },
        { status: 403, body: SECRET },
        { status: 500 },
        { status: 429 },
        { body: SECRET },
        { body: { key: SECRET } },
      ];
      for (const answer of bodies) {
        const { url } = await vendor(() => answer);
        const error = await failureOf(
          clientOf(url, { limits: { attempts: 2 } })
            .client.open()
            .get({ ...request, query: { apiKey: SECRET, cursor: "abc" } }),
        );
        expect(shownOf(error)).not.toContain(SECRET);
        expect(shownOf(error)).not.toContain("cursor");
      }
    });
  });

  it("passes on that the key is not set, before anything is sent", async () => {
    const { url, asked } = await vendor(() => fine);
    const missing = new SigmaError("CONFIG_INVALID", 'The secret "VENDOR_KEY" is not set. Add it.', { secret: "VENDOR_KEY" });
    const { client } = clientOf(url, { credentials: () => Promise.reject(missing) });
    expect(await failureOf(client.open().get(request))).toBe(missing);
    expect(asked).toHaveLength(0);
  });

  it("ends a session that needs more requests than it may have, attempts included", async () => {
    const { url, asked } = await vendor((_, before) => (before === 1 ? { status: 500 } : fine));
    const { client } = clientOf(url, { limits: { maxRequests: 3 } });
    const session = client.open();
    await session.get(request);
    await session.get(request);
    const error = await failureOf(session.get(request));
    expect(error).toMatchObject({
      code: "DATA_UNAVAILABLE",
      message: expect.stringContaining("needs more than 3 requests"),
      facts: { maxRequests: 3 },
    });
    expect(asked).toHaveLength(3);
    // Another question has requests of its own.
    expect(await client.open().get(request)).toEqual({ price: 5 });
  });

  it("keeps to the budget that all its sessions share", async () => {
    const { url } = await vendor(() => fine);
    const time = sleepingClock(0);
    const budget = createRequestBudget({ perMinute: 2, clock: time.clock, sleep: time.sleep });
    const { client } = clientOf(url, { budget });
    await Promise.all([client.open().get(request), client.open().get(request), client.open().get(request)]);
    expect(time.waits).toEqual([60_000]);
  });

  describe("is canceled", () => {
    const canceling = (): { signal: AbortSignal; cancel: () => void } => {
      const controller = new AbortController();
      return { signal: controller.signal, cancel: () => controller.abort() };
    };

    it("while it waits for an answer", async () => {
      const { signal, cancel } = canceling();
      const { url, asked } = await vendor(() => {
        setTimeout(cancel, 10);
        return () => {};
      });
      expect(await failureOf(clientOf(url, { signal }).client.open().get(request))).toMatchObject({ code: "RUN_CANCELED" });
      expect(asked).toHaveLength(1);
    });

    it("while it waits to try again, and before it begins", async () => {
      const { signal, cancel } = canceling();
      const { url, asked } = await vendor(() => ({ status: 500 }));
      const sleep: HttpClientOptions["sleep"] = async () => {
        cancel();
        throw new Error("woken");
      };
      const { client } = clientOf(url, { signal, sleep });
      expect(await failureOf(client.open().get(request))).toMatchObject({ code: "RUN_CANCELED" });
      expect(await failureOf(client.open().get(request))).toMatchObject({ code: "RUN_CANCELED" });
      expect(asked).toHaveLength(1);
    });
  });

  it.each(["http://api.example.com", "ftp://127.0.0.1", "https://user:word@api.example.com", "nonsense"])(
    "refuses the base %j",
    (baseUrl) => {
      const { client } = clientOf("http://127.0.0.1:1");
      const options = { ...client, provider: "vendor", baseUrl } as unknown as HttpClientOptions;
      expect(() => createHttpClient(options)).toThrowError(expect.objectContaining({ code: "CONFIG_INVALID" }));
    },
  );
});
