using System.Runtime.InteropServices;
using System.Text;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>
/// ONNX Runtime's C API: a table of function pointers. A function's place in it never changes; each is called with the types
/// of its C declaration, handles as <see cref="nint"/>.
/// </summary>
internal sealed unsafe class OnnxRuntimeApi
{
    private const uint ApiVersion = 13;
    private const int LogWarnings = 2;
    private const int OptimizeAll = 99;
    private const int Sequential = 0;
    private const int DeviceAllocator = 0;
    private const int DefaultMemory = 0;
    private const int Float32 = 1;

    private readonly nint* _table;
    private readonly nint _environment;
    private readonly nint _cpuMemory;

    /// <summary>Opens the API of a loaded library.</summary>
    /// <param name="library">The library.</param>
    public OnnxRuntimeApi(nint library)
    {
        var apiBase = (nint*)((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        _table = (nint*)((delegate* unmanaged<uint, nint>)apiBase[0])(ApiVersion);
        Version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)apiBase[1])()) ?? "";
        if (_table == null)
            throw new NotSupportedException($"ONNX Runtime {Version} does not offer version {ApiVersion} of its C API.");

        fixed (byte* name = "StaticNet"u8)
        fixed (nint* environment = &_environment, memory = &_cpuMemory)
        {
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)_table[Index.CreateEnv])(LogWarnings, name, environment));
            Check(((delegate* unmanaged<int, int, nint*, nint>)_table[Index.CreateCpuMemoryInfo])(DeviceAllocator, DefaultMemory, memory));
        }
    }

    /// <summary>The library's version, <c>1.20.0</c>.</summary>
    public string Version { get; }

    /// <summary>Prepares a model for one thread, with all optimisations of the graph.</summary>
    /// <param name="model">The bytes of an ONNX model.</param>
    /// <returns>The session.</returns>
    public nint CreateSession(ReadOnlySpan<byte> model)
    {
        nint options, session;
        Check(((delegate* unmanaged<nint*, nint>)_table[Index.CreateSessionOptions])(&options));
        SetOption(Index.SetIntraOpNumThreads, options, 1);
        SetOption(Index.SetInterOpNumThreads, options, 1);
        SetOption(Index.SetSessionExecutionMode, options, Sequential);
        SetOption(Index.SetSessionGraphOptimizationLevel, options, OptimizeAll);
        fixed (byte* bytes = model)
        {
            Check(((delegate* unmanaged<nint, byte*, nint, nint, nint*, nint>)_table[Index.CreateSessionFromArray])(
                _environment, bytes, model.Length, options, &session));
        }

        Release(Index.ReleaseSessionOptions, options);
        return session;
    }

    /// <summary>Makes a tensor over memory that stays where it is.</summary>
    /// <param name="data">The first element.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>The tensor.</returns>
    public nint CreateTensor(ref float data, ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var size in shape)
            count *= size;
        nint value;
        fixed (float* first = &data)
        fixed (long* sizes = shape)
        {
            Check(((delegate* unmanaged<nint, float*, nint, long*, nint, int, nint*, nint>)_table[Index.CreateTensorWithDataAsOrtValue])(
                _cpuMemory, first, (nint)(count * sizeof(float)), sizes, shape.Length, Float32, &value));
        }

        return value;
    }

    /// <summary>Ties a session to its input and its output, so that a run looks up no name.</summary>
    /// <param name="session">The session.</param>
    /// <param name="inputName">The input's name.</param>
    /// <param name="input">The tensor that it reads.</param>
    /// <param name="outputName">The output's name.</param>
    /// <param name="output">The tensor that it writes.</param>
    /// <returns>The binding.</returns>
    public nint Bind(nint session, string inputName, nint input, string outputName, nint output)
    {
        nint binding;
        Check(((delegate* unmanaged<nint, nint*, nint>)_table[Index.CreateIoBinding])(session, &binding));
        BindName(Index.BindInput, binding, inputName, input);
        BindName(Index.BindOutput, binding, outputName, output);
        return binding;
    }

    /// <summary>Runs a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="binding">Its input and output.</param>
    public void Run(nint session, nint binding) =>
        Check(((delegate* unmanaged<nint, nint, nint, nint>)_table[Index.RunWithBinding])(session, 0, binding));

    /// <summary>Releases a session.</summary>
    /// <param name="session">The session.</param>
    public void ReleaseSession(nint session) => Release(Index.ReleaseSession, session);

    /// <summary>Releases a tensor; its memory stays.</summary>
    /// <param name="value">The tensor.</param>
    public void ReleaseTensor(nint value) => Release(Index.ReleaseValue, value);

    /// <summary>Releases a binding.</summary>
    /// <param name="binding">The binding.</param>
    public void ReleaseBinding(nint binding) => Release(Index.ReleaseIoBinding, binding);

    private void SetOption(int function, nint options, int value) =>
        Check(((delegate* unmanaged<nint, int, nint>)_table[function])(options, value));

    private void BindName(int function, nint binding, string name, nint value)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(name + '\0'))
            Check(((delegate* unmanaged<nint, byte*, nint, nint>)_table[function])(binding, bytes, value));
    }

    private void Release(int function, nint handle) => ((delegate* unmanaged<nint, void>)_table[function])(handle);

    private void Check(nint status)
    {
        if (status == 0)
            return;
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)_table[Index.GetErrorMessage])(status));
        Release(Index.ReleaseStatus, status);
        throw new PeerException($"ONNX Runtime: {message}");
    }

    /// <summary>The places of the functions in the table.</summary>
    private static class Index
    {
        public const int GetErrorMessage = 2;
        public const int CreateEnv = 3;
        public const int CreateSessionFromArray = 8;
        public const int CreateSessionOptions = 10;
        public const int SetSessionExecutionMode = 13;
        public const int SetSessionGraphOptimizationLevel = 23;
        public const int SetIntraOpNumThreads = 24;
        public const int SetInterOpNumThreads = 25;
        public const int CreateTensorWithDataAsOrtValue = 49;
        public const int CreateCpuMemoryInfo = 69;
        public const int ReleaseStatus = 93;
        public const int ReleaseSession = 95;
        public const int ReleaseValue = 96;
        public const int ReleaseSessionOptions = 100;
        public const int RunWithBinding = 133;
        public const int CreateIoBinding = 134;
        public const int ReleaseIoBinding = 135;
        public const int BindInput = 136;
        public const int BindOutput = 137;
    }
}
