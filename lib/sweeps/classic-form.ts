import { SigmaError } from "../errors/sigma-error.ts";
import type { Axes, Labelled } from "./axes.ts";
import type { SweepRequest } from "./sweep.schema.ts";

/**
 * Reads the classic form. Each CSV text of thresholds or shares holds single values, each text of hours is **one** set; a
 * variant is one threshold x one set of hours x one share, and carries the texts it came from as its group.
 *
 * @throws INVALID_PARAM naming the list and the text that is no number or out of range
 */
export function classicAxes(request: SweepRequest): Axes {
  return {
    thresholds: numbers("thresholds_variants", request.thresholds_variants, (value) => value >= 0 && value < 5),
    hours: hourSets(request.allowed_hours_variants),
    topPct: numbers("top_pct_variants", request.top_pct_variants, (value) => value > 0 && value <= 1),
    rest: {},
  };
}

function numbers(field: string, form: SweepRequest["thresholds_variants"], isValid: (value: number) => boolean): Labelled<number | null>[] {
  if (form === undefined) return [{ value: null, group: null }];
  const items = typeof form === "string" ? [form] : form;
  return items.flatMap((item) =>
    typeof item === "number"
      ? [{ value: checked(field, String(item), item, isValid), group: String(item) }]
      : item.split(",").map((part) => ({ value: checked(field, part, toNumber(part), isValid), group: item })),
  );
}

function hourSets(form: SweepRequest["allowed_hours_variants"]): Labelled<readonly number[] | null>[] {
  if (form === undefined) return [{ value: null, group: null }];
  const field = "allowed_hours_variants";
  const items = typeof form === "string" ? [form] : form;
  return items.map((item) => {
    if (typeof item !== "string") return { value: item, group: item.join(",") };
    if (item.trim().toLowerCase() === "all") return { value: null, group: item };
    const isHour = (value: number) => Number.isInteger(value) && value >= 0 && value <= 23;
    return { value: item.split(",").map((part) => checked(field, part, toNumber(part), isHour)), group: item };
  });
}

const toNumber = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

function checked(field: string, text: string, value: number, isValid: (value: number) => boolean): number {
  if (Number.isFinite(value) && isValid(value)) return value;
  throw new SigmaError(
    "INVALID_PARAM",
    `${field} holds comma-separated numbers in range; found "${text.trim()}".`,
    { field },
    { fieldErrors: [{ path: field, issue: `"${text.trim()}" is no number in range` }] },
  );
}
