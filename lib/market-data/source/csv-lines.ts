import { SigmaError } from "../../errors/sigma-error.ts";

/** Longest line that is read, in bytes. */
export const MAX_LINE_BYTES = 64 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Cuts a stream of bytes into lines of text; holds at most one line and one chunk. */
export interface LineSplitter {
  push(chunk: Uint8Array): void;
  /** Hands over the last line when it has no line feed. */
  end(): void;
}

/**
 * @param onLine - gets each line without its line ending, and its number from 1
 * @throws DATA_INVALID (from push) when a line is longer than 64 KB
 */
export function createLineSplitter(name: string, onLine: (line: string, lineNumber: number) => void): LineSplitter {
  let rest: Uint8Array = new Uint8Array(0);
  let lineNumber = 0;

  const emit = (bytes: Uint8Array, start: number, end: number): void => {
    lineNumber += 1;
    if (end - start > MAX_LINE_BYTES) throw tooLong(name, lineNumber);
    const last = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    onLine(Buffer.from(bytes.buffer, bytes.byteOffset + start, last - start).toString("utf8"), lineNumber);
  };

  return {
    push(chunk) {
      let bytes = chunk;
      if (rest.length > 0) {
        bytes = new Uint8Array(rest.length + chunk.length);
        bytes.set(rest);
        bytes.set(chunk, rest.length);
      }
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        emit(bytes, start, end);
        start = end + 1;
      }
      if (bytes.length - start > MAX_LINE_BYTES) throw tooLong(name, lineNumber + 1);
      // A copy: the caller may use its chunk again.
      rest = Uint8Array.from(bytes.subarray(start));
    },
    end() {
      if (rest.length > 0) emit(rest, 0, rest.length);
      rest = new Uint8Array(0);
    },
  };
}

function tooLong(name: string, lineNumber: number): SigmaError {
  return new SigmaError(
    "DATA_INVALID",
    `${name}: line ${lineNumber} is longer than ${MAX_LINE_BYTES} bytes. Expected one bar a line; is this a CSV file?`,
    { source: name, line: lineNumber },
  );
}

/**
 * Splits one CSV line into trimmed cells. Quotes may enclose a cell; a doubled quote inside stands for one.
 *
 * @returns undefined when a quote is not closed on the line
 */
export function splitCells(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === " ") at++;
    if (line[at] === '"') {
      let text = "";
      for (at += 1; ; at += 1) {
        const quote = line.indexOf('"', at);
        if (quote < 0) return undefined;
        text += line.slice(at, quote);
        at = quote + 1;
        if (line[at] !== '"') break;
        text += '"';
      }
      cells.push(text.trim());
      const next = line.indexOf(delimiter, at);
      if (line.slice(at, next < 0 ? undefined : next).trim() !== "") return undefined;
      if (next < 0) return cells;
      at = next + 1;
    } else {
      const next = line.indexOf(delimiter, at);
      cells.push(line.slice(at, next < 0 ? undefined : next).trim());
      if (next < 0) return cells;
      at = next + 1;
    }
  }
}
