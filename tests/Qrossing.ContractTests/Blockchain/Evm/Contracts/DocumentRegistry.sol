// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Records which account registered a document's hash, once. Small, and refuses in each of the ways in which contracts refuse.
contract DocumentRegistry {
    struct Entry {
        address owner;
        uint64 version;
        string title;
        bytes32[] parts;
    }

    error AlreadyRegistered(bytes32 id, address owner);

    event Registered(bytes32 indexed id, address indexed owner, string title);

    mapping(bytes32 => Entry) private entries;
    uint256 public count;

    /// Refuses by message (no title) and by custom error (taken).
    function register(bytes32 id, string calldata title, bytes32[] calldata parts) external {
        require(bytes(title).length > 0, "title is empty");
        if (entries[id].owner != address(0)) {
            revert AlreadyRegistered(id, entries[id].owner);
        }

        entries[id] = Entry(msg.sender, 1, title, parts);
        count++;
        emit Registered(id, msg.sender, title);
    }

    function find(bytes32 id) external view returns (Entry memory) {
        return entries[id];
    }

    /// Refuses by panic 0x12 when the divisor is zero.
    function pagesOf(int256 words, int256 wordsOnAPage) external pure returns (int256) {
        return words / wordsOnAPage;
    }

    /// Refuses without a word when nothing is registered.
    function requireAny() external view {
        if (count == 0) {
            revert();
        }
    }
}
