import type { Answer } from "./answer.ts";
import { jsonText } from "./json-text.ts";

export const EVENT_STREAM = "text/event-stream; charset=utf-8";

/** One server-sent event; JSON has no line breaks, so the data is one line. */
export const eventText = (name: string, id: number, data: unknown): string => `id: ${id}\nevent: ${name}\ndata: ${jsonText(data)}\n\n`;

/**
 * A stream of texts as they come.
 *
 * @param texts - is told by the signal that the reader has gone away, and ends then
 */
export function streamed(texts: (gone: AbortSignal) => AsyncGenerator<string>, requestSignal: AbortSignal): Answer {
  const encoder = new TextEncoder();
  const left = new AbortController();
  const coming = texts(AbortSignal.any([left.signal, requestSignal]));
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await coming.next();
      if (left.signal.aborted) return;
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel() {
      left.abort();
    },
  });
  return { status: 200, headers: { "content-type": EVENT_STREAM, "x-accel-buffering": "no" }, body: { stream: body } };
}
