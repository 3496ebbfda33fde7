/** Completion for zsh, as a file `_resticprofile` on the fpath, or sourced. */
export function zshCompletion(): string {
  return `#compdef resticprofile
# zsh completion for resticprofile; save it as _resticprofile in a folder of your fpath, or load it with:
#   source <(resticprofile generate --zsh-completion)

_resticprofile() {
    local tab=$'\\t' last answer name description described
    local -a answers words_found flags_found open
    answers=("\${(@f)$("\${(Q)words[1]}" complete zsh:v2 "__POS:$((CURRENT - 1))" "\${(@Q)words[2,-1]}" 2>/dev/null)}")
    answers=(\${answers:#})
    last="\${answers[-1]}"

    if [[ "$last" == __complete_file ]]; then
        _files
        return
    fi

    local -a restic_words
    local prefix
    if [[ "\${last%%$tab*}" == *__complete_restic ]]; then
        prefix="\${\${last%%$tab*}%__complete_restic}"
        restic_words=("\${(@ps:\\t:)last}")
        shift restic_words
        answers[-1]=()
    fi

    for answer in "\${answers[@]}"; do
        name="\${answer%%$tab*}"
        description="\${answer#*$tab}"
        [[ "$answer" == *$tab* ]] || description=""
        described="\${name//:/\\\\:}\${description:+:$description}"
        case "$name" in
            *.) open+=("$name") ;;
            -*) flags_found+=("$described") ;;
            *) words_found+=("$described") ;;
        esac
    done
    ((\${#words_found} > 0)) && _describe 'resticprofile' words_found
    ((\${#flags_found} > 0)) && _describe -o 'flags of resticprofile' flags_found
    ((\${#open} > 0)) && compadd -S '' -- "\${open[@]}"
    ((\${#restic_words} > 0)) && _resticprofile_restic "$prefix" "\${restic_words[@]}"
}

# Hands over to restic's own completion, which sees the words without our flags and profile.
_resticprofile_restic() {
    local prefix="$1" completer="\${_comps[restic]}"
    shift
    [[ -n "$completer" ]] || return
    [[ -n "$prefix" ]] && compset -P "*."
    local -a words
    words=(restic "$@")
    local CURRENT=\${#words}
    "$completer"
}

if [[ "\${funcstack[1]}" == _resticprofile ]]; then
    _resticprofile "$@"
else
    compdef _resticprofile resticprofile
fi
`;
}
