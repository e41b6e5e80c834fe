import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { type FieldError, SigmaError } from "#lib/errors/sigma-error.ts";
import { throwErrors } from "#lib/packs/finding.ts";
import { bracketFindings } from "#lib/policies/bracket-rule.ts";
import { explainPolicy } from "#lib/policies/explain.ts";
import { PolicySchema } from "#lib/policies/policy.schema.ts";
import { normalisePolicy, type PolicySource } from "#lib/policies/resolve-policy.ts";
import { loadModel } from "../../shared/load-model.ts";
import { json } from "../http/answer.ts";
import { withinReach } from "../models/within-reach.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const ModelQuery = z.strictObject({ model_id: IdSchema, pack_id: IdSchema });

const ExplainedSchema = z.strictObject({
  path: z.string(),
  value: JsonSchema,
  source: z.enum(["model", "pack default", "built-in default"]),
});

const VerdictSchema = z.strictObject({
  valid: z.boolean(),
  errors: z.array(z.strictObject({ code: z.string(), path: z.string(), issue: z.string() })),
  warnings: z.array(z.strictObject({ code: z.string(), path: z.string(), issue: z.string() })),
  policy: PolicySchema.nullable().describe("The effective policy, defaults filled in; null when it is invalid"),
});
type Verdict = z.infer<typeof VerdictSchema>;

/** What makes a definition invalid is the answer here, not a failure. */
const DEFINITION_ERRORS = ["POLICY_INVALID", "MODEL_INVALID", "LABEL_ENTRY_MISMATCH", "INDICATOR_UNKNOWN"];

async function verdictOf(check: () => Promise<Omit<Verdict, "valid" | "errors">>): Promise<Verdict> {
  try {
    return { valid: true, errors: [], ...(await check()) };
  } catch (error) {
    if (!(error instanceof SigmaError) || !DEFINITION_ERRORS.includes(error.code)) throw error;
    const fields: readonly FieldError[] = error.fieldErrors.length > 0 ? error.fieldErrors : [{ path: "", issue: error.message }];
    return { valid: false, errors: fields.map(({ path, issue }) => ({ code: error.code, path, issue })), warnings: [], policy: null };
  }
}

export const policyRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/policy/explain",
    tag: "policy",
    summary: "Every value of a model's policy with the document that set it",
    query: ModelQuery,
    classic: true,
    answers: { 200: { description: "Values in the policy's order", schema: z.strictObject({ rows: z.array(ExplainedSchema) }) } },
    handler: async ({ ports, owner, query }) => {
      const model = await loadModel(ports, owner, query.pack_id, query.model_id);
      const own = Object.entries(model.provenance).filter(([path]) => path.startsWith("policy."));
      const provenance = Object.fromEntries(own.map(([path, source]) => [path.slice("policy.".length), source as PolicySource]));
      return json({ rows: explainPolicy({ policy: model.policy, provenance }) });
    },
  }),
  defineRoute({
    method: "get",
    path: "/validate_policy",
    tag: "policy",
    summary: "Whether a model and its policy are coherent",
    query: ModelQuery,
    classic: true,
    answers: { 200: { description: "The verdict", schema: VerdictSchema } },
    handler: async ({ ports, owner, query }) =>
      json(
        await verdictOf(async () => {
          const { policy, warnings } = await withinReach(await loadModel(ports, owner, query.pack_id, query.model_id));
          return { policy, warnings: warnings.map(({ code, path, reason, remedy }) => ({ code, path, issue: `${reason} ${remedy}` })) };
        }),
      ),
  }),
  defineRoute({
    method: "post",
    path: "/validate_policy",
    tag: "policy",
    summary: "Whether a policy document is valid by itself",
    body: z.strictObject({ policy: z.record(z.string(), JsonSchema) }),
    bodyExample: { policy: { name: "mine", version: 1, execution: { slippage_bps: 2 } } },
    classic: true,
    answers: { 200: { description: "The verdict", schema: VerdictSchema } },
    handler: async ({ body }) =>
      json(
        await verdictOf(async () => {
          const policy = parseOr("POLICY_INVALID", PolicySchema, normalisePolicy(body.policy), "The policy");
          throwErrors(bracketFindings(policy, ""), "The policy");
          return { policy, warnings: [] };
        }),
      ),
  }),
];
