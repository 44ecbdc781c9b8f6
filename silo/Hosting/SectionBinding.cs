using System.ComponentModel;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.Hosting;

/// <summary>Binds options to their section so that a wrong value stops the start with a line that names its key.</summary>
internal static class SectionBinding
{
    /// <summary>Binds, and validates at start.</summary>
    /// <param name="builder">The platform.</param>
    /// <param name="section">Name of the section.</param>
    /// <param name="problems">What is wrong with the options, each line naming its key.</param>
    public static void AddSection<TOptions>(this IHostApplicationBuilder builder, string section, Func<TOptions, IEnumerable<string>> problems)
        where TOptions : class
    {
        var values = builder.Configuration.GetSection(section);
        builder.Services.AddOptions<TOptions>().Configure(options => Bind(values, options)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(new Validation<TOptions>(problems));
    }

    private static void Bind<TOptions>(IConfigurationSection values, TOptions options)
    {
        foreach (var property in typeof(TOptions).GetProperties())
        {
            if (values[property.Name] is { } text && !TypeDescriptor.GetConverter(property.PropertyType).IsValid(text))
                throw new StartException($"{values.Path}:{property.Name}: '{text}' is not {Expected(property.PropertyType)}");
        }

        values.Bind(options);
    }

    private static string Expected(Type type) =>
        type == typeof(int) ? "a whole number" : type == typeof(bool) ? "true or false" : $"a {type.Name}";

    private sealed class Validation<TOptions>(Func<TOptions, IEnumerable<string>> problems) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var found = problems(options).ToList();
            return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
        }
    }
}
