using StaticNet.Data;
using StaticNet.Training;

namespace StaticNet.Tests.Data;

public sealed class CsvStreamTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-").FullName;

    private static string Files => Path.Combine(AppContext.BaseDirectory, "Data", "Files");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("iris.csv", 1)]
    [InlineData("digits.csv.gz", 0)]
    public void A_stream_gives_the_samples_of_the_loaded_file(string name, int skipLines)
    {
        var options = new CsvOptions { SkipLines = skipLines };
        var data = CsvData.Load(Path.Combine(Files, name), options).Data;
        var stream = CsvStream.Open(Path.Combine(Files, name), options);
        using var loaded = new DataLoader(data, 32, shuffle: false);
        using var streamed = new StreamLoader(stream, 32, prefetch: true);

        Assert.Equal(data.Count, stream.Count);
        for (var epoch = 0; epoch < 2; epoch++)
            Assert.Equal(Loaded.Batches(loaded, epoch), Loaded.Batches(streamed, epoch));
    }

    [Fact]
    public void Classes_and_columns_have_their_names()
    {
        var path = Write("x,y,label\n1,2,dog\n3,4,cat\n5,6,dog\n");
        var options = new CsvOptions { HasHeader = true, TextLabels = true };
        var stream = CsvStream.Open(path, options);
        using var loader = new StreamLoader(stream, 3);

        Assert.Equal(["cat", "dog"], stream.ClassNames.AsEnumerable());
        Assert.Equal(["x", "y"], stream.InputNames.AsEnumerable());
        Assert.Equal(["label"], stream.TargetNames.AsEnumerable());
        Assert.Equal([1f, 0, 1], Loaded.Targets(loader, 0));
        using var named = new StreamLoader(CsvStream.Open(path, options with { ClassNames = ["dog", "cat"] }), 3);
        Assert.Equal([0f, 1, 0], Loaded.Targets(named, 0));
    }

    [Fact]
    public void A_sample_is_at_its_line_of_the_file_through_splits_too()
    {
        var path = Write("x,label\n\n10,0\n\"11\",1\n\n\n12,2\n13,3\n");
        var options = new CsvOptions { HasHeader = true };
        var data = CsvData.Load(path, options).Data;
        var stream = CsvStream.Open(path, options);
        string[] places = ["line 3 of data.csv", "line 4 of data.csv", "line 7 of data.csv", "line 8 of data.csv"];

        Assert.Equal(places, Enumerable.Range(0, 4).Select(data.PlaceOf));
        Assert.Equal(places, Enumerable.Range(0, 4).Select(stream.PlaceOf));
        var (first, second) = data.Split(0.5, seed: 1);
        foreach (var part in new[] { first, second, second.ToOneHot(4) })
        {
            for (var sample = 0; sample < part.Count; sample++)
                Assert.Equal(places[(int)part.Input(sample)[0] - 10], part.PlaceOf(sample));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => stream.PlaceOf(4));
    }

    [Fact]
    public void What_is_not_valid_is_refused_at_opening_and_what_has_changed_when_it_is_read()
    {
        Assert.Contains("Line 3", Refusal(() => CsvStream.Open(Write("1,2\n3,4\n5,x\n"))), StringComparison.Ordinal);
        Assert.Contains("at least one row", Refusal(() => CsvStream.Open(Write(""))), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => CsvStream.Open(Path.Combine(_folder, "none")));
        Assert.Throws<ArgumentException>(() => CsvStream.Open(Write("1,2\n"), new CsvOptions { SkipLines = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CsvStream.Open(Write("1,2\n")).Open(-1));

        foreach (var (text, message) in new[] { ("1,2\n", "it ended after 1"), ("1,2,3\n1,2,3\n", "expected 1 inputs and 1 targets"), ("1,2\n1,z\n", "Line 2") })
        {
            var stream = CsvStream.Open(Write("1,2\n3,4\n"));
            Write(text);
            using var loader = new StreamLoader(stream, 2);
            Assert.Contains(message, Refusal(() => Loaded.Batches(loader, 0)), StringComparison.Ordinal);
        }
    }

    private static string Refusal(Func<object> read) => Assert.Throws<DataFormatException>(read).Message;

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "data.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
