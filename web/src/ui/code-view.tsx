import { Check, Copy } from "lucide-react";
import { useMemo, useState } from "react";
import { type DiffLine, diffLines } from "../words/diff.ts";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";
import styles from "./code-view.module.css";
import { sayFailure } from "./toast.tsx";

export interface CodeViewProps {
  /** What it is, for those who do not see it: "policy.yaml". */
  readonly label: string;
  readonly text: string;
  /** Another state of the same text: lines that differ are marked. */
  readonly before?: string;
}

const SIGNS = { same: " ", removed: "−", added: "+" } as const;

/** A YAML, JSON or other text with line numbers, keys and comments set apart; beside another state, what differs. */
export function CodeView({ label, text, before }: CodeViewProps) {
  const [copied, setCopied] = useState(false);
  const lines = useMemo(
    (): readonly DiffLine[] =>
      before === undefined ? text.split("\n").map((line) => ({ kind: "same", text: line })) : diffLines(before, text),
    [text, before],
  );
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      (error: Error) => sayFailure("It could not be copied", error),
    );
  };
  let number = 0;
  return (
    <div className={styles.box}>
      <IconButton
        label={copied ? "Copied" : `Copy ${label}`}
        icon={copied ? Check : Copy}
        small
        className={styles.copy}
        onClick={copy}
        onBlur={() => setCopied(false)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.scroll} aria-label={label} tabIndex={0}>
        {lines.map(({ kind, text: line }, place) => {
          if (kind !== "removed") number += 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
            <div key={place} className={classes(styles.line, kind !== "same" && styles[kind])}>
              <span className={styles.number}>{kind === "removed" ? "" : number}</span>
              <span>{SIGNS[kind]}</span>
              <span className={styles.text}>
                <Line text={line} />
              </span>
            </div>
          );
        })}
      </section>
    </div>
  );
}

/** A line of YAML: the key and the comment look apart from the value. */
function Line({ text }: { readonly text: string }) {
  const comment = /(^|\s)#.*$/.exec(text);
  const rest = comment === null ? text : text.slice(0, comment.index + comment[1]!.length);
  const key = /^(\s*(?:- )?)([A-Za-z_"'][^:#]*)(:)(?=\s|$)/.exec(rest);
  return (
    <>
      {key === null ? (
        rest
      ) : (
        <>
          {key[1]}
          <span className={styles.key}>{key[2]}</span>
          {rest.slice(key[1]!.length + key[2]!.length)}
        </>
      )}
      {comment !== null && <span className={styles.comment}>{text.slice(rest.length)}</span>}
    </>
  );
}
