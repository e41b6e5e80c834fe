/** Id of the model that a pack's one-year check runs. Its documents stand beside the pack's and are no part of its identity. */
export const PACK_CHECK_MODEL = "pack_check";
