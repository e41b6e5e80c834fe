import * as z from "zod";
import type { Json } from "./canonical-json.ts";

/** Any JSON value, read-only once it is inside. */
export const JsonSchema = z.json() as unknown as z.ZodType<Json, Json>;
