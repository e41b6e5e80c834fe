/** Shells that a script exists for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** Where a script goes so that every new shell reads it. */
export const INSTALLED_BY: Readonly<Record<Shell, string>> = {
  bash: "sigma completion bash > ~/.local/share/bash-completion/completions/sigma",
  zsh: "sigma completion zsh > ~/.zfunc/_sigma # with fpath+=(~/.zfunc) before compinit in ~/.zshrc",
  fish: "sigma completion fish > ~/.config/fish/completions/sigma.fish",
};

/**
 * The scripts hold no command and no option: they ask the program what may stand at the cursor, one suggestion a line with
 * what it means after a tab, and `:files` where the shell's own files are meant.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# bash completion for sigma
_sigma() {
  local value
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    if [[ "$value" == ":files" ]]; then
      compopt -o default 2>/dev/null
      COMPREPLY=()
      return
    fi
    COMPREPLY+=("$value")
  done < <("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _sigma sigma`,
  zsh: `#compdef sigma
_sigma() {
  local value about
  local -a values
  while IFS=$'\\t' read -r value about; do
    if [[ "$value" == ":files" ]]; then
      _files
      return
    fi
    values+=("\${value//:/\\\\:}:$about")
  done < <("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  _describe sigma values
}
compdef _sigma sigma`,
  fish: `# fish completion for sigma
function __sigma_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for line in ($before[1] __complete $before[2..-1] "$current" 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path "$current"
            return
        end
        echo $line
    end
end
complete -c sigma -f -a '(__sigma_complete)'`,
};
