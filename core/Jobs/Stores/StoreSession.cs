using System.Data;
using System.Data.Common;
using System.Diagnostics;

namespace Gptx.Jobs.Stores;

/// <summary>A connection to a database, made when it is first needed, and anew where a server went away for a while; with it the lock that goes with the connection.</summary>
internal sealed class StoreSession(IStoreDatabase database) : IDisposable
{
    /// <summary>How long a server that went away is waited for, unless something else is asked for.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private DbConnection? _connection;
    private (Shard Shard, string Folder)? _held;
    private IDisposable? _lock;

    /// <summary>The database.</summary>
    public IStoreDatabase Database => database;

    /// <summary>How long a server that went away is waited for.</summary>
    public TimeSpan Patience { get; init; } = UsualPatience;

    /// <summary>Holds a shard, until this is disposed.</summary>
    /// <exception cref="GptxException"><c>JobLocked</c>.</exception>
    public void Hold(Shard shard, string folder)
    {
        Close(); // The lock goes with the connection.
        _held = (shard, folder);
        Read(_ => true);
    }

    /// <summary>Whether nobody else holds a shard.</summary>
    public bool IsFree(Shard shard, string folder) => Do(transaction =>
    {
        using var taken = database.TryLock(transaction.Connection, shard, folder);
        return taken is not null;
    });

    /// <summary>Reads, outside of a transaction.</summary>
    /// <exception cref="GptxException"><c>StoreNotReachable</c>.</exception>
    public T Read<T>(Func<StoreTransaction, T> read) => Guard(() => read(new StoreTransaction(Connection(), null)), CancellationToken.None);

    /// <summary>Does something in one transaction: all of it, or nothing. Where the server went away it is done again from the start.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="cancellation">Stops waiting for a server.</param>
    /// <param name="stopsAnywhere">Whether it also stops the statement that runs.</param>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>, <c>StoreNotReachable</c>, <c>JobLocked</c>.</exception>
    public T Do<T>(Func<StoreTransaction, T> work, CancellationToken cancellation = default, bool stopsAnywhere = false) => Guard(
        () =>
        {
            var connection = Connection();
            using var stop = stopsAnywhere ? cancellation.Register(() => database.Interrupt(connection)) : default;
            using var transaction = connection.BeginTransaction();
            var result = work(new StoreTransaction(connection, transaction));
            transaction.Commit();
            return result;
        },
        cancellation,
        stopsAnywhere);

    /// <inheritdoc/>
    public void Dispose() => Close();

    private T Guard<T>(Func<T> work, CancellationToken cancellation, bool stopsAnywhere = false)
    {
        var clock = new Stopwatch();
        while (true)
        {
            try
            {
                return work();
            }
            catch (DbException error) when (_connection is not null && database.MayPass(error) && clock.Elapsed < Patience && !cancellation.IsCancellationRequested)
            {
                clock.Start();
                Reconnect(clock, cancellation);
            }
            catch (DbException error) when (cancellation.IsCancellationRequested && (stopsAnywhere || database.MayPass(error)))
            {
                throw new OperationCanceledException(cancellation);
            }
            catch (DbException error)
            {
                throw NotDone(error);
            }
        }
    }

    private void Reconnect(Stopwatch clock, CancellationToken cancellation)
    {
        while (true)
        {
            Close();
            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Connection();
                return;
            }
            catch (Exception error) when (error is DbException or GptxException { ErrorId: "JobLocked" } && clock.Elapsed < Patience)
            {
                // Not there yet; or it has not noticed yet that the old connection, which holds the lock, is gone.
            }
            catch (DbException error)
            {
                throw new GptxException(
                    GptxErrorKind.OutputNotWritable, "StoreNotReachable", $"{database.Name} went away and has not come back: {database.Reason(error)}; rows that are done are kept, --resume goes on", error);
            }
        }
    }

    private DbConnection Connection()
    {
        if (_connection is { State: not ConnectionState.Open })
        {
            Close();
        }

        if (_connection is null)
        {
            _connection = database.Open();
            if (_held is { } held)
            {
                _lock = database.TryLock(_connection, held.Shard, held.Folder) ?? throw new GptxException(
                    GptxErrorKind.OutputNotWritable, "JobLocked", $"{database.Name} is held: another process works on this table, or on this shard of it");
            }
        }

        return _connection;
    }

    private void Close()
    {
        _lock?.Dispose();
        _connection?.Dispose();
        (_lock, _connection) = (null, null);
    }

    private GptxException NotDone(DbException error) => _connection is null
        ? new GptxException(GptxErrorKind.OutputNotWritable, "StoreNotReachable", $"{database.Name} cannot be opened: {database.Reason(error)}", error)
        : new GptxException(GptxErrorKind.OutputNotWritable, "OutputNotWritable", $"{database.Name}: {database.Reason(error)}; rows that are done are kept, --resume goes on", error);
}
