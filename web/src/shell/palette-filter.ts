/**
 * How well an entry of the palette fits what is typed: 0 = not at all. Every word has to stand in it; the start of the name counts
 * most, then starts of words.
 */
export function paletteFit(entry: string, search: string): number {
  const text = entry.toLowerCase();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return 0;
  if (text.startsWith(words.join(" "))) return 1;
  const starts = text.split(/[\s_./-]+/);
  return words.every((word) => starts.some((start) => start.startsWith(word))) ? 0.7 : 0.4;
}
