using CivicSignals.Silo.Hosting;

namespace CivicSignals.Silo.Storage;

/// <summary>The folder that holds everything durable. One process at a time: the lock is released when the process ends, however it ends.</summary>
public sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Creates the folder when it is missing, for its owner only, and locks it.</summary>
    /// <exception cref="StartException">It cannot be made or written, or another process has it.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(full);
            else
                Directory.CreateDirectory(full, OwnerOnly | UnixFileMode.UserExecute);
            return new DataFolder(full, OpenPrivate(System.IO.Path.Combine(full, "lock"), FileShare.None));
        }
        catch (IOException e) when (Directory.Exists(full) && System.IO.File.Exists(System.IO.Path.Combine(full, "lock")))
        {
            throw new StartException($"Data:Path: {full} is in use by another process", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"Data:Path: {full} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The path of a file in the folder, which is made, empty and for its owner only, when it is missing.</summary>
    public string File(string name)
    {
        // SQLite gives its -wal and -shm files the mode of the main file.
        var file = System.IO.Path.Combine(Path, name);
        OpenPrivate(file, FileShare.ReadWrite).Dispose();
        return file;
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream OpenPrivate(string file, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(file, options);
    }
}
