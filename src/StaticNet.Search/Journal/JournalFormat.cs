using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StaticNet.Data;

namespace StaticNet.Search.Journal;

/// <summary>
/// The lines of a journal, each a JSON object: first what is searched and how, then a line when a trial begins and one when it ends.
/// </summary>
internal sealed class JournalFormat(SearchSpace space, SearchMethod method, SearchOptions options)
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first line.</summary>
    public byte[] Header() => Line(json =>
    {
        json.WriteNumber("staticnet_search", Version);
        json.WriteString("goal", options.Goal.ToString());
        json.WriteString("method", method.ToString());
        json.WriteString("pruner", options.Pruner?.ToString() ?? "none");
        json.WriteNumber("concurrency", options.Concurrency);
        json.WriteStartArray("space");
        foreach (var dimension in space.Dimensions)
            json.WriteStringValue(SearchSpace.Describe(dimension));
        json.WriteEndArray();
    });

    /// <summary>The line of a trial that begins, or begins again.</summary>
    public byte[] Begin(TrialRecord trial) => Line(json =>
    {
        json.WriteNumber("trial", trial.Number);
        json.WriteStartObject("begin");
        for (var index = 0; index < space.Dimensions.Length; index++)
        {
            if (double.IsNaN(trial.Values[index]))
                continue;
            json.WritePropertyName(space.Dimensions[index].Name);
            space.Dimensions[index].Write(json, trial.Values[index]);
        }

        json.WriteEndObject();
        json.WriteString("worker", trial.Worker);
    });

    /// <summary>The line of a trial that has ended.</summary>
    public static byte[] End(TrialRecord trial) => Line(json =>
    {
        json.WriteNumber("trial", trial.Number);
        json.WriteString("end", trial.Status.ToString());
        WriteNumber(json, "value", trial.Value);
        json.WriteStartArray("reports");
        foreach (var report in trial.Reports)
        {
            if (double.IsFinite(report))
                json.WriteNumberValue(report);
            else
                json.WriteNullValue();
        }

        json.WriteEndArray();
        json.WriteNumber("seconds", trial.Seconds);
    });

    /// <summary>Checks that a journal is of this search.</summary>
    /// <exception cref="DataFormatException">It is of another one, or none.</exception>
    public void RequireHeader(ReadOnlySpan<byte> line, string path)
    {
        var own = Header();
        if (line.SequenceEqual(own.AsSpan(0, own.Length - 1)))
            return;
        using var theirs = TryParse(line);
        if (theirs is null || !theirs.RootElement.TryGetProperty("staticnet_search", out _))
            throw new DataFormatException($"Expected no file, or the journal of a search, in {path}; its first line is not that of a journal.");
        using var ours = JsonDocument.Parse(own);
        foreach (var property in ours.RootElement.EnumerateObject())
        {
            var there = theirs.RootElement.TryGetProperty(property.Name, out var value) ? value.GetRawText() : "nothing";
            if (there != property.Value.GetRawText())
                throw new DataFormatException($"Expected the journal of this search in {path}, whose {property.Name} is {property.Value.GetRawText()}; there it is {there}. Give each search its own journal.");
        }
    }

    /// <summary>Takes over what a line tells.</summary>
    /// <returns>Whether the line is one of this search.</returns>
    public bool TryApply(ReadOnlySpan<byte> line, List<TrialRecord> trials)
    {
        try
        {
            using var document = TryParse(line);
            return document is not null && TryApply(document.RootElement, trials);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // What the JSON holds is of another type, or not there.
            return false;
        }
    }

    private bool TryApply(JsonElement json, List<TrialRecord> trials)
    {
        var index = json.GetProperty("trial").GetInt32();
        if (index < 0)
            return false;
        if (json.TryGetProperty("begin", out var begin))
        {
            if (index > trials.Count || TryReadValues(begin) is not { } values)
                return false;
            var record = new TrialRecord(index, values, json.GetProperty("worker").GetString() ?? "");
            if (index == trials.Count)
                trials.Add(record);
            else if (!trials[index].HasEnded)
                trials[index] = record;
            return true;
        }

        if (index >= trials.Count || !Enum.TryParse<TrialStatus>(json.GetProperty("end").GetString(), out var status))
            return false;
        // What has ended has ended: the first result counts.
        if (!trials[index].HasEnded)
        {
            trials[index] = trials[index] with
            {
                Status = status,
                Value = ReadNumber(json.GetProperty("value")),
                Reports = [.. json.GetProperty("reports").EnumerateArray().Select(ReadNumber)],
                Seconds = json.GetProperty("seconds").GetDouble(),
            };
        }

        return true;
    }

    private ImmutableArray<double>? TryReadValues(JsonElement json)
    {
        var values = new double[space.Dimensions.Length];
        for (var index = 0; index < values.Length; index++)
        {
            var isThere = json.TryGetProperty(space.Dimensions[index].Name, out var value);
            if (isThere != space.IsActive(index, values.AsSpan(0, index)))
                return null;
            values[index] = double.NaN;
            if (isThere && !space.Dimensions[index].TryRead(value, out values[index]))
                return null;
        }

        return [.. values];
    }

    private static double ReadNumber(JsonElement json) => json.ValueKind == JsonValueKind.Number ? json.GetDouble() : double.NaN;

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static JsonDocument? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonDocument.Parse(Encoding.UTF8.GetString(line));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
