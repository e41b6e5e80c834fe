import { titled } from "../../words/packs.ts";
import type { Change } from "./document-texts.ts";
import styles from "./own-pack.module.css";

export interface FileListProps {
  readonly files: readonly { readonly path: string; readonly change: Change }[];
  readonly current: string;
  readonly onOpen: (path: string) => void;
}

/** `my_pack/strategies/trend.yaml` stands under Strategies as trend. */
const kindOf = (path: string): string => (path.split("/").length > 2 ? path.split("/")[1]! : "");
const nameOf = (path: string): string =>
  path
    .split("/")
    .at(-1)!
    .replace(/\.yaml$/, "");

/** The documents of a pack by their kinds, with what was done to each; on a phone one field to choose from. */
export function FileList({ files, current, onOpen }: FileListProps) {
  const kinds = [...new Set(files.map(({ path }) => kindOf(path)))].toSorted();
  return (
    <>
      <select className={styles.pick} aria-label="Document" value={current} onChange={(event) => onOpen(event.target.value)}>
        {files.map(({ path, change }) => (
          <option key={path} value={path}>
            {path}
            {change === "same" ? "" : ` (${change})`}
          </option>
        ))}
      </select>
      <nav className={styles.files} aria-label="Documents">
        {kinds.map((kind) => (
          <div key={kind}>
            {kind !== "" && <div className={styles.kind}>{titled(kind)}</div>}
            {files
              .filter(({ path }) => kindOf(path) === kind)
              .map(({ path, change }) => (
                <button
                  key={path}
                  type="button"
                  className={styles.file}
                  aria-current={path === current}
                  title={path}
                  onClick={() => onOpen(path)}
                >
                  {nameOf(path)}
                  {change !== "same" && <span className={styles.mark}>{change}</span>}
                </button>
              ))}
          </div>
        ))}
      </nav>
    </>
  );
}
