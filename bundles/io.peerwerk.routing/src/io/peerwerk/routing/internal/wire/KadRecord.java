// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.wire;

/** A value under its key. */
public record KadRecord(Octets key, Octets value) {
}
