using System.CommandLine;

namespace Gptx.Tool.Commands;

/// <summary>gptx completion: a script that lets a shell complete gptx's commands and options; the answers come from gptx itself.</summary>
internal sealed class CompletionCommand : GptxCommand
{
    private const string Bash = """
        # gptx: completion for bash. Put into ~/.bashrc:  eval "$(gptx completion bash)"
        _gptx_complete() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(gptx "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _gptx_complete gptx
        """;

    private const string Zsh = """
        # gptx: completion for zsh. Put into ~/.zshrc, after compinit:  eval "$(gptx completion zsh)"
        _gptx_complete() {
            local -a answers
            answers=("${(@f)$(gptx "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            if [[ -n "${answers[1]}" ]]; then compadd -- "${answers[@]}"; else _files; fi
        }
        compdef _gptx_complete gptx
        """;

    private const string Pwsh = """
        # gptx: completion for PowerShell. Put into $PROFILE:  gptx completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName gptx -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            gptx "[suggest:$cursorPosition]" "$commandAst" 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or pwsh." };

    public CompletionCommand()
        : base("completion", "Write a script that lets a shell complete commands and options.")
    {
        _shell.CompletionSources.Add("bash", "zsh", "pwsh");
        Arguments.Add(_shell);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "eval \"$(gptx completion bash)\"",
        "eval \"$(gptx completion zsh)\"",
        "gptx completion pwsh | Out-String | Invoke-Expression",
    ];

    public override int Execute(Invocation run)
    {
        var script = run.Get(_shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "pwsh" => Pwsh,
            var other => throw new GptxException(GptxErrorKind.InvalidArgument, "ShellUnknown", $"shell '{other}' is not known: it may be bash, zsh or pwsh"),
        };
        run.Around.Out.Write(script.ReplaceLineEndings("\n") + "\n");
        return ExitCode.Ok;
    }
}
