import type { ReactNode } from "react";
import styles from "./chip.module.css";
import { classes } from "./classes.ts";

export type ChipTone = "plain" | "accent" | "gain" | "loss" | "warn" | "danger";

/** A short fact about a thing: a status, a tag. */
export function Chip({ tone = "plain", children }: { readonly tone?: ChipTone; readonly children: ReactNode }) {
  return <span className={classes(styles.chip, tone !== "plain" && styles[tone])}>{children}</span>;
}

/** Chips in a row that wraps. */
export function Chips({ children }: { readonly children: ReactNode }) {
  return <div className={styles.chips}>{children}</div>;
}

const RUN_TONES: Readonly<Record<string, ChipTone>> = { running: "accent", failed: "danger", interrupted: "warn" };

/** Where a run or a trained model stands. */
export function StatusChip({ status, name }: { readonly status: string; readonly name: string }) {
  return <Chip tone={RUN_TONES[status] ?? (status === "published" ? "accent" : "plain")}>{name}</Chip>;
}
