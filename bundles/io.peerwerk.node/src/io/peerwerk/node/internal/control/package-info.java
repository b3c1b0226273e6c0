// SPDX-License-Identifier: EPL-2.0
/**
 * How the command line talks to the node of a home: JSON-RPC 2.0 over a Unix domain socket.
 *
 * <pre>
 *   peerwerk put photo.jpg                               node
 *     │  {"method":"put","params":{…},"id":"1"}  ─────▶   │
 *     │  ◀─────  {"method":"progress","params":{…}}       │   any number of times, dropped rather than queued
 *     │  {"method":"$/cancelRequest","params":{"id":"1"}} │   Ctrl-C; so does closing the connection
 *     │  ◀─────  {"id":"1","result":{…}} or {"error":…}   │
 * </pre>
 *
 * <p>Messages carry a {@code Content-Length} header as in the Language Server Protocol. The socket lies in the home and
 * belongs to its owner (0600 in a directory of 0700): whoever can open it may do what the owner may. A message of more
 * than 1 MiB, more than 64 connections or more than 16 requests at once on one are refused, so that a runaway script
 * costs the node little.
 */
@NullMarked
package io.peerwerk.node.internal.control;

import org.jspecify.annotations.NullMarked;
