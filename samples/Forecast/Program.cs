using System.Diagnostics;
using System.Globalization;
using Forecast;
using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int day = 24, week = 7 * day, year = 365 * day, epochs = 20;

var hours = Town.Make(years: 3, seed: 1);
var trained = hours.Length - (year / 2);

// Teacher forcing: in training, each hour comes with the demand that was measured an hour before, whatever the network would have said.
var (inputs, targets) = (new List<float>(), new List<float>());
var features = new float[Hour.Features];
for (var begin = 1; begin + week <= trained; begin += day)
{
    for (var number = begin; number < begin + week; number++)
    {
        hours[number].Write(hours[number - 1].Demand, features);
        inputs.AddRange(features);
        targets.Add(hours[number].Demand);
    }
}

var data = new DataSet(Forecaster.InputLength, Forecaster.TargetLength, [.. inputs], [.. targets]);
var network = new Forecaster(seed: 1);
network.SetScaling(Scaler.Standard(data.Inputs, Hour.Features), Scaler.Standard(data.Targets, 1));
var start = Stopwatch.GetTimestamp();
var optimizer = new Adam(learningRate: 0.005f) { ClipNorm = 1, Schedule = new CosineDecay(epochs * ((data.Count + Forecaster.BatchSize - 1) / Forecaster.BatchSize)) };
Trainer.For(network, optimizer, new TrainerOptions { Seed = 1, Progress = false }).Fit(data, epochs);
Console.WriteLine($"{data.Count} weeks that overlap, {epochs} epochs in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s.");

// The half year that comes after: hour by hour and, at each midnight, a forecast of the day to come.
var (nextHour, nextDay, asYesterday, asLastWeek) = (new Error(), new Error(), new Error(), new Error());
var (state, future) = (Forecaster.CreateState(), Forecaster.CreateState());
var output = new float[1];
for (var number = trained - week; number < hours.Length; number++)
{
    if (number >= trained && number % day == 0 && number + day <= hours.Length)
    {
        // A copy of the state goes on from here with what it says itself; only the weather is known.
        future.CopyFrom(state);
        var demand = hours[number - 1].Demand;
        foreach (var hour in hours.AsSpan(number, day))
        {
            hour.Write(demand, features);
            network.ForwardStep(future, features, output);
            demand = output[0];
            nextDay.Add(demand, hour.Demand);
            asYesterday.Add(hours[hour.Number - day].Demand, hour.Demand);
            asLastWeek.Add(hours[hour.Number - week].Demand, hour.Demand);
        }
    }

    hours[number].Write(hours[number - 1].Demand, features);
    network.ForwardStep(state, features, output);
    if (number >= trained)
        nextHour.Add(output[0], hours[number].Demand);
}

Console.WriteLine($"Error of the next hour {nextHour}");
Console.WriteLine($"Error of the next day {nextDay}, with its own outputs as inputs");
Console.WriteLine($"As the day before {asYesterday}; as the week before {asLastWeek}");
