/** A setting of a policy that can be changed in a form. */
export interface PolicySetting {
  /** Its place below the policy. */
  readonly path: string;
  readonly name: string;
  readonly kind: "number" | "whole" | "switch" | "choice" | "text" | "column";
  readonly unit?: string;
  readonly hint?: string;
  readonly min?: number;
  readonly max?: number;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Whether it says anything, given what else is said. */
  readonly when?: (held: (path: string) => unknown, facts: PolicyFacts) => boolean;
}

export interface PolicyFacts {
  readonly trades: "stocks" | "options";
  readonly intraday: boolean;
}

type Group = "costs" | "size" | "contracts" | "momentum" | "brackets";

const isOn =
  (path: string) =>
  (held: (path: string) => unknown): boolean =>
    held(path) === true;
const hasBrackets = isOn("execution.brackets.enabled");
const inPercent = (held: (path: string) => unknown): boolean => hasBrackets(held) && held("execution.brackets.mode") === "percent";
const inAtr = (held: (path: string) => unknown): boolean => hasBrackets(held) && held("execution.brackets.mode") !== "percent";

/** Every setting of a policy that does something, in the order of a trade. */
export const POLICY_SETTINGS: Readonly<Record<Group, readonly PolicySetting[]>> = {
  costs: [
    { path: "execution.slippage_bps", name: "Slippage", kind: "number", unit: "bps a side", min: 0, max: 500 },
    { path: "execution.commission_bps", name: "Commission", kind: "number", unit: "bps a side", min: 0, max: 500 },
    {
      path: "execution.borrow_bps_per_year",
      name: "Borrowing",
      kind: "number",
      unit: "bps a year",
      min: 0,
      max: 10_000,
      hint: "Paid on short positions.",
      when: (_, { trades }) => trades === "stocks",
    },
    {
      path: "execution.order_type",
      name: "Orders",
      kind: "choice",
      options: [
        { value: "market", label: "Market" },
        { value: "limit", label: "Limit" },
        { value: "limit_buffer", label: "Limit with a buffer" },
      ],
    },
    {
      path: "execution.limit_buffer_bps",
      name: "Buffer",
      kind: "number",
      unit: "bps",
      min: 0,
      max: 1000,
      when: (held) => held("execution.order_type") === "limit_buffer",
    },
  ],
  size: [
    { path: "risk.position_size_pct", name: "Position size", kind: "number", unit: "% of capital", min: 0, max: 100 },
    { path: "risk.max_exposure", name: "Most exposure", kind: "number", unit: "USD", min: 0 },
    { path: "risk.max_drawdown", name: "Live stop at a drawdown of", kind: "number", min: 0, max: 1, hint: "A fraction: 0.2 is 20 %." },
    { path: "execution.max_positions", name: "Positions at once", kind: "whole", min: 1, max: 100, hint: "At most." },
    { path: "alerting.max_trades_per_day", name: "Trades a day", kind: "whole", min: 1, hint: "At most." },
    { path: "alerting.cooldown_minutes", name: "Pause after a trade", kind: "number", unit: "min", min: 0 },
    { path: "execution.size_by_conf", name: "Size by confidence", kind: "switch", hint: "Surer forecasts get larger positions." },
    {
      path: "execution.conf_cap",
      name: "Largest share of the size",
      kind: "number",
      min: 0,
      max: 1,
      when: isOn("execution.size_by_conf"),
    },
  ],
  contracts: [
    {
      path: "execution.option_type",
      name: "Buys",
      kind: "choice",
      options: [
        { value: "both", label: "Calls and puts" },
        { value: "call", label: "Calls only" },
        { value: "put", label: "Puts only" },
      ],
    },
    {
      path: "execution.options.selection.strike_selection",
      name: "Strike by moneyness",
      kind: "text",
      hint: '"ATM", or such as "5%_OTM". Empty: the model\'s strike, else the delta.',
    },
    {
      path: "execution.options.selection.target_delta",
      name: "Delta of the contract",
      kind: "number",
      min: 0,
      max: 1,
      hint: "Absolute, met within 0.05; where no strike is said.",
    },
    {
      path: "execution.options.selection.dte_target",
      name: "Days to expiry of the contract",
      kind: "whole",
      unit: "days",
      min: 0,
      hint: "Empty: the model's own.",
    },
    { path: "execution.options.selection.weekly_ok", name: "Weekly expiries, too", kind: "switch" },
    {
      path: "execution.options.selection.min_oi",
      name: "Open interest",
      kind: "number",
      unit: "contracts",
      min: 0,
      hint: "At least, in the morning.",
    },
    {
      path: "execution.options.selection.min_volume",
      name: "Contract volume",
      kind: "number",
      unit: "contracts",
      min: 0,
      hint: "At least, in the session so far.",
    },
    {
      path: "execution.options.selection.min_vol",
      name: "Implied volatility",
      kind: "number",
      min: 0,
      max: 5,
      hint: "At least: 0.2 is 20 %.",
    },
    {
      path: "execution.options.selection.max_spread_pct",
      name: "Spread",
      kind: "number",
      unit: "% of the middle",
      min: 0,
      hint: "At most, at the decision; empty: any.",
    },
    { path: "execution.options.fee_per_contract", name: "Fee of a contract", kind: "number", unit: "USD a side", min: 0, max: 100 },
  ],
  momentum: [
    {
      path: "execution.momentum_gate",
      name: "Trade only with the momentum",
      kind: "switch",
      hint: "Buys need a score of at least the minimum, sells at most its negative.",
    },
    {
      path: "execution.momentum_column",
      name: "Momentum by the column",
      kind: "column",
      hint: "Of the columns that the chosen indicators compute.",
      when: isOn("execution.momentum_gate"),
    },
    { path: "execution.momentum_min", name: "Least score", kind: "number", when: isOn("execution.momentum_gate") },
  ],
  brackets: [
    { path: "execution.brackets.enabled", name: "Stop and target on every trade", kind: "switch" },
    {
      path: "execution.brackets.mode",
      name: "Measured in",
      kind: "choice",
      options: [
        { value: "atr", label: "Average true ranges" },
        { value: "percent", label: "Percent of the price" },
      ],
      when: hasBrackets,
    },
    {
      path: "execution.brackets.stop_loss",
      name: "Stop",
      kind: "number",
      unit: "of the price",
      min: 0,
      max: 1,
      hint: "A fraction: 0.02 is 2 % away.",
      when: inPercent,
    },
    { path: "execution.brackets.take_profit", name: "Target", kind: "number", unit: "× the stop", min: 0, max: 50, when: inPercent },
    { path: "execution.brackets.atr_mult_stop", name: "Stop", kind: "number", unit: "ATR", min: 0, max: 50, when: inAtr },
    { path: "execution.brackets.atr_mult_target", name: "Target", kind: "number", unit: "ATR", min: 0, max: 50, when: inAtr },
    { path: "execution.brackets.atr_period", name: "ATR over", kind: "whole", unit: "bars", min: 1, max: 500, when: inAtr },
    {
      path: "execution.brackets.regime_adjust",
      name: "Adjust to the volatility regime",
      kind: "switch",
      hint: "Reads the column vol_regime.",
      when: inAtr,
    },
    { path: "execution.brackets.time_stop_bars", name: "Time stop", kind: "whole", unit: "bars", min: 1, when: hasBrackets },
    {
      path: "execution.brackets.time_stop_minutes",
      name: "Time stop by the clock",
      kind: "number",
      unit: "min",
      min: 0,
      when: (held, { intraday }) => intraday && hasBrackets(held),
    },
    {
      path: "execution.brackets.min_rr",
      name: "Least reward to risk",
      kind: "number",
      min: 0,
      hint: "A trade whose target is nearer, in stops, is refused.",
      when: hasBrackets,
    },
  ],
};
