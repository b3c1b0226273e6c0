// SPDX-License-Identifier: EPL-2.0
/** Tests of the workbench, in a real one with real widgets; they need a display. A fragment, so that they see inside. */
package io.peerwerk.ui;
