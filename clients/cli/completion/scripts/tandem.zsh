#compdef tandem
# Completes the command line of Tandem in zsh: of `tandem`, and of `npx tandem`.
_tandem() {
  local -a values
  local line first=2
  if [[ $words[1] == npx ]]; then
    [[ $words[2] == tandem && $CURRENT -gt 2 ]] || { _files; return }
    first=3
  fi
  for line in "${(@f)$({{command}} "${(@)words[first,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      '') ;;
      :files) _files ;;
      :folders) _files -/ ;;
      *$'\t'*) values+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
      *) values+=("${line//:/\\:}") ;;
    esac
  done
  (( $#values )) && _describe 'tandem' values
}
compdef _tandem tandem npx
