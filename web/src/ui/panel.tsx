import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./panel.module.css";

/** Columns of twelve that a panel takes on a wide screen. */
export type Span = 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12;

const SPANS: Readonly<Record<Span, string | undefined>> = {
  3: styles.s3,
  4: styles.s4,
  5: styles.s5,
  6: styles.s6,
  7: styles.s7,
  8: styles.s8,
  9: styles.s9,
  12: styles.s12,
};

/** The grid of a page: twelve columns, one on a phone. */
export function Grid({ children }: { readonly children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}

/** Panels below each other in some of the twelve columns, so that a short one leaves no hole beside a tall one. */
export function Stack({ span, children }: { readonly span: Span; readonly children: ReactNode }) {
  return <div className={classes(styles.stack, SPANS[span])}>{children}</div>;
}

export interface PanelProps {
  readonly title?: ReactNode;
  /** A few words beside the title. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly span?: Span;
  readonly children: ReactNode;
}

/** A part of a page under a heading of its own. */
export function Panel({ title, note, actions, span = 12, children }: PanelProps) {
  return (
    <section className={classes(styles.panel, SPANS[span])}>
      {(title !== undefined || actions !== undefined) && (
        <div className={styles.head}>
          <div className={styles.headText}>
            {title !== undefined && <h2>{title}</h2>}
            {note !== undefined && <span className={styles.note}>{note}</span>}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

export interface PageHeaderProps {
  readonly title: string;
  /** Links to what the page is part of. */
  readonly trail?: ReactNode;
  /** Chips and marks beside the title. */
  readonly marks?: ReactNode;
  /** What the page is for, in a sentence. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}

/** The head of a page; the document takes its title. */
export function PageHeader({ title, trail, marks, lead, actions }: PageHeaderProps) {
  return (
    <header className={styles.page}>
      <title>{`${title} · Sigma Lab`}</title>
      <div>
        {trail !== undefined && (
          <nav className={styles.trail} aria-label="Part of">
            {trail}
          </nav>
        )}
        <div className={styles.titleRow}>
          <h1>{title}</h1>
          {marks}
        </div>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
