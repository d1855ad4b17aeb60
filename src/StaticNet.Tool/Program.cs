using StaticNet.Tool;

return ToolCommand.Create(Spectre.Console.AnsiConsole.Console).Parse(args).Invoke();
