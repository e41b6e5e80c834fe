import { SigmaError } from "#lib/errors/sigma-error.ts";

/** How the product answered a plant. */
export type Answer = {
  /** Code of the refusal; null when nothing stopped it. */
  readonly code: string | null;
  readonly says: string;
};

/** Does what a user would do, and notes the refusal. A fault of another kind is a fault of the experiment and is passed on. */
export async function attempt(work: () => unknown): Promise<Answer> {
  try {
    await work();
    return { code: null, says: "built" };
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    return { code: error.code, says: error.message };
  }
}
