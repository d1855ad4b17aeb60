namespace StaticNet.Networks;

/// <summary>
/// The anomaly detection autoencoder of MLPerf Tiny (Banbury et al., 2021): five frames of 128 mel bands, 640 numbers, through
/// a bottleneck of 8 and back; the squared error of what comes out tells how unusual a machine sounds. Dense layers with a
/// bias, each but the last under batch normalisation (ε 10⁻³, as in the reference implementation) and ReLU.
/// </summary>
[Network]
[Input(640)]
[Dense(128)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dense(128)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dense(128)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dense(128)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dense(8)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dense(128)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dense(128)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dense(128)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dense(128)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dense(640)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
public sealed partial class AdAutoencoder;
