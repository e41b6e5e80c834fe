/** A piece of running text. */
export interface Piece {
  readonly kind: "plain" | "strong" | "code";
  readonly text: string;
}

/** A block of a guide: what packs say of themselves knows headings, paragraphs, lists and tables. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly pieces: readonly Piece[] }
  | { readonly kind: "paragraph"; readonly pieces: readonly Piece[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Piece[])[] }
  | { readonly kind: "table"; readonly head: readonly (readonly Piece[])[]; readonly rows: readonly (readonly (readonly Piece[])[])[] };

/** Reads the Markdown of a guide. What it does not know stays plain text. */
export function readBlocks(markdown: string): Block[] {
  return markdown
    .replaceAll("\r\n", "\n")
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map(blockOf);
}

function blockOf(text: string): Block {
  const heading = /^(#{1,6})\s+(.*)$/.exec(text);
  if (heading !== null) return { kind: "heading", level: heading[1]!.length, pieces: piecesOf(heading[2]!) };
  const lines = text.split("\n");
  if (lines.length > 2 && lines.every((line) => line.startsWith("|")) && /^\|[\s:|-]+\|$/.test(lines[1]!.trim()))
    return { kind: "table", head: cellsOf(lines[0]!), rows: lines.slice(2).map(cellsOf) };
  if (lines.every((line) => /^\s*[-*]\s/.test(line)))
    return { kind: "list", items: lines.map((line) => piecesOf(line.replace(/^\s*[-*]\s+/, ""))) };
  return { kind: "paragraph", pieces: piecesOf(lines.join(" ")) };
}

const cellsOf = (line: string): (readonly Piece[])[] =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => piecesOf(cell.trim()));

/** Strong text and code; a link is its words. */
function piecesOf(text: string): Piece[] {
  return text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part): Piece => {
      if (part.length > 4 && part.startsWith("**") && part.endsWith("**")) return { kind: "strong", text: part.slice(2, -2) };
      if (part.length > 2 && part.startsWith("`") && part.endsWith("`")) return { kind: "code", text: part.slice(1, -1) };
      return { kind: "plain", text: part };
    });
}
