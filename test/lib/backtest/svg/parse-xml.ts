/** Element names and texts of an XML document. Throws where it is not well formed. */
export function parseXml(xml: string): { readonly names: string[]; readonly texts: string[]; readonly attributes: string[] } {
  const token = /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z][a-zA-Z0-9-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  const open: string[] = [];
  const names: string[] = [];
  const texts: string[] = [];
  const attributes: string[] = [];
  let roots = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`Not well formed at ${at}: ${xml.slice(at, at + 60)}`);
    const [, closing, name, attribute = "", selfClosing, content] = match;
    for (const part of [attribute, content ?? ""]) {
      if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(part)) throw new Error(`Bare ampersand in ${part}`);
    }
    if (content !== undefined) {
      if (content.trim() !== "") texts.push(content);
    } else if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
    } else {
      if (open.length === 0) roots++;
      names.push(name!);
      attributes.push(attribute);
      if (!selfClosing) open.push(name!);
    }
  }
  if (open.length > 0 || roots !== 1) throw new Error(`Open: ${open.join()}, roots: ${roots}`);
  return { names, texts, attributes };
}
