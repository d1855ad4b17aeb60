using StaticNet;

namespace Forecast;

/// <summary>
/// The demand of an hour, from that of the hour before, the weather and the calendar: weeks of 168 hours in training, and in a stream hour after hour, which
/// goes on into the future when the network gets its own outputs.
/// </summary>
[Network]
[Input(7, Steps = 168)]
[GRU(32)]
[Dense(1)]
[HuberLoss]
[Training(BatchSize = 32)]
public sealed partial class Forecaster;
