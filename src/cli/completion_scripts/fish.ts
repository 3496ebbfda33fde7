/**
 * Completion for fish.
 * @param valueFlags words of flags whose value is the next word: `-n --name`
 */
export function fishCompletion(valueFlags: string): string {
  return `# fish completion for resticprofile; load it with: resticprofile generate --fish-completion | source

function __resticprofile_complete
    set -l before (commandline --current-process --tokenize --cut-at-cursor)
    set -l current (commandline --current-token --cut-at-cursor)
    set -l answers (command $before[1] complete fish:v1 __POS:(count $before) $before[2..-1] "$current" 2>/dev/null)
    switch "$answers[-1]"
        case __complete_file
            __fish_complete_path "$current"
        case '*__complete_restic'
            string join \\n -- $answers[1..-2]
            __resticprofile_restic (string replace __complete_restic '' -- $answers[-1]) "$current" $before[2..-1]
        case '*'
            string join \\n -- $answers
    end
end

# Prints the answers of restic's own completion, with the profile in front of its commands.
function __resticprofile_restic --argument-names prefix current
    set -l words
    set -l skip 0
    # restic's words start at the command: the flags before it are not restic's
    for word in $argv[3..-1]
        if test $skip = 1
            set skip 0
        else if test (count $words) -gt 0; or not string match --quiet -- '-*' $word
            set --append words $word
        else if contains -- $word ${valueFlags}
            set skip 1
        end
    end
    if set --query words[1]
        set words[1] (string replace --regex '^.*\\.' '' -- $words[1])
    else
        set current (string replace --regex '^.*\\.' '' -- $current)
    end
    for answer in (complete --do-complete (string join ' ' -- restic (string escape -- $words) "$current"))
        echo $prefix$answer
    end
end

complete --command resticprofile --no-files --arguments '(__resticprofile_complete)'
`;
}
