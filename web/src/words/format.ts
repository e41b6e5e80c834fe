/** How a number is written. */
export type NumberFormat =
  | "count"
  | "ratio"
  | "ratio3"
  | "share"
  | "signed_share"
  | "percent"
  | "probability"
  | "bps"
  | "multiple"
  | "score4"
  | "price"
  | "seconds"
  | "dollars";

/** What stands where nothing is known. */
export const UNKNOWN = "–";

const number = (options: Intl.NumberFormatOptions): Intl.NumberFormat => new Intl.NumberFormat("en-US", options);
const digits = (count: number): Intl.NumberFormatOptions => ({ minimumFractionDigits: count, maximumFractionDigits: count });

const count = number({ maximumFractionDigits: 0 });
const two = number(digits(2));
const three = number(digits(3));
const four = number(digits(4));
const oneOf = number(digits(1));
const percent = number({ style: "percent", ...digits(1) });
const wholePercent = number({ style: "percent", signDisplay: "exceptZero", ...digits(0) });
const signedPercent = number({ style: "percent", signDisplay: "exceptZero", ...digits(1) });
const dollars = number({ style: "currency", currency: "USD" });

const WRITERS: Readonly<Record<NumberFormat, (value: number) => string>> = {
  count: (value) => count.format(value),
  ratio: (value) => two.format(value),
  ratio3: (value) => three.format(value),
  share: (value) => percent.format(value),
  // Ten times the stake and more: tenths of a percent say nothing any more.
  signed_share: (value) => (Math.abs(value) >= 10 ? wholePercent : signedPercent).format(value),
  percent: (value) => `${oneOf.format(value)}%`,
  probability: probability,
  bps: (value) => `${oneOf.format(value)} bps`,
  multiple: (value) => `${two.format(value)}×`,
  score4: (value) => four.format(value),
  price: (value) => two.format(value),
  seconds,
  dollars: (value) => (value > 0 && value < 0.01 ? "< $0.01" : dollars.format(value)),
};

/**
 * A number in en-US form. What is unknown is a dash, never 0; a minus is the sign that is as wide as a plus.
 */
export function formatNumber(value: number | null | undefined, format: NumberFormat): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return UNKNOWN;
  return withoutNegativeZero(WRITERS[format](value)).replace("-", "\u2212");
}

/** -0.001 with two digits is "0.00", not "-0.00". */
const withoutNegativeZero = (text: string): string => (/^-[0.,%×\sbps]+$/.test(text) ? text.slice(1) : text);

/** A probability keeps apart what rounding would call certain. */
function probability(value: number): string {
  if (value > 0 && value < 0.0005) return "< 0.001";
  if (value < 1 && value > 0.9995) return "> 0.999";
  return three.format(value);
}

/** A probability in a sentence: `0.52`, `above 0.99`. */
export function chanceInWords(value: number | null | undefined): string {
  if (typeof value === "number" && value < 1 && value >= 0.995) return "above 0.99";
  if (typeof value === "number" && value > 0 && value < 0.005) return "below 0.01";
  return formatNumber(value, "ratio");
}

/** A span of time, with the two largest units that say something. */
function seconds(value: number): string {
  if (value < 0) return UNKNOWN;
  if (value < 1) return "< 1 s";
  if (value < 60) return `${Math.round(value)} s`;
  const minutes = Math.round(value / 60);
  if (value < 3600 && minutes < 60) return value < 600 ? `${Math.floor(value / 60)} min ${Math.round(value % 60)} s` : `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

/** `1 run`, `2 runs`. */
export const plural = (amount: number, one: string, many = `${one}s`): string =>
  `${formatNumber(amount, "count")} ${amount === 1 ? one : many}`;

const newYork = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/New_York",
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

function partsOf(at: Date): Readonly<Record<string, string>> {
  return Object.fromEntries(newYork.formatToParts(at).map(({ type, value }) => [type, value]));
}

const moment = (at: string | number | Date): Date | null => {
  const date = at instanceof Date ? at : new Date(at);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** `2026-11-20 14:05 ET`: the exchange's time, for whoever reads it from anywhere. */
export function formatMoment(at: string | number | Date | null | undefined): string {
  const date = at === null || at === undefined ? null : moment(at);
  if (date === null) return UNKNOWN;
  const { year, month, day, hour, minute } = partsOf(date);
  return `${year}-${month}-${day} ${hour}:${minute} ET`;
}

/** `2026-11-20`, of a moment in New York; a session's date stays what it is. */
export function formatDate(at: string | number | Date | null | undefined): string {
  if (typeof at === "string" && /^\d{4}-\d{2}-\d{2}$/.test(at)) return at;
  return formatMoment(at).split(" ")[0]!;
}

/** `2026-11-20 19:05:09 UTC`: what the title of a moment says. */
export function formatUtc(at: string | number | Date): string {
  const date = moment(at);
  return date === null ? UNKNOWN : `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** `just now`, `4 min ago`, `3 h ago`, `2 d ago`; what lies ahead is `in 4 min`. */
export function formatAge(at: string | number | Date, now: number): string {
  const date = moment(at);
  if (date === null) return UNKNOWN;
  const away = Math.abs(now - date.getTime()) / 1000;
  if (away < 45) return "just now";
  const span =
    away < 3570
      ? `${Math.round(away / 60)} min`
      : away < 86_400
        ? `${Math.round(away / 3600)} h`
        : `${formatNumber(Math.round(away / 86_400), "count")} d`;
  return date.getTime() > now ? `in ${span}` : `${span} ago`;
}
