namespace StaticNet.Generator.Tests;

/// <summary>Arbitrary attribute lists as source text: one half of them careful, most of the other with a mistake somewhere.</summary>
internal sealed class RandomSource(int seed)
{
    /// <summary>Classes that the lists use as blocks.</summary>
    public const string Blocks = """
        using StaticNet;
        [Dense(4, Activation = Activation.ReLU)][Dense(4)][Add("input")] class Residual;
        [Dense(3, Name = "gate", Activation = Activation.Sigmoid)][Dropout(0.5)] class Gate;
        [Block(typeof(Gate))][Block(typeof(Residual))] class Both;
        [Dense(-1)] class Wrong;
        [Block(typeof(Ring))] class Ring;
        """;

    private static readonly string[] Names = ["a", "b", "input", "dense1", "dense2", "flatten1", "activation1", "nothing", "1", "class"];

    private readonly Random _random = new(seed);
    private bool _careful;

    /// <summary>A class with a random list of attributes.</summary>
    public string Class(string name)
    {
        _careful = Chance(2);
        var attributes = new List<string> { "Network" };
        if (!Mistake(20))
            attributes.Add($"Input({string.Join(", ", Enumerable.Range(0, Mistake(20) ? 0 : _random.Next(1, 4)).Select(_ => Size()))})");
        for (var layers = Mistake(20) ? 0 : _random.Next(1, 7); layers > 0; layers--)
            attributes.Add(Layer());
        var trains = Chance(2);
        if (trains)
            attributes.Add(Chance(4) ? $"Training(BatchSize = {(Mistake(2) ? Pick(0, 70_000) : Pick(1, 5, 16, 64))})" : "Training");
        for (var losses = trains || Chance(5) ? Mistake(6) ? 0 : Pick(1, 1, 2) : 0; losses > 0; losses--)
            attributes.Add(Loss());
        return $"{string.Concat(attributes.Select(attribute => $"[{attribute.Replace("(, ", "(", StringComparison.Ordinal)}]"))} partial class {name};";
    }

    private string Layer() => _random.Next(12) switch
    {
        <= 3 => $"Dense({Size()}{Parametric()}{Activated()}{Common()})",
        4 => $"Activation({Activation()}{Maybe(6, $"Alpha = {Figure()}")}{Maybe(6, "Trainable = false")}{Common()})",
        5 => $"Maxout({Size()}{(Chance(3) ? $", {(Mistake(4) ? 1 : Pick(2, 3))}" : "")}{Parametric()}{Common()})",
        6 => $"Dropout({(Mistake(4) ? Pick("1", "-0.1", "double.NaN") : Pick("0", "0.5", "0.9f"))}{Common()})",
        7 => $"Flatten{(Mistake(3) ? $"(Name = \"{Pick(Names)}\")" : "")}",
        8 => _careful ? Pick("Reshape(-1)", "Reshape(1, -1)", "Reshape(-1, 1, 1)") : $"Reshape({string.Join(", ", Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Chance(3) ? -1 : _random.Next(1, 5)))}{Common()})",
        9 => $"{Pick("Add", "Multiply")}({Joined()}{Common()})",
        10 => $"Concat({Joined()}{Maybe(3, $"Axis = {(Mistake(4) ? 5 : Pick(0, -1))}")}{Common()})",
        _ => $"Block(typeof({(Mistake(3) ? Pick("Wrong", "Ring", "string") : Pick("Residual", "Gate", "Both"))}){Maybe(5, "Trainable = false")}{Common()})",
    };

    private string Loss()
    {
        var common = $"{Maybe(4, $"Weight = {Figure()}")}{Maybe(4, "Reduction = Reduction.Sum")}{(Mistake(6) ? $", From = \"{Pick(Names)}\"" : "")}";
        var loss = Pick("MeanSquaredError", "HalfSquaredError", "MeanAbsoluteError", "BinaryCrossEntropy", "BinaryCrossEntropyWithLogits", "Hinge", "MultiClassHinge", "SquaredHinge", "SoftmaxCrossEntropy", "Huber");
        var own = loss switch
        {
            "Huber" => Maybe(2, $"Delta = {Figure()}"),
            "MultiClassHinge" => Maybe(2, $"Margin = {Figure()}"),
            "SoftmaxCrossEntropy" => Maybe(3, "SoftTargets = true") + Maybe(3, $"LabelSmoothing = {(Mistake(2) ? Pick("1", "-1") : Pick("0.1f", "0"))}"),
            _ => "",
        };
        return $"{loss}Loss({own}{common})";
    }

    private string Parametric() => Maybe(4, "Bias = false") + Maybe(6, "BiasValue = 0.5f") + Maybe(6, "Trainable = false")
        + Maybe(6, $"Initializer = (Initializer)({(Mistake(4) ? Pick(-1, 14) : _random.Next(0, 14))})") + Maybe(8, $"InitializerValue = {Figure()}") + Maybe(6, $"Unrolling = (Unrolling){(Mistake(4) ? 3 : _random.Next(0, 3))}");

    private string Activated() => Maybe(2, $"Activation = {Activation()}") + Maybe(8, $"ActivationAlpha = {Figure()}") + Maybe(8, "SharedSlope = true");

    private string Activation() => $"(Activation){(Mistake(10) ? 18 : _random.Next(_careful ? 2 : 0, 18))}";

    private string Common() => _careful ? "" : Maybe(6, $"Name = \"{Pick(Names)}\"") + Maybe(8, $"From = \"{Pick(Names)}\"");

    private string Joined() => string.Join(", ", Enumerable.Range(0, _random.Next(Mistake(6) ? 0 : 1, 3)).Select(_ => Mistake(10) ? "null!" : $"\"{(_careful ? "input" : Pick("input", "a", "dense1", "flatten1"))}\""));

    private int Size() => Mistake(16) ? Pick(0, -3, int.MaxValue, int.MinValue, 16_777_217) : _careful ? Pick(4, 4, 4, 4, 3) : Pick(1, 2, 3, 4, 5, 8, 12, 17);

    private string Figure() => Mistake(3) ? Pick("0", "-1", "float.NaN", "float.PositiveInfinity") : Pick("0.5f", "2", "1e-3f", "3");

    private string Maybe(int of, string argument) => Chance(of) ? ", " + argument : "";

    private bool Mistake(int of) => !_careful && Chance(of);

    private bool Chance(int of) => _random.Next(of) == 0;

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];
}
