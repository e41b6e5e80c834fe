import { useMemo, useState } from "react";
import { formatNumber, plural } from "../words/format.ts";
import { ChartFrame } from "./chart-frame.tsx";
import styles from "./class-shares.module.css";
import { useWidth } from "./use-width.ts";

export interface ClassPeriod {
  readonly name: string;
  readonly rows: number;
  /** Rows of each label value. */
  readonly classes: Readonly<Record<string, number>>;
}

export interface ClassSharesProps {
  readonly label: string;
  readonly periods: readonly ClassPeriod[];
  readonly note?: string;
}

const CLASS_NAMES: Readonly<Record<string, string>> = { "-1": "DOWN", "0": "FLAT", "1": "UP" };
const HEIGHT = 160;
const BOTTOM = 20;
const LEFT = 40;
const RIGHT = 12;
/** Mean width of a letter, in pixels. */
const LETTER = 6.7;

/** What the label said in each period: a label whose balance moves is another question in each of them. */
export function ClassShares({ label, periods, note }: ClassSharesProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number>();
  const values = useMemo(
    () => [...new Set(periods.flatMap(({ classes }) => Object.keys(classes)))].map(Number).sort((a, b) => a - b),
    [periods],
  );
  const table = useMemo(
    () => ({
      columns: ["Period", "Rows", ...values.map((value) => CLASS_NAMES[value] ?? String(value))],
      rows:
        values.length === 0 ? [] : periods.map(({ name, rows, classes }) => [name, rows, ...values.map((value) => classes[value] ?? 0)]),
      formats: [undefined, "count" as const, ...values.map(() => "count" as const)],
    }),
    [periods, values],
  );
  const step = (width - LEFT - RIGHT) / Math.max(1, periods.length);
  const letters = Math.max(...periods.map(({ name }) => name.length), 0);
  const nameWidth = Math.max(46, letters * LETTER + 12);
  const every = Math.ceil(nameWidth / Math.max(1, step));
  const fits = (index: number): boolean => index % every === 0 && LEFT + (index + 0.5) * step + nameWidth / 2 <= width + 12;
  const y = (share: number): number => (HEIGHT - BOTTOM) * (1 - share);
  const sharesOf = ({ classes }: ClassPeriod): number[] => {
    const total = values.reduce((sum, value) => sum + (classes[value] ?? 0), 0);
    return values.map((value) => (total === 0 ? 0 : (classes[value] ?? 0) / total));
  };
  const shown = at === undefined ? undefined : periods[at];
  const readout =
    shown === undefined
      ? ""
      : `${shown.name}: ${values.map((value, i) => `${CLASS_NAMES[value] ?? value} ${formatNumber(sharesOf(shown)[i], "share")}`).join(", ")} of ${plural(shown.rows, "row")}`;
  return (
    <ChartFrame label={label} table={table} {...(note === undefined ? {} : { note })}>
      <div ref={box}>
        <p className={styles.key}>
          {values.map((value) => (
            <span key={value} data-class={value}>
              {CLASS_NAMES[value] ?? value}
            </span>
          ))}
        </p>
        {width > 0 && (
          <svg className={styles.svg} width={width} height={HEIGHT} role="img" aria-label={label} onPointerLeave={() => setAt(undefined)}>
            {[0, 0.5, 1].map((share) => (
              <g key={share}>
                <text x={LEFT - 6} y={Math.max(6, y(share))} textAnchor="end" dominantBaseline="central">
                  {formatNumber(share, "share").replace(".0%", "%")}
                </text>
              </g>
            ))}
            {periods.map((period, index) => {
              const shares = sharesOf(period);
              let below = 0;
              return (
                <g key={period.name} onPointerEnter={() => setAt(index)}>
                  {shares.map((share, i) => {
                    const from = below;
                    below += share;
                    return (
                      <rect
                        key={values[i]}
                        data-class={values[i]}
                        x={LEFT + index * step}
                        width={Math.max(1, step - 1)}
                        y={y(below)}
                        height={Math.max(0, y(from) - y(below))}
                      />
                    );
                  })}
                  {fits(index) && (
                    <text x={LEFT + (index + 0.5) * step} y={HEIGHT - 5} textAnchor="middle">
                      {period.name}
                    </text>
                  )}
                </g>
              );
            })}
            <line className={styles.half} x1={LEFT} x2={width - RIGHT} y1={y(0.5)} y2={y(0.5)} />
          </svg>
        )}
        <p className={styles.readout}>{readout}</p>
      </div>
    </ChartFrame>
  );
}
