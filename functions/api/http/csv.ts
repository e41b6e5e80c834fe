export type CsvValue = string | number | boolean | null;

/**
 * Rows as CSV (RFC 4180, CRLF). Texts that a spreadsheet would take for a formula are defused with an apostrophe; numbers
 * stay numbers; null is an empty field.
 */
export function csvOf(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Whether the caller asks for CSV rather than JSON. */
export const wantsCsv = (accept: string | undefined): boolean =>
  (accept ?? "").split(",").some((part) => part.split(";")[0]!.trim().toLowerCase() === "text/csv");
