/**
 * Completion for bash; works with the old bash 3.2 of macOS too, with and without the package bash-completion.
 * @param valueFlags patterns of `case` for flags whose value is the next word: `-n | --name`
 */
export function bashCompletion(valueFlags: string): string {
  return `# bash completion for resticprofile; load it with: source <(resticprofile generate --bash-completion)

_resticprofile() {
    local current="\${COMP_WORDS[COMP_CWORD]}"
    local -a answers=()
    local answer
    while IFS='' read -r answer; do
        [[ -n "$answer" ]] && answers+=("$answer")
    done < <("\${COMP_WORDS[0]}" complete bash:v1 "__POS:\${COMP_CWORD}" "\${COMP_WORDS[@]:1}" 2>/dev/null)

    [[ "$current" == "=" ]] && current="" # --name=value is three words here

    local last="" count=\${#answers[@]}
    ((count > 0)) && last="\${answers[count-1]}"
    COMPREPLY=()
    case "$last" in
        __complete_file)
            while IFS='' read -r answer; do COMPREPLY+=("$answer"); done < <(compgen -f -- "$current")
            compopt -o filenames +o nospace 2>/dev/null
            return
            ;;
        *__complete_restic)
            unset 'answers[count-1]'
            _resticprofile_restic "\${last%__complete_restic}"
            ;;
    esac

    for answer in "\${answers[@]}"; do
        [[ "$answer" == "$current"* ]] || continue
        case "$answer" in
            *. | */ | *=) ;;
            *) answer="$answer " ;;
        esac
        COMPREPLY+=("$answer")
    done
}

# Adds the answers of restic's own completion, with the profile in front of its commands.
_resticprofile_restic() {
    local prefix="$1" completer index first=0 answer
    # in this shell: what a subshell loads is gone with it
    complete -p restic >/dev/null 2>&1 || _resticprofile_load_restic >/dev/null 2>&1 </dev/null
    completer="$(complete -p restic 2>/dev/null | sed -n 's/.*-F \\([^ ]*\\).*/\\1/p')"
    [[ -n "$completer" ]] || return

    # restic's words start at the command: the flags before it are not restic's
    for ((index = 1; index <= COMP_CWORD; index++)); do
        case "\${COMP_WORDS[index]}" in
            ${valueFlags}) ((index++)) ;;
            -*) ;;
            *) first=$index && break ;;
        esac
    done
    ((first > 0)) || return

    while IFS='' read -r answer; do
        [[ -n "$answer" ]] || continue
        ((COMP_CWORD > first)) && [[ -d "$answer" ]] && answer="\${answer%/}/"
        answers+=("$prefix$answer")
    done < <(
        COMP_WORDS=(restic "\${COMP_WORDS[@]:first}")
        COMP_WORDS[1]="\${COMP_WORDS[1]##*.}"
        COMP_CWORD=$((COMP_CWORD - first + 1))
        COMP_LINE="\${COMP_WORDS[*]}"
        COMP_POINT=\${#COMP_LINE}
        COMPREPLY=()
        # restic's completion calls it; it is the package bash-completion's, which is not everywhere
        declare -F _get_comp_words_by_ref >/dev/null || _get_comp_words_by_ref() {
            words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD
            cur="\${words[cword]}" prev="\${words[cword-1]}"
        }
        "$completer" restic "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}" >/dev/null 2>&1
        printf '%s\\n' "\${COMPREPLY[@]}" | sed 's/ *  (.*)$//; s/ *$//' # without descriptions
    )
}

# Loads restic's completion as the package bash-completion finds it, else from restic itself.
_resticprofile_load_restic() {
    if declare -F _comp_load; then
        _comp_load restic
    elif declare -F __load_completion; then
        __load_completion restic
    fi
    complete -p restic || ! type -P restic || [[ -n "$_resticprofile_asked_restic" ]] && return
    _resticprofile_asked_restic=1 # once in a session: it may be an old one, or a script
    local file
    file="$(mktemp)" || return
    restic generate --bash-completion "$file" && source "$file"
    rm -f "$file"
}

complete -F _resticprofile -o nospace resticprofile
`;
}
