import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createWebhookAlertSink } from "#lib/adapters/local/webhook-alert-sink.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import type { AlertSink } from "#lib/ports/alert-sink.ts";
import { ALERT, alertSinkContract, breakableAlertSinkContract } from "../../../contract/alert-sink.contract.ts";

interface Receiver {
  readonly sink: AlertSink;
  readonly requests: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  readonly waits: number[];
  /** Statuses of the next answers, then 204; 0 = no answer. */
  readonly answers: number[];
  readonly port: number;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const secret = "webhook secret";

async function receiver(timeoutMs = 20_000): Promise<Receiver> {
  const requests: Receiver["requests"] = [];
  const answers: number[] = [];
  const waits: number[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      requests.push({ headers: request.headers, body });
      const status = answers.shift() ?? 204;
      if (status !== 0) response.writeHead(status, { location: "http://127.0.0.1:1/elsewhere" }).end();
    });
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const sink = createWebhookAlertSink({
    url: `http://127.0.0.1:${port}/hook?key=in-url`,
    secret,
    clock: createReplayClock(1_767_323_045_678),
    sleep: async (ms) => {
      waits.push(ms);
    },
    timeoutMs,
  });
  return { sink, requests, waits, answers, port };
}

const acceptedBy = ({ requests }: Receiver) => requests.map(({ headers }) => String(headers["x-sigma-alert-id"]));

describe("createWebhookAlertSink", () => {
  alertSinkContract(async () => {
    const to = await receiver();
    return { sink: to.sink, accepted: () => acceptedBy(to) };
  });

  breakableAlertSinkContract(async () => {
    const to = await receiver();
    let refused = 0;
    return {
      sink: to.sink,
      accepted: () => acceptedBy(to).slice(refused),
      breakReceiver: () => {
        refused = to.answers.push(503, 500, 502, 429);
      },
      repairReceiver: () => {
        to.answers.length = 0;
      },
    };
  });

  it("signs the time and the exact bytes of the body", async () => {
    const { sink, requests } = await receiver();
    await sink.deliver(ALERT);
    const { headers, body } = requests[0]!;
    expect(headers["content-type"]).toBe("application/json");
    expect(JSON.parse(body)).toEqual(ALERT);
    const expected = createHmac("sha256", secret).update(`1767323045.${body}`).digest("hex");
    expect(headers["x-sigma-signature"]).toBe(`t=1767323045,v1=${expected}`);
  });

  it("tries again after a doubled wait, up to four times", async () => {
    const { sink, requests, waits, answers } = await receiver();
    answers.push(500, 503);
    await sink.deliver(ALERT);
    expect(requests).toHaveLength(3);
    expect(waits).toEqual([500, 1000]);
    answers.push(500, 500, 500, 500);
    await expect(sink.deliver({ ...ALERT, id: "other" })).rejects.toMatchObject({ code: "STORE_UNAVAILABLE", facts: { attempts: 4 } });
    expect(requests).toHaveLength(7);
    expect(waits).toEqual([500, 1000, 500, 1000, 2000]);
  });

  it("does not wait longer than its timeout for an answer", async () => {
    const { sink, requests, answers } = await receiver(300);
    answers.push(0);
    await sink.deliver(ALERT);
    expect(requests.length).toBeGreaterThanOrEqual(2);
    answers.push(0, 0, 0, 0);
    await expect(sink.deliver({ ...ALERT, id: "other" })).rejects.toThrowError(/the last ended with no answer within "300" ms/);
  });

  it.each([400, 401, 404, 410, 302, 307])("takes status %i as a refusal, which it does not repeat or follow", async (status) => {
    const { sink, requests, answers } = await receiver();
    answers.push(status);
    const error = await sink.deliver(ALERT).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: "UNPROCESSABLE", retryable: false, facts: { status } });
    expect(requests).toHaveLength(1);
    expect(JSON.stringify([String(error), error])).not.toMatch(/webhook secret|in-url/);
  });

  it("reports a closed port as retryable", async () => {
    const { sink, port } = await receiver();
    await new Promise((closed) => servers.at(-1)!.close(closed));
    await expect(sink.deliver(ALERT)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE", facts: { host: `127.0.0.1:${port}` } });
  });

  it.each(["http://example.com/hook", "ftp://127.0.0.1/", "https://user:password@example.com/", "not a url", "file:///etc/passwd", ""])(
    "refuses to send signed data to %j",
    (url) => {
      const create = () => createWebhookAlertSink({ url, secret, clock: createReplayClock(0), sleep: async () => {} });
      expect(create).toThrowError(expect.objectContaining({ code: "CONFIG_INVALID" }));
    },
  );

  it("refuses an empty secret", () => {
    const create = () =>
      createWebhookAlertSink({ url: "https://example.com/", secret: "", clock: createReplayClock(0), sleep: async () => {} });
    expect(create).toThrowError(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });
});
