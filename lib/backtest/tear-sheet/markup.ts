import { escapeXml } from "../svg/draw.ts";

/** A piece of finished markup: what is not wrapped in it is text, and is escaped. */
export interface Markup {
  readonly html: string;
}

export type Content = string | Markup;

export const raw = (html: string): Markup => ({ html });

const shown = (content: Content): string => (typeof content === "string" ? escapeXml(content) : content.html);

/** A short name whose meaning shows on hover and is read out; the list of definitions repeats it for everyone else. */
export function term(label: string, definition: string): Markup {
  return raw(`<abbr title="${escapeXml(definition)}">${escapeXml(label)}</abbr>`);
}

export interface Column {
  readonly head: Content;
  /** Numbers are set to the right. */
  readonly number?: boolean;
}

export interface TableOptions {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of a row is its header. */
  readonly rows: readonly (readonly Cell[])[];
  /** Wide tables scroll inside a region of their own, which the keyboard reaches. */
  readonly scroll?: boolean;
  readonly className?: string;
}

export interface ToneCell {
  readonly content: Content;
  /** A class for the cell: a tone of gain or loss. */
  readonly tone: string;
}
export type Cell = Content | ToneCell;

const isTone = (cell: Cell): cell is ToneCell => typeof cell !== "string" && "tone" in cell;

export function table({ caption, columns, rows, scroll = false, className }: TableOptions): string {
  const side = (i: number): string => (columns[i]?.number ? "n" : "");
  const attributes = (classes: readonly string[]): string => {
    const kept = classes.filter((name) => name !== "");
    return kept.length === 0 ? "" : ` class="${kept.join(" ")}"`;
  };
  const head = columns.map(({ head: content }, i) => `<th scope="col"${attributes([side(i)])}>${shown(content)}</th>`).join("");
  const body = rows
    .map((cells) => {
      const parts = cells.map((cell, i) => {
        const [content, tone] = isTone(cell) ? [cell.content, cell.tone] : [cell, ""];
        return i === 0 ? `<th scope="row">${shown(content)}</th>` : `<td${attributes([side(i), tone])}>${shown(content)}</td>`;
      });
      return `<tr>${parts.join("")}</tr>`;
    })
    .join("\n");
  const rest = `<thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
  const open = `<table${attributes([className ?? ""])}`;
  if (!scroll) return `${open}><caption>${escapeXml(caption)}</caption>${rest}`;
  // A caption inside would be as wide as the table and scroll away with it.
  const name = escapeXml(caption);
  return `<div class="block"><p class="caption">${name}</p><div class="scroll" role="region" tabindex="0" aria-label="${name}">${open} aria-label="${name}">${rest}</div></div>`;
}

/** A picture drawn for wide and for narrow screens; the style sheet shows the one that fits. */
export function figure(caption: string, draw: (width: number) => string, wide: number, narrow = 342): string {
  return `<figure><figcaption>${escapeXml(caption)}</figcaption><div class="wide">${draw(wide)}</div><div class="narrow">${draw(narrow)}</div></figure>`;
}

export const list = (items: readonly Content[]): string => `<ul>${items.map((item) => `<li>${shown(item)}</li>`).join("\n")}</ul>`;

export const section = (id: string, heading: string, parts: readonly string[]): string =>
  `<section aria-labelledby="${id}"><h2 id="${id}">${escapeXml(heading)}</h2>\n${parts.join("\n")}\n</section>`;
