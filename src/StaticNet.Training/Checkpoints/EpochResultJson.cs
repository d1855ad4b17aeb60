using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using StaticNet.Training.Metrics;

namespace StaticNet.Training.Checkpoints;

/// <summary>The results of epochs as JSON, to the bit.</summary>
/// <remarks>Numbers are texts, for JSON has none that are not finite: a metric that measured nothing is NaN.</remarks>
internal static class EpochResultJson
{
    public static string Write(ImmutableArray<EpochResult> results) => Written(writer =>
    {
        writer.WriteStartArray();
        foreach (var result in results)
            Write(writer, result);
        writer.WriteEndArray();
    });

    public static string Write(ImmutableArray<StepResult> steps) => Written(writer => Write(writer, steps));

    /// <exception cref="CheckpointException">The text was not written by <see cref="Write(ImmutableArray{EpochResult})"/>.</exception>
    public static ImmutableArray<EpochResult> Read(string text) => Read(text, Result);

    /// <exception cref="CheckpointException">The text was not written by <see cref="Write(ImmutableArray{StepResult})"/>.</exception>
    public static ImmutableArray<StepResult> ReadSteps(string text) => Read(text, Step);

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
            write(writer);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static ImmutableArray<T> Read<T>(string text, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(read)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new CheckpointException($"Expected a history of epochs; it cannot be read: {exception.Message}", exception);
        }
    }

    private static void Write(Utf8JsonWriter writer, EpochResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("epoch", result.Epoch);
        WriteNumber(writer, "loss", result.Loss);
        WriteMetrics(writer, "metrics", result.Metrics);
        if (result.ValidationLoss is { } loss)
            WriteNumber(writer, "validation_loss", loss);
        WriteMetrics(writer, "validation_metrics", result.ValidationMetrics);
        WriteNumber(writer, "learning_rate", result.LearningRate);
        WriteNumber(writer, "seconds", result.Seconds);
        writer.WriteNumber("step", result.Step);
        if (!result.Steps.IsEmpty)
        {
            writer.WritePropertyName("steps");
            Write(writer, result.Steps);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ImmutableArray<StepResult> steps)
    {
        writer.WriteStartArray();
        foreach (var step in steps)
        {
            writer.WriteStartObject();
            writer.WriteNumber("step", step.Step);
            writer.WriteNumber("epoch", step.Epoch);
            writer.WriteNumber("batch", step.Batch);
            WriteNumber(writer, "loss", step.Loss);
            WriteNumber(writer, "validation_loss", step.ValidationLoss);
            WriteMetrics(writer, "validation_metrics", step.ValidationMetrics);
            WriteNumber(writer, "learning_rate", step.LearningRate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMetrics(Utf8JsonWriter writer, string name, ImmutableArray<MetricValue> metrics)
    {
        writer.WriteStartArray(name);
        foreach (var metric in metrics)
        {
            writer.WriteStartObject();
            writer.WriteString("name", metric.Name);
            WriteNumber(writer, "value", metric.Value);
            writer.WriteBoolean("higher_is_better", metric.HigherIsBetter);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, IFormattable number) =>
        writer.WriteString(name, number.ToString(null, CultureInfo.InvariantCulture));

    private static EpochResult Result(JsonElement json) => new(
        json.GetProperty("epoch").GetInt32(),
        Double(json.GetProperty("loss")),
        Metrics(json.GetProperty("metrics")),
        json.TryGetProperty("validation_loss", out var loss) ? Double(loss) : null,
        Metrics(json.GetProperty("validation_metrics")),
        float.Parse(Text(json.GetProperty("learning_rate")), CultureInfo.InvariantCulture),
        Double(json.GetProperty("seconds")))
    {
        Step = json.GetProperty("step").GetInt64(),
        Steps = json.TryGetProperty("steps", out var steps) ? [.. steps.EnumerateArray().Select(Step)] : [],
    };

    private static StepResult Step(JsonElement json) => new(
        json.GetProperty("step").GetInt64(),
        json.GetProperty("epoch").GetInt32(),
        json.GetProperty("batch").GetInt32(),
        Double(json.GetProperty("loss")),
        Double(json.GetProperty("validation_loss")),
        Metrics(json.GetProperty("validation_metrics")),
        float.Parse(Text(json.GetProperty("learning_rate")), CultureInfo.InvariantCulture));

    private static ImmutableArray<MetricValue> Metrics(JsonElement json) =>
    [
        .. json.EnumerateArray().Select(metric => new MetricValue(
            Text(metric.GetProperty("name")), Double(metric.GetProperty("value")), metric.GetProperty("higher_is_better").GetBoolean())),
    ];

    private static double Double(JsonElement json) => double.Parse(Text(json), CultureInfo.InvariantCulture);

    private static string Text(JsonElement json) => json.GetString() ?? throw new FormatException("A text is null.");
}
