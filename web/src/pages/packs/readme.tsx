import { Fragment } from "react";
import styles from "./pack.module.css";
import { type Block, type Piece, readBlocks } from "./readme-blocks.ts";

/** What a pack says of itself; its title stands over the page already. */
export function Readme({ text }: { readonly text: string }) {
  const blocks = readBlocks(text).filter((block) => block.kind !== "heading" || block.level > 1);
  return (
    <div className={styles.readme}>
      {blocks.map((block, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block is known by its place
        <BlockView key={place} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  if (block.kind === "heading")
    return (
      <h3>
        <Pieces pieces={block.pieces} />
      </h3>
    );
  if (block.kind === "paragraph")
    return (
      <p>
        <Pieces pieces={block.pieces} />
      </p>
    );
  if (block.kind === "list")
    return (
      <ul>
        {block.items.map((pieces, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is known by its place
          <li key={place}>
            <Pieces pieces={pieces} />
          </li>
        ))}
      </ul>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.scrolls} tabIndex={0} aria-label="Table of the guide">
      <table className={styles.table}>
        <thead>
          <tr>
            {block.head.map((pieces, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its place
              <th key={place} scope="col">
                <Pieces pieces={pieces} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place
            <tr key={row}>
              {cells.map((pieces, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its place
                <td key={place}>
                  <Pieces pieces={pieces} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map(({ kind, text }, place) => {
    const key = `${place} ${text}`;
    if (kind === "strong") return <strong key={key}>{text}</strong>;
    if (kind === "code") return <code key={key}>{text}</code>;
    return <Fragment key={key}>{text}</Fragment>;
  });
}
