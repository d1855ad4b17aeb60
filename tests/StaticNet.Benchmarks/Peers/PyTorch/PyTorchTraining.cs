using System.Diagnostics;
using System.Globalization;
using StaticNet.Benchmarks.Measuring;
using StaticNet.Benchmarks.Peers.Graph;

namespace StaticNet.Benchmarks.Peers.PyTorch;

/// <summary>
/// A network that PyTorch trains in a process of its own. It works only while it is asked to, and we wait meanwhile: the two
/// never run at once.
/// </summary>
internal sealed class PyTorchTraining : Contender, IDisposable
{
    private const double TurnNs = 20_000_000;
    private const int ProbedSteps = 30;

    private readonly string _file = Path.GetTempFileName();
    private readonly Process _process;
    private int _steps = ProbedSteps;

    /// <summary>Starts the process and hands the network over.</summary>
    /// <param name="python">The command of a Python that has PyTorch.</param>
    /// <param name="network">The network at the start.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="batches">The batches that steps rotate over.</param>
    public PyTorchTraining(string python, PeerGraph network, LossKind loss, TrainingSettings settings, TrainingBatches batches)
    {
        TrainingFile.Write(_file, network, loss, settings, batches);
        var script = Path.Combine(AppContext.BaseDirectory, "Peers", "PyTorch", "train_step.py");
        _process = Process.Start(new ProcessStartInfo(python, ["-B", script, _file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1", ["MKL_NUM_THREADS"] = "1" },
        })!;
        Answer();
    }

    /// <summary>The outputs at inference for the first batch, from the initial weights.</summary>
    public float[] Outputs() => Floats(Ask("outputs"));

    /// <summary>The losses of the first steps from the initial weights, with dropout off.</summary>
    /// <param name="steps">The number of steps.</param>
    public float[] Losses(int steps) => Floats(Ask("losses", steps));

    /// <inheritdoc/>
    public override void WarmUp()
    {
        var shortest = Times(ProbedSteps).Min();
        _steps = Math.Max(1, (int)(TurnNs / shortest));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_file);
    }

    /// <inheritdoc/>
    protected override void Measure(List<double> nanoseconds) => nanoseconds.AddRange(Times(_steps));

    private IEnumerable<double> Times(int steps) =>
        Ask("time", steps).Select(text => double.Parse(text, CultureInfo.InvariantCulture));

    private static float[] Floats(string[] texts) =>
        Array.ConvertAll(texts, text => float.Parse(text, CultureInfo.InvariantCulture));

    private string[] Ask(string command, int number) => Ask(string.Create(CultureInfo.InvariantCulture, $"{command} {number}"));

    private string[] Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        return Answer();
    }

    private string[] Answer() =>
        (_process.StandardOutput.ReadLine() ?? throw new PeerException("PyTorch's process has ended early; see its message above."))
        .Split(' ');
}
