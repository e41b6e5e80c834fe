import { classes } from "./classes.ts";
import styles from "./skeleton.module.css";

const WIDTHS = [styles.w1, styles.w2, styles.w3];

/** Where lines of text or rows will be. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className={styles.lines} role="status" aria-busy="true" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all the same
        <span key={line} className={classes(styles.bar, WIDTHS[line % 3])} />
      ))}
    </div>
  );
}

/** Where a chart or a table will be: fills what it stands in. */
export const SkeletonBlock = () => (
  <span className={classes(styles.bar, styles.block)} role="status" aria-busy="true" aria-label="Loading" />
);
