// SPDX-License-Identifier: EPL-2.0
/** A node without a network, and a user interface's thread without a display: what presenters are tested with. */
package io.peerwerk.ui.internal.fakes;
