using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Posts;

/// <summary>Bluesky's public posts. Section <c>Bluesky</c>.</summary>
public sealed class BlueskyOptions
{
    /// <summary>
    /// Jetstream's address: <c>wss://…/subscribe</c> is its version 1, <c>wss://…/xrpc/network.bsky.jetstream.subscribeEvents</c> its version 2. Without
    /// encryption only on this machine. Default empty: no posts of Bluesky.
    /// </summary>
    public string Url { get; set; } = "";

    /// <summary>Asks for zstd: half the traffic. In version 1 it needs <see cref="DictionaryFile"/>. Default false.</summary>
    public bool Compress { get; set; }

    /// <summary>File of version 1's zstd dictionary, number 1612007021, from bluesky-social/jetstream. Default empty: none.</summary>
    public string DictionaryFile { get; set; } = "";
}

internal sealed class BlueskyOptionsValidator : IValidateOptions<BlueskyOptions>
{
    public ValidateOptionsResult Validate(string? name, BlueskyOptions options)
    {
        if (options.Url.Length == 0)
            return ValidateOptionsResult.Success;
        if (StreamAddress.Parse(options.Url) is not { } address || JetstreamAddress.VersionOf(address) is not { } version)
            return ValidateOptionsResult.Fail($"Bluesky:Url is '{options.Url}'; expected wss://host/subscribe or wss://host{JetstreamAddress.SecondPath}");
        if (version == 1 && options.Compress && !ZstdFrames.IsDictionary(options.DictionaryFile))
            return ValidateOptionsResult.Fail($"Bluesky:DictionaryFile is '{options.DictionaryFile}'; Bluesky:Compress needs a zstd dictionary there");
        return ValidateOptionsResult.Success;
    }
}
