import type { Json } from "#lib/core/canonical-json.ts";

/** The part of a parsed body that becomes a run's request: plain JSON without what is absent. */
export const payloadOf = (body: object): { readonly [key: string]: Json } => JSON.parse(JSON.stringify(body));
