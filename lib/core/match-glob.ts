/** Whether a name is an exact name or fits a glob, in which `*` stands for any text and `?` for one character. */
export function matchesGlob(name: string, glob: string): boolean {
  let at = 0;
  let inGlob = 0;
  let star = -1;
  let resumeAt = 0;
  while (at < name.length) {
    if (glob[inGlob] === "*") {
      star = inGlob++;
      resumeAt = at;
    } else if (inGlob < glob.length && (glob[inGlob] === "?" || glob[inGlob] === name[at])) {
      inGlob++;
      at++;
    } else if (star >= 0) {
      // Let the last star take one character more; earlier stars never need to be reconsidered.
      inGlob = star + 1;
      at = ++resumeAt;
    } else return false;
  }
  while (glob[inGlob] === "*") inGlob++;
  return inGlob === glob.length;
}
