/** One event of a `text/event-stream` body. */
export interface ServerEvent {
  readonly id: string | undefined;
  readonly name: string;
  readonly data: string;
}

/**
 * The events of a stream, as they come. Comments and fields that the standard does not know are skipped.
 *
 * @param onRetry - hears how many milliseconds the server asks to wait before the next connection
 */
export async function* serverEvents(
  body: AsyncIterable<Uint8Array>,
  onRetry?: (milliseconds: number) => void,
): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  let id: string | undefined;
  let name = "message";
  let data: string[] = [];
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    // A carriage return at the end of a chunk may be half of a line break.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0) yield { id, name, data: data.join("\n") };
        name = "message";
        data = [];
        continue;
      }
      const at = line.indexOf(":");
      const field = at < 0 ? line : line.slice(0, at);
      const value = at < 0 ? "" : line.slice(at + 1).replace(/^ /, "");
      if (field === "data") data.push(value);
      else if (field === "event") name = value;
      else if (field === "id") id = value;
      else if (field === "retry" && /^\d{1,9}$/.test(value)) onRetry?.(Number(value));
    }
  }
}
