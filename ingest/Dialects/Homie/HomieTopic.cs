using CivicSignals.Ingest.Mqtt;

namespace CivicSignals.Ingest.Dialects.Homie;

/// <summary>
/// Where in a topic a device ends: <c>{homie}/5/{device}/…</c> or, until version 4, <c>{homie}/{device}/…</c>. The first level is told by its
/// name or, where people renamed it, by what only Homie calls so.
/// </summary>
internal static class HomieTopic
{
    private const string Name = "homie";
    private const string Version = "5";

    /// <summary>Finds a device's own topic without anything being known; 0: it is none.</summary>
    /// <returns>Its length.</returns>
    public static int FindDevice(ReadOnlySpan<char> path)
    {
        for (var from = 0; from < path.Length; from = NextLevel(path, from))
        {
            var rest = path[from..];
            var level = TopicRules.Level(ref rest);
            if (rest.StartsWith(Version + "/") && (level is Name || IsAttributeOfDevice(rest)))
                return DeviceFrom(path, NextLevel(path, NextLevel(path, from)));
            if (level is Name)
                return DeviceFrom(path, NextLevel(path, from));
        }

        var last = path.LastIndexOf('/');
        return last > 0 && path[(last + 1)..] is "$homie" or "$nodes" ? last : 0;
    }

    /// <summary>The name of the attribute that a topic below a device is, or empty.</summary>
    public static ReadOnlySpan<char> Attribute(ReadOnlySpan<char> rest, out ReadOnlySpan<char> of)
    {
        var last = rest.LastIndexOf('/');
        of = rest[..Math.Max(0, last)];
        return rest[(last + 1)..] is ['$', ..] attribute ? attribute : default;
    }

    private static bool IsAttributeOfDevice(ReadOnlySpan<char> versionAndOn)
    {
        TopicRules.Level(ref versionAndOn);
        TopicRules.Level(ref versionAndOn);
        return versionAndOn is "$state" or "$description";
    }

    private static int DeviceFrom(ReadOnlySpan<char> path, int from)
    {
        var next = NextLevel(path, from);
        return next < path.Length ? next - 1 : 0;
    }

    private static int NextLevel(ReadOnlySpan<char> path, int from)
    {
        var slash = from < path.Length ? path[from..].IndexOf('/') : -1;
        return slash < 0 ? path.Length : from + slash + 1;
    }
}
