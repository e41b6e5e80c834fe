import { stringify } from "yaml";

/** Writes a document as people would: keys in the given order, short mappings on one line, a comment on top. */
export function yamlText(comment: string, document: unknown): string {
  const body = stringify(document, { lineWidth: 120, flowCollectionPadding: true, collectionStyle: "any", aliasDuplicateObjects: false });
  return `# ${comment}\n${body}`;
}
