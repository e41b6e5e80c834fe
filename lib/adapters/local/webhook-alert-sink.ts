import { createHmac } from "node:crypto";
import { canonicalJson } from "../../core/canonical-json.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { AlertSink } from "../../ports/alert-sink.ts";
import type { Clock } from "../../ports/clock.ts";
import { createRecentIds } from "../recent-ids.ts";

export interface WebhookAlertSinkOptions {
  /** https, or http on this machine. */
  readonly url: string;
  /** Signs each request. Never shown. */
  readonly secret: string;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  /** For one attempt. */
  readonly timeoutMs?: number;
  readonly attempts?: number;
  readonly fetch?: typeof fetch;
}

/** First wait between attempts; it doubles each time. */
const BACK_OFF_MS = 500;

/**
 * Posts each alert as JSON. `x-sigma-signature: t=<UTC seconds>,v1=<hex>` is the HMAC-SHA256 of `<t>.<body>`, so a
 * receiver can refuse forgeries and replays; `x-sigma-alert-id` lets it drop a second delivery. Redirects are not
 * followed. A timeout, a network fault, 429 or 5xx is tried again; another refusal is not.
 *
 * @throws CONFIG_INVALID when the url is not one to send signed data to
 */
export function createWebhookAlertSink(options: WebhookAlertSinkOptions): AlertSink {
  const { secret, clock, sleep, timeoutMs = 5000, attempts = 4, fetch: send = fetch } = options;
  const url = checkUrl(options.url);
  if (secret === "") throw new SigmaError("CONFIG_INVALID", "A webhook needs a secret to sign with; found an empty one.");
  const recent = createRecentIds();

  const post = async (id: string, body: string): Promise<number> => {
    const seconds = Math.floor(clock.now() / 1000);
    const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
    const response = await send(url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        "content-type": "application/json",
        "x-sigma-alert-id": encodeURIComponent(id),
        "x-sigma-signature": `t=${seconds},v1=${signature}`,
      },
      body,
    });
    await response.body?.cancel();
    return response.status;
  };

  return {
    async deliver(alert) {
      if (recent.has(alert.id)) return;
      const { id, kind, owner, title } = alert;
      const body = canonicalJson({ id, kind, owner, title, body: alert.body });
      let last = "";
      for (let attempt = 1; attempt <= attempts; attempt++) {
        if (attempt > 1) await sleep(BACK_OFF_MS * 2 ** (attempt - 2));
        try {
          const status = await post(id, body);
          if (status >= 200 && status < 300) {
            recent.add(id);
            return;
          }
          if (status < 500 && status !== 429)
            throw new SigmaError(
              "UNPROCESSABLE",
              `The webhook at "${url.host}" refused the alert "${id}" with status "${status}". Check its address and that it accepts signed JSON.`,
              { alert: id, host: url.host, status },
            );
          last = `status "${status}"`;
        } catch (error) {
          if (error instanceof SigmaError) throw error;
          last = (error as Error).name === "TimeoutError" ? `no answer within "${timeoutMs}" ms` : "a failed connection";
        }
      }
      throw new SigmaError(
        "STORE_UNAVAILABLE",
        `The webhook at "${url.host}" did not take the alert "${id}" in ${attempts} attempts; the last ended with ${last}. It can be delivered again.`,
        { alert: id, host: url.host, attempts },
      );
    },
  };
}

function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url && (url.protocol === "https:" || (url.protocol === "http:" && local)) && url.username === "" && url.password === "") return url;
  throw new SigmaError("CONFIG_INVALID", "A webhook's url must be https (http only on this machine) and hold no user or password.");
}
