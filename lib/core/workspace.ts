/** Ends the owner's name of a workspace that holds simulated models only: tours and tests, never live. */
const SIMULATED_SUFFIX = "-simulated";

/** In a workspace marked SIMULATED a simulated model may pass the gate; everywhere else it is capped. */
export const isSimulatedWorkspace = (owner: string): boolean => owner.endsWith(SIMULATED_SUFFIX);

/** The SIMULATED workspace beside an owner's real one. */
export const simulatedWorkspaceOf = (owner: string): string => (isSimulatedWorkspace(owner) ? owner : `${owner}${SIMULATED_SUFFIX}`);

/** The workspace of real models beside an owner's SIMULATED one. */
export const realWorkspaceOf = (owner: string): string => (isSimulatedWorkspace(owner) ? owner.slice(0, -SIMULATED_SUFFIX.length) : owner);
