/** Of what `sessionIvs` computes: raised when the same chains give another number than before. Numbers of two versions are never mixed. */
export const SESSION_IV_VERSION = 1;
