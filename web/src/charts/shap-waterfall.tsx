import { useMemo } from "react";
import { formatNumber } from "../words/format.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { extentOf, linearScale, padded } from "./scale.ts";
import { type Contribution, waterfallOf } from "./series.ts";
import styles from "./svg.module.css";
import { useWidth } from "./use-width.ts";

/** What a signal's audit record says of its prediction. */
export interface Explanation {
  readonly side: "UP" | "DOWN";
  readonly margin_of: "log_odds" | "one_vs_rest" | "probability" | "value";
  readonly base_value: number;
  readonly margin: number;
  readonly probability: number | null;
  readonly contributions: readonly Contribution[];
  readonly rest: { readonly features: number; readonly contribution: number };
}

const UNITS: Readonly<Record<Explanation["margin_of"], string>> = {
  log_odds: "log odds",
  one_vs_rest: "log odds against the rest",
  probability: "probability",
  value: "predicted return",
};

const ROW = 28;

/** From what the model says on average to what it says here, feature by feature. */
export function ShapWaterfall({ label, explanation }: { readonly label: string; readonly explanation: Explanation }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const { base_value, margin, margin_of, contributions, rest, side, probability } = explanation;
  const bars = useMemo(() => waterfallOf(base_value, contributions, rest), [base_value, contributions, rest]);
  const table = useMemo(
    () => ({
      columns: ["Feature", "Value", "Contribution", "Sum"],
      rows: [["Average of training", "", 0, base_value], ...bars.map(({ name, detail, part, to }) => [name, detail, part, to])],
      formats: [undefined, undefined, "score4" as const, "score4" as const],
    }),
    [bars, base_value],
  );
  const left = Math.min(260, Math.max(110, width * 0.36));
  const extent = extentOf([base_value, margin, ...bars.flatMap(({ from, to }) => [from, to])]) ?? [0, 1];
  const x = linearScale(padded(extent, 0.04), [left, Math.max(left + 40, width - 62)]);
  const height = (bars.length + 2) * ROW;
  const signed = (value: number): string => `${value > 0 ? "+" : ""}${formatNumber(value, "ratio3")}`;
  const shortened = (text: string): string =>
    text.length * 6.6 > left - 8 ? `${text.slice(0, Math.max(4, Math.floor((left - 8) / 6.6) - 1))}…` : text;
  return (
    <ChartFrame
      label={label}
      table={table}
      note={`In ${UNITS[margin_of]} of ${side}: blue pushes toward it, orange away.${probability === null ? "" : ` The sum gives ${side} a probability of ${formatNumber(probability, "probability")} against ${side === "UP" ? "DOWN" : "UP"}.`}`}
    >
      <div ref={box} className={styles.box}>
        {width > 0 && (
          <svg
            className={styles.svg}
            width={width}
            height={height}
            role="img"
            aria-label={`${label}: from ${formatNumber(base_value, "ratio3")} to ${formatNumber(margin, "ratio3")}; ${bars.map(({ name, part }) => `${name} ${signed(part)}`).join(", ")}`}
          >
            <text x={left - 8} y={ROW / 2} textAnchor="end" dominantBaseline="middle">
              average of training
            </text>
            <text className={styles.strong} x={x(base_value) + 6} y={ROW / 2} dominantBaseline="middle">
              {formatNumber(base_value, "ratio3")}
            </text>
            <line className={styles.reference} x1={x(base_value)} x2={x(base_value)} y1={4} y2={height - 4} />
            {bars.map(({ name, detail, from, to, part }, index) => {
              const y = (index + 1) * ROW;
              return (
                <g key={name}>
                  <title>{`${name}${detail === "" ? "" : ` = ${detail}`}: ${signed(part)}`}</title>
                  <text className={styles.strong} x={left - 8} y={y + ROW / 2} textAnchor="end" dominantBaseline="middle">
                    {shortened(detail === "" ? name : `${name} = ${detail}`)}
                  </text>
                  <line className={styles.connector} x1={x(from)} x2={x(from)} y1={y - 4} y2={y + ROW - 6} />
                  <rect
                    className={part < 0 ? styles.loss : styles.gain}
                    x={Math.min(x(from), x(to))}
                    width={Math.max(1, Math.abs(x(to) - x(from)))}
                    y={y + 5}
                    height={ROW - 10}
                  />
                  <text x={Math.max(x(from), x(to)) + 6} y={y + ROW / 2} dominantBaseline="middle">
                    {signed(part)}
                  </text>
                </g>
              );
            })}
            <text x={left - 8} y={height - ROW / 2} textAnchor="end" dominantBaseline="middle">
              this prediction
            </text>
            <line className={styles.axis} x1={x(margin)} x2={x(margin)} y1={height - ROW} y2={height - 4} />
            <text className={styles.strong} x={x(margin) + 6} y={height - ROW / 2} dominantBaseline="middle">
              {formatNumber(margin, "ratio3")}
            </text>
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}
