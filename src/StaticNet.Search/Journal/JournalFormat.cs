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
internal sealed class JournalFormat(SearchSpace space, SearchMethod method, SearchOptions options, ImmutableArray<ImmutableArray<double>> firstTrials)
{
    private const int Version = 1;
    private const string VersionName = "staticnet_search";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first line.</summary>
    public byte[] Header() => Line(json =>
    {
        json.WriteNumber(VersionName, Version);
        json.WriteString("goal", options.Goal.ToString());
        json.WriteString("method", method.ToString());
        json.WriteString("pruner", options.Pruner?.ToString() ?? "none");
        json.WriteNumber("concurrency", options.Concurrency);
        json.WriteStartArray("space");
        foreach (var dimension in space.Dimensions)
            json.WriteStringValue(SearchSpace.Describe(dimension));
        json.WriteEndArray();
        json.WriteStartArray("first_trials");
        foreach (var values in firstTrials)
            WriteValues(json, values);
        json.WriteEndArray();
    });

    /// <summary>The line of a trial that begins, or begins again.</summary>
    public byte[] Begin(TrialRecord trial) => Line(json =>
    {
        json.WriteNumber("trial", trial.Number);
        json.WritePropertyName("begin");
        WriteValues(json, trial.Values);
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

    /// <summary>Whether a file that begins so may be a journal: that is seen by a few bytes, however large it is.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        var beginning = "{\"staticnet_search\":"u8;
        return bytes.Length < beginning.Length ? beginning.StartsWith(bytes) : bytes.StartsWith(beginning);
    }

    /// <summary>What is thrown where a file is something else.</summary>
    public static DataFormatException NoJournal(string path) =>
        new($"Expected no file, or the journal of a search, in {path}; its first line is not that of a journal.");

    /// <summary>Checks that a journal is of this search.</summary>
    /// <exception cref="DataFormatException">It is of another one, or none.</exception>
    public void RequireHeader(ReadOnlySpan<byte> line, string path)
    {
        var own = Header();
        if (line.SequenceEqual(own.AsSpan(0, own.Length - 1)))
            return;
        if (!MayBegin(line))
            throw NoJournal(path);
        using var theirs = TryParse(line) ?? throw NoJournal(path);
        using var ours = JsonDocument.Parse(own);
        foreach (var property in ours.RootElement.EnumerateObject())
        {
            var there = theirs.RootElement.TryGetProperty(property.Name, out var value) ? value.GetRawText() : "nothing";
            if (there == property.Value.GetRawText())
                continue;
            if (property.Name == VersionName)
                throw new DataFormatException($"Expected a journal of version {Version} in {path}; it is of version {there}, which another release of StaticNet.Search has written.");
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
            // What the JSON holds is of another type, of another range, or not there.
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
            if (index > trials.Count || TryReadValues(begin) is not { } values || json.GetProperty("worker").GetString() is not { } worker || !SearchJournal.IsWorker(worker))
                return false;
            var record = new TrialRecord(index, values, space.PointOf(values), worker);
            if (index == trials.Count)
                trials.Add(record);
            else if (!trials[index].Values.SequenceEqual(values))
                return false;
            else if (!trials[index].HasEnded)
                trials[index] = record;
            return true;
        }

        if (index >= trials.Count || TryReadStatus(json.GetProperty("end")) is not { } status)
            return false;
        var (value, seconds) = (ReadNumber(json.GetProperty("value")), ReadNumber(json.GetProperty("seconds")));
        if (double.IsNaN(value) != (status == TrialStatus.Diverged) || !(seconds >= 0))
            return false;
        ImmutableArray<double> reports = [.. json.GetProperty("reports").EnumerateArray().Select(ReadNumber)];
        // What has ended has ended: the first result counts.
        if (!trials[index].HasEnded)
            trials[index] = trials[index] with { Status = status, Value = value, Reports = reports, Seconds = seconds };
        return true;
    }

    /// <summary>How a trial ended: by its name alone, as it was written.</summary>
    private static TrialStatus? TryReadStatus(JsonElement json)
    {
        var name = json.GetString();
        foreach (var status in Enum.GetValues<TrialStatus>())
        {
            if (status.ToString() == name)
                return status;
        }

        return null;
    }

    private void WriteValues(Utf8JsonWriter json, ImmutableArray<double> values)
    {
        json.WriteStartObject();
        for (var index = 0; index < space.Dimensions.Length; index++)
        {
            if (double.IsNaN(values[index]))
                continue;
            json.WritePropertyName(space.Dimensions[index].Name);
            space.Dimensions[index].Write(json, values[index]);
        }

        json.WriteEndObject();
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

    /// <summary>A finite number, or NaN for null.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    private static double ReadNumber(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return double.NaN;
        return json.GetDouble() is var number && double.IsFinite(number) ? number : throw new FormatException();
    }

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
