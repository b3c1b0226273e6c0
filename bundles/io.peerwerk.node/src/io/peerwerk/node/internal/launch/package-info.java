// SPDX-License-Identifier: EPL-2.0
/**
 * From a directory to a running node.
 *
 * <pre>
 *   ~/.peerwerk                 0700
 *   ├── lock                    held for as long as the node runs; names the process
 *   ├── identity                0600, libp2p private key protobuf
 *   ├── peers.json              where peers were seen last, to find the network again
 *   ├── control.sock            0600, JSON-RPC (or control.path, which says where the socket is)
 *   └── storage/                the storage module's
 * </pre>
 *
 * <p>Every small file is written whole: to a temporary file, fsynced, moved into place, directory fsynced. Only the
 * holder of the lock touches anything. {@link io.peerwerk.node.internal.launch.ModuleLauncher} then publishes the
 * identity as a service and the modules' configurations; Declarative Services start the modules bottom-up and, when the
 * identity is taken back, stop them top-down.
 */
@NullMarked
package io.peerwerk.node.internal.launch;

import org.jspecify.annotations.NullMarked;
