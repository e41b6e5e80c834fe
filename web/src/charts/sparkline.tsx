import { formatNumber } from "../words/format.ts";
import { extentOf, linearScale, linePath } from "./scale.ts";
import styles from "./sparkline.module.css";

const WIDTH = 96;
const HEIGHT = 24;

/** A curve as large as a word: equity from its start, which is the dashed line. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const first = values[0];
  const last = values.at(-1);
  const extent = extentOf(values);
  if (first === undefined || last === undefined || extent === undefined || values.length < 2) return <span>–</span>;
  const x = linearScale([0, values.length - 1], [1, WIDTH - 1]);
  const y = linearScale(extent, [HEIGHT - 2, 2]);
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: from ${formatNumber(first, "ratio")} to ${formatNumber(last, "ratio")}`}
    >
      <line className={styles.base} x1={0} x2={WIDTH} y1={y(first)} y2={y(first)} />
      <path className={styles.line} d={linePath(values, x, y)} />
    </svg>
  );
}
