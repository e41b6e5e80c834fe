import { useMemo, useState } from "react";
import { formatNumber } from "../words/format.ts";
import { type TermKey, termOf } from "../words/glossary.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { extentOf, linearScale, padded, ticksOf } from "./scale.ts";
import styles from "./svg.module.css";
import { useWidth } from "./use-width.ts";

export interface FoldBar {
  readonly name: string;
  readonly value: number | null;
  /** Ends of the uncertainty, where it is known. */
  readonly low?: number | null;
  readonly high?: number | null;
  /** More about the fold, such as its dates. */
  readonly note?: string;
}

export interface FoldBarsProps {
  readonly label: string;
  readonly of: TermKey;
  readonly bars: readonly FoldBar[];
  /** A line to hold the bars against, such as the Sharpe ratio that luck alone would show. */
  readonly reference?: { readonly name: string; readonly value: number | null };
}

const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 22;
/** Room beside the bars for the name of the line. */
const RIGHT = 84;

/** A bar for each fold, gains and losses apart, with its uncertainty: a result that hangs on one fold shows here. */
export function FoldBars({ label, of, bars, reference }: FoldBarsProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number>();
  const term = termOf(of);
  const table = useMemo(
    () => ({
      columns: ["Fold", term.name, "Low", "High", "Note"],
      rows: bars.some(({ value }) => value !== null)
        ? bars.map(({ name, value, low, high, note }) => [name, value, low ?? null, high ?? null, note ?? null])
        : [],
      formats: [undefined, term.format, term.format, term.format, undefined],
    }),
    [bars, term],
  );
  const extent = extentOf([0, reference?.value, ...bars.flatMap(({ value, low, high }) => [value, low, high])]) ?? [0, 1];
  const y = linearScale(padded(extent), [HEIGHT - BOTTOM, 8]);
  // Counts have no halves.
  const ticks = ticksOf(y.domain, 4).filter((tick) => term.format !== "count" || Number.isInteger(tick));
  const end = typeof reference?.value === "number" ? width - RIGHT : width;
  const step = (end - LEFT) / Math.max(1, bars.length);
  const thick = Math.min(44, step * 0.62);
  const middle = (index: number): number => LEFT + step * (index + 0.5);
  const shown = at === undefined ? undefined : bars[at];
  const write = (value: number | null | undefined): string => formatNumber(value, term.format);
  const every = Math.ceil(34 / Math.max(1, step));

  return (
    <ChartFrame label={label} table={table}>
      <div ref={box} className={styles.box}>
        {width > 0 && (
          <svg
            className={styles.svg}
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={`${label}: ${bars.map(({ name, value }) => `${name} ${write(value)}`).join(", ")}`}
          >
            {ticks.map((tick) => (
              <g key={tick}>
                <line className={tick === 0 ? styles.axis : styles.grid} x1={LEFT} x2={end} y1={y(tick)} y2={y(tick)} />
                <text x={LEFT - 6} y={y(tick)} textAnchor="end" dominantBaseline="middle">
                  {write(tick)}
                </text>
              </g>
            ))}
            {bars.map(({ name, value, low, high }, index) => (
              <g key={name} onPointerEnter={() => setAt(index)} onPointerLeave={() => setAt(undefined)}>
                <rect className={styles.hit} x={middle(index) - step / 2} y={0} width={step} height={HEIGHT} />
                {value !== null && (
                  <rect
                    className={value < 0 ? styles.loss : styles.gain}
                    x={middle(index) - thick / 2}
                    y={Math.min(y(0), y(value))}
                    width={thick}
                    height={Math.max(1, Math.abs(y(value) - y(0)))}
                  />
                )}
                {typeof low === "number" && typeof high === "number" && (
                  <path
                    className={styles.whisker}
                    d={`M${middle(index)} ${y(low)}V${y(high)}M${middle(index) - 4} ${y(low)}h8M${middle(index) - 4} ${y(high)}h8`}
                  />
                )}
                {index % every === 0 && (
                  <text x={middle(index)} y={HEIGHT - 6} textAnchor="middle">
                    {name}
                  </text>
                )}
              </g>
            ))}
            {typeof reference?.value === "number" && (
              <g>
                <line className={styles.reference} x1={LEFT} x2={end} y1={y(reference.value)} y2={y(reference.value)} />
                <text className={styles.strong} x={end + 6} y={y(reference.value)} dominantBaseline="middle">
                  {reference.name} {write(reference.value)}
                </text>
              </g>
            )}
          </svg>
        )}
        <p className={styles.readout}>
          {shown !== undefined &&
            `${shown.name}: ${write(shown.value)}${typeof shown.low === "number" ? `, between ${write(shown.low)} and ${write(shown.high)}` : ""}${shown.note === undefined ? "" : `, ${shown.note}`}`}
        </p>
      </div>
    </ChartFrame>
  );
}
