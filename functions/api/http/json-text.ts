/** JSON as the API writes it. A number that JSON cannot carry is unknown, so it is null, never 0. */
export const jsonText = (value: unknown): string => JSON.stringify(value) ?? "null";
