using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;
using StaticNet.Audio;
using StaticNet.Importing;
using StaticNet.Onnx;

namespace StaticNet.Tool;

/// <summary><c>staticnet import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var model = new Argument<FileInfo>("model") { Description = "The model: a file that ends in .onnx, or a capture of an amplifier in .nam or .json (RTNeural, AIDA-X, PyTorch)" };
        var folder = new Option<DirectoryInfo>("--out", "-o") { Description = "The folder for the class and its weights", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var name = new Option<string?>("--name") { Description = "The name of the class; that of the file if it is left out" };
        var space = new Option<string?>("--namespace") { Description = "The namespace of the class" };
        var output = new Option<string[]>("--output") { Description = "ONNX: an output to import, by its name in the model; any value inside the model is one too. May be given several times" };
        var input = new Option<string[]>("--input") { Description = "ONNX: an input that becomes a constant: NAME=NUMBER, or NAME=FILE with a tensor in ONNX's format. May be given several times" };
        var dim = new Option<string[]>("--dim") { Description = "ONNX: the size of an axis that the model leaves open: NAME=SIZE, INPUT:AXIS=SIZE or AXIS=SIZE. Others are 1" };
        var direct = new Option<bool>("--direct") { Description = "ONNX: compute 3×3 convolutions without Winograd's algorithm, whose rounding differs more" };
        var oversampling = new Option<int>("--oversampling") { Description = "Captures: the sample rate to run at, as a multiple of its own, 1 to 16", DefaultValueFactory = _ => 1 };
        var size = new Option<double>("--size") { Description = "Captures: the size of a slimmable one, 0 to 1", DefaultValueFactory = _ => 1 };
        var vectors = new Option<int>("--vectors") { Description = "ONNX: the number of random samples that the class can be checked with; 0 for none", DefaultValueFactory = _ => 4 };
        var report = new Option<FileInfo?>("--report") { Description = "ONNX: write problems and notes as a page in Markdown" };
        name.Validators.Add(result => RequireIdentifier(result, allowDots: false));
        space.Validators.Add(result => RequireIdentifier(result, allowDots: true));
        input.Validators.Add(result => RequirePairs(result, text => Number(text) is not null || File.Exists(text), "NAME=NUMBER, or NAME=FILE with a file that exists,"));
        dim.Validators.Add(result => RequirePairs(result, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0, "NAME=SIZE with a size above 0"));

        var command = new Command("import", "Writes a model as an annotated C# class with its weights in safetensors")
        {
            model, folder, name, space, output, input, dim, direct, vectors, oversampling, size, report,
        };
        vectors.Validators.Add(result => Require(result, result.GetValue(vectors) is >= 0 and <= 1000, "0 to 1000"));
        oversampling.Validators.Add(result => Require(result, result.GetValue(oversampling) is >= 1 and <= 16, "1 to 16"));
        size.Validators.Add(result => Require(result, result.GetValue(size) is >= 0 and <= 1, "0 to 1"));
        RequireKind(command, model, [output, input, dim, direct, vectors, report], [oversampling, size]);
        command.SetAction(result => ToolCommand.Run(console, () => CaptureImport.Takes(result.GetRequiredValue(model)) ? CaptureImport.Run(console, result.GetRequiredValue(model), result.GetRequiredValue(folder), new AudioImportOptions
        {
            ClassName = result.GetValue(name),
            Namespace = result.GetValue(space),
            Oversampling = result.GetValue(oversampling),
            Size = result.GetValue(size),
        }) : Import(console, result.GetRequiredValue(model), result.GetRequiredValue(folder), result.GetValue(report), new OnnxImportOptions
        {
            ClassName = result.GetValue(name),
            Namespace = result.GetValue(space),
            Outputs = result.GetValue(output) ?? [],
            Inputs = Pairs(result.GetValue(input)).ToDictionary(pair => pair.Name, pair => Number(pair.Value) is { } number ? [number] : OnnxImporter.ReadTensor(File.ReadAllBytes(pair.Value)), StringComparer.Ordinal),
            Dimensions = Pairs(result.GetValue(dim)).ToDictionary(pair => pair.Name, pair => int.Parse(pair.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal),
            Vectors = result.GetValue(vectors),
            DirectConvolutions = result.GetValue(direct),
        })));
        return command;
    }

    private static int Import(IAnsiConsole console, FileInfo model, DirectoryInfo folder, FileInfo? report, OnnxImportOptions options)
    {
        OnnxImport import;
        try
        {
            import = OnnxImporter.Import(model.FullName, options);
        }
        catch (ImportException e) when (report is not null)
        {
            File.WriteAllText(report.FullName, ProblemTable.Page(model.Name, e.Problems, []));
            throw;
        }

        if (report is not null)
            File.WriteAllText(report.FullName, ProblemTable.Page(model.Name, [], import.Notes));
        var files = ImportedFiles.Write(import.Network, folder.FullName);
        foreach (var note in import.Notes)
            console.MarkupLineInterpolated($"[yellow]{note}[/]");
        foreach (var file in files)
            console.MarkupLineInterpolated($"wrote [green]{Path.GetRelativePath(Environment.CurrentDirectory, file)}[/]");
        return ExitCode.Done;
    }

    internal static float? Number(string text) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : null;

    internal static IEnumerable<(string Name, string Value)> Pairs(string[]? texts) =>
        (texts ?? []).Select(text => (text[..text.LastIndexOf('=')], text[(text.LastIndexOf('=') + 1)..])).DistinctBy(pair => pair.Item1);

    internal static void RequirePairs(OptionResult result, Func<string, bool> isValue, string expected)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.LastIndexOf('=') is var place && (place < 1 || !isValue(token.Value[(place + 1)..]))))
            result.AddError($"Expected {expected} after {result.Option.Name}, but got '{token.Value}'.");
    }

    internal static void Require(OptionResult result, bool isInRange, string expected)
    {
        if (!isInRange)
            result.AddError($"Expected {expected} after {result.Option.Name}.");
    }

    /// <summary>An option that a kind of model does not have would do nothing.</summary>
    private static void RequireKind(Command command, Argument<FileInfo> model, Option[] ofOnnx, Option[] ofCaptures) => command.Validators.Add(result =>
    {
        if (result.GetValue(model) is not { } file)
            return;
        var isCapture = CaptureImport.Takes(file);
        foreach (var option in (isCapture ? ofOnnx : ofCaptures).Where(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError(isCapture
                ? $"{option.Name} is for ONNX models, but {file.Name} is a capture of an amplifier."
                : $"{option.Name} is for captures of amplifiers (.nam, .json), but {file.Name} is an ONNX model.");
        }
    });

    private static void RequireIdentifier(OptionResult result, bool allowDots)
    {
        foreach (var token in result.Tokens.Where(token => (allowDots ? token.Value.Split('.') : [token.Value]).Any(part => !Identifiers.IsValid(part))))
            result.AddError($"Expected a C# identifier after {result.Option.Name}, but got '{token.Value}'.");
    }
}
