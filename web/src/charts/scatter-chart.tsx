import { useMemo, useState } from "react";
import { formatNumber } from "../words/format.ts";
import { type TermKey, termOf } from "../words/glossary.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { extentOf, linearScale, padded, ticksOf } from "./scale.ts";
import styles from "./svg.module.css";
import { useWidth } from "./use-width.ts";

export interface ScatterPoint {
  readonly key: string;
  readonly name: string;
  readonly x: number | null;
  readonly y: number | null;
  readonly size?: number | null;
  /** Filled, half, empty: the gate's verdict. */
  readonly tone?: "pass" | "marginal" | "fail" | "plain";
  readonly chosen?: boolean;
}

export interface ScatterChartProps {
  readonly label: string;
  readonly x: TermKey;
  readonly y: TermKey;
  readonly size?: TermKey;
  readonly points: readonly ScatterPoint[];
  readonly onPick?: (key: string) => void;
  /** A line across, such as the Sharpe ratio that luck alone would show. */
  readonly lineX?: { readonly name: string; readonly value: number | null };
}

const HEIGHT = 300;
const LEFT = 62;
const BOTTOM = 40;
const SMALLEST = 3;
const LARGEST = 14;

/** Results as points, sized by what they rest on; a press picks one. */
export function ScatterChart({ label, x: xOf, y: yOf, size: sizeOf, points, onPick, lineX }: ScatterChartProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<ScatterPoint>();
  const [xTerm, yTerm] = [termOf(xOf), termOf(yOf)];
  const sizeTerm = sizeOf === undefined ? undefined : termOf(sizeOf);
  const known = useMemo(() => points.filter(({ x, y }) => x !== null && y !== null && Number.isFinite(x) && Number.isFinite(y)), [points]);
  const table = useMemo(
    () => ({
      columns: ["Name", xTerm.name, yTerm.name, ...(sizeTerm === undefined ? [] : [sizeTerm.name])],
      rows:
        known.length === 0
          ? []
          : points.map((point) => [point.name, point.x, point.y, ...(sizeTerm === undefined ? [] : [point.size ?? null])]),
      formats: [undefined, xTerm.format, yTerm.format, ...(sizeTerm === undefined ? [] : [sizeTerm.format])],
    }),
    [points, known, xTerm, yTerm, sizeTerm],
  );
  const marks = useMemo(() => {
    const x = linearScale(padded(extentOf([lineX?.value, ...known.map((point) => point.x)]) ?? [0, 1]), [
      LEFT,
      Math.max(LEFT + 1, width - 10),
    ]);
    const y = linearScale(padded(extentOf([0, ...known.map((point) => point.y)]) ?? [0, 1]), [HEIGHT - BOTTOM, 10]);
    const most = Math.max(1, ...known.map(({ size }) => size ?? 0));
    const radius = (size: number | null | undefined): number =>
      sizeOf === undefined ? 5 : SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.max(0, size ?? 0) / most);
    // Small ones lie on top, so that all can be reached.
    return { x, y, drawn: known.map((point) => ({ point, r: radius(point.size) })).sort((a, b) => b.r - a.r) };
  }, [known, width, sizeOf, lineX?.value]);
  const { x, y, drawn } = marks;
  const say = (point: ScatterPoint): string =>
    `${point.name}: ${xTerm.name} ${formatNumber(point.x, xTerm.format)}, ${yTerm.name} ${formatNumber(point.y, yTerm.format)}${sizeTerm === undefined ? "" : `, ${sizeTerm.name} ${formatNumber(point.size, sizeTerm.format)}`}`;

  return (
    <ChartFrame label={label} table={table}>
      <div ref={box} className={styles.box}>
        {width > 0 && (
          <svg
            className={styles.svg}
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={`${label}: ${known.length} points; the table has their values`}
          >
            {ticksOf(y.domain, 5).map((tick) => (
              <g key={tick}>
                <line className={tick === 0 ? styles.axis : styles.grid} x1={LEFT} x2={width - 10} y1={y(tick)} y2={y(tick)} />
                <text x={LEFT - 6} y={y(tick)} textAnchor="end" dominantBaseline="middle">
                  {formatNumber(tick, yTerm.format)}
                </text>
              </g>
            ))}
            {ticksOf(x.domain, Math.max(2, Math.floor(width / 110))).map((tick) => (
              <g key={tick}>
                <line className={tick === 0 ? styles.axis : styles.grid} x1={x(tick)} x2={x(tick)} y1={10} y2={HEIGHT - BOTTOM} />
                <text x={x(tick)} y={HEIGHT - BOTTOM + 16} textAnchor="middle">
                  {formatNumber(tick, xTerm.format)}
                </text>
              </g>
            ))}
            <text x={width - 10} y={HEIGHT - 6} textAnchor="end">
              {xTerm.name} →
            </text>
            <text x={4} y={2} dominantBaseline="hanging">
              ↑ {yTerm.name}
            </text>
            {typeof lineX?.value === "number" && (
              <g>
                <line className={styles.reference} x1={x(lineX.value)} x2={x(lineX.value)} y1={10} y2={HEIGHT - BOTTOM} />
                <text
                  className={styles.strong}
                  x={x(lineX.value) + (x(lineX.value) > width * 0.7 ? -5 : 5)}
                  y={20}
                  textAnchor={x(lineX.value) > width * 0.7 ? "end" : "start"}
                >
                  {lineX.name} {formatNumber(lineX.value, xTerm.format)}
                </text>
              </g>
            )}
            {drawn.map(({ point, r }) => (
              // biome-ignore lint/a11y/noStaticElementInteractions: the table offers the same by keyboard
              <circle
                key={point.key}
                className={styles.point}
                data-tone={point.tone ?? "plain"}
                data-chosen={point.chosen ? "" : undefined}
                cx={x(point.x!)}
                cy={y(point.y!)}
                r={r}
                onPointerEnter={() => setAt(point)}
                onPointerLeave={() => setAt(undefined)}
                onClick={() => onPick?.(point.key)}
              />
            ))}
          </svg>
        )}
        <p className={styles.readout}>
          {at === undefined ? (sizeTerm === undefined ? "" : `Sized by ${sizeTerm.name.toLowerCase()}.`) : say(at)}
        </p>
      </div>
    </ChartFrame>
  );
}
