// SPDX-License-Identifier: EPL-2.0
/** Installing the built repository into an Eclipse that has nothing of ours, by p2's own program. */
package io.peerwerk.update;
