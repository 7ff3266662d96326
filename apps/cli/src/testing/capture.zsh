# zsh -f capture.zsh FILE LINE…: what completion offers behind each line, in an interactive shell that has sourced FILE,
# or that has its folder in fpath where it is called _kubepki. A line `==` follows each.
zmodload zsh/zpty
hits=$(mktemp)
load="source ${(q)1}; "
[[ ${1:t} == _kubepki ]] && load=
zpty shell zsh -f -i
zpty -w shell "fpath=(${(q)1:h} \$fpath); hits=${(q)hits}; autoload -Uz compinit; compinit -u -D; $load"
zpty -w shell 'compadd() {
  if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then local -a found; builtin compadd -A found "$@"; print -rl -- $found >> $hits; fi
  builtin compadd "$@"
}'
zpty -w shell 'finish() { _main_complete; print DO""NE }; zle -C finish complete-word finish; bindkey "^I" finish'
zpty -w shell 'print REA""DY'
zpty -r shell line '*READY*'
for typed in "${@[2,-1]}"; do
  zpty -w -n shell $'\C-u'"$typed"$'\t'
  zpty -r shell line '*DONE*'
  sed '/^$/d' $hits
  print -r -- '=='
  : > $hits
done
zpty -d shell
rm $hits
