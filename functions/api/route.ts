import type { Context } from "hono";
import * as z from "zod";
import type { ApiDeps, ApiPorts } from "./api-deps.ts";
import type { Answer } from "./http/answer.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** One request, parsed and with its owner known. */
export interface Call<P, Q, B> {
  readonly deps: ApiDeps;
  readonly ports: ApiPorts;
  readonly owner: string;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The body as it came, for what must tell an absent key from its default; `body` says that it is valid. */
  readonly raw: unknown;
  readonly context: Context;
  /** Whether the path began with `/v1`. */
  readonly versioned: boolean;
  /** When the request came, on the clock that only goes forward. */
  readonly receivedAt: number;
}

export interface Documented {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Media type; JSON when absent. */
  readonly type?: string;
  /** Made from the schema when absent. */
  readonly example?: unknown;
  /** Other media types that the caller may ask for, with an example of each. */
  readonly also?: Readonly<Record<string, string>>;
}

export interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: Method;
  /** OpenAPI form: `/runs/{run_id}`. Served below `/v1` and at the root. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly bodyExample?: unknown;
  readonly answers: Readonly<Record<number, Documented>>;
  /** Nobody needs to be known: health and documentation. */
  readonly open?: true;
  /** For administrators only: everybody else gets FORBIDDEN before anything is read. */
  readonly admin?: true;
  /** A path of the classic surface: the unversioned form adds `ok`. */
  readonly classic?: true;
  /** Its answers carry an ETag, and a write heeds If-Match. */
  readonly conditional?: true;
  /** Starts a run: the answer is 202, or 200 when the wait was long enough. */
  readonly startsRun?: true;
  /** Works on the matrix of the model that the body names, and waits while a run is making it. */
  readonly needsMatrix?: true;
  readonly handler: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Answer>;
}

/** A route whose parameter types are known to its own handler only. */
export type AnyRoute = Omit<RouteSpec<z.ZodType, z.ZodType, z.ZodType>, "handler"> & {
  readonly handler: (call: Call<never, never, never>) => Promise<Answer>;
};

const Nothing = z.strictObject({});

/** Ties the handler's types to the schemas. A query or body that a route does not name must be empty. */
export function defineRoute<
  P extends z.ZodType = typeof Nothing,
  Q extends z.ZodType = typeof Nothing,
  B extends z.ZodType = typeof Nothing,
>(spec: RouteSpec<P, Q, B>): AnyRoute {
  return { params: Nothing, query: Nothing, ...spec } as unknown as AnyRoute;
}
