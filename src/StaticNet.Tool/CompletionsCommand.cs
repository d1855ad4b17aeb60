using System.CommandLine;
using Spectre.Console;

namespace StaticNet.Tool;

/// <summary><c>staticnet completions</c>.</summary>
internal static class CompletionsCommand
{
    private const string Bash = "bash", Zsh = "zsh", PowerShell = "pwsh";

    /// <summary>What each shell runs; the command itself says what may come next, by System.CommandLine's directive.</summary>
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        [Bash] = """
            _staticnet() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(staticnet "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _staticnet staticnet
            """,
        [Zsh] = """
            _staticnet() {
                local -a found
                found=("${(@f)$(staticnet "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -a found || _files
            }
            compdef _staticnet staticnet
            """,
        [PowerShell] = """
            Register-ArgumentCompleter -Native -CommandName staticnet -ScriptBlock {
                param($word, $command, $cursor)
                staticnet "[suggest:$cursor]" "$command" | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };

    public static Command Create(IAnsiConsole console)
    {
        var shell = new Argument<string>("shell") { Description = "The shell" };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command(
            "completions",
            """
            Writes the script with which a shell completes the command, its options and the names of networks.

            Examples:
              staticnet completions bash >> ~/.bashrc
              staticnet completions zsh >> ~/.zshrc
              staticnet completions pwsh >> $PROFILE
            """)
        {
            shell,
        };
        command.SetAction(result => ToolCommand.Run(console, () =>
        {
            console.Profile.Out.Writer.WriteLine(Scripts[result.GetRequiredValue(shell)].ReplaceLineEndings("\n"));
            return ExitCode.Done;
        }));
        return command;
    }
}
