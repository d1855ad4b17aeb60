using NWaves.FeatureExtractors;
using NWaves.FeatureExtractors.Base;
using NWaves.FeatureExtractors.Options;
using NWaves.Filters.Fda;
using NWaves.Windows;

namespace Wake;

/// <summary>Spectra of a sound, as an ear resolves it: every 10 ms the levels of 24 bands, in decibels, by NWaves.</summary>
internal static class Spectra
{
    /// <summary>Samples per second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>The samples from spectrum to spectrum.</summary>
    public const int Hop = 160;

    /// <summary>The samples of a spectrum.</summary>
    public const int Frame = 400;

    /// <summary>The levels of a spectrum.</summary>
    public const int Bands = Detector.StepInputLength;

    private const int TransformSize = 512;

    /// <summary>What computes the spectra of a whole sound.</summary>
    public static FilterbankExtractor Extractor() => new(new FilterbankOptions
    {
        SamplingRate = SampleRate,
        FrameSize = Frame,
        HopSize = Hop,
        FftSize = TransformSize,
        Window = WindowType.Hann,
        FilterBank = FilterBanks.MelBankSlaney(Bands, TransformSize, SampleRate, 80, 7_600),
        SpectrumType = SpectrumType.Power,
        NonLinearity = NonLinearityType.ToDecibel,
        // The level of silence.
        LogFloor = 1e-4f,
    });

    /// <summary>What computes the spectra of a sound that comes block by block. It keeps what a spectrum lacks yet, less than a frame.</summary>
    /// <param name="block">The samples of a block.</param>
    public static OnlineFeatureExtractor Stream(int block) => new(Extractor(), ignoreLastSamples: false, maxDataSize: block + Frame);
}
