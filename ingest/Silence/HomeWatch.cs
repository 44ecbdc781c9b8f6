using CivicSignals.Homes;
using CivicSignals.Ingest.Dialects.Mosquitto;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Silence;

/// <summary>Makes facts of what devices say of themselves, and keeps an eye on alarms that sound for nothing.</summary>
internal sealed class HomeWatch(FactBook book, Absences absences, AlarmEpisodes episodes, Rhythms rhythms) : IHomeWatch
{
    private const string Root = "homes/";

    public void Take(Signal signal)
    {
        // What is only overheard may be a neighbour's: it is no fact of this home.
        var (what, isPresence, isAlarm) = (KindOf(signal.Kind), signal.Kind == "supervision.offline", AlarmEpisodes.Watches(signal.Kind));
        if ((what is null && !isPresence && !isAlarm) || signal.Premises is null || !signal.Source.StartsWith(Root, StringComparison.Ordinal))
            return;
        var slash = signal.Source.IndexOf('/', Root.Length);
        if (slash < 0)
            return;
        var (gateway, device) = (signal.Source[Root.Length..slash], signal.Source[(slash + 1)..]);
        if (isPresence)
            TakePresence(signal, gateway, device is MosquittoDialect.Notes ? "" : device);
        else if (isAlarm)
            episodes.Take(signal, gateway, device);
        else if (signal.Active)
            book.Begin(gateway, device, what!.Value, signal.ReceivedAt);
        else
            book.End(gateway, device, what!.Value, signal.ReceivedAt);
    }

    private void TakePresence(Signal signal, string gateway, string device)
    {
        if (!signal.Active)
            absences.Returned(gateway, device, signal.ReceivedAt);
        else if (!rhythms.Sleeps(device))
            absences.Left(gateway, device, signal.ReceivedAt);
    }

    /// <summary>Null: no fact. A test or a sensor that warms up is how things should be.</summary>
    private static HomeFactKind? KindOf(string kind) => kind switch
    {
        "supervision.battery" => HomeFactKind.Battery,
        "supervision.fault" => HomeFactKind.Fault,
        "supervision.tamper" => HomeFactKind.Tamper,
        "supervision.mute" => HomeFactKind.Mute,
        "supervision.end-of-life" => HomeFactKind.EndOfLife,
        "supervision.mains" => HomeFactKind.Mains,
        "supervision.co-level" => HomeFactKind.CarbonMonoxide,
        "supervision.warming" => HomeFactKind.Warming,
        _ => null,
    };
}
