// SPDX-License-Identifier: EPL-2.0
/** Tests of the workbench, in a real one with real widgets; they need a display. */
package io.peerwerk.ui;
