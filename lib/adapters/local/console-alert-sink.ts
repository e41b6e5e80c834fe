import { canonicalJson } from "../../core/canonical-json.ts";
import type { AlertSink } from "../../ports/alert-sink.ts";
import { createRecentIds } from "../recent-ids.ts";

export interface ConsoleAlertSinkOptions {
  /** Takes one line, without its line break. */
  readonly write: (line: string) => void;
}

/** Writes each alert as one line: kind, title and body. Line breaks and control characters are escaped. */
export function createConsoleAlertSink({ write }: ConsoleAlertSinkOptions): AlertSink {
  const recent = createRecentIds();
  return {
    async deliver(alert) {
      if (recent.has(alert.id)) return;
      write(`[${alert.kind}] ${printable(alert.title)} ${printable(canonicalJson(alert.body))} (${printable(alert.id)})`);
      recent.add(alert.id);
    },
  };
}

/** A title is text from outside: it must not move the cursor or forge a second line. */
const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
