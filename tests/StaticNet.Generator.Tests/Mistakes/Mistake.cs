namespace StaticNet.Generator.Tests.Mistakes;

/// <summary>A mistake of docs/mistakes.md.</summary>
/// <param name="Title">The heading that it stands below.</param>
/// <param name="Language">What its block is written in: csharp or xml.</param>
/// <param name="Code">What the user wrote.</param>
/// <param name="Message">What StaticNet says, as the page has it.</param>
/// <param name="MessageStart">Where the message begins in the page.</param>
internal sealed record Mistake(string Title, string Language, string Code, string Message, int MessageStart);
