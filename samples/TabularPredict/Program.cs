using StaticNet;
using Tabular;

var model = new PenguinModel();
model.LoadSafetensors(args[0]);
Console.WriteLine(model.Predict([
    ("sex", null), ("island", "Biscoe"), ("bill_length_mm", 46.1), ("bill_depth_mm", 13.2), ("flipper_length_mm", 211), ("body_mass_g", 4500)]));
