import { stringify } from "yaml";

/** A document as YAML with its keys in order, so that two of them can be held against each other. */
export const sortedYamlOf = (document: unknown): string => stringify(document, { lineWidth: 0, sortMapEntries: true });
