// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

/** An amount of bytes given on the command line. */
record Size(long bytes) {
}
