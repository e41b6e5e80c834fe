import { gateWithinReach } from "#lib/coherence/feasibility-rules.ts";
import { judgeDraft } from "#lib/coherence/model-rules.ts";
import { validatePack } from "#lib/coherence/validate-pack.ts";

/** The linter of packs and models, as one piece that the calls which judge something load. */
export const LINTER = { gateWithinReach, judgeDraft, validatePack };
