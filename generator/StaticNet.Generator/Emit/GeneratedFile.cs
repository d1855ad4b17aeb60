namespace StaticNet.Generator.Emit;

/// <summary>A generated file: its hint name and its text.</summary>
internal readonly record struct GeneratedFile(string HintName, string Text);
