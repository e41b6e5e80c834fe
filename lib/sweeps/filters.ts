import * as z from "zod";
import { SigmaError } from "../errors/sigma-error.ts";
import { type Condition, ConditionSchema } from "../packs/condition.schema.ts";

const NAME = "[a-z][a-z0-9_.]{0,127}";
const NUMBER = "-?\\d{1,12}(?:\\.\\d{1,12})?";
const COMPARISON = new RegExp(`^(${NAME}) ?(>=|<=|==|!=|>|<) ?(${NAME}|${NUMBER})$`);

/** Named filters, the numbers that their texts hold, and the indicator entry that makes the column they read. */
const SHORTHANDS: readonly {
  readonly form: RegExp;
  readonly condition: (value: string) => Condition;
  readonly indicator: (value: string) => string;
}[] = [
  {
    form: new RegExp(`^vix_below:(${NUMBER})$`),
    condition: (value) => ({ column: "vix_level", op: "<", value: Number(value) }),
    indicator: () => "{ name: vix_level }",
  },
  {
    form: /^above_sma_(\d{1,4})$/,
    condition: (window) => ({ column: "close", op: ">", value: `sma_${window}` }),
    indicator: (window) => `{ name: sma, window: ${window} }`,
  },
  {
    form: new RegExp(`^min_volume_ratio:(${NUMBER})$`),
    condition: (value) => ({ column: "vol_ratio_20", op: ">=", value: Number(value) }),
    indicator: () => "{ name: vol_ratio, window: 20 }",
  },
];

const FilterTextSchema = z
  .string()
  .max(300)
  .refine((text) => COMPARISON.test(text) || SHORTHANDS.some(({ form }) => form.test(text)), {
    message: 'must be vix_below:20, above_sma_200, min_volume_ratio:1.5, or a condition such as "adx_14 > 25"',
  });
const FilterSchema = z.union([FilterTextSchema, ConditionSchema]);

/** One value of the filter axis: a condition, or several of which all must hold. */
export const FilterChoiceSchema = z.union([FilterSchema, z.array(FilterSchema).nonempty().max(20)]);
export type FilterChoice = z.infer<typeof FilterChoiceSchema>;

/**
 * The conditions that a filter stands for.
 *
 * @param columns - columns of the matrix, bar fields included; null = not known here, so nothing is refused
 * @throws UNPROCESSABLE naming the column that the matrix does not have and the indicator that would make it
 */
export function conditionsOf(choice: FilterChoice, columns: ReadonlySet<string> | null): [Condition, ...Condition[]] {
  const parts = Array.isArray(choice) ? choice : [choice];
  return parts.map((part) => {
    const { condition, indicator } = typeof part === "string" ? readFilter(part) : { condition: part, indicator: null };
    const wanted = typeof condition.value === "string" ? [condition.column, condition.value] : [condition.column];
    for (const name of wanted) if (columns !== null && !columns.has(name)) throw unknownColumn(name, part, indicator);
    return condition;
  }) as [Condition, ...Condition[]];
}

function readFilter(text: string): { readonly condition: Condition; readonly indicator: string | null } {
  for (const { form, condition, indicator } of SHORTHANDS) {
    const value = form.exec(text)?.[1];
    if (value !== undefined) return { condition: condition(value), indicator: indicator(value) };
  }
  const [, column = "", op, right = ""] = COMPARISON.exec(text) ?? [];
  const value = /^[a-z]/.test(right) ? right : Number(right);
  return { condition: { column, op: op as Condition["op"], value }, indicator: null };
}

function unknownColumn(name: string, part: string | Condition, indicator: string | null): SigmaError {
  const filter = typeof part === "string" ? part : `${part.column} ${part.op} ${part.value}`;
  const remedy = indicator === null ? "the indicator that makes it" : indicator;
  return new SigmaError(
    "UNPROCESSABLE",
    `The filter "${filter}" reads the column "${name}", which the matrix does not have. Add ${remedy} to the model's indicator set and build again, or leave the filter out.`,
    { column: name, filter },
    { fieldErrors: [{ path: "axes.filters", issue: `the matrix has no column "${name}"` }] },
  );
}
