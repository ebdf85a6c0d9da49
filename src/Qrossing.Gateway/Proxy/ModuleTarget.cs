using Microsoft.AspNetCore.Http;
using Qrossing.Core.Connectors;

namespace Qrossing.Gateway.Proxy;

/// <summary>Where requests for one state of a module's connection go. It owns its sockets, which close when the last request has left.</summary>
internal sealed class ModuleTarget(ConnectionRecord record, string prefix, bool signsBody, HttpMessageInvoker client)
{
    /// <summary>The path that every request of this kind starts with.</summary>
    public static readonly PathString Root = new("/m");

    private int _users = 1; // the table of targets

    /// <summary>The connection it was made from. The same object, not the same version: an id may be used again.</summary>
    public ConnectionRecord Record => record;

    /// <summary>Scheme, host, port and path prefix, as YARP takes it: with a trailing slash.</summary>
    public string Prefix => prefix;

    /// <summary>Whether a body must be known before the request is sent.</summary>
    public bool SignsBody => signsBody;

    /// <summary>Sends.</summary>
    public HttpMessageInvoker Client => client;

    /// <summary>Whether the last request could not be sent.</summary>
    public bool IsMissed { get; set; }

    /// <summary>A request begins; false when the target has ended.</summary>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    /// <summary>A request ended, or the table has let go.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            client.Dispose();
        }
    }
}
