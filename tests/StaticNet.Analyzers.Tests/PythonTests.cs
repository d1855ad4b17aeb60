using System.Diagnostics;
using StaticNet.CodeFixes.Sequential;

namespace StaticNet.Analyzers.Tests;

/// <summary>Whatever is in a comment is read in a moment and without an exception.</summary>
public class PythonTests
{
    private const string Pieces = "()[],=#'\"\\\n 0123456789-.eE";

    private static readonly string[] Models =
    [
        "nn.Sequential(nn.Conv2d(1, 8, kernel_size=(3, 3), padding='same'), nn.ReLU(True), nn.MaxPool2d(2, ceil_mode=True), # half\n nn.AvgPool2d(2, count_include_pad=False), nn.Flatten(), nn.Linear(72, 10), nn.Softmax(dim=1))",
        "keras.Sequential([keras.Input(shape=(28, 28, 1)), Conv2D(32, (3, 3), activation=\"relu\"), AveragePooling2D(pool_size=(2, 2), padding='same'), BatchNormalization(epsilon=1e-3), Flatten(), Dropout(0.5), Dense(10)])",
    ];

    private static readonly string[] Words = ["None", "True", "99999999999", "1e999", "()", "(2,)", "nn.Sequential(", "stride=0", "in_features=4", "(((((((((("];

    [Fact]
    public void Changed_models_are_converted_or_refused()
    {
        var random = new Random(1);
        var converted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = Models[round % Models.Length];
            for (var change = random.Next(4); change >= 0; change--)
            {
                var place = random.Next(text.Length);
                var length = Math.Min(random.Next(6), text.Length - place);
                text = random.Next(3) switch
                {
                    0 => text.Remove(place, length),
                    1 => text.Insert(place, Pieces[random.Next(Pieces.Length)].ToString()),
                    _ => text.Remove(place, length).Insert(place, Words[random.Next(Words.Length)]),
                } + " ";
            }

            converted += Attributes(text) is null ? 0 : 1;
        }

        Assert.InRange(converted, 1, 19_999);
    }

    /// <summary>Texts for which a reader that goes back, or deeper, would never end.</summary>
    public static TheoryData<string> Long => new()
    {
        "Sequential(" + new string('#', 100_000) + "\n$",
        "Sequential(" + new string(' ', 100_000) + "$",
        "Sequential(" + new string('(', 100_000),
        "Sequential(" + string.Concat(Enumerable.Repeat("f(", 100_000)),
        new string('a', 1_000_000),
        string.Concat(Enumerable.Repeat("a.", 500_000)),
    };

    [Theory]
    [MemberData(nameof(Long))]
    public void Long_texts_are_refused_at_once(string text)
    {
        var watch = Stopwatch.StartNew();

        Assert.Null(Attributes(text));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static IReadOnlyList<string>? Attributes(string text) => PythonReader.FindSequential(text) is var (model, _, _) ? SequentialConverter.Convert(model) : null;
}
