# Completes the command line of Tandem in fish: of `tandem`, and of `npx tandem`.
function __tandem_complete
    set -l typed (commandline -opc) (commandline -ct)
    set -l first 2
    test $typed[1] = npx; and set first 3
    {{command}} $typed[$first..-1] 2>/dev/null | while read -l line
        switch $line
            case :files
                __fish_complete_path (commandline -ct)
            case :folders
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c tandem -f -a '(__tandem_complete)'
complete -c npx -n 'string match -q "npx tandem *" (commandline -pc)' -f -a '(__tandem_complete)'
