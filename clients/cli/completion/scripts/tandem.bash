# Completes the command line of Tandem in bash: of `tandem`, and of `npx tandem`.
_tandem() {
  local first=1 current="${COMP_WORDS[COMP_CWORD]}" value path
  COMPREPLY=()
  if [[ $1 == npx ]]; then
    [[ ${COMP_WORDS[1]} == tandem && $COMP_CWORD -gt 1 ]] || return
    first=2
  fi
  while IFS=$'\t' read -r value _; do
    case $value in
      :files | :folders)
        compopt -o filenames 2>/dev/null
        local only=-f
        [[ $value == :folders ]] && only=-d
        while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$only" -- "$current")
        ;;
      *) COMPREPLY+=("$value") ;;
    esac
  done < <({{command}} "${COMP_WORDS[@]:first:COMP_CWORD-first+1}" 2>/dev/null)
}
complete -F _tandem tandem
complete -o bashdefault -o default -F _tandem npx
