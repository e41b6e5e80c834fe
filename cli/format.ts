/** What stands for an unknown number: never 0, never an empty cell. */
const UNKNOWN = "n/a";

/** A number with a fixed count of decimals; null and NaN are "n/a". */
export function decimal(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return UNKNOWN;
  const text = value.toFixed(digits);
  // -0.00 says nothing that 0.00 does not.
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** A whole number with groups of three: 5,105. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? UNKNOWN : Math.round(value).toLocaleString("en-US");
}

/** A fraction as percent, without the sign: the unit stands in the header. */
export function percent(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined ? UNKNOWN : decimal(value * 100, digits);
}

/** Text, or "n/a" where there is none. */
export function text(value: string | null | undefined): string {
  return value === null || value === undefined || value === "" ? UNKNOWN : value;
}

/** An ISO time in minutes, UTC: `2026-01-02 21:00`. */
export function minute(iso: string | null | undefined): string {
  return iso === null || iso === undefined ? UNKNOWN : iso.slice(0, 16).replace("T", " ");
}

/** A span of time as a person says it: 0.4 s, 12 s, 3 min 05 s, 2 h 04 min. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** Bytes in the largest unit that leaves a number of at least 1. */
export function bytes(value: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let scaled = value;
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? scaled : scaled.toFixed(1)} ${units[unit]}`;
}

/** Breaks a text at spaces so that no line is wider than `width` where that is possible. Line breaks stay. */
export function wrap(value: string, width: number, indent = ""): string {
  return value
    .split("\n")
    .map((paragraph) => {
      const lines: string[] = [];
      let line = "";
      for (const word of paragraph.split(" ")) {
        if (line !== "" && indent.length + line.length + 1 + word.length > width) {
          lines.push(line);
          line = word;
        } else line = line === "" ? word : `${line} ${word}`;
      }
      lines.push(line);
      return lines.map((part) => `${indent}${part}`).join("\n");
    })
    .join("\n");
}
