import { describe, expect, it } from "vitest";
import { serverEvents } from "#client/event-stream.ts";

async function eventsOf(...chunks: string[]) {
  async function* body() {
    for (const chunk of chunks) yield new TextEncoder().encode(chunk);
  }
  return Array.fromAsync(serverEvents(body()));
}

describe("serverEvents", () => {
  it("reads ids, names and data, however the chunks are cut", async () => {
    expect(
      await eventsOf("retry: 2000\n\nid: 1\neve", 'nt: progress\ndata: {"a"', ":1}\n\n: still running\n\nevent: end\ndata: {}\n\n"),
    ).toEqual([
      { id: "1", name: "progress", data: '{"a":1}' },
      { id: "1", name: "end", data: "{}" },
    ]);
  });

  it("joins several data lines and drops an event that did not end", async () => {
    expect(await eventsOf("data: a\ndata: b\n\ndata: half")).toEqual([{ id: undefined, name: "message", data: "a\nb" }]);
  });

  it("takes a line break that two chunks share for one", async () => {
    expect(await eventsOf("data: a\r", "\ndata: b\r\n\r", "\n")).toEqual([{ id: undefined, name: "message", data: "a\nb" }]);
  });

  it("passes on how long the server asks to wait", async () => {
    const heard: number[] = [];
    async function* body() {
      yield new TextEncoder().encode("retry: 2000\n\nretry: soon\n\n");
    }
    expect(await Array.fromAsync(serverEvents(body(), (milliseconds) => heard.push(milliseconds)))).toEqual([]);
    expect(heard).toEqual([2000]);
  });
});
