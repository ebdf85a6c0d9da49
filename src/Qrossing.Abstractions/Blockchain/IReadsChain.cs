using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Blockchain;

/// <summary>Reads a chain. Every method refuses with <c>chains.wrong_chain</c> when the endpoint answers for another chain.</summary>
public interface IReadsChain
{
    /// <summary>The CAIP-2 id that the options name. Pure.</summary>
    string Chain { get; }

    /// <summary>The newest block.</summary>
    ValueTask<ConnectorResult<ChainHead>> GetHeadAsync(ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>The native balance of an address in base units at the newest block.</summary>
    ValueTask<ConnectorResult<AccountBalance>> GetBalanceAsync(string address, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>Calls a contract without a transaction.</summary>
    ValueTask<ConnectorResult<ContractReply>> CallContractAsync(ContractCall request, ConnectorCall call, CancellationToken cancellationToken);
}
